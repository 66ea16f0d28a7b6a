#include "ocr/recognise/roman.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vanthu::ocr {
namespace {

constexpr double kPitch = 0.42;      // em from stem to stem: bold I's have 0.39, figures 0.47 and more
constexpr double kLean = 0.08;       // of the height, over half of it: an italic stem leans 0.08, a "/" 0.2
constexpr double kRim = 0.5;         // px: of a stem's edge
constexpr double kMostStem = 0.26;   // em: wider than a bold stem
constexpr double kClearAfter = 0.1;  // em right of the last stem: a letter's bar would begin here, a "/" not
constexpr std::size_t kMostRead = 4;
constexpr std::size_t kMostStems = 3;  // III

// What the head of a stem says it is.
enum class Head { kI, kFlat, kOne, kUnclear };  // kFlat: an I's by a pixel or two

// A stem's columns, page pixels.
struct Stem {
  int x0 = 0;
  int x1 = 0;
};

// The ink of a line between the height of its capitals and the baseline.
class CapitalZone {
 public:
  explicit CapitalZone(const ReadInk& ink)
      : ink_(ink),
        index_(ink.segmentation.pieces[static_cast<std::size_t>(ink.line.pieces.front())].line),
        top_(static_cast<int>(std::lround(ink.measure.baseline - kCapHeightEm * ink.measure.size_px))),
        bottom_(static_cast<int>(std::lround(ink.measure.baseline))) {}

  // Too small, or off the picture: nothing can be told.
  bool IsOpaque() const { return height() < 8 || top_ < 0 || bottom_ > ink_.segmentation.labels.rows; }

  // Whether a column is inked over the middle half of the height, as a stem's is.
  bool IsStem(int x) const {
    const int from = top_ + height() / 4;
    const int to = bottom_ - height() / 4;
    int n = 0;
    for (int y = from; y < to; ++y) n += At(x, y) ? 1 : 0;
    return n >= (to - from) * 85 / 100;
  }

  // Whether a stem leans: italics, and the "/" of a heavy face.
  bool Leans(const Stem& stem) const {
    const double upper = MiddleAt(stem, top_ + height() / 4);
    const double lower = MiddleAt(stem, bottom_ - 1 - height() / 4);
    return std::abs(upper - lower) > kLean * height() + kRim;
  }

  // Whether [x0, x1) has ink at half height: a bar, or another letter.
  bool HasBar(int x0, int x1) const {
    const int middle = (top_ + bottom_) / 2;
    for (int x = x0; x < x1; ++x)
      for (int y = middle - height() / 10; y <= middle + height() / 10; ++y)
        if (At(x, y)) return true;
    return false;
  }

  // An I's head is flat: its serifs reach to both sides, at the very top. A 1 has a flag on the left, lower
  // than its tip, and nothing on the right; a slanted stem hides a part of the left serif.
  Head HeadOf(const Stem& whole) const {
    const Stem stem = AtHead(whole);
    const int rows = std::max(2, height() / 7);
    int left = 0;
    int right = 0;
    for (int y = std::max(0, top_ - 1); y < top_ + rows; ++y) {
      left = std::max(left, Reach(stem, y, -1));
      right = std::max(right, Reach(stem, y, 1));
    }
    if (left >= std::max(1, height() / 26) && right >= std::max(2, height() / 13)) return Head::kI;
    int tip = std::max(0, top_ - 2);
    while (tip < top_ + rows && Width(stem, tip) < std::max(2, (stem.x1 - stem.x0) / 2)) ++tip;
    const int flat_left = std::max(Reach(stem, tip, -1), Reach(stem, tip + 1, -1));
    const int flat_right = std::max(Reach(stem, tip, 1), Reach(stem, tip + 1, 1));
    if (flat_left > 0 && flat_right > 0 && flat_left + flat_right >= height() / 8) return Head::kFlat;
    int flag = left;
    for (int y = top_ + rows; y < top_ + 2 * rows; ++y) flag = std::max(flag, Reach(stem, y, -1));
    const bool one = flag >= std::max(2, height() / 13) && right < 2 && Reach(stem, tip, -1) < flag;
    return one ? Head::kOne : Head::kUnclear;
  }

