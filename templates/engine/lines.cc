// Input: a paragraph and a width. Output: lines. Method: first fit, as word processors do; breaks at spaces
// only. A word wider than the whole line is divided between clusters, after a "/" or "-" where one is near.
// Spaces at a line's end hang over the margin and stay in the text. Accuracy: exact in font units. Where it
// fails: no hyphenation, which Vietnamese, a language of syllables, does not need.
#include "templates/engine/lines.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "templates/engine/clean_text.h"

namespace vanthu::templates {
namespace {

constexpr double kSlackPt = 0.01;          // of rounding, less than any eye sees
constexpr double kMostIndentShare = 0.8;   // of the width: text stays on the page
constexpr double kFrameRoomPt = 6;         // between a frame's sides and its text, both together
constexpr int kMostBalancedLines = 6;      // more are no title
constexpr double kBalancePt = 1;           // how exactly the measure of balanced lines is found
constexpr double kEarliestDivision = 0.5;  // of the line's width: a "/" before it leaves too much white

class Setter {
 public:
  Setter(const Paragraph& paragraph, double width_pt, const ParagraphElement& element, const Where& where,
         Shaper& shaper, Lines& out)
      : paragraph_(paragraph),
        width_(std::max(width_pt, 1.0)),
        element_(element),
        where_(where),
        shaper_(shaper),
        out_(out) {
    indent_ = std::clamp(paragraph.indent_pt, 0.0, width_ * kMostIndentShare);
    first_indent_ = std::clamp(indent_ + paragraph.first_indent_pt, 0.0, width_ * kMostIndentShare);
  }

  Result<double> Set(double top_pt) {
    for (const Run& run : paragraph_.runs)
      if (Status added = AddRun(run); !added) return Fail(added.error());
    Balance();
    const std::size_t first = out_.lines.size();
    double top = top_pt;
    do top = SetLine(top, out_.lines.size() == first);
    while (at_ < in_.size());
    out_.lines[first].first = true;
    out_.lines.back().last = true;
    AddFrame(first);
    return AddRule(first);
  }

 private:
  double Size(const Run& run) const { return run.size_pt.value_or(paragraph_.size_pt); }

  Status AddRun(const Run& run) {
    const std::string text = CleanRunText(run.text);
    Piece style;
    style.face = FaceOf(run.bold, run.italic);
    style.size_pt = static_cast<float>(Size(run));
    style.red = run.red;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
      if (end > at) {
        Result<const ShapedWord*> word =
            shaper_.Shape(style.face, std::string_view(text).substr(at, end - at));
        if (!word) return Fail(Placed(word.error()));
        in_.push_back(style);
        in_.back().word = *word;
        in_.back().glyphs = static_cast<std::uint32_t>((*word)->glyphs.size());
        at = end;
      } else {
        if (in_.empty() || in_.back().ends_line || in_.back().spaces == UINT16_MAX) in_.push_back(style);
        if (text[at] == '\n')
          in_.back().ends_line = true;
        else
          ++in_.back().spaces;
        ++at;
      }
    }
    return {};
  }

  Error Placed(Error error) const {
    const Message place = Describe(where_);
    error.message.vi += place.vi;
    error.message.en += place.en;
    return error;
  }

  double Scale(const Piece& piece) const { return piece.size_pt / shaper_.Metrics(piece.face).units_per_em; }
  double SpaceOf(const Piece& piece) const {
    return piece.spaces == 0 ? 0 : piece.spaces * shaper_.SpaceWidth(piece.face, piece.size_pt);
  }
  double WidthOf(const Piece& piece) const {
    if (piece.word == nullptr) return 0;
    if (piece.glyphs == piece.word->glyphs.size()) return piece.word->advance * Scale(piece);
    std::int64_t units = 0;
    for (std::uint32_t i = 0; i < piece.glyphs; ++i)
      units += piece.word->glyphs[piece.first_glyph + i].advance;
    return static_cast<double>(units) * Scale(piece);
  }

