#include "ocr/recognise/small_marks.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "pipeline/base/syllable.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kAboveX = 0.42;    // em over the baseline, where marks of small letters begin
constexpr double kBeside = 0.08;    // em from a letter's middle to its dot's
constexpr double kLikeDot = 1.2;    // of a dot's ink: halfway to a hook's
constexpr double kDotSide = 0.118;  // em: of a dot of regular weight, where the line has no other
constexpr double kDotFill = 0.8;    // share of its box: a hook fills 0.75 at most
constexpr std::size_t kLeastDots = 2;
constexpr double kEllipsisPitch = 0.29;  // em: halfway between 0.25 and 0.33
constexpr double kDotHeight = 0.2;       // em: a full stop is not taller
constexpr double kSpace = 0.19;  // em of free paper: a word space of Times is 0.25, justified lines keep 0.2
constexpr double kAfterCapitals = 0.1;  // em: twice what parts letters of one word
constexpr double kNearBoundary = 0.25;  // em
constexpr double kOfSpaces = 0.6;       // of the line's usual word space
constexpr double kLeastXHeight = 12;    // px: below, gaps and dots are too few pixels to judge

// The one piece over a letter without any other mark; null where there is none, or several.
const Piece* DotOver(const ReadInk& ink, const Symbol& symbol) {
  const double middle = (ink.Left(symbol) + ink.Right(symbol)) / 2;
  const double size = ink.measure.size_px;
  const Piece* found = nullptr;
  for (const int i : ink.line.pieces) {
    const Piece& piece = ink.segmentation.pieces[static_cast<std::size_t>(i)];
    if (piece.box.br().y > ink.measure.baseline - kAboveX * size || piece.box.height > 0.25 * size) continue;
    const double at = piece.box.x + piece.box.width / 2.0;
    if (at < ink.Left(symbol) - kBeside * size || at > ink.Right(symbol) + kBeside * size) continue;
    if (found != nullptr || std::abs(at - middle) > 3.5 * kBeside * size) return nullptr;
    found = &piece;
  }
  return found;
}

bool LooksLikeDot(const ReadInk& ink, const Piece& mark, double usual_area) {
  if (usual_area > 0) return mark.area <= kLikeDot * usual_area;
  return ink.em(std::max(mark.box.width, mark.box.height)) <= kDotSide &&
         mark.area >= kDotFill * mark.box.area();
}

// Letters' extents on the line without what lies over each other, left to right.
struct Stretch {
  int x0 = 0;
  int x1 = 0;
};

std::vector<Stretch> InkStretches(const ReadInk& ink) {
  std::vector<Stretch> all;
  for (const int i : ink.line.pieces) {
    const cv::Rect& box = ink.segmentation.pieces[static_cast<std::size_t>(i)].box;
    all.push_back({box.x, box.br().x});
  }
  std::sort(all.begin(), all.end(), [](const Stretch& a, const Stretch& b) { return a.x0 < b.x0; });
  std::vector<Stretch> out;
  for (const Stretch& s : all) {
    if (out.empty() || s.x0 > out.back().x1)
      out.push_back(s);
    else
      out.back().x1 = std::max(out.back().x1, s.x1);
  }
  return out;
}

struct Gap {
  double middle = 0;
  double width = 0;
};

std::vector<Gap> Gaps(const std::vector<Stretch>& ground) {
  std::vector<Gap> gaps;
  for (std::size_t i = 0; i + 1 < ground.size(); ++i)
    gaps.push_back(
        {(ground[i].x1 + ground[i + 1].x0) / 2.0, static_cast<double>(ground[i + 1].x0 - ground[i].x1)});
  return gaps;
}

// How many of a word's symbols stand before x by the engine's own places; none if no boundary is near.
std::optional<std::size_t> ByPlace(const ReadInk& ink, const ReadWord& word, double x) {
  std::optional<std::size_t> nearest;
  double least = kNearBoundary * ink.measure.size_px;
  for (std::size_t n = 0; n <= word.symbols.size(); ++n) {
    const double left = n > 0 ? ink.Right(word.symbols[n - 1]) : ink.Left(word.symbols[0]);
    const double right = n < word.symbols.size() ? ink.Left(word.symbols[n]) : left;
    const double apart = std::abs((left + right) / 2 - x);
    if (apart >= least) continue;
    least = apart;
    nearest = n;
  }
  return nearest;
}

