#include "ocr/recognise/words.h"

#include <algorithm>
#include <cmath>

#include "ocr/recognise/measure.h"
#include "ocr/recognise/read_ink.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kAscent = 0.891;  // em, of Times New Roman and its metric twins
constexpr double kDescent = 0.216;
constexpr double kLongRun = 0.22;  // em: longer runs of ink are bars, not stems
// Of the body's stroke width; measured on the plans: bold 1.4-1.7, regular below 1.15.
constexpr double kBoldRatio = 1.26;

struct Extent {
  double x0 = 0;
  double x1 = 0;
};

// Mean length of the short horizontal runs of ink: the stems' width, px.
double StrokeWidth(const Segmentation& s, int line, const cv::Rect& box, double most) {
  double sum = 0;
  int runs = 0;
  for (int y = box.y; y < box.br().y; ++y) {
    const int* l = s.labels.ptr<int>(y);
    int run = 0;
    for (int x = box.x; x <= box.br().x; ++x) {
      const bool ink =
          x < box.br().x && l[x] > 0 && s.pieces[static_cast<std::size_t>(l[x] - 1)].line == line;
      if (ink) {
        ++run;
        continue;
      }
      if (run > 0 && run <= most) {
        sum += run;
        ++runs;
      }
      run = 0;
    }
  }
  return runs < 8 ? 0 : sum / runs;
}

// How far the word's letters leave a figure's height and place. Only lines whose size is known by other
// letters tell.
void MeasureFigures(const Segmentation& s, const TextLine& line, const LineMeasure& measure,
                    PlacedWord& placed) {
  constexpr int kLeastLetters = 5;
  if (measure.letters < kLeastLetters) return;
  for (const int i : line.pieces) {
    const cv::Rect& box = s.pieces[static_cast<std::size_t>(i)].box;
    const double middle = box.x + box.width / 2.0;
    if (middle < placed.word.box.x0 || middle > placed.word.box.x1 || box.height < 0.4 * measure.size_px)
      continue;
    placed.height_deviation =
        std::max(placed.height_deviation, std::abs(box.height / (kCapHeightEm * measure.size_px) - 1));
    placed.base_deviation =
        std::max(placed.base_deviation, std::abs(box.br().y - measure.baseline) / measure.size_px);
  }
}

struct WordInk {
  cv::Rect box;
  bool more = false;  // letters stand beside it that were read as nothing
};

// Every piece of the line to the word it lies under most.
std::vector<WordInk> InkOfWords(const Segmentation& s, const TextLine& line, double size_px,
                                const std::vector<Extent>& words) {
  constexpr double kUnread = 0.15;  // em outside of every word's place: on 20 scanned pages no letter read is
  std::vector<WordInk> out(words.size());
  for (const int i : line.pieces) {
    const cv::Rect& box = s.pieces[static_cast<std::size_t>(i)].box;
    double most = -1e9;
    std::size_t home = 0;
    for (std::size_t w = 0; w < words.size(); ++w) {
      const double overlap = std::min<double>(words[w].x1, box.br().x) - std::max<double>(words[w].x0, box.x);
      if (overlap > most) {
        most = overlap;
        home = w;
      }
    }
    if (most < -kUnread * size_px && box.height > 0.6 * line.x_height()) out[home].more = true;
    if (most < -0.5 * line.x_height()) continue;
    out[home].box = out[home].box.area() == 0 ? box : (out[home].box | box);
  }
  return out;
}

