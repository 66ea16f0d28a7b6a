#include "ocr/recognise/shape.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <string_view>

#include "ocr/recognise/read_ink.h"
#include "ocr/recognise/small_marks.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr std::string_view kDashes[] = {"-", "–", "—", "~", "_", "―"};
constexpr double kHyphen = 0.42;  // em: wider is an en dash (hyphen 0.33, en dash 0.5, em dash 1 of Times)
constexpr double kEnDash = 0.78;  // em: wider is an em dash
constexpr double kFlat = 0.16;    // em: a dash is not taller
constexpr double kLowest = 0.1;   // em above the baseline: lower lies an underscore
constexpr double kSmallLetter =
    0.53;                         // em: halfway between x-height and capitals, with room for a doubtful band
constexpr int kLeastLetters = 3;  // that must agree on the line's size before single letters are judged by it

bool IsDash(const std::string& text) {
  return std::find(std::begin(kDashes), std::end(kDashes), text) != std::end(kDashes);
}

// Look-alikes of other scripts; one stroke that the model gives as both twins ("/⁄", "ĐÐ") is one.
void NormaliseCodes(ReadWord& word) {
  std::vector<Symbol> out;
  bool last_replaced = false;
  for (Symbol& symbol : word.symbols) {
    const bool slash = symbol.text == "⁄";
    const bool eth = symbol.text == "Ð";
    if (slash) symbol.text = "/";
    if (eth) symbol.text = "Đ";
    const bool twin = !out.empty() && out.back().text == symbol.text && (slash || eth || last_replaced);
    if (twin && (symbol.text == "/" || symbol.text == "Đ")) {
      out.back().x1 = std::max(out.back().x1, symbol.x1);
      continue;
    }
    last_replaced = slash || eth;
    out.push_back(symbol);
  }
  word.symbols = std::move(out);
}

// The one flat piece whose middle lies in [x0, x1]; null if there is none or more than one, or anything else
// stands there.
const Piece* FlatPiece(const ReadInk& c, double x0, double x1) {
  const Piece* found = nullptr;
  for (const int i : c.line.pieces) {
    const Piece& piece = c.segmentation.pieces[static_cast<std::size_t>(i)];
    const double middle = piece.box.x + piece.box.width / 2.0;
    if (middle < x0 || middle > x1) continue;
    if (piece.box.height > kFlat * c.measure.size_px || piece.box.width < 1.5 * piece.box.height ||
        found != nullptr)
      return nullptr;
    found = &piece;
  }
  return found;
}

void CorrectDashes(const ReadInk& c, ReadWord& word) {
  std::vector<Symbol> out;
  const double room = 0.1 * c.measure.size_px;
  for (std::size_t i = 0; i < word.symbols.size();) {
    if (!IsDash(word.symbols[i].text)) {
      out.push_back(word.symbols[i++]);
      continue;
    }
    std::size_t end = i;
    while (end < word.symbols.size() && IsDash(word.symbols[end].text)) ++end;
    const Piece* flat = FlatPiece(c, c.picture.PageX(word.symbols[i].x0) - room,
                                  c.picture.PageX(word.symbols[end - 1].x1) + room);
    if (flat == nullptr) {
      out.insert(out.end(), word.symbols.begin() + static_cast<std::ptrdiff_t>(i),
                 word.symbols.begin() + static_cast<std::ptrdiff_t>(end));
    } else {
      Symbol dash = word.symbols[i];
      dash.x1 = word.symbols[end - 1].x1;
      const double width = flat->box.width / c.measure.size_px;
      const double height = (c.measure.baseline - flat->box.y - flat->box.height / 2.0) / c.measure.size_px;
      const std::string text = height < kLowest ? "_" : width < kHyphen ? "-" : width < kEnDash ? "–" : "—";
      if (end - i == 1 && text == dash.text) {
        out.push_back(dash);
      } else {
        dash.text = text;
        out.push_back(dash);
      }
    }
    i = end;
  }
  word.symbols = std::move(out);
}