// The same by counting its pieces; none where they are not as many as the symbols.
std::optional<std::size_t> ByCount(const ReadInk& ink, const ReadWord& word,
                                   const std::vector<Stretch>& ground, double x) {
  const double from = ink.Left(word.symbols.front()) - kBeside * ink.measure.size_px;
  const double to = ink.Right(word.symbols.back()) + kBeside * ink.measure.size_px;
  std::size_t pieces = 0;
  std::size_t before = 0;
  for (const Stretch& stretch : ground) {
    const double middle = (stretch.x0 + stretch.x1) / 2.0;
    if (middle < from || middle > to) continue;
    ++pieces;
    if (middle < x) ++before;
  }
  if (pieces != word.symbols.size()) return std::nullopt;
  return before;
}

// Whether symbols [begin, end) may be a word: a syllable, an abbreviation, or something other than letters.
bool MayBeWord(const ReadWord& word, std::size_t begin, std::size_t end) {
  std::u32string code;
  for (std::size_t i = begin; i < end; ++i) code += ToCodePoints(ToNfc(word.symbols[i].text));
  constexpr std::u32string_view kEnds = U".,;:()“”\"'!?…";
  while (!code.empty() && kEnds.find(code.back()) != std::u32string_view::npos) code.pop_back();
  while (!code.empty() && kEnds.find(code.front()) != std::u32string_view::npos) code.erase(code.begin());
  const std::string text = FromCodePoints(code);
  const auto is_letter = [](char32_t c) {
    const std::string one = FromCodePoints({&c, 1});
    return ToLower(one) != ToUpper(one);
  };
  if (!std::all_of(code.begin(), code.end(), is_letter)) return true;
  return IsVietnameseSyllable(text) || (IsUpperCase(text) && WithoutDiacritics(text) == text);
}

bool IsFigure(const Symbol& symbol) {
  return symbol.text.size() == 1 && symbol.text[0] >= '0' && symbol.text[0] <= '9';
}

// Whether n parts a times sign from a figure, as in "x22".
bool PartsTimes(const ReadWord& word, std::size_t n) {
  const std::size_t size = word.symbols.size();
  return (n == 1 && word.symbols[0].text == "x" && IsFigure(word.symbols[1])) ||
         (n + 1 == size && word.symbols[n].text == "x" && IsFigure(word.symbols[n - 1]));
}

bool IsSyllable(const ReadWord& word) {
  std::string text;
  for (const Symbol& symbol : word.symbols) text += symbol.text;
  return IsVietnameseSyllable(ToNfc(text));
}

// Whether capitals end and a syllable of small letters begins after symbol n, as in "KH-UBNDngày": no word of
// Vietnamese is written so, and over a slanted D the paper between the words is narrow.
bool CapitalsMeetSyllable(const ReadWord& word, std::size_t n) {
  if (n < 2 || n + 2 > word.symbols.size()) return false;
  std::string rest;
  for (std::size_t i = n; i < word.symbols.size(); ++i) rest += word.symbols[i].text;
  rest = ToNfc(rest);
  const auto capital = [&](std::size_t i) {
    const std::string& text = word.symbols[i].text;
    return ToLower(text) != text;
  };
  return capital(n - 2) && capital(n - 1) && ToLower(rest) == rest && IsVietnameseSyllable(rest);
}

// After how many symbols a gap parts a word; 0 if it does not. The engine's places may be off by a letter, so
// what is left on both sides must be words.
std::size_t SymbolsBefore(const ReadInk& ink, const ReadWord& word, const std::vector<Stretch>& ground,
                          double x) {
  const std::size_t size = word.symbols.size();
  const std::optional<std::size_t> near = ByPlace(ink, word, x);
  if (near && (*near == 0 || *near == size)) return 0;
  std::vector<std::size_t> candidates;
  if (near) candidates.push_back(*near);
  if (const auto counted = ByCount(ink, word, ground, x)) candidates.push_back(*counted);
  if (near) candidates.insert(candidates.end(), {*near - 1, *near + 1});
  for (const std::size_t n : candidates)
    if (n > 0 && n < size && (PartsTimes(word, n) || (MayBeWord(word, 0, n) && MayBeWord(word, n, size))))
      return n;
  return 0;
}

