#include "pipeline/intake/word_builder.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "pipeline/base/unicode.h"
#include "pipeline/intake/glyph_run.h"
#include "pipeline/intake/symbol_codes.h"

namespace vanthu::intake {
namespace {

constexpr double kGapEm = 0.1;  // Poppler's minWordBreakSpace
constexpr double kNoSpaceEm =
    0.01;  // of a painted space; of spaces pulled in to fill a line 0.02 em stayed (seen)
constexpr double kBackEm = -0.3;      // kerning pulls back by at most 0.15 em; more is another place
constexpr double kBaselineEm = 0.12;  // footnote marks rise by 0.3 em, skewed lines drift by far less a glyph
constexpr double kTwiceEm =
    0.2;  // made-up bold and shadows lie within a fifth of the em (measured: 0.02-0.1)
constexpr double kObliqueTan = 0.27;  // 15 degrees

struct Axes {
  Point along;
  Point across;  // towards the next line
};

Axes AxesOf(int rotation_deg) {
  switch (rotation_deg) {
    case 90:
      return {{0, 1}, {-1, 0}};
    case 180:
      return {{-1, 0}, {0, -1}};
    case 270:
      return {{0, -1}, {1, 0}};
    default:
      return {{1, 0}, {0, 1}};
  }
}

double Dot(Point a, Point b) {
  return a.x * b.x + a.y * b.y;
}

// -1: oblique.
int RotationOf(Point advance, int fallback) {
  const double ax = std::abs(advance.x), ay = std::abs(advance.y);
  if (ax < 1e-6 && ay < 1e-6) return fallback;  // zero-width marks go with what stands before them
  if (ay <= ax * kObliqueTan) return advance.x > 0 ? 0 : 180;
  if (ax <= ay * kObliqueTan) return advance.y > 0 ? 90 : 270;
  return -1;
}

bool IsSpace(char32_t c) {
  return c == 0x20 || c == 0xA0 || c == 0x09 || c == 0x0A || c == 0x0D || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Painted, but no character: joiners, direction marks, byte order marks, control codes.
bool IsNothing(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         (c >= 0xD800 && c <= 0xDFFF) || c > 0x10FFFF;
}

bool IsCombining(char32_t c) {
  return c >= 0x0300 && c <= 0x036F;
}

// A spacing accent painted over a letter (TeX, old generators) stands for the combining one.
char32_t CombiningFor(char32_t c) {
  switch (c) {
    case 0x60:
      return 0x0300;
    case 0xB4:
    case 0x2CA:
      return 0x0301;
    case 0x5E:
    case 0x2C6:
      return 0x0302;
    case 0x7E:
    case 0x2DC:
      return 0x0303;
    case 0x2D8:
      return 0x0306;
    default:
      return 0;
  }
}

bool NeedsNfc(char32_t c) {
  if (c < 0x0300) return false;
  if (c >= 0x1E00 && c <= 0x1EFF) return false;  // Vietnamese letters are composed as they are
  return !(c >= 0x2010 && c <= 0x2122 && c != 0x2126);
}

void AppendUtf8(std::string& out, char32_t c) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out.push_back(static_cast<char>(0xC0 | c >> 6));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else if (c < 0x10000) {
    out.push_back(static_cast<char>(0xE0 | c >> 12));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  } else {
    out.push_back(static_cast<char>(0xF0 | c >> 18));
    out.push_back(static_cast<char>(0x80 | (c >> 12 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c >> 6 & 0x3F)));
    out.push_back(static_cast<char>(0x80 | (c & 0x3F)));
  }
}

class Stringer {
 public:
  explicit Stringer(const PageContent& content) : content_(content) {}