// Whether every symbol is a letter no taller than small ones, its marks apart.
bool AreSmall(const ReadInk& c, const ReadWord& word) {
  return std::all_of(word.symbols.begin(), word.symbols.end(), [&](const Symbol& symbol) {
    const std::string bare = WithoutDiacritics(ToNfc(symbol.text));
    if (bare.size() != 1 || std::string_view("COSVWXZ").find(bare[0]) == std::string_view::npos) return false;
    const Piece* piece = PieceUnder(c.segmentation, c.line, c.Left(symbol), c.Right(symbol));
    return piece != nullptr && c.em(piece->box.height) < kSmallLetter && c.em(piece->box.width) < 1.1;
  });
}

// A capital that is no taller than small letters, of those whose two forms differ in height alone.
void CorrectCase(const ReadInk& c, ReadWord& word) {
  if (c.measure.letters < kLeastLetters || word.symbols.size() < 2) return;
  Symbol& first = word.symbols.front();
  if (first.text.size() != 1 ||
      std::string_view("cosvwxzCOSVWXZ").find(first.text[0]) == std::string_view::npos)
    return;
  const Piece* piece = PieceUnder(c.segmentation, c.line, c.Left(first), c.Right(first));
  if (piece == nullptr || piece->box.width > 1.1 * c.measure.size_px) return;
  const double height = piece->box.height / c.measure.size_px;
  const bool capital = first.text[0] < 'a';
  const std::string& next = word.symbols[1].text;
  const bool small_follows = ToLower(next) == next && ToUpper(next) != next;
  if (capital && height < kSmallLetter && small_follows)
    first.text[0] = static_cast<char>(first.text[0] + 32);
  if (capital && height < kSmallLetter && !small_follows && AreSmall(c, word))
    for (Symbol& symbol : word.symbols) symbol.text = ToLower(symbol.text);
}

// An "I" among capitals that is as wide as a T is one: an I of Times is 0.33 em wide (bold 0.39), a T 0.61.
void CorrectT(const ReadInk& c, ReadWord& word) {
  constexpr double kLeast = 0.5;
  constexpr double kMost = 0.75;
  if (c.measure.letters < kLeastLetters || word.symbols.size() < 2) return;
  for (std::size_t i = 0; i < word.symbols.size(); ++i) {
    Symbol& symbol = word.symbols[i];
    if (symbol.text != "I") continue;
    const Piece* piece = PieceUnder(c.segmentation, c.line, c.Left(symbol), c.Right(symbol));
    if (piece == nullptr || c.em(piece->box.width) < kLeast || c.em(piece->box.width) > kMost) continue;
    const auto shares = [&](std::size_t other) {
      return other < word.symbols.size() && PieceUnder(c.segmentation, c.line, c.Left(word.symbols[other]),
                                                       c.Right(word.symbols[other])) == piece;
    };
    if (shares(i + 1) || (i > 0 && shares(i - 1))) continue;  // two letters that touch
    symbol.text = "T";
    symbol.confidence = std::min(symbol.confidence, kByShape);
  }
}

// The upright stems of a stretch of the line.
struct Stems {
  int count = 0;
  bool only = false;        // nothing but stems and their serifs, no bar between them
  bool serifs_left = true;  // of every stem's head
  bool serifs_right = true;
};