const Gap* WidestBetween(const ReadInk& ink, const ReadWord& left, const ReadWord& right,
                         const std::vector<Gap>& gaps) {
  const Gap* widest = nullptr;
  for (const Gap& gap : gaps) {
    if (gap.middle <= ink.Left(left.symbols.back()) || gap.middle >= ink.Right(right.symbols.front()))
      continue;
    if (widest == nullptr || gap.width > widest->width) widest = &gap;
  }
  return widest;
}

// The median of the gaps between words as they were read; none where the line has one word.
std::optional<double> UsualSpace(const ReadInk& ink, const ReadLine& reading, const std::vector<Gap>& gaps) {
  std::vector<double> spaces;
  for (std::size_t w = 0; w + 1 < reading.size(); ++w) {
    const Gap* widest = WidestBetween(ink, reading[w], reading[w + 1], gaps);
    if (widest != nullptr) spaces.push_back(widest->width);
  }
  if (spaces.empty()) return std::nullopt;
  std::sort(spaces.begin(), spaces.end());
  return spaces[spaces.size() / 2];
}

// Figures and the signs among them stand wide: two 1s leave 0.22 em.
bool IsOfNumber(const Symbol& symbol) {
  return symbol.text.size() == 1 &&
         std::string_view("0123456789.,/:%").find(symbol.text[0]) != std::string_view::npos;
}

bool IsLeader(const Symbol& symbol) {
  return symbol.text == "." || symbol.text == "…" || symbol.text == "_" || symbol.text == "-";
}

bool MayPart(const Symbol& left, const Symbol& right) {
  return !(IsOfNumber(left) && IsOfNumber(right)) && !(IsLeader(left) && IsLeader(right));
}

// Keeps the words' places apart: the engine's own may reach over the gap, and would draw the other's ink in.
void PartAt(const ReadInk& ink, double x, ReadWord& left, ReadWord& right) {
  const double at = (x - ink.picture.left) * ink.picture.scale;
  for (Symbol& symbol : left.symbols) {
    symbol.x0 = std::min(symbol.x0, at - 1);
    symbol.x1 = std::min(symbol.x1, at);
  }
  for (Symbol& symbol : right.symbols) {
    symbol.x0 = std::max(symbol.x0, at);
    symbol.x1 = std::max(symbol.x1, at + 1);
  }
}

}  // namespace

void CorrectDots(const ReadInk& ink, ReadLine& reading) {
  std::vector<int> areas;
  bool any = false;
  for (const ReadWord& word : reading) {
    for (const Symbol& symbol : word.symbols) {
      any = any || ToNfc(symbol.text) == "ỉ";
      if (symbol.text != "i") continue;
      if (const Piece* dot = DotOver(ink, symbol)) areas.push_back(dot->area);
    }
  }
  if (!any || ink.line.x_height() < kLeastXHeight) return;
  std::sort(areas.begin(), areas.end());
  const double usual = areas.size() < kLeastDots ? 0 : areas[areas.size() / 2];
  for (ReadWord& word : reading) {
    for (Symbol& symbol : word.symbols) {
      if (ToNfc(symbol.text) != "ỉ") continue;
      const Piece* mark = DotOver(ink, symbol);
      if (mark == nullptr || !LooksLikeDot(ink, *mark, usual)) continue;
      symbol.text = "i";
      symbol.confidence = std::min(symbol.confidence, kByShape);
    }
  }
}