  void Add(const PaintedGlyph& glyph) {
    const FontFace& face = content_.fonts[glyph.font];
    char32_t code = glyph.code;
    if (face.legacy == LegacyEncoding::kNone) {
      code = SymbolFor(code, face.name);
      if (code == 0xAD) code = std::hypot(glyph.advance.x, glyph.advance.y) > 0.05 * glyph.size_pt ? U'-' : 0;
      if (code == 0x2010 || code == 0x2011) code = U'-';
    } else if (code == kUnmapped && face.one_byte && glyph.byte_code < 0x100) {
      code = static_cast<char32_t>(glyph.byte_code);
    }
    if (IsSpace(code)) {
      if (oblique_open_) oblique_.back().text += ' ';
      current_.space_after = true;
      return End();
    }
    if (IsNothing(code) && face.legacy == LegacyEncoding::kNone) return;
    const int rotation = RotationOf(glyph.advance, current_.glyphs.empty() ? 0 : current_.rotation_deg);
    if (rotation < 0) {
      End();
      AddOblique(glyph, code);
      return;
    }
    oblique_open_ = false;
    const Axes axes = AxesOf(rotation);
    const double at = Dot(glyph.origin, axes.along), base = Dot(glyph.origin, axes.across);
    if (!current_.glyphs.empty()) {
      const double em = std::max(glyph.size_pt, current_.size_pt);
      if (rotation == current_.rotation_deg && OverLast(glyph, at, base, em)) {
        if (code == current_.codes.back()) {
          current_.doubled = true;
          current_.end = std::max(current_.end, at + glyph.pitch_pt);
          return;
        }
        if (const char32_t mark = IsCombining(code) ? code : CombiningFor(code); mark != 0)
          return Append(glyph, mark);
      }
      const double gap = at - current_.end;
      const bool mark = IsCombining(code) && gap > -1.2 * em && gap < kGapEm * em;
      const bool follows = rotation == current_.rotation_deg && glyph.annotation == current_.annotation &&
                           std::abs(base - current_.base) <= kBaselineEm * em && gap <= kGapEm * em &&
                           (gap >= kBackEm * em || mark);
      if (!follows) End();
    }
    if (current_.glyphs.empty()) {
      current_.rotation_deg = rotation;
      current_.start = at;
      current_.size_pt = glyph.size_pt;
      current_.annotation = glyph.annotation;
    }
    Append(glyph, code);
    if (!IsCombining(code) || glyph.pitch_pt > 0.05 * glyph.size_pt) current_.end = at + glyph.pitch_pt;
    current_.base = base;
    current_.size_pt = glyph.size_pt;
  }

  void End() {
    if (!current_.glyphs.empty()) runs_.push_back(std::move(current_));
    current_ = GlyphRun();
  }

  std::vector<GlyphRun>& runs() { return runs_; }
  std::vector<Mark>& oblique() { return oblique_; }

 private:
  void AddOblique(const PaintedGlyph& glyph, char32_t code) {
    const Box box{std::min(glyph.origin.x, glyph.origin.x + glyph.advance.x),
                  std::min(glyph.origin.y, glyph.origin.y + glyph.advance.y),
                  std::max(glyph.origin.x, glyph.origin.x + glyph.advance.x),
                  std::max(glyph.origin.y, glyph.origin.y + glyph.advance.y)};
    if (!oblique_open_) oblique_.push_back({MarkKind::kStamp, box, {}});
    oblique_open_ = true;
    oblique_.back().box = Union(oblique_.back().box, box);
    AppendUtf8(oblique_.back().text, code);
  }

  void Append(const PaintedGlyph& glyph, char32_t code) {
    current_.glyphs.push_back(&glyph);
    current_.codes.push_back(code);
  }

  // Painted on top of the last glyph.
  bool OverLast(const PaintedGlyph&, double at, double base, double em) const {
    const Axes axes = AxesOf(current_.rotation_deg);
    const PaintedGlyph& last = *current_.glyphs.back();
    const double last_at = Dot(last.origin, axes.along), last_base = Dot(last.origin, axes.across);
    const double width = std::abs(Dot(last.advance, axes.along));
    return at - last_at > -kTwiceEm * em && at - last_at < std::min(0.5 * width, kTwiceEm * em) &&
           std::abs(base - last_base) < kTwiceEm * em;
  }

