#include "laid_pages.h"

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "sample_document.h"
#include "templates/engine/check.h"
#include "templates/engine/engine.h"

namespace vanthu::templates {
namespace {

LaidLine Read(const TextItem& item, Shaper& shaper) {
  LaidLine out;
  out.x_pt = item.x_pt;
  out.baseline_pt = item.baseline_pt;
  out.element = item.element;
  const Line& line = item.lines->lines[item.line];
  double x = item.x_pt;
  for (std::uint32_t i = 0; i < line.pieces; ++i) {
    const Piece& piece = item.lines->pieces[line.first_piece + i];
    if (i == 0) out.size_pt = piece.size_pt;
    for (std::uint32_t k = 0; k < piece.glyphs; ++k) {
      const Glyph& glyph = piece.word->glyphs[piece.first_glyph + k];
      out.text += shaper.Codes(piece.face)[glyph.code - 1U].text;
      x += glyph.advance * piece.size_pt / shaper.Metrics(piece.face).units_per_em;
    }
    if (piece.glyphs > 0) out.right_pt = x;
    out.text.append(piece.spaces, ' ');
    x += piece.spaces * (shaper.SpaceWidth(piece.face, piece.size_pt) + line.stretch_pt);
  }
  return out;
}

bool IsWhite(char32_t c) {
  return c == U' ' || c == U'\n' || c == U'\t';
}

std::u32string Sorted(std::string_view text) {
  std::u32string letters = ToCodePoints(text);
  std::erase_if(letters, IsWhite);
  std::sort(letters.begin(), letters.end());
  return letters;
}

}  // namespace

std::vector<std::string> LaidPage::Texts() const {
  std::vector<std::string> out;
  for (const LaidLine& line : lines)
    if (line.element != kArtifact) out.push_back(line.text);
  return out;
}

std::u32string LaidDocument::SortedLetters() const {
  std::string all;
  for (const LaidPage& page : pages)
    for (const std::string& text : page.Texts()) all += text;
  return Sorted(all);
}

Result<LaidDocument> Lay(const Document& document, int most_pages) {
  if (Status checked = CheckDocument(document); !checked) return Fail(checked.error());
  LaidDocument out;
  Shaper shaper(*TestFonts().faces);
  const Status laid = LayOut(document, most_pages, shaper, out.tree, [&](const Page& page) -> Status {
    LaidPage copy;
    copy.width_pt = page.width_pt;
    copy.height_pt = page.height_pt;
    for (const TextItem& item : page.texts) copy.lines.push_back(Read(item, shaper));
    copy.rules = page.rules;
    copy.fills = page.fills;
    copy.places = page.places;
    out.pages.push_back(std::move(copy));
    return {};
  });
  if (!laid) return Fail(laid.error());
  return out;
}

std::u32string SortedLetters(const Document& document) {
  const Result<std::string> text = SetText(document);
  return text ? Sorted(*text) : std::u32string();
}

}  // namespace vanthu::templates