  int columns() const { return ink_.segmentation.labels.cols; }

 private:
  int height() const { return bottom_ - top_; }

  bool At(int x, int y) const {
    const cv::Mat& labels = ink_.segmentation.labels;
    if (x < 0 || y < 0 || x >= labels.cols || y >= labels.rows) return false;
    const int label = labels.at<int>(y, x);
    return label > 0 && ink_.segmentation.pieces[static_cast<std::size_t>(label - 1)].line == index_;
  }
  int Reach(const Stem& stem, int y, int step) const {
    int reach = 0;
    for (int x = step < 0 ? stem.x0 - 1 : stem.x1; reach <= height() / 4 && At(x, y); x += step) ++reach;
    return reach;
  }
  // Where a stem stands at its head, if it leans a little: as wide as at a quarter of its height, and so far
  // on.
  Stem AtHead(const Stem& stem) const {
    const int y = top_ + height() / 4;
    const double upper = MiddleAt(stem, y);
    const double shift = (upper - MiddleAt(stem, bottom_ - 1 - height() / 4)) / 2;
    if (std::abs(shift) < 1) return stem;
    int left = static_cast<int>(upper);
    int right = left;
    while (At(left - 1, y)) --left;
    while (At(right, y)) ++right;
    const int by = static_cast<int>(std::lround(shift));
    return {left + by, right + by};
  }
  // Of the run of ink in a row that is nearest to a stem; far off where there is none.
  double MiddleAt(const Stem& stem, int y) const {
    int x0 = (stem.x0 + stem.x1) / 2;
    for (int step = 1; step <= height() / 4 && !At(x0, y); ++step) x0 += step % 2 == 0 ? step : -step;
    if (!At(x0, y)) return 2.0 * columns();
    int x1 = x0;
    while (At(x1, y)) ++x1;
    while (At(x0 - 1, y)) --x0;
    return (x0 + x1) / 2.0;
  }
  int Width(const Stem& stem, int y) const {
    int n = 0;
    for (int x = stem.x0; x < stem.x1; ++x) n += At(x, y) ? 1 : 0;
    return n;
  }

  const ReadInk& ink_;
  int index_;
  int top_;
  int bottom_;
};

// The stems from x0 on, as far apart as those of one numeral.
struct Numeral {
  std::vector<Stem> stems;
  std::vector<Head> heads;
  bool only = false;  // nothing but stems and their serifs, no bar between them