  const PageContent& content_;
  GlyphRun current_;
  std::vector<GlyphRun> runs_;
  std::vector<Mark> oblique_;
  bool oblique_open_ = false;  // the last glyph was oblique
};

// Joins fragments that touch on one baseline, and drops what was painted a second time.
void JoinFragments(std::vector<GlyphRun>& runs) {
  std::vector<std::size_t> order(runs.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const GlyphRun &p = runs[a], &q = runs[b];
    if (p.annotation != q.annotation) return p.annotation < q.annotation;
    if (p.rotation_deg != q.rotation_deg) return p.rotation_deg < q.rotation_deg;
    if (p.base != q.base) return p.base < q.base;
    if (p.start != q.start) return p.start < q.start;
    return a < b;
  });
  const auto same_line = [&](const GlyphRun& p, const GlyphRun& q) {
    return p.annotation == q.annotation && p.rotation_deg == q.rotation_deg &&
           std::abs(p.base - q.base) <= kTwiceEm * std::max(p.size_pt, q.size_pt);
  };
  constexpr std::size_t kWindow = 400;  // words of one baseline; bounds the work on hostile pages
  for (std::size_t i = 0; i < order.size(); ++i) {
    GlyphRun& p = runs[order[i]];
    if (p.glyphs.empty()) continue;
    bool again = true;
    while (again) {
      again = false;
      for (std::size_t k = i + 1; k < order.size() && k <= i + kWindow; ++k) {
        GlyphRun& q = runs[order[k]];
        if (!same_line(p, q)) break;
        if (q.glyphs.empty()) continue;
        const double em = std::max(p.size_pt, q.size_pt);
        if (p.codes == q.codes && std::abs(p.start - q.start) <= kTwiceEm * em) {
          p.doubled = true;
          q.glyphs.clear();
          continue;
        }
        if (std::abs(p.base - q.base) > kBaselineEm * em) continue;
        GlyphRun* left = p.start <= q.start ? &p : &q;
        GlyphRun* right = left == &p ? &q : &p;
        const double gap = right->start - left->end;
        if (gap > (left->space_after ? kNoSpaceEm : kGapEm) * em || gap < -kTwiceEm * em) continue;
        left->glyphs.insert(left->glyphs.end(), right->glyphs.begin(), right->glyphs.end());
        left->codes.insert(left->codes.end(), right->codes.begin(), right->codes.end());
        left->end = right->end;
        left->space_after = right->space_after;
        left->base = right->base;
        if (left != &p) std::swap(p, q);
        q.glyphs.clear();
        again = true;
      }
    }
  }
  std::erase_if(runs, [](const GlyphRun& run) { return run.glyphs.empty(); });
}

Box GlyphBox(const PaintedGlyph& glyph, const FontFace& face, int rotation_deg) {
  const Axes axes = AxesOf(rotation_deg);
  const double length = Dot(glyph.advance, axes.along);
  const Point up{-axes.across.x * face.ascent * glyph.size_pt, -axes.across.y * face.ascent * glyph.size_pt};
  const Point down{-axes.across.x * face.descent * glyph.size_pt,
                   -axes.across.y * face.descent * glyph.size_pt};
  const Point end{glyph.origin.x + axes.along.x * length, glyph.origin.y + axes.along.y * length};
  const double x[4] = {glyph.origin.x + up.x, glyph.origin.x + down.x, end.x + up.x, end.x + down.x};
  const double y[4] = {glyph.origin.y + up.y, glyph.origin.y + down.y, end.y + up.y, end.y + down.y};
  return {*std::min_element(x, x + 4), *std::min_element(y, y + 4), *std::max_element(x, x + 4),
          *std::max_element(y, y + 4)};
}

// Letters and the marks painted over them, composed; one Glyph a code point of the result.
void Compose(Word& word) {
  bool needed = false;
  for (const Glyph& glyph : word.glyphs) needed = needed || NeedsNfc(glyph.code);
  if (!needed) return;
  std::vector<Glyph> out;
  for (std::size_t i = 0; i < word.glyphs.size();) {
    std::size_t end = i + 1;
    while (end < word.glyphs.size() && IsCombining(word.glyphs[end].code)) ++end;
    std::string cluster;
    for (std::size_t k = i; k < end; ++k) AppendUtf8(cluster, word.glyphs[k].code);
    for (const char32_t code : ToCodePoints(ToNfc(cluster))) out.push_back({code, word.glyphs[i].box});
    i = end;
  }
  word.glyphs = std::move(out);
}

Word ToWord(const GlyphRun& run, const PageContent& content) {
  Word word;
  word.rotation_deg = run.rotation_deg;
  word.space_after = run.space_after;
  word.source = run.annotation >= 0 ? Source::kAppearance : Source::kText;
  std::size_t bold = 0, italic = 0;
  word.glyphs.reserve(run.glyphs.size());
  for (std::size_t i = 0; i < run.glyphs.size(); ++i) {
    const PaintedGlyph& glyph = *run.glyphs[i];
    const FontFace& face = content.fonts[glyph.font];
    const Box box = GlyphBox(glyph, face, run.rotation_deg);
    if (run.codes[i] == 0 && !word.glyphs.empty())
      word.glyphs.back().box = Union(word.glyphs.back().box, box);
    else
      word.glyphs.push_back({run.codes[i], box});
    word.box = i == 0 ? box
                      : Box{std::min(word.box.x0, box.x0), std::min(word.box.y0, box.y0),
                            std::max(word.box.x1, box.x1), std::max(word.box.y1, box.y1)};
    bold += face.bold || glyph.emboldened ? 1 : 0;
    italic += face.italic || glyph.slanted ? 1 : 0;
  }
  const PaintedGlyph& first = *run.glyphs.front();
  word.font = content.fonts[first.font].name;
  word.font_size_pt = first.size_pt;
  word.rgb = first.rgb;
  word.bold = run.doubled || 2 * bold > run.glyphs.size();
  word.italic = 2 * italic > run.glyphs.size();
  word.baseline_pt = run.rotation_deg % 180 == 0 ? first.origin.y : first.origin.x;
  Compose(word);
  for (const Glyph& glyph : word.glyphs) AppendUtf8(word.text, glyph.code);
  return word;
}

int ColourDistance(std::uint32_t a, std::uint32_t b) {
  int distance = 0;
  for (int shift = 0; shift < 24; shift += 8)
    distance = std::max(distance,
                        std::abs(static_cast<int>(a >> shift & 0xFF) - static_cast<int>(b >> shift & 0xFF)));
  return distance;
}

// Whether what was painted at `order` in colour `rgb` around `box` can be seen: nothing opaque over its
// middle, and not in the colour of the last area under it.
bool Seen(const PageContent& content, const Box& box, std::uint32_t rgb, std::uint32_t order) {
  constexpr int kSameColour = 12;  // of 255 a channel: below what the eye tells apart in print
  const Point centre{box.centre_x(), box.centre_y()};
  std::uint32_t background = 0xFFFFFF;
  bool known = true;
  for (const PaintedArea& area : content.areas) {
    if (!area.box.Contains(centre)) continue;
    if (area.order > order) return false;
    background = area.rgb;
    known = area.known_colour;
    // A picture as large as the page is its paper.
    if (!known && area.box.area() > 0.8 * content.width_pt * content.height_pt) known = true;
  }
  return !known || ColourDistance(background, rgb) > kSameColour;
}

}  // namespace

BuiltWords BuildWords(const PageContent& content) {
  Stringer stringer(content);
  for (const PaintedGlyph& glyph : content.glyphs) stringer.Add(glyph);
  stringer.End();
  std::vector<GlyphRun>& runs = stringer.runs();
  JoinFragments(runs);

  BuiltWords out;
  out.unread_fonts = ConvertLegacyRuns(runs, content);
  constexpr std::size_t kMaxComparisons = 200'000'000;
  const bool judge = content.areas.size() * runs.size() <= kMaxComparisons;
  for (const GlyphRun& run : runs) {
    Word word = ToWord(run, content);
    if (word.text.empty()) continue;
    if (run.annotation < 0 && judge && !Seen(content, word.box, word.rgb, run.glyphs.front()->order)) {
      ++out.covered;
      continue;
    }
    for (const char32_t code : run.codes) out.unmapped += code == kUnmapped ? 1 : 0;
    out.glyphs += run.glyphs.size();
    out.annotation.push_back(run.annotation);
    out.words.push_back(std::move(word));
  }
  out.watermarks = std::move(stringer.oblique());
  return out;
}

}  // namespace vanthu::intake