Stems FindStems(const ReadInk& c, double x0, double x1) {
  Stems out;
  const int top = static_cast<int>(std::lround(c.measure.baseline - kCapHeightEm * c.measure.size_px));
  const int bottom = static_cast<int>(std::lround(c.measure.baseline));
  const int height = bottom - top;
  const int left = std::max(0, static_cast<int>(std::floor(x0)));
  const int right = std::min(c.segmentation.labels.cols, static_cast<int>(std::ceil(x1)));
  if (height < 8 || right - left < 2 || top < 0 || bottom > c.segmentation.labels.rows) return out;
  const int index = c.segmentation.pieces[static_cast<std::size_t>(c.line.pieces.front())].line;
  const auto ink = [&](int x, int y) {
    const int label = c.segmentation.labels.at<int>(y, x);
    return label > 0 && c.segmentation.pieces[static_cast<std::size_t>(label - 1)].line == index;
  };
  // A stem's column is inked over the middle of the height; between stems the middle is free.
  const int from = top + height / 4;
  const int to = bottom - height / 4;
  out.only = true;
  int start = -1;
  std::vector<std::pair<int, int>> stems;
  for (int x = left; x <= right; ++x) {
    int n = 0;
    if (x < right)
      for (int y = from; y < to; ++y) n += ink(x, y) ? 1 : 0;
    const bool full = x < right && n >= (to - from) * 85 / 100;
    if (!full && n > (to - from) * 12 / 100 && start < 0) {
      // A rim of a stem is allowed beside it.
      const bool beside = (x + 1 < right && n < to - from) || !stems.empty();
      if (!beside) out.only = false;
    }
    if (full && start < 0) start = x;
    if (!full && start >= 0) {
      stems.emplace_back(start, x);
      start = -1;
    }
  }
  // Ink in the middle rows away from the stems' rims: a bar or another letter.
  const int middle = (top + bottom) / 2;
  for (int x = left; x < right; ++x) {
    const bool near = std::any_of(stems.begin(), stems.end(),
                                  [&](const auto& s) { return x >= s.first - 2 && x < s.second + 2; });
    if (near) continue;
    for (int y = middle - height / 10; y <= middle + height / 10; ++y)
      if (ink(x, y)) out.only = false;
  }
  for (const auto& [a, b] : stems) {
    if (b - a > 0.26 * c.measure.size_px) out.only = false;  // wider than a bold stem
    int reach_left = 0;
    int reach_right = 0;
    const int rows = std::max(2, height / 7);
    for (int y = std::max(0, top - 1); y < top + rows; ++y) {
      for (int x = a - 1; x >= std::max(0, a - height / 4) && ink(x, y); --x)
        reach_left = std::max(reach_left, a - x);
      for (int x = b; x < std::min(c.segmentation.labels.cols, b + height / 4) && ink(x, y); ++x)
        reach_right = std::max(reach_right, x - b + 1);
    }
    // A 1 has a flag on the left but nothing on the right; a slanted stem hides a part of its left serif.
    out.serifs_left = out.serifs_left && reach_left >= std::max(1, height / 26);
    out.serifs_right = out.serifs_right && reach_right >= std::max(2, height / 13);
  }
  out.count = static_cast<int>(stems.size());
  return out;
}

// Where a numeral that begins at x0 ends before a stop: the engine's own places may give its last stem to the
// stop, which is lower than a stem.
double EndOfStems(const ReadInk& c, double x0) {
  double end = x0;
  for (const int i : c.line.pieces) {
    const cv::Rect& box = c.segmentation.pieces[static_cast<std::size_t>(i)].box;
    if (box.x < x0) continue;
    if (c.em(box.height) < 0.5) break;
    end = box.br().x + 1;
  }
  return end;
}

// Roman numerals of I alone, by their stems.
void CorrectRoman(const ReadInk& c, ReadWord& word) {
  std::size_t n = 0;
  while (n < word.symbols.size() && word.symbols[n].text.size() == 1 &&
         std::string_view("HIl1|!").find(word.symbols[n].text[0]) != std::string_view::npos)
    ++n;
  if (n == 0 || n > 4) return;
  // What follows may be a stop, or "/" and a year; a figure there makes a number of it, which is left alone.
  if (n < word.symbols.size() &&
      std::string_view("./,:;)-").find(word.symbols[n].text[0]) == std::string_view::npos)
    return;
  std::string read;
  for (std::size_t i = 0; i < n; ++i) read += word.symbols[i].text;
  const bool figures = read.find_first_not_of('1') == std::string::npos;
  if (figures && n < word.symbols.size() && word.symbols[n].text != "/" && word.symbols[n].text != ".")
    return;
  const double room = 0.08 * c.measure.size_px;
  const double x0 = c.Left(word.symbols.front());
  double x1 = c.Right(word.symbols.back()) + room;
  if (n < word.symbols.size()) {
    const bool stop = n + 1 == word.symbols.size() &&
                      std::string_view(".,:;").find(word.symbols[n].text[0]) != std::string_view::npos;
    x1 = stop ? EndOfStems(c, x0 - room) : c.Left(word.symbols[n]);
  }
  const Stems stems = FindStems(c, x0 - room, x1);
  if (!stems.only || stems.count == 0 || stems.count > 3 || !stems.serifs_left || !stems.serifs_right) return;
  const std::string roman(static_cast<std::size_t>(stems.count), 'I');
  if (read == roman) return;
  std::vector<Symbol> out;
  out.reserve(word.symbols.size());
  const double step = (word.symbols[n - 1].x1 - word.symbols.front().x0) / stems.count;
  for (int i = 0; i < stems.count; ++i)
    out.push_back(
        {"I", word.symbols.front().x0 + step * i, word.symbols.front().x0 + step * (i + 1), kByShape});
  out.insert(out.end(), word.symbols.begin() + static_cast<std::ptrdiff_t>(n), word.symbols.end());
  word.symbols = std::move(out);
  word.confidence = kByShape;
}

