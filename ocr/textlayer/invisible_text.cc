#include "ocr/textlayer/invisible_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kSmallest = 0.5;  // pt: what an empty box becomes, so that its text is still copied
constexpr double kFarthest = 1e5;  // pt: seven times the largest PDF page; beyond, a box is nonsense
// Neighbours are one line where they overlap by three quarters, are of like height, and the gap is no
// column's. Guesses that hold for print: capitals and small letters of tight boxes differ by up to 1.6.
constexpr double kLeastOverlap = 0.75;
constexpr double kMostStretch = 1.7;
constexpr double kWidestGap = 1.5;  // in line heights

// Poppler writes no space between words whose gap is under 0.15 of the type's size, whatever stands between
// them, so narrower gaps are widened to this; a word gives at most a quarter of its width for it.
constexpr double kLeastGap = 0.16;
constexpr double kMostGiven = 0.25;

// A word in its own direction: s along the text, h upwards across it.
struct Placed {
  std::vector<int> codes;
  double s0 = 0, s1 = 0, h0 = 0, h1 = 0;
};

// Unit vectors of a word's direction (u) and of its up (v), y down.
struct Direction {
  Point u, v;
};

Direction DirectionOf(int rotation_deg) {
  switch (((rotation_deg % 360) + 360) % 360) {
    case 90:
      return {{0, 1}, {1, 0}};
    case 180:
      return {{-1, 0}, {0, 1}};
    case 270:
      return {{0, -1}, {-1, 0}};
    default:
      return {{1, 0}, {0, -1}};
  }
}

struct Run {
  int rotation_deg = 0;
  double h0 = 0, h1 = 0;
  double least_height = 0;
  std::vector<Placed> words;
};

// U+FEFF and U+FFFE may not stand in /ToUnicode (ISO 19005-2, 6.2.11.7.2); control characters are no text.
bool IsText(char32_t c) {
  return c >= 0x20 && c != 0x7F && c != 0xFEFF && (c & 0xFFFE) != 0xFFFE && !(c >= 0xD800 && c <= 0xDFFF);
}

bool IsFinite(const Box& box) {
  for (const double value : {box.x0, box.y0, box.x1, box.y1})
    if (!std::isfinite(value) || std::abs(value) > kFarthest) return false;
  return true;
}

std::optional<Placed> Place(const Word& word, CodeTable& codes) {
  if (!IsFinite(word.box)) return std::nullopt;
  Placed placed;
  for (const char32_t c : ToCodePoints(ToNfc(word.text)))
    if (IsText(c))
      if (const int code = codes.CodeOf(c); code > 0) placed.codes.push_back(code);
  if (placed.codes.empty()) return std::nullopt;
  const auto [u, v] = DirectionOf(word.rotation_deg);
  const auto along = [&u = u](double x, double y) { return u.x * x + u.y * y; };
  const auto across = [&v = v](double x, double y) { return v.x * x + v.y * y; };
  std::tie(placed.s0, placed.s1) =
      std::minmax({along(word.box.x0, word.box.y0), along(word.box.x1, word.box.y1)});
  std::tie(placed.h0, placed.h1) =
      std::minmax({across(word.box.x0, word.box.y0), across(word.box.x1, word.box.y1)});
  placed.s1 = std::max(placed.s1, placed.s0 + kSmallest);
  placed.h1 = std::max(placed.h1, placed.h0 + kSmallest);
  return placed;
}

bool Continues(const Run& run, const Placed& word, int rotation_deg) {
  if (run.words.empty() || run.rotation_deg != rotation_deg) return false;
  const Placed& last = run.words.back();
  const double height = word.h1 - word.h0;
  const double least = std::min(run.least_height, height);
  const double overlap = std::min(run.h1, word.h1) - std::max(run.h0, word.h0);
  const double joined = std::max(run.h1, word.h1) - std::min(run.h0, word.h0);
  return overlap >= kLeastOverlap * least && joined <= kMostStretch * least &&
         word.s0 >= (last.s0 + last.s1) / 2 && word.s0 - last.s1 <= kWidestGap * joined;
}

std::vector<Run> RunsOf(const std::vector<Word>& words, CodeTable& codes) {
  std::vector<Run> runs;
  for (const Word& word : words) {
    std::optional<Placed> placed = Place(word, codes);
    if (!placed) continue;
    const double height = placed->h1 - placed->h0;
    if (runs.empty() || !Continues(runs.back(), *placed, word.rotation_deg))
      runs.push_back({word.rotation_deg, placed->h0, placed->h1, height, {}});
    Run& run = runs.back();
    run.h0 = std::min(run.h0, placed->h0);
    run.h1 = std::max(run.h1, placed->h1);
    run.least_height = std::min(run.least_height, height);
    run.words.push_back(std::move(*placed));
  }
  return runs;
}

// Makes room for a space between neighbours that nearly touch, at the cost of both alike.
void WidenGaps(Run& run) {
  const double wanted = kLeastGap * (run.h1 - run.h0);
  for (std::size_t i = 0; i + 1 < run.words.size(); ++i) {
    Placed& left = run.words[i];
    Placed& right = run.words[i + 1];
    const double each = (wanted - (right.s0 - left.s1)) / 2;
    if (each <= 0) continue;
    left.s1 -= std::min(each, kMostGiven * (left.s1 - left.s0));
    right.s0 += std::min(each, kMostGiven * (right.s1 - right.s0));
  }
}

