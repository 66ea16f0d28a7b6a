#include "pipeline/intake/page_reader.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/intake/ruling_builder.h"
#include "pipeline/intake/text_trust.h"
#include "pipeline/intake/word_builder.h"

namespace vanthu::intake {
namespace {

// The direction most letters run in, against the page as a viewer shows it.
int MainRotation(const std::vector<Word>& words) {
  std::array<std::size_t, 4> letters{};
  for (const Word& word : words)
    if (word.source == Source::kText)
      letters[static_cast<std::size_t>(word.rotation_deg / 90 % 4)] += word.glyphs.size();
  const std::size_t best =
      static_cast<std::size_t>(std::max_element(letters.begin(), letters.end()) - letters.begin());
  return letters[best] > letters[0] ? static_cast<int>(best) * 90 : 0;
}

// Viewer's page -> frame in which text that runs at `rotation_deg` is horizontal.
Affine ToFrame(int rotation_deg, double width, double height) {
  switch (rotation_deg) {
    case 90:
      return {0, -1, 1, 0, 0, width};
    case 180:
      return {-1, 0, 0, -1, width, height};
    case 270:
      return {0, 1, -1, 0, height, 0};
    default:
      return {};
  }
}

Affine Inverse(const Affine& m) {
  const double det = m.a * m.d - m.b * m.c;  // of a rotation: 1
  return {m.d / det,
          -m.b / det,
          -m.c / det,
          m.a / det,
          (m.c * m.f - m.d * m.e) / det,
          (m.b * m.e - m.a * m.f) / det};
}

void Turn(Page& page, int rotation_deg, double width, double height) {
  const Affine map = ToFrame(rotation_deg, width, height);
  for (Word& word : page.words) {
    const bool was_level = word.rotation_deg % 180 == 0;
    const Point base =
        map.Map(was_level ? Point{word.box.x0, word.baseline_pt} : Point{word.baseline_pt, word.box.y0});
    word.box = map.Map(word.box);
    for (Glyph& glyph : word.glyphs) glyph.box = map.Map(glyph.box);
    word.rotation_deg = (word.rotation_deg - rotation_deg + 360) % 360;
    word.baseline_pt = word.rotation_deg % 180 == 0 ? base.y : base.x;
  }
  for (Ruling& ruling : page.rulings) {
    const Box line = ruling.horizontal
                         ? Box{ruling.start_pt, ruling.position_pt, ruling.end_pt, ruling.position_pt}
                         : Box{ruling.position_pt, ruling.start_pt, ruling.position_pt, ruling.end_pt};
    const Box turned = map.Map(line);
    ruling.horizontal = turned.width() >= turned.height();
    ruling.position_pt = ruling.horizontal ? turned.y0 : turned.x0;
    ruling.start_pt = ruling.horizontal ? turned.x0 : turned.y0;
    ruling.end_pt = ruling.horizontal ? turned.x1 : turned.y1;
  }
  for (Box& box : page.shadings) box = map.Map(box);
  for (Mark& mark : page.marks) mark.box = map.Map(mark.box);
  page.to_source = Inverse(map);
  if (rotation_deg % 180 != 0) std::swap(page.width_pt, page.height_pt);
}

// Signature and stamp appearances with what they say, and pictures that are not the page itself.
std::vector<Mark> BuildMarks(const PageContent& content, const BuiltWords& built) {
  std::vector<Mark> marks = built.watermarks;
  std::vector<Mark> of_annotation(content.annotations.size());
  std::vector<bool> painted(content.annotations.size());
  const auto grow = [&](std::int16_t annotation, const Box& box) -> Mark& {
    const auto i = static_cast<std::size_t>(annotation);
    of_annotation[i].box = painted[i] ? Union(of_annotation[i].box, box) : box;
    painted[i] = true;
    return of_annotation[i];
  };
  for (std::size_t i = 0; i < built.words.size(); ++i) {
    if (built.annotation[i] < 0) continue;
    Mark& mark = grow(built.annotation[i], built.words[i].box);
    if (!mark.text.empty()) mark.text += ' ';
    mark.text += built.words[i].text;
  }
  const double page_area = content.width_pt * content.height_pt;
  for (const PaintedImage& image : content.images) {
    if (image.annotation >= 0)
      grow(image.annotation, image.box);
    else if (image.box.area() < 0.5 * page_area && image.box.width() > 5 && image.box.height() > 5)
      marks.push_back({MarkKind::kPicture, image.box, {}});
  }
  for (std::size_t i = 0; i < of_annotation.size(); ++i) {
    if (!painted[i] || !content.annotations[i].is_mark) continue;
    of_annotation[i].kind = content.annotations[i].kind;
    marks.push_back(std::move(of_annotation[i]));
  }
  return marks;
}

// A line typed with underscores is a ruling: header rules and blanks in forms.
void RuleUnderscores(Page& page) {
  constexpr std::size_t kMinUnderscores = 4;
  std::erase_if(page.words, [&page](const Word& word) {
    const bool line = word.text.size() >= kMinUnderscores && word.rotation_deg == 0 &&
                      word.text.find_first_not_of('_') == std::string::npos;
    // Fonts draw the underscore a tenth of the em below the baseline, half as thick as that.
    if (line)
      page.rulings.push_back({true, word.baseline_pt + 0.12 * word.font_size_pt, word.box.x0, word.box.x1,
                              std::max(0.25, 0.05 * word.font_size_pt), 1.0});
    return line;
  });
}

}  // namespace

Page ReadContent(const PageContent& content, int index) {
  Page page;
  page.index = index;
  page.width_pt = content.width_pt;
  page.height_pt = content.height_pt;
  BuiltWords built = BuildWords(content);
  TrustVerdict verdict = JudgeTextLayer(content, built, index);
  page.text_layer = verdict.layer;
  page.legacy_text = std::any_of(content.fonts.begin(), content.fonts.end(),
                                 [](const FontFace& font) { return font.legacy != LegacyEncoding::kNone; });
  page.findings = std::move(verdict.findings);
  for (const std::string& font : built.unread_fonts)
    page.findings.push_back({Severity::kWarning, "intake.legacy.unread",
                             "Không chuyển được phông chữ cũ " + font + " sang Unicode; giữ nguyên chữ gốc",
                             index});
  page.marks = BuildMarks(content, built);
  page.rulings = BuildRulings(content);
  page.shadings = BuildShadings(content);
  page.words = std::move(built.words);
  if (page.text_layer != TextLayer::kTrusted) {
    // What is printed over a picture was stamped on it, as an annotation or into the page itself.
    if (verdict.picture)
      for (Word& word : page.words) word.source = Source::kAppearance;
    std::erase_if(page.words, [](const Word& word) { return word.source != Source::kAppearance; });
  }
  if (const int rotation = MainRotation(page.words); rotation != 0)
    Turn(page, rotation, content.width_pt, content.height_pt);
  RuleUnderscores(page);
  if (content.truncated)
    page.findings.push_back({Severity::kError, "intake.page.truncated",
                             "Trang có quá nhiều đối tượng, chỉ đọc được một phần", index});
  return page;
}

}  // namespace vanthu::intake