// A heading's numeral whose stop the engine left out ("II NỘI DUNG"): the dot is there, on the baseline,
// close to the last stem and far from the next word.
void AddStopToNumeral(const ReadInk& c, ReadLine& reading) {
  constexpr double kNear =
      0.2;  // em from the stem: a stop is set at 0.07, a word's first letter at 0.25 or more
  constexpr double kSide = 0.2;  // em: a bold stop has 0.15
  if (reading.size() < 2 || c.measure.letters < 2) return;
  ReadWord& numeral = reading.front();
  const auto of_numeral = [](const Symbol& symbol) {
    return symbol.text.size() == 1 && std::string_view("IVX").find(symbol.text[0]) != std::string_view::npos;
  };
  if (!std::all_of(numeral.symbols.begin(), numeral.symbols.end(), of_numeral)) return;
  const double end = EndOfStems(c, c.Left(numeral.symbols.front()) - kNear * c.measure.size_px / 2);
  for (const int i : c.line.pieces) {
    const cv::Rect& box = c.segmentation.pieces[static_cast<std::size_t>(i)].box;
    if (box.x < end - 1 || c.em(box.x - end) > kNear) continue;
    const bool dot = c.em(box.height) <= kSide && c.em(box.width) <= kSide &&
                     c.em(std::abs(box.br().y - c.measure.baseline)) <= kSide / 2;
    if (!dot || box.br().x >= c.Left(reading[1].symbols.front())) return;
    const double at = numeral.symbols.back().x1;
    numeral.symbols.push_back({".", at, at + (at - numeral.symbols.back().x0) / 2, kByShape});
    numeral.confidence = std::min(numeral.confidence, kByShape);
    return;
  }
}

// A short line that the engine read as nothing may still be a Roman numeral.
void ReadRoman(const ReadInk& c, ReadLine& reading) {
  if (c.line.box.width > 1.6 * c.measure.size_px) return;
  const Stems stems = FindStems(c, c.line.box.x - 1, c.line.box.br().x + 1);
  if (!stems.only || stems.count == 0 || stems.count > 3 || !stems.serifs_left || !stems.serifs_right) return;
  ReadWord word;
  const double left = (c.line.box.x - c.picture.left) * c.picture.scale;
  const double step = c.line.box.width * c.picture.scale / stems.count;
  for (int i = 0; i < stems.count; ++i)
    word.symbols.push_back({"I", left + step * i, left + step * (i + 1), kByShape});
  word.confidence = kByShape;
  reading.push_back(std::move(word));
}

}  // namespace

ReadLine CorrectByShape(const Segmentation& segmentation, const TextLine& line, const LinePicture& picture,
                        ReadLine reading) {
  ReadInk context{segmentation, line, picture, MeasureLine(segmentation, line, picture, reading)};
  if (context.measure.size_px <= 0) return reading;
  if (context.measure.letters < 2) {
    // A lone capital or numeral: the zone's height is a capital's.
    context.measure.size_px = std::max(1.0, line.x_height()) / kCapHeightEm;
    context.measure.baseline = line.baseline;
  }
  for (ReadWord& word : reading) {
    NormaliseCodes(word);
    CorrectDashes(context, word);
    CorrectCase(context, word);
    CorrectRoman(context, word);
    CorrectT(context, word);
    CorrectEllipses(context, word);
  }
  AddStopToNumeral(context, reading);
  CorrectDots(context, reading);
  if (reading.empty()) ReadRoman(context, reading);
  return SplitAtGaps(context, std::move(reading));
}

}  // namespace vanthu::ocr
