#include "ocr/recognise/crossbar.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <vector>

#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

// em, of a D or Đ of Times and of wider faces, regular and bold.
constexpr double kLeastHeight = 0.58;
constexpr double kMostHeight = 0.8;
constexpr double kLeastWidth = 0.5;
constexpr double kMostWidth = 0.95;
constexpr int kLeastPixels = 12;     // of height: below, a bar is no row of its own
constexpr double kLeastBowl = 0.12;  // em inside: narrower bowls show nothing
constexpr double kUnder = 0.6;       // of the letter's width that lies under the symbol's place
constexpr double kReach = 0.07;      // em left of the stem: the bar reaches as far as the serifs there
// Of the stem's darkness, see the head.
constexpr double kBar = 0.2;
constexpr double kNoBar = 0.08;
constexpr double kNoBarLeft = 0.2;  // the next letter's rim may lie there

// A D's parts, page pixels.
struct Bowl {
  cv::Rect box;
  int stem_x0 = 0;
  int stem_x1 = 0;
  int inside_x1 = 0;  // where the bowl's right side begins
};

// Where in a letter's height a bar may lie, and where there is surely none but the bowl is open.
bool MayHoldBar(const cv::Rect& box, int y) {
  const double part = static_cast<double>(y - box.y) / box.height;
  return part > 0.36 && part < 0.62;
}
int OpenFrom(const cv::Rect& box) {
  return box.y + box.height * 22 / 100;
}
int OpenTo(const cv::Rect& box) {
  return box.y + box.height * 78 / 100;
}

// The letter alone under a symbol; none where it is no upright D.
std::optional<Bowl> FindBowl(const ReadInk& ink, const Piece& piece) {
  const cv::Rect& box = piece.box;
  const double height = ink.em(box.height);
  const double width = ink.em(box.width);
  if (box.height < kLeastPixels || height < kLeastHeight || height > kMostHeight || width < kLeastWidth ||
      width > kMostWidth)
    return std::nullopt;
  const int label = static_cast<int>(&piece - ink.segmentation.pieces.data()) + 1;
  const auto at = [&](int x, int y) { return ink.segmentation.labels.at<int>(y, x) == label; };
  const auto is_stem = [&](int x) {
    int n = 0;
    for (int y = OpenFrom(box); y < OpenTo(box); ++y) n += at(x, y) ? 1 : 0;
    return n >= (OpenTo(box) - OpenFrom(box)) * 85 / 100;
  };
  Bowl bowl;
  bowl.box = box;
  bowl.stem_x0 = box.x;
  while (bowl.stem_x0 < box.x + box.width / 2 && !is_stem(bowl.stem_x0)) ++bowl.stem_x0;
  bowl.stem_x1 = bowl.stem_x0;
  while (bowl.stem_x1 < box.br().x && is_stem(bowl.stem_x1)) ++bowl.stem_x1;
  if (bowl.stem_x1 == bowl.stem_x0) return std::nullopt;
  bowl.inside_x1 = box.br().x;
  for (int y = OpenFrom(box); y < OpenTo(box); ++y) {
    if (MayHoldBar(box, y)) continue;
    int x = bowl.stem_x1 + 2;
    while (x < box.br().x && !at(x, y)) ++x;
    bowl.inside_x1 = std::min(bowl.inside_x1, x);
  }
  if (ink.em(bowl.inside_x1 - bowl.stem_x1) < kLeastBowl) return std::nullopt;
  return bowl;
}

// How dark a row is between two columns, 0..255.
double Darkness(const cv::Mat& print, int x0, int x1, int y) {
  double sum = 0;
  for (int x = x0; x < x1; ++x) sum += 255 - print.at<uchar>(y, x);
  return sum / std::max(1, x1 - x0);
}

// How much darker the darkest row at half height is than those above and below.
double BarDarkness(const cv::Mat& print, const cv::Rect& box, int x0, int x1) {
  std::vector<double> open;
  double darkest = 0;
  for (int y = OpenFrom(box); y < OpenTo(box); ++y) {
    const double darkness = Darkness(print, x0, x1, y);
    if (MayHoldBar(box, y))
      darkest = std::max(darkest, darkness);
    else
      open.push_back(darkness);
  }
  if (open.empty()) return 0;
  std::sort(open.begin(), open.end());
  return darkest - open[open.size() / 2];
}

enum class Crossbar { kSeen, kAbsent, kHalfSeen };

Crossbar Look(const ReadInk& ink, const Bowl& bowl) {
  const cv::Mat& print = ink.picture.print;
  double stem = 0;
  for (int y = OpenFrom(bowl.box); y < OpenTo(bowl.box); ++y)
    stem += Darkness(print, bowl.stem_x0, bowl.stem_x1, y);
  stem = std::max(1.0, stem / (OpenTo(bowl.box) - OpenFrom(bowl.box)));
  const int reach = std::max(2, static_cast<int>(std::lround(kReach * ink.measure.size_px)));
  const int half = std::max(2, (bowl.inside_x1 - bowl.stem_x1) / 2);
  const double inside = BarDarkness(print, bowl.box, bowl.stem_x1 + 1, bowl.stem_x1 + 1 + half) / stem;
  const double left =
      BarDarkness(print, bowl.box, std::max(0, bowl.stem_x0 - 1 - reach), bowl.stem_x0 - 1) / stem;
  if (inside >= kBar && left >= kBar) return Crossbar::kSeen;
  return inside <= kNoBar && left <= kNoBarLeft ? Crossbar::kAbsent : Crossbar::kHalfSeen;
}

// The piece that is this symbol's and no other's of the word; null where the engine's places leave it open.
const Piece* OwnPiece(const ReadInk& ink, const ReadWord& word, std::size_t index) {
  const auto piece_of = [&](const Symbol& symbol) {
    return PieceUnder(ink.segmentation, ink.line, ink.Left(symbol), ink.Right(symbol));
  };
  const Piece* piece = piece_of(word.symbols[index]);
  if (piece == nullptr) return nullptr;
  const double under = std::min<double>(ink.Right(word.symbols[index]), piece->box.br().x) -
                       std::max<double>(ink.Left(word.symbols[index]), piece->box.x);
  if (under < kUnder * piece->box.width) return nullptr;
  for (const std::size_t other : {index - 1, index + 1})
    if (other < word.symbols.size() && piece_of(word.symbols[other]) == piece) return nullptr;
  return piece;
}

}  // namespace

void CorrectCrossbars(const ReadInk& ink, ReadWord& word) {
  for (std::size_t i = 0; i < word.symbols.size(); ++i) {
    Symbol& symbol = word.symbols[i];
    const std::string text = ToNfc(symbol.text);
    if (text != "D" && text != "Đ") continue;
    const Piece* piece = OwnPiece(ink, word, i);
    const std::optional<Bowl> bowl = piece == nullptr ? std::nullopt : FindBowl(ink, *piece);
    if (!bowl) continue;
    const Crossbar bar = Look(ink, *bowl);
    if ((bar == Crossbar::kSeen && text == "Đ") || (bar == Crossbar::kAbsent && text == "D")) continue;
    if (bar != Crossbar::kHalfSeen) symbol.text = bar == Crossbar::kSeen ? "Đ" : "D";
    symbol.confidence = std::min(symbol.confidence, kByShape);
  }
}

}  // namespace vanthu::ocr