void CorrectEllipses(const ReadInk& ink, ReadWord& word) {
  const std::size_t n = word.symbols.size();
  std::size_t begin = n;
  while (begin > 0 && word.symbols[begin - 1].text == ".") --begin;
  if (n - begin != 3) return;
  const double room = 0.15 * ink.measure.size_px;
  std::vector<double> middles;
  for (const int i : ink.line.pieces) {
    const cv::Rect& box = ink.segmentation.pieces[static_cast<std::size_t>(i)].box;
    const double middle = box.x + box.width / 2.0;
    if (middle < ink.Left(word.symbols[begin]) - room || middle > ink.Right(word.symbols[n - 1]) + room)
      continue;
    if (ink.em(box.height) > kDotHeight || ink.em(box.width) > kDotHeight) continue;
    middles.push_back(middle);
  }
  if (middles.size() != 3) return;
  std::sort(middles.begin(), middles.end());
  if (ink.em(middles[2] - middles[0]) / 2 < kEllipsisPitch) return;
  word.symbols[begin].text = "…";
  word.symbols[begin].x1 = word.symbols[n - 1].x1;
  word.symbols.resize(begin + 1);
}

void ReadDotsInBracket(const ReadInk& ink, ReadLine& reading) {
  constexpr double kSureOfDots = 0.9;  // what the engine reads better stands
  constexpr std::size_t kLeastStops = 3;
  double least = 1;
  for (const ReadWord& word : reading) least = std::min(least, word.confidence);
  if (reading.empty() || least >= kSureOfDots || ink.line.pieces.size() < kLeastStops + 1) return;
  const auto box = [&](std::size_t k) -> const cv::Rect& {
    return ink.segmentation.pieces[static_cast<std::size_t>(ink.line.pieces[k])].box;
  };
  const std::size_t dots = ink.line.pieces.size() - 1;
  const int side = box(0).height;
  for (std::size_t k = 0; k < dots; ++k) {
    const bool dot = std::abs(box(k).height - side) <= 2 && std::abs(box(k).width - side) <= 2 &&
                     std::abs(box(k).br().y - box(0).br().y) <= 2;
    if (!dot) return;
  }
  const cv::Rect& last = box(dots);
  const bool bracket = last.height >= 5 * side && 2 * last.width < last.height &&
                       last.x >= box(dots - 1).br().x && 5 * (last.br().y - box(0).br().y) >= 4 * side;
  if (!bracket) return;
  ReadWord word;
  word.confidence = kByShape;
  for (std::size_t k = 0; k <= dots; ++k)
    word.symbols.push_back({k < dots ? "." : ")", (box(k).x - ink.picture.left) * ink.picture.scale,
                            (box(k).br().x - ink.picture.left) * ink.picture.scale, kByShape});
  reading = {std::move(word)};
}

ReadLine SplitAtGaps(const ReadInk& ink, ReadLine reading) {
  if (ink.measure.letters < 2 || ink.line.x_height() < kLeastXHeight) return reading;
  const std::vector<Stretch> ground = InkStretches(ink);
  const std::vector<Gap> gaps = Gaps(ground);
  const std::optional<double> usual = UsualSpace(ink, reading, gaps);
  const double least = std::max(kSpace * ink.measure.size_px, usual ? kOfSpaces * *usual : 0);
  ReadLine out;
  for (ReadWord& word : reading) {
    for (const Gap& gap : gaps) {
      if (gap.width < std::min(least, kAfterCapitals * ink.measure.size_px) || IsSyllable(word)) continue;
      const std::size_t n = SymbolsBefore(ink, word, ground, gap.middle);
      if (gap.width < least && !CapitalsMeetSyllable(word, n)) continue;
      if (n == 0 || !MayPart(word.symbols[n - 1], word.symbols[n])) continue;
      const auto middle = word.symbols.begin() + static_cast<std::ptrdiff_t>(n);
      ReadWord first = word;
      first.symbols.assign(word.symbols.begin(), middle);
      word.symbols.erase(word.symbols.begin(), middle);
      PartAt(ink, gap.middle, first, word);
      out.push_back(std::move(first));
    }
    out.push_back(std::move(word));
  }
  for (std::size_t w = 0; w + 1 < out.size(); ++w) {
    if (ink.Right(out[w].symbols.back()) <= ink.Left(out[w + 1].symbols.front())) continue;
    const Gap* widest = WidestBetween(ink, out[w], out[w + 1], gaps);
    if (widest != nullptr && widest->width >= least) PartAt(ink, widest->middle, out[w], out[w + 1]);
  }
  return out;
}

}  // namespace vanthu::ocr
