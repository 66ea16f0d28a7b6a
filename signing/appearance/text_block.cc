#include "signing/appearance/text_block.h"

#include <algorithm>

#include "pipeline/base/refusal.h"
#include "pipeline/base/unicode.h"

namespace vanthu::signing {
namespace {

constexpr type::Face kFace = type::Face::kRegular;
constexpr std::size_t kMostCharacters = 2000;
constexpr double kStepPt = 0.5;
constexpr double kSlackPt = 0.01;  // of rounding

}  // namespace

Result<TextBlock> TextBlock::Set(const std::vector<std::string>& lines, const TextRoom& room,
                                 type::Shaper& shaper) {
  TextBlock block(shaper);
  std::vector<Paragraph> paragraphs;
  std::size_t characters = 0;
  for (const std::string& line : lines) {
    const std::string text = CollapseSpace(ToNfc(line));
    characters += ToCodePoints(text).size();
    if (characters > kMostCharacters)
      return Fail(
          Refusal(ErrorCode::kLimit, {"phần chữ của chữ ký quá dài", "the signature's text is too long"}));
    Paragraph& paragraph = paragraphs.emplace_back();
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      const Result<const type::ShapedWord*> word =
          shaper.Shape(kFace, std::string_view(text).substr(at, end - at));
      if (!word) return Fail(word.error());
      paragraph.push_back(*word);
      at = end + 1;
    }
    if (paragraph.empty()) paragraphs.pop_back();
  }
  // The space's code must be in the font before the font is written.
  if (const Result<std::uint16_t> space = shaper.SpaceCode(kFace); !space) return Fail(space.error());
  for (double size = room.size_pt; size > room.least_size_pt; size -= kStepPt)
    if (block.Lay(paragraphs, size, room.width_pt, false) && block.height_pt() <= room.height_pt + kSlackPt)
      return block;
  block.Lay(paragraphs, std::min(room.least_size_pt, room.size_pt), room.width_pt, true);
  return block;
}

double TextBlock::WidthOf(const Part& part) const {
  const double scale = size_ / shaper_->Metrics(kFace).units_per_em;
  double units = 0;
  for (std::uint32_t i = part.first; i < part.first + part.count; ++i) units += part.word->glyphs[i].advance;
  return units * scale;
}

double TextBlock::LineHeight() const {
  return size_ * shaper_->Metrics(kFace).LineHeight();
}

double TextBlock::height_pt() const {
  return LineHeight() * static_cast<double>(lines_.size());
}

// False: a word is wider than the line, and may not be divided.
bool TextBlock::Lay(const std::vector<Paragraph>& paragraphs, double size_pt, double width_pt, bool divide) {
  size_ = size_pt;
  width_ = 0;
  lines_.clear();
  const double space = shaper_->SpaceWidth(kFace, size_pt);
  for (const Paragraph& paragraph : paragraphs) {
    lines_.emplace_back();
    double x = 0;
    for (const type::ShapedWord* word : paragraph) {
      const Part whole{word, 0, static_cast<std::uint32_t>(word->glyphs.size())};
      const double width = WidthOf(whole);
      const double gap = lines_.back().empty() ? 0 : space;
      if (x + gap + width > width_pt + kSlackPt && !lines_.back().empty()) {
        lines_.back().back().space_after = true;  // so that copied lines do not run together
        lines_.emplace_back();
        x = 0;
      } else if (gap > 0) {
        lines_.back().back().space_after = true;
        x += gap;
      }
      if (width > width_pt + kSlackPt) {
        if (!divide) return false;
        Divide(*word, width_pt);
        x = WidthOf(lines_.back().back());
      } else {
        lines_.back().push_back(whole);
        x += width;
      }
      width_ = std::max(width_, x);
    }
  }
  return true;
}

// A word wider than the line, from the line's start: after a "/" or "-" where one is in its second half, else
// between clusters.
void TextBlock::Divide(const type::ShapedWord& word, double width_pt) {
  const auto glyphs = static_cast<std::uint32_t>(word.glyphs.size());
  std::uint32_t first = 0;
  while (first < glyphs) {
    std::uint32_t fits = 0, after_mark = 0;
    for (std::uint32_t end = first + 1; end <= glyphs; ++end) {
      if (end < glyphs && !word.glyphs[end].starts_cluster) continue;
      const Part part{&word, first, end - first};
      if (fits > 0 && WidthOf(part) > width_pt) break;
      fits = end - first;
      if (end < glyphs && word.glyphs[end - 1].divides_after && WidthOf(part) > width_pt / 2)
        after_mark = fits;
    }
    if (first + fits < glyphs && after_mark > 0) fits = after_mark;
    if (first > 0) lines_.emplace_back();
    lines_.back().push_back({&word, first, fits});
    width_ = std::max(width_, WidthOf(lines_.back().back()));
    first += fits;
  }
}

Status TextBlock::Draw(double x_pt, double top_pt, std::string& out) const {
  if (lines_.empty()) return {};
  out += "BT\n";
  type::PdfText text(*shaper_, out);
  double baseline = top_pt - size_ * shaper_->Metrics(kFace).Ascent();
  for (const Line& line : lines_) {
    type::AppendOperator(out, {1, 0, 0, 1, x_pt, baseline}, "Tm");
    for (const Part& part : line) {
      text.SetFont(kFace, size_);
      text.Glyphs(*part.word, part.first, part.count);
      if (Status added = text.Spaces(part.space_after ? 1 : 0, 0); !added) return added;
    }
    text.Close();
    baseline -= LineHeight();
  }
  out += "ET\n";
  return {};
}

}  // namespace vanthu::signing