  bool AreOnes() const {
    return !heads.empty() && std::count(heads.begin(), heads.end(), Head::kOne) == std::ssize(heads);
  }
  // Figures are never set so close: of several stems one clear head is enough where none is a 1's.
  bool AreIs() const {
    const auto i_like = std::count(heads.begin(), heads.end(), Head::kI) +
                        std::count(heads.begin(), heads.end(), Head::kFlat);
    return only && i_like > 0 && std::count(heads.begin(), heads.end(), Head::kOne) == 0 &&
           heads.size() <= kMostStems;
  }
};

Numeral FollowStems(const ReadInk& ink, double x0, double x1) {
  Numeral out;
  const CapitalZone zone(ink);
  const int left = std::max(0, static_cast<int>(std::floor(x0)));
  const int right = std::min(zone.columns(), static_cast<int>(std::ceil(x1)));
  if (zone.IsOpaque() || right - left < 2) return out;
  const double size = ink.measure.size_px;
  for (int x = left; x < right; ++x) {
    const int from = out.stems.empty() ? left : out.stems.back().x0;
    if (x - from > kPitch * size) break;
    if (!zone.IsStem(x)) continue;
    Stem stem{x, x};
    while (stem.x1 < right && zone.IsStem(stem.x1)) ++stem.x1;
    x = stem.x1;
    if (zone.Leans(stem)) {
      if (out.stems.empty()) return out;
      break;
    }
    out.stems.push_back(stem);
  }
  if (out.stems.empty()) return out;
  out.only = true;
  int clear_from = left;
  for (const Stem& stem : out.stems) {
    out.heads.push_back(zone.HeadOf(stem));
    out.only = out.only && stem.x1 - stem.x0 <= kMostStem * size && !zone.HasBar(clear_from, stem.x0 - 2);
    clear_from = stem.x1 + 2;
  }
  const int clear_to = std::min(right, static_cast<int>(out.stems.back().x1 + kClearAfter * size));
  out.only = out.only && !zone.HasBar(clear_from, clear_to);
  return out;
}

// Where a numeral that begins at x0 ends before a stop: the engine's own places may give its last stem to the
// stop, which is lower than a stem.
double EndOfStems(const ReadInk& ink, double x0) {
  double end = x0;
  for (const int i : ink.line.pieces) {
    const cv::Rect& box = ink.segmentation.pieces[static_cast<std::size_t>(i)].box;
    if (box.x < x0) continue;
    if (ink.em(box.height) < 0.5) break;
    end = box.br().x + 1;
  }
  return end;
}

// Where the ink of a word begins whose first symbol the engine puts at x: the beginning of the run of letters
// there, no word space between them.
double StartOfInk(const ReadInk& ink, double x) {
  constexpr double kWithin = 0.12;  // em: half a word space; serifs of neighbours are closer
  double start = x;
  for (bool moved = true; moved;) {
    moved = false;
    for (const int i : ink.line.pieces) {
      const cv::Rect& box = ink.segmentation.pieces[static_cast<std::size_t>(i)].box;
      if (box.x >= start || ink.em(box.height) < 0.5 || ink.em(start - box.br().x) > kWithin) continue;
      start = box.x;
      moved = true;
    }
  }
  return start;
}

bool IsAnyOf(const Symbol& symbol, std::string_view set) {
  return symbol.text.size() == 1 && set.find(symbol.text[0]) != std::string_view::npos;
}

// How many symbols at a word's head may be stems, if what follows them leaves a numeral possible: a stop, or
// "/" and a year; a figure makes a number of it, which is left alone.
std::size_t LeadingStems(const ReadWord& word) {
  std::size_t n = 0;
  while (n < word.symbols.size() && IsAnyOf(word.symbols[n], "HIl1|!")) ++n;
  if (n == 0 || n > kMostRead) return 0;
  return n == word.symbols.size() || IsAnyOf(word.symbols[n], "./,:;)-") ? n : 0;
}

// "/" and four figures after the first n symbols: of a quarter, a month or a phase.
bool HasYearAfter(const ReadWord& word, std::size_t n) {
  if (word.symbols.size() < n + 5 || word.symbols[n].text != "/") return false;
  return std::all_of(word.symbols.begin() + static_cast<std::ptrdiff_t>(n) + 1,
                     word.symbols.begin() + static_cast<std::ptrdiff_t>(n) + 5,
                     [](const Symbol& symbol) { return IsAnyOf(symbol, "0123456789"); });
}

void Doubt(ReadWord& word, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i)
    word.symbols[i].confidence = std::min(word.symbols[i].confidence, kByShape);
  word.confidence = std::min(word.confidence, kByShape);
}

// Puts an I in the place of every stem, before the symbols that follow the first n.
void WriteNumeral(const ReadInk& ink, const std::vector<Stem>& stems, std::size_t n, ReadWord& word) {
  const double room = kClearAfter * ink.measure.size_px;
  const auto in_picture = [&](double x) { return (x - ink.picture.left) * ink.picture.scale; };
  std::vector<Symbol> out;
  out.reserve(word.symbols.size() + stems.size());
  for (const Stem& stem : stems)
    out.push_back({"I", in_picture(stem.x0 - room), in_picture(stem.x1 + room), kByShape});
  for (std::size_t i = n; i < word.symbols.size(); ++i) {
    word.symbols[i].x0 = std::max(word.symbols[i].x0, out.back().x1);
    word.symbols[i].x1 = std::max(word.symbols[i].x1, word.symbols[i].x0);
  }
  out.insert(out.end(), word.symbols.begin() + static_cast<std::ptrdiff_t>(n), word.symbols.end());
  word.symbols = std::move(out);
  word.confidence = kByShape;
}

}  // namespace

