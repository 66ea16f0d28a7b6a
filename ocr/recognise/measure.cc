#include "ocr/recognise/measure.h"

#include <algorithm>
#include <string_view>

#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

bool IsAnyOf(char32_t c, std::u32string_view set) {
  return set.find(c) != std::u32string_view::npos;
}

// The base letter's height in em, 0 where the letter says nothing.
double ClassHeight(char32_t c) {
  if (IsAnyOf(c, U"acemnorsuvxzgpqyăâêôơưạẹọụự")) return kXHeightEm;
  if (IsAnyOf(c, U"ABCDEFGHIKLMNPRSTUVXYZ0123456789bdhklđĐ")) return kCapHeightEm;
  return 0;
}

bool HasDescender(char32_t c) {
  return IsAnyOf(c, U"gpqyQỵýỳỷỹ,;()/ạặậẹệịọộợụự");
}

}  // namespace

const Piece* PieceUnder(const Segmentation& segmentation, const TextLine& line, double x0, double x1) {
  const Piece* best = nullptr;
  double most = 0;
  for (const int i : line.pieces) {
    const Piece& piece = segmentation.pieces[static_cast<std::size_t>(i)];
    if (piece.box.height < 0.6 * line.x_height()) continue;
    const double overlap = std::min<double>(x1, piece.box.br().x) - std::max<double>(x0, piece.box.x);
    if (overlap > most) {
      most = overlap;
      best = &piece;
    }
  }
  return best;
}

LineMeasure MeasureLine(const Segmentation& segmentation, const TextLine& line, const LinePicture& picture,
                        const ReadLine& reading) {
  std::vector<double> sizes;
  std::vector<double> bottoms;
  for (const ReadWord& word : reading) {
    for (const Symbol& symbol : word.symbols) {
      const std::u32string code = ToCodePoints(ToNfc(symbol.text));
      if (code.size() != 1 || HasDescender(code[0])) continue;
      const Piece* piece = PieceUnder(segmentation, line, picture.PageX(symbol.x0), picture.PageX(symbol.x1));
      if (piece == nullptr || piece->box.width > 2.5 * line.x_height()) continue;
      bottoms.push_back(piece->box.br().y);
      if (const double em = ClassHeight(code[0]); em > 0) sizes.push_back(piece->box.height / em);
    }
  }
  LineMeasure out;
  out.letters = static_cast<int>(sizes.size());
  out.size_px = sizes.size() >= 2 ? Median(std::move(sizes)) : line.x_height() / 0.55;
  out.baseline = bottoms.size() >= 2 ? Median(std::move(bottoms)) : line.baseline;
  return out;
}

}  // namespace vanthu::ocr