// Shortest decimal form PDF reads: no exponent.
std::string Number(double value) {
  std::string out = fmt::format("{:.4f}", value);
  out.erase(out.find_last_not_of('0') + 1);
  if (out.back() == '.') out.pop_back();
  return out == "-0" ? "0" : out;
}

std::string Hex(const std::vector<int>& codes) {
  std::string out = "<";
  for (const int code : codes) out += fmt::format("{:04X}", code);
  return out + ">";
}

// A direction near an axis becomes the axis: Poppler breaks a word in two where its baseline leaves the
// page's by half a point. The word turns about its middle, so its ends move by less than its slope: 0.9 pt in
// 50 pt at 2 degrees.
Affine Straightened(const Affine& text, Point middle) {
  constexpr double kMostSkew = 0.105;  // tan of 6 degrees; the recogniser straightens up to 5
  const double along = std::hypot(text.a, text.b);
  const double up = std::hypot(text.c, text.d);
  const bool level =
      std::abs(text.b) <= kMostSkew * std::abs(text.a) && std::abs(text.c) <= kMostSkew * std::abs(text.d);
  const bool upright =
      std::abs(text.a) <= kMostSkew * std::abs(text.b) && std::abs(text.d) <= kMostSkew * std::abs(text.c);
  if (!level && !upright) return text;
  Affine out = level ? Affine{std::copysign(along, text.a), 0, 0, std::copysign(up, text.d), 0, 0}
                     : Affine{0, std::copysign(along, text.b), std::copysign(up, text.c), 0, 0, 0};
  const Point wanted = text.Map(middle);
  const Point turned = out.Map(middle);
  out.e = wanted.x - turned.x;
  out.f = wanted.y - turned.y;
  return out;
}

void AppendRun(const Run& run, const Affine& frame_to_pdf, int space, std::string& out) {
  const auto [u, v] = DirectionOf(run.rotation_deg);
  const double size = run.h1 - run.h0;
  const double baseline = run.h0 - size * kDescent / 1000;
  const double advance = size * kAdvance / 1000;  // of one glyph at Tz 100
  out += fmt::format("BT\n/F0 {} Tf\n3 Tr\n", Number(size));
  for (std::size_t i = 0; i < run.words.size(); ++i) {
    const Placed& word = run.words[i];
    const double length = word.s1 - word.s0;
    // Text space -> frame -> page, y up.
    const Affine frame{u.x, u.y, v.x, v.y, word.s0 * u.x + baseline * v.x, word.s0 * u.y + baseline * v.y};
    const Affine text =
        Straightened(frame.Then(frame_to_pdf), {length / 2, size * (kAscent + kDescent) / 2000});
    out += fmt::format("{} {} {} {} {} {} Tm\n", Number(text.a), Number(text.b), Number(text.c),
                       Number(text.d), Number(text.e), Number(text.f));
    out += fmt::format("{} Tz {} Tj\n",
                       Number(100 * length / (advance * static_cast<double>(word.codes.size()))),
                       Hex(word.codes));
    if (i + 1 == run.words.size()) continue;
    // Words that overlap are still two: a space of no width to speak of.
    const double gap = std::max(run.words[i + 1].s0 - word.s1, 0.01 * size);
    out += fmt::format("{} Tz {} Tj\n", Number(100 * gap / advance), Hex({space}));
  }
  out += "ET\n";
}

std::string Utf16Hex(char32_t c) {
  if (c < 0x10000) return fmt::format("{:04X}", static_cast<unsigned>(c));
  const auto rest = static_cast<unsigned>(c) - 0x10000;
  return fmt::format("{:04X}{:04X}", 0xD800 + (rest >> 10), 0xDC00 + (rest & 0x3FF));
}

}  // namespace

int CodeTable::CodeOf(char32_t c) {
  const auto found = codes_.find(c);
  if (found != codes_.end()) return found->second;
  if (characters_.size() >= 0xFFFF) return 0;
  characters_.push_back(c);
  const int code = static_cast<int>(characters_.size());
  codes_.emplace(c, code);
  return code;
}

std::string CodeTable::ToUnicode() const {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n";
  constexpr std::size_t kMostInBlock = 100;  // Adobe's limit of a CMap block
  for (std::size_t first = 0; first < characters_.size(); first += kMostInBlock) {
    const std::size_t last = std::min(first + kMostInBlock, characters_.size());
    out += fmt::format("{} beginbfchar\n", last - first);
    for (std::size_t i = first; i < last; ++i)
      out += fmt::format("<{:04X}> <{}>\n", i + 1, Utf16Hex(characters_[i]));
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

std::string InvisibleText(const std::vector<Word>& words, const Affine& to_source, double page_height_pt,
                          CodeTable& codes) {
  const Affine frame_to_pdf = to_source.Then({1, 0, 0, -1, 0, page_height_pt});
  const int space = codes.CodeOf(U' ');
  std::string out;
  if (space == 0) return out;
  for (Run& run : RunsOf(words, codes)) {
    WidenGaps(run);
    AppendRun(run, frame_to_pdf, space, out);
  }
  return out;
}

}  // namespace vanthu::ocr