std::vector<Glyph> Glyphs(const ReadWord& read, const std::u32string& code, const LinePicture& picture,
                          const Box& box) {
  std::vector<Glyph> glyphs;
  for (const Symbol& symbol : read.symbols) {
    const std::u32string part = ToCodePoints(ToNfc(symbol.text));
    for (std::size_t k = 0; k < part.size(); ++k) {
      const double width = (symbol.x1 - symbol.x0) / static_cast<double>(part.size());
      const double x0 = symbol.x0 + width * static_cast<double>(k);
      Glyph glyph;
      glyph.code = part[k];
      glyph.box = {std::clamp(picture.PageX(x0), box.x0, box.x1), box.y0,
                   std::clamp(picture.PageX(x0 + width), box.x0, box.x1), box.y1};
      glyphs.push_back(glyph);
    }
  }
  if (glyphs.size() != code.size()) return {};
  for (std::size_t i = 0; i < code.size(); ++i)
    if (glyphs[i].code != code[i]) return {};
  glyphs.front().box.x0 = box.x0;
  glyphs.back().box.x1 = box.x1;
  for (std::size_t i = 0; i + 1 < glyphs.size(); ++i) {  // neighbours touch
    const double middle = std::clamp((glyphs[i].box.x1 + glyphs[i + 1].box.x0) / 2, glyphs[i].box.x0, box.x1);
    glyphs[i].box.x1 = glyphs[i + 1].box.x0 = middle;
    glyphs[i + 1].box.x1 = std::max(glyphs[i + 1].box.x1, middle);
  }
  return glyphs;
}

}  // namespace

std::vector<PlacedWord> PlaceWords(const Segmentation& segmentation, int line_index,
                                   const LinePicture& picture, const ReadLine& reading) {
  std::vector<PlacedWord> out;
  if (reading.empty()) return out;
  const TextLine& line = segmentation.lines[static_cast<std::size_t>(line_index)];
  const LineMeasure measure = MeasureLine(segmentation, line, picture, reading);
  std::vector<Extent> extents;
  for (const ReadWord& word : reading)
    extents.push_back({picture.PageX(word.symbols.front().x0), picture.PageX(word.symbols.back().x1)});
  const std::vector<WordInk> ink = InkOfWords(segmentation, line, measure.size_px, extents);
  for (std::size_t w = 0; w < reading.size(); ++w) {
    std::string text;
    double least = 1;
    for (const Symbol& symbol : reading[w].symbols) {
      text += symbol.text;
      least = std::min(least, symbol.confidence);
    }
    text = CollapseSpace(ToNfc(text));
    std::erase(text, ' ');
    if (text.empty()) continue;
    PlacedWord placed;
    placed.line = line_index;
    Word& word = placed.word;
    word.text = text;
    word.source = Source::kOcr;
    word.confidence = std::clamp(std::min(least, reading[w].confidence), 0.0, 1.0);
    if (ink[w].more) word.confidence = std::min(word.confidence, kByShape);
    word.font_size_pt = measure.size_px;
    word.baseline_pt = measure.baseline;
    const cv::Rect& box = ink[w].box;
    const bool seen = box.area() > 0;
    word.box = {seen ? box.x : extents[w].x0, measure.baseline - kAscent * measure.size_px,
                seen ? box.br().x : extents[w].x1, measure.baseline + kDescent * measure.size_px};
    if (word.box.x1 <= word.box.x0) word.box.x1 = word.box.x0 + 1;
    word.glyphs = Glyphs(reading[w], ToCodePoints(text), picture, word.box);
    if (seen)
      placed.stroke =
          StrokeWidth(segmentation, line_index, box, kLongRun * measure.size_px) / measure.size_px;
    MeasureFigures(segmentation, line, measure, placed);
    out.push_back(std::move(placed));
  }
  return out;
}

void JudgeWeight(std::vector<PlacedWord>& words) {
  std::vector<double> strokes;
  for (const PlacedWord& w : words)
    if (w.stroke > 0) strokes.push_back(w.stroke);
  if (strokes.size() < 12) return;  // too little to know the body's weight
  std::sort(strokes.begin(), strokes.end());
  const double body =
      strokes[strokes.size() * 3 / 10];  // most words are regular; a page of headings still has some
  for (PlacedWord& w : words)
    if (w.stroke > 0) w.word.bold = w.stroke > kBoldRatio * body;
}

}  // namespace vanthu::ocr
