#include "ocr/recognise/doubt.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "pipeline/base/syllable.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kScribble =
    0.6;  // confidence: below, a word in a mark or alone on its line needs another warrant
constexpr double kInside = 0.5;      // share of a word's area inside a mark
constexpr double kPenHeight = 0.22;  // deviation from a figure's height that print never shows, see the head
constexpr double kPenBase = 0.14;    // em, from the baseline
constexpr double kDoubtHeight = 0.15;  // either alone makes a number doubtful
constexpr double kDoubtBase = 0.11;
constexpr double kDoubtful = 0.5;  // confidence of such a number at most
constexpr double kLineEnd = 0.8;   // confidence: a lone sign at a line's end that is less sure is a speck

bool IsFigure(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

bool HasLetterOrFigure(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char c) { return std::isalnum(c) != 0 || c >= 0xC3; });
}

// Signs that stand alone in documents: list dashes, plus signs, ticks, dots of a leader.
bool IsLoneSign(const std::string& text) {
  constexpr std::string_view kClosing = ".,;:)/";
  if (text.size() > 1 && text.find_first_not_of(kClosing) == std::string::npos) return true;
  constexpr const char* kSigns[] = {"-", "–", "—", "+", "*", "&", "…", "...", "./.", "%",
                                    "=", "x", "/", ")", "(", ":", ";", "“",   "”"};
  return std::any_of(std::begin(kSigns), std::end(kSigns), [&](const char* s) { return text == s; });
}

bool IsBelievable(const PlacedWord& placed) {
  const std::string& text = placed.word.text;
  if (placed.word.confidence >= kScribble) return HasLetterOrFigure(text) || IsLoneSign(text);
  std::string letters = text;
  while (!letters.empty() && std::ispunct(static_cast<unsigned char>(letters.back())) != 0)
    letters.pop_back();
  return letters.size() > 1 && IsVietnameseSyllable(letters);
}

// What print may look like that was read badly: letters and figures, and no signs that documents do not use.
bool MayBePrint(const std::string& text) {
  constexpr std::u32string_view kSigns = U"-–/.,:;()%&";
  int letters = 0;
  for (const char32_t c : ToCodePoints(text)) {
    const std::string one = FromCodePoints({&c, 1});
    const bool figure = c >= U'0' && c <= U'9';
    if (figure || ToLower(one) != ToUpper(one))
      ++letters;
    else if (kSigns.find(c) == std::u32string_view::npos)
      return false;
  }
  return letters > 1;
}

bool InsideMark(const Box& box, const std::vector<Mark>& marks) {
  return std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
    return mark.kind != MarkKind::kPicture && Intersection(box, mark.box).area() > kInside * box.area() &&
           !Intersection(box, mark.box).empty();
  });
}

// Figures, and the signs a pen's figures are read as.
bool IsNumber(const std::string& text) {
  if (!std::any_of(text.begin(), text.end(), IsFigure)) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return IsFigure(c) || std::string_view("@$#&.,;:").find(c) != std::string_view::npos;
  });
}

}  // namespace

void DropScribble(const std::vector<Mark>& marks, std::vector<PlacedWord>& words) {
  std::map<int, bool> line_stands;
  std::map<int, std::size_t> last;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool apart = !InsideMark(words[i].word.box, marks) && MayBePrint(words[i].word.text);
    line_stands[words[i].line] = line_stands[words[i].line] || IsBelievable(words[i]) || apart;
    last[words[i].line] = i;
  }
  std::vector<PlacedWord> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    PlacedWord& placed = words[i];
    const std::string& text = placed.word.text;
    if (!line_stands[placed.line]) continue;
    if (!IsBelievable(placed) && InsideMark(placed.word.box, marks)) continue;
    // A sign of no meaning: a speck's reading.
    if (!HasLetterOrFigure(text) && !IsLoneSign(text) && placed.word.confidence < 0.9) continue;
    const bool one_sign = !HasLetterOrFigure(text) && ToCodePoints(text).size() == 1 && text != ")";
    if (one_sign && last[placed.line] == i && placed.word.confidence < kLineEnd) continue;
    kept.push_back(std::move(placed));
  }
  words = std::move(kept);
}

std::vector<Box> TakeHandwriting(std::vector<PlacedWord>& words) {
  std::vector<Box> out;
  std::erase_if(words, [&](PlacedWord& placed) {
    if (!IsNumber(placed.word.text)) return false;
    if (placed.height_deviation > kPenHeight && placed.base_deviation > kPenBase) {
      out.push_back(placed.word.box);
      return true;
    }
    if (placed.height_deviation > kDoubtHeight || placed.base_deviation > kDoubtBase)
      placed.word.confidence = std::min(placed.word.confidence, kDoubtful);
    return false;
  });
  return out;
}

}  // namespace vanthu::ocr
