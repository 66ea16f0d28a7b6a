#include "ocr/recognise/shape.h"

#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>
#include <string_view>

#include "ocr/recognise/crossbar.h"
#include "ocr/recognise/read_ink.h"
#include "ocr/recognise/roman.h"
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

// Whether the last letter of a piece of capitals that touch is a T: its arm hangs over its foot. Heads, feet
// and stems by the rightmost ink of the top, the bottom and the middle rows.
bool EndsInT(const ReadInk& c, const Piece& piece) {
  constexpr double kArm = 0.24;   // of the height, from the stem: a T's arm has 0.31, a serif 0.11
  constexpr double kOver = 0.12;  // and so much farther than the foot
  const cv::Rect& box = piece.box;
  const int label = static_cast<int>(&piece - c.segmentation.pieces.data()) + 1;
  const auto right = [&](int from, int to) {
    int most = box.x;
    for (int y = from; y < to; ++y)
      for (int x = box.br().x - 1; x > most; --x)
        if (c.segmentation.labels.at<int>(y, x) == label) most = x;
    return most;
  };
  if (box.height < 12) return false;
  const int rows = box.height / 7;
  const int head = right(box.y, box.y + rows);
  const int stem = right(box.y + 2 * box.height / 5, box.y + 3 * box.height / 5);
  const int foot = right(box.br().y - rows, box.br().y);
  return head - stem >= kArm * box.height && head - foot >= kOver * box.height && foot > stem;
}

// An "I" among capitals that is as wide as a T is one: an I of Times is 0.33 em wide (bold 0.39), a T 0.61.
void CorrectT(const ReadInk& c, ReadWord& word) {
  constexpr double kLeast = 0.5;
  constexpr double kMost = 0.75;
  if (word.symbols.size() < 2) return;
  for (std::size_t i = 0; i < word.symbols.size(); ++i) {
    Symbol& symbol = word.symbols[i];
    if (symbol.text != "I") continue;
    const Piece* piece = PieceUnder(c.segmentation, c.line, c.Left(symbol), c.Right(symbol));
    if (piece == nullptr) continue;
    const auto shares = [&](std::size_t other) {
      return other < word.symbols.size() && PieceUnder(c.segmentation, c.line, c.Left(word.symbols[other]),
                                                       c.Right(word.symbols[other])) == piece;
    };
    if (shares(i + 1)) continue;  // letters that touch: only the last can be told
    const bool touches = i > 0 && shares(i - 1);
    const bool wide = c.measure.letters >= kLeastLetters && c.em(piece->box.width) >= kLeast &&
                      c.em(piece->box.width) <= kMost;
    if (touches ? !EndsInT(c, *piece) : !wide) continue;
    symbol.text = "T";
    symbol.confidence = std::min(symbol.confidence, kByShape);
  }
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
    CorrectCrossbars(context, word);
    CorrectEllipses(context, word);
  }
  AddStopToNumeral(context, reading);
  CorrectDots(context, reading);
  ReadDotsInBracket(context, reading);
  if (reading.empty()) ReadRoman(context, reading);
  return SplitAtGaps(context, std::move(reading));
}

}  // namespace vanthu::ocr