  // How many of the piece's glyphs go on a line with `room` left of `whole`; at least one cluster if `must`.
  static std::uint32_t Division(const Piece& piece, double scale, double room, double whole, bool must) {
    std::uint32_t fits = 0, after_mark = 0;
    double width = 0;
    const auto& glyphs = piece.word->glyphs;
    for (std::uint32_t i = 0; i < piece.glyphs; ++i) {
      const Glyph& glyph = glyphs[piece.first_glyph + i];
      width += glyph.advance * scale;
      const bool boundary = i + 1 == piece.glyphs || glyphs[piece.first_glyph + i + 1].starts_cluster;
      if (!boundary) continue;
      if (width > room + kSlackPt) {
        if (fits == 0 && must) fits = i + 1;
        break;
      }
      fits = i + 1;
      if (glyph.divides_after && width >= whole * kEarliestDivision) after_mark = fits;
    }
    return after_mark > 0 && fits < piece.glyphs ? after_mark : fits;
  }

  // How many lines `avail` makes of the pieces; over `most`: most + 1. A piece wider than a line also is too
  // much.
  int CountLines(double avail, int most) const {
    int lines = 0;
    for (std::size_t i = 0; i < in_.size() && lines <= most; ++lines) {
      double width = 0;
      std::size_t best = i;
      for (std::size_t j = i; j < in_.size(); ++j) {
        width += WidthOf(in_[j]);
        if (width > avail + kSlackPt) break;
        width += SpaceOf(in_[j]);
        if (in_[j].spaces > 0 || in_[j].ends_line || j + 1 == in_.size()) best = j + 1;
        if (in_[j].ends_line) break;
      }
      if (best == i) return most + 1;
      i = best;
    }
    return lines;
  }

  // Centred lines of a title are set of like length, not a full one and a word: the narrowest measure that
  // needs no more lines.
  void Balance() {
    if (paragraph_.align != Align::kCentre) return;
    double high = width_ - std::max(indent_, first_indent_), low = 0;
    const int lines = CountLines(high, kMostBalancedLines);
    if (lines < 2 || lines > kMostBalancedLines) return;
    while (high - low > kBalancePt) {
      const double middle = (low + high) / 2;
      (CountLines(middle, lines) <= lines ? high : low) = middle;
    }
    measure_ = high;
  }

  // Moves the pieces of the next line to out_.
  void TakeLine(double avail) {
    double width = 0;
    std::size_t best = at_;  // one past the last piece that a space follows
    std::size_t i = at_;
    for (; i < in_.size(); ++i) {
      const double piece_width = WidthOf(in_[i]);
      if (width + piece_width > avail + kSlackPt) break;
      width += piece_width + SpaceOf(in_[i]);
      if (in_[i].spaces > 0 || in_[i].ends_line) best = i + 1;
      if (in_[i].ends_line) break;
    }
    if (i >= in_.size()) best = in_.size();
    if (best == at_) return Divide(i, avail - width, avail);
    for (; at_ < best; ++at_) out_.pieces.push_back(in_[at_]);
  }

  // The pieces up to `last` hold together and are wider than the line: as much as fits.
  void Divide(std::size_t last, double room, double avail) {
    const bool alone = last == at_;
    for (; at_ < last; ++at_) out_.pieces.push_back(in_[at_]);
    Piece& piece = in_[at_];
    const std::uint32_t taken = Division(piece, Scale(piece), room, avail, alone);
    if (taken == 0) return;
    out_.pieces.push_back(piece);
    if (taken == piece.glyphs) {
      ++at_;
      return;
    }
    out_.pieces.back().glyphs = taken;
    out_.pieces.back().spaces = 0;
    out_.pieces.back().ends_line = false;
    piece.first_glyph += taken;
    piece.glyphs -= taken;
  }

  double SetLine(double top, bool first) {
    const double indent = first ? first_indent_ : indent_;
    const double avail = width_ - indent;
    Line line;
    line.element = element_.body;
    if (first) line.label = element_.label;
    line.first_piece = static_cast<std::uint32_t>(out_.pieces.size());
    if (!in_.empty()) TakeLine(std::min(avail, measure_));
    line.pieces = static_cast<std::uint32_t>(out_.pieces.size()) - line.first_piece;
    const bool ends = at_ >= in_.size() || (line.pieces > 0 && out_.pieces.back().ends_line);
    Place(line, indent, avail, ends);
    Stand(line, top);
    out_.lines.push_back(line);
    return line.bottom_pt;
  }