void CorrectRoman(const ReadInk& ink, ReadWord& word) {
  const std::size_t n = LeadingStems(word);
  if (n == 0) return;
  std::string read;
  for (std::size_t i = 0; i < n; ++i) read += word.symbols[i].text;
  const bool figures = read.find_first_not_of('1') == std::string::npos;
  if (figures && n < word.symbols.size() && !IsAnyOf(word.symbols[n], "/.")) return;
  const double room = 0.08 * ink.measure.size_px;
  Numeral numeral = FollowStems(ink, StartOfInk(ink, ink.Left(word.symbols.front())) - room,
                                ink.Right(word.symbols.back()) + room);
  const bool bracket = n < word.symbols.size() && word.symbols[n].text == ")";
  if (bracket && numeral.stems.size() > 1 && numeral.heads.back() != Head::kI &&
      numeral.heads.back() != Head::kFlat) {  // its back is upright too
    numeral.stems.pop_back();
    numeral.heads.pop_back();
  }
  const std::string by_stems(numeral.stems.size(), 'I');
  // "1." opens a list more often than "I." does, and nothing but its head tells.
  const bool year = HasYearAfter(word, n);
  const bool clear =
      year || std::count(numeral.heads.begin(), numeral.heads.end(), Head::kI) == std::ssize(numeral.heads);
  if (numeral.AreIs() && (clear || !figures) && read != by_stems && numeral.stems.size() >= n) {
    WriteNumeral(ink, numeral.stems, n, word);
    return;
  }
  // Slanted letters show no stems: their figures are believed, a numeral before a year is not.
  const bool miscounted = n > 1 && numeral.only && numeral.stems.size() != n;
  const bool doubtful = figures ? year && numeral.only && !numeral.AreOnes()
                                : miscounted || (year && !(numeral.AreIs() && read == by_stems));
  if (doubtful) Doubt(word, n);
}

void AddStopToNumeral(const ReadInk& ink, ReadLine& reading) {
  constexpr double kNear =
      0.2;  // em from the stem: a stop is set at 0.07, a word's first letter at 0.25 or more
  constexpr double kSide = 0.2;  // em: a bold stop has 0.15
  if (reading.size() < 2 || ink.measure.letters < 2) return;
  ReadWord& numeral = reading.front();
  if (!std::all_of(numeral.symbols.begin(), numeral.symbols.end(),
                   [](const Symbol& symbol) { return IsAnyOf(symbol, "IVX"); }))
    return;
  const double end = EndOfStems(ink, ink.Left(numeral.symbols.front()) - kNear * ink.measure.size_px / 2);
  for (const int i : ink.line.pieces) {
    const cv::Rect& box = ink.segmentation.pieces[static_cast<std::size_t>(i)].box;
    if (box.x < end - 1 || ink.em(box.x - end) > kNear) continue;
    const bool dot = ink.em(box.height) <= kSide && ink.em(box.width) <= kSide &&
                     ink.em(std::abs(box.br().y - ink.measure.baseline)) <= kSide / 2;
    if (!dot || box.br().x >= ink.Left(reading[1].symbols.front())) return;
    const double at = numeral.symbols.back().x1;
    numeral.symbols.push_back({".", at, at + (at - numeral.symbols.back().x0) / 2, kByShape});
    numeral.confidence = std::min(numeral.confidence, kByShape);
    return;
  }
}

void ReadRoman(const ReadInk& ink, ReadLine& reading) {
  if (ink.line.box.width > 1.6 * ink.measure.size_px) return;
  const Numeral numeral = FollowStems(ink, ink.line.box.x - 1, ink.line.box.br().x + 1);
  if (!numeral.AreIs()) return;
  if (ink.em(ink.line.box.br().x - numeral.stems.back().x1) > kPitch / 2) return;
  ReadWord word;
  WriteNumeral(ink, numeral.stems, 0, word);
  reading.push_back(std::move(word));
}

}  // namespace vanthu::ocr
