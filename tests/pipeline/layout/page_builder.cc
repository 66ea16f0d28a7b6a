#include "tests/pipeline/layout/page_builder.h"

#include <sstream>

#include "pipeline/base/unicode.h"

namespace vanthu::layout {
namespace {

constexpr double kLetter = 0.5;
constexpr double kSpace = 0.25;

Word MakeWord(const std::string& text, double x, double baseline, const Type& type) {
  Word w;
  w.text = text;
  w.baseline_pt = baseline;
  w.font_size_pt = type.size;
  w.font = "Test";
  w.bold = type.bold;
  w.italic = type.italic;
  const double top = baseline - 0.89 * type.size, bottom = baseline + 0.22 * type.size;
  for (const char32_t c : ToCodePoints(text)) {
    w.glyphs.push_back({c, {x, top, x + kLetter * type.size, bottom}});
    x += kLetter * type.size;
  }
  w.box = {w.glyphs.front().box.x0, top, x, bottom};
  return w;
}

}  // namespace

double WidthOf(const std::string& line, double size) {
  double width = 0;
  for (const char32_t c : ToCodePoints(line)) width += (c == U' ' ? kSpace : kLetter) * size;
  return width;
}

PageBuilder::PageBuilder(int index, double width_pt, double height_pt) {
  page.index = index;
  page.width_pt = width_pt;
  page.height_pt = height_pt;
  page.text_layer = TextLayer::kTrusted;
}

double PageBuilder::Text(double x, double baseline, const std::string& line, Type type) {
  std::string word;
  for (const char c : line + " ") {
    if (c != ' ') {
      word += c;
      continue;
    }
    if (!word.empty()) {
      page.words.push_back(MakeWord(word, x, baseline, type));
      x = page.words.back().box.x1;
      word.clear();
    }
    x += kSpace * type.size;
  }
  return x - kSpace * type.size;
}

void PageBuilder::Centred(double x, double baseline, const std::string& line, Type type) {
  Text(x - WidthOf(line, type.size) / 2, baseline, line, type);
}

void PageBuilder::Turned(double x, double y, const std::string& line, int rotation_deg, Type type) {
  std::istringstream words(line);
  std::string word;
  double along = 0;
  while (words >> word) {
    Word w = MakeWord(word, 0, 0, type);
    const double length = w.box.width();
    w.rotation_deg = rotation_deg;
    w.glyphs.clear();
    w.box = rotation_deg == 270 ? Box{x, y - along - length, x + type.size, y - along}
                                : Box{x, y + along, x + type.size, y + along + length};
    w.baseline_pt = w.box.y1;
    along += length + kSpace * type.size;
    page.words.push_back(w);
  }
}

void PageBuilder::Stamped(double x, double baseline, const std::string& line) {
  const std::size_t from = page.words.size();
  Text(x, baseline, line, {10});
  for (std::size_t i = from; i < page.words.size(); ++i) page.words[i].source = Source::kAppearance;
}

void PageBuilder::Rule(double x0, double y, double x1) {
  Ruling r;
  r.horizontal = true;
  r.position_pt = y;
  r.start_pt = x0;
  r.end_pt = x1;
  page.rulings.push_back(r);
}

void PageBuilder::Stroke(double x, double y0, double y1) {
  Ruling r;
  r.horizontal = false;
  r.position_pt = x;
  r.start_pt = y0;
  r.end_pt = y1;
  page.rulings.push_back(r);
}

void PageBuilder::Grid(const std::vector<double>& xs, const std::vector<double>& ys) {
  for (const double y : ys) Rule(xs.front(), y, xs.back());
  for (const double x : xs) Stroke(x, ys.front(), ys.back());
}

}  // namespace vanthu::layout