  void Place(Line& line, double indent, double avail, bool ends) {
    double width = 0;
    unsigned spaces = 0;
    for (std::uint32_t i = 0; i < line.pieces; ++i) {
      const Piece& piece = out_.pieces[line.first_piece + i];
      width += WidthOf(piece);
      if (i + 1 == line.pieces) break;
      width += SpaceOf(piece);
      spaces += piece.spaces;
    }
    widest_ = std::max(widest_, width);
    const double room = std::max(avail - width, 0.0);
    double x = indent;
    if (paragraph_.align == Align::kCentre) x += room / 2;
    if (paragraph_.align == Align::kRight) x += room;
    if (paragraph_.align == Align::kJustified && !ends && spaces > 0)
      line.stretch_pt = static_cast<float>(room / spaces);
    line.x_pt = static_cast<float>(x);
    if (line.label == kArtifact || line.pieces == 0) return;
    const Piece& mark = out_.pieces[line.first_piece];
    line.label_pt = static_cast<float>(WidthOf(mark) + SpaceOf(mark) + mark.spaces * line.stretch_pt);
  }

  // The line's height is that of its largest letters; all that line spacing adds goes above them.
  void Stand(Line& line, double top) const {
    double size = line.pieces == 0 ? paragraph_.size_pt : 0;
    for (std::uint32_t i = 0; i < line.pieces; ++i)
      size = std::max<double>(size, out_.pieces[line.first_piece + i].size_pt);
    const type::FaceMetrics& metrics = shaper_.Metrics(Face::kRegular);
    const double natural = size * metrics.LineHeight();
    const double height = natural * paragraph_.line_spacing;
    line.top_pt = top;
    line.bottom_pt = top + height;
    line.baseline_pt = height - natural + size * metrics.Ascent();
  }

  void AddFrame(std::size_t first) {
    if (!paragraph_.frame) return;
    Line& last = out_.lines.back();
    const double text = last.bottom_pt - out_.lines[first].top_pt;
    const double above = std::max(paragraph_.frame->height_pt - text, 0.0) / 2;
    out_.lines[first].baseline_pt += above;
    for (std::size_t i = first; i < out_.lines.size(); ++i) {
      if (i > first) out_.lines[i].top_pt += above;
      out_.lines[i].bottom_pt += above;
    }
    last.bottom_pt += above;
    const double width = std::min(std::max(paragraph_.frame->width_pt, widest_ + kFrameRoomPt), width_);
    last.frame_height_pt = static_cast<float>(text + 2 * above);
    last.frame_width_pt = static_cast<float>(width);
    last.frame_x_pt = static_cast<float>(out_.lines[first].x_pt);
    if (paragraph_.align == Align::kCentre) last.frame_x_pt = static_cast<float>((width_ - width) / 2);
  }

  double AddRule(std::size_t first) {
    Line& last = out_.lines.back();
    if (!paragraph_.rule_share || *paragraph_.rule_share <= 0 || widest_ <= 0) return last.bottom_pt;
    const double length = std::min(widest_ * *paragraph_.rule_share, width_);
    double centre = width_ / 2;
    if (paragraph_.align != Align::kCentre) centre = out_.lines[first].x_pt + widest_ / 2;
    last.rule_pt = static_cast<float>(length);
    last.rule_x_pt = static_cast<float>(std::max(centre - length / 2, 0.0));
    last.bottom_pt += kRuleRoomPt;
    return last.bottom_pt;
  }

  const Paragraph& paragraph_;
  double width_;
  ParagraphElement element_;
  const Where& where_;
  Shaper& shaper_;
  Lines& out_;
  double indent_ = 0;
  double first_indent_ = 0;
  double widest_ = 0;
  double measure_ = std::numeric_limits<double>::max();  // of balanced lines
  std::vector<Piece> in_;
  std::size_t at_ = 0;
};

}  // namespace

Result<double> LayParagraph(const Paragraph& paragraph, double width_pt, double top_pt,
                            const ParagraphElement& element, const Where& where, Shaper& shaper, Lines& out) {
  return Setter(paragraph, width_pt, element, where, shaper, out).Set(top_pt);
}

}  // namespace vanthu::templates
