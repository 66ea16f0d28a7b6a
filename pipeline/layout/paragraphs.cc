#include "pipeline/layout/paragraphs.h"

#include <algorithm>
#include <cmath>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/list_marker.h"

namespace vanthu::layout {
namespace {

// Of the usual pitch: what is wider parts paragraphs. Measured: 6 pt between paragraphs of 14 pt type
// make 1.32; baselines of recognised lines differ by up to 0.06.
constexpr double kWidePitch = 1.22;
// Of the type size: an indent, a centred line's two sides, edges that agree.
constexpr double kIndent = 0.8;
constexpr double kCentred = 1.0;
constexpr double kAgree = 0.5;

bool EndsPhrase(const std::string& text) {
  return !text.empty() && std::string_view(".;:!?").find(text.back()) != std::string_view::npos;
}

// The outermost position that at least two values agree on, else the outermost.
double OuterEdge(std::vector<double> values, bool smallest, double agree) {
  std::sort(values.begin(), values.end());
  if (!smallest) std::reverse(values.begin(), values.end());
  for (std::size_t i = 0; i + 1 < values.size(); ++i)
    if (std::abs(values[i + 1] - values[i]) <= agree) return values[i];
  return values.front();
}

// The value most others lie near to, 0 if fewer than `least` agree.
double Commonest(std::vector<double> values, double near, std::size_t least) {
  std::sort(values.begin(), values.end());
  double best = 0;
  std::size_t most = 0;
  for (std::size_t i = 0, k = 0; i < values.size(); ++i) {
    while (values[i] - values[k] > near) ++k;
    if (i - k + 1 > most) {
      most = i - k + 1;
      best = values[(i + k) / 2];
    }
  }
  return most >= least ? best : 0;
}

bool SameStyle(const Line& a, const Line& b) {
  if (a.bold && b.bold && *a.bold != *b.bold) return false;
  if (a.italic && b.italic && *a.italic != *b.italic) return false;
  return std::abs(a.font_size_pt - b.font_size_pt) <= 0.12 * std::max(a.font_size_pt, b.font_size_pt);
}

double Pitch(const Line& above, const Line& below) {
  return below.baseline_pt - above.baseline_pt;
}

bool WideGap(const Line& above, const Line& below, const ColumnEdges& edges) {
  const double size = std::max(above.font_size_pt, below.font_size_pt);
  // Pitch unknown: single to one-and-a-half spacing of Times is 1.15 to 1.7 of the size.
  const double usual = edges.pitch_pt > 0
                           ? edges.pitch_pt * std::max(1.0, size / std::max(1.0, below.font_size_pt))
                           : 1.5 * size;
  return Pitch(above, below) > kWidePitch * std::max(usual, 1.1 * size);
}

// A new paragraph in running text?
bool BeginsParagraph(const Line& above, const Line& below, const ColumnEdges& edges) {
  const double size = below.font_size_pt;
  const double indent = below.box.x0 - edges.left_pt, indent_above = above.box.x0 - edges.left_pt;
  const bool room = HadRoom(edges.right_pt - above.box.x1, above, below);
  if (room) return true;
  const auto marker = FindMarker(below.text);
  if (indent > kIndent * size && indent > indent_above + kAgree * size) return true;
  if (marker && (indent > kIndent * size || EndsPhrase(above.text))) return true;
  if (indent > kIndent * size && std::abs(indent - indent_above) <= kAgree * size && EndsPhrase(above.text))
    return true;
  if (WideGap(above, below, edges)) return true;
  return std::abs(above.font_size_pt - below.font_size_pt) > 0.12 * size;
}

// Between lines of a narrow column (agency, motto, recipients, signer).
bool BeginsColumnParagraph(const Line& above, const Line& below, const ColumnEdges& edges) {
  if (!SameStyle(above, below) || WideGap(above, below, edges)) return true;
  // "Kính gửi:" below the subject of a letter: on another axis, and something is to follow.
  const double size = below.font_size_pt;
  if (below.text.ends_with(':') && !above.text.ends_with(',') &&
      std::abs(below.box.centre_x() - above.box.centre_x()) > kCentred * size &&
      std::abs(below.box.x0 - above.box.x0) > kAgree * size)
    return true;
  const auto marker = FindMarker(below.text);
  return marker && marker->bytes < below.text.size();
}

void Describe(Paragraph& p, const ColumnEdges& edges, const LineJoins& joins) {
  p.text = p.lines.front().text;
  p.bold = p.lines.front().bold;
  p.italic = p.lines.front().italic;
  for (std::size_t i = 1; i < p.lines.size(); ++i) {
    const Line& above = p.lines[i - 1];
    const Line& line = p.lines[i];
    p.text += joins.Between(above, line, edges.right_pt - above.box.x1, SpacesDrawn(p.lines));
    p.text += line.text;
    p.bold = p.bold && line.bold ? std::optional<bool>(*p.bold && *line.bold) : std::nullopt;
    p.italic = p.italic && line.italic ? std::optional<bool>(*p.italic && *line.italic) : std::nullopt;
  }
  p.first_indent_pt = std::max(0.0, p.lines.front().box.x0 - edges.left_pt);
}

// The alignment of a paragraph in running text; lines were grouped by whether they are centred.
Alignment OfParagraph(const std::vector<Line>& lines, bool centred, const ColumnEdges& edges) {
  if (centred) return Alignment::kCentre;
  if (lines.size() == 1)
    return AlignmentOf(lines.front(), edges) == Alignment::kRight ? Alignment::kRight : Alignment::kLeft;
  int full = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i)
    full += edges.right_pt - lines[i].box.x1 < 0.6 * lines[i].font_size_pt ? 1 : 0;
  return full * 3 >= static_cast<int>(lines.size() - 1) * 2 ? Alignment::kJustified : Alignment::kLeft;
}

// Which lines are centred. A line at the usual indent is so only beside another centred line of its style; so
// is a line of a title or remark that is as wide as the text.
std::vector<bool> CentredLines(const std::vector<Line>& lines, const ColumnEdges& edges) {
  enum class Is { kNo, kPerhaps, kYes };
  std::vector<Is> is(lines.size(), Is::kNo);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    const double indent = line.box.x0 - edges.left_pt;
    const Alignment alignment = AlignmentOf(line, edges);
    if (alignment == Alignment::kCentre) {
      const bool usual = edges.indent_pt > 0 && std::abs(indent - edges.indent_pt) < 0.25 * line.font_size_pt;
      const bool marked = FindMarker(line.text) && indent < 4 * line.font_size_pt;
      is[i] = usual || marked ? Is::kPerhaps : Is::kYes;
    } else if (std::abs(indent - (edges.right_pt - line.box.x1)) < kCentred * line.font_size_pt) {
      const bool set_apart =
          line.bold.value_or(false) || line.italic.value_or(false) || IsUpperCase(line.text);
      is[i] = set_apart ? Is::kPerhaps : Is::kNo;
    }
  }
  std::vector<bool> centred(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto beside = [&](std::size_t k) {
      return k < lines.size() && is[k] == Is::kYes && SameStyle(lines[i], lines[k]) &&
             std::abs(Pitch(lines[i], lines[k])) < 3 * lines[i].font_size_pt;
    };
    centred[i] = is[i] == Is::kYes || (is[i] == Is::kPerhaps && ((i > 0 && beside(i - 1)) || beside(i + 1)));
  }
  return centred;
}

}  // namespace

ColumnEdges MeasureColumn(const std::vector<Line>& lines, double text_pt) {
  ColumnEdges edges;
  if (lines.empty()) return edges;
  std::vector<double> lefts, rights, pitches, indents;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    lefts.push_back(lines[i].box.x0);
    rights.push_back(lines[i].box.x1);
    if (i > 0) {
      const double pitch = Pitch(lines[i - 1], lines[i]);
      if (pitch > 0.8 * text_pt && pitch < 2.2 * text_pt) pitches.push_back(pitch);
    }
  }
  const double agree = lines.size() < kEnoughLines ? 1e9 : kAgree * text_pt;
  edges.left_pt = OuterEdge(lefts, true, agree);
  edges.right_pt = OuterEdge(rights, false, agree);
  // Inside paragraphs the pitch is the smallest that is common: the gaps between paragraphs are wider.
  if (pitches.size() >= 2) {
    std::sort(pitches.begin(), pitches.end());
    edges.pitch_pt = pitches[pitches.size() / 4];
  }
  for (const double x : lefts)
    if (x - edges.left_pt > kIndent * text_pt && x - edges.left_pt < 5 * text_pt)
      indents.push_back(x - edges.left_pt);
  edges.indent_pt = Commonest(std::move(indents), 0.2 * text_pt, 3);
  return edges;
}

Alignment AlignmentOf(const Line& line, const ColumnEdges& edges) {
  const double size = line.font_size_pt;
  const double left = line.box.x0 - edges.left_pt, right = edges.right_pt - line.box.x1;
  if (left < kAgree * size && right < kAgree * size) return Alignment::kJustified;
  if (left > 1.2 * size && std::abs(left - right) < kCentred * size) return Alignment::kCentre;
  if (right < kAgree * size && left > 0.3 * (edges.right_pt - edges.left_pt)) return Alignment::kRight;
  return Alignment::kLeft;
}

std::vector<Paragraph> BuildParagraphs(std::vector<Line> lines, Region region, const ColumnEdges& edges,
                                       const LineJoins& joins) {
  std::vector<Paragraph> out;
  const bool column = region == Region::kLeft || region == Region::kRight;
  const std::vector<bool> centred =
      column ? std::vector<bool>(lines.size(), false) : CentredLines(lines, edges);
  const auto begins = [&](std::size_t i) {
    const Line& above = lines[i - 1];
    const Line& below = lines[i];
    if (column) return BeginsColumnParagraph(above, below, edges);
    if (centred[i] != centred[i - 1]) return true;
    if (centred[i]) return !SameStyle(above, below) || Pitch(above, below) > 1.75 * below.font_size_pt;
    return BeginsParagraph(above, below, edges);
  };
  for (std::size_t i = 0; i < lines.size();) {
    std::size_t end = i + 1;
    while (end < lines.size() && !begins(end)) ++end;
    Paragraph p;
    p.region = region;
    const bool is_centred = centred[i];
    for (std::size_t k = i; k < end; ++k) p.lines.push_back(std::move(lines[k]));
    p.alignment = OfParagraph(p.lines, is_centred, edges);
    if (column) {
      const double middle = (edges.left_pt + edges.right_pt) / 2;
      const bool about = std::all_of(p.lines.begin(), p.lines.end(), [&](const Line& l) {
        return std::abs(l.box.centre_x() - middle) < l.font_size_pt;
      });
      p.alignment = about ? Alignment::kCentre : Alignment::kLeft;
    }
    Describe(p, edges, joins);
    out.push_back(std::move(p));
    i = end;
  }
  return out;
}

bool GoesOnOverPage(const Paragraph& above, const ColumnEdges& above_edges, const Paragraph& below,
                    const ColumnEdges& below_edges) {
  if (above.region != Region::kBody || below.region != Region::kBody) return false;
  if (above.alignment == Alignment::kCentre || below.alignment == Alignment::kCentre) return false;
  const Line& last = above.lines.back();
  const Line& first = below.lines.front();
  if (std::abs(last.font_size_pt - first.font_size_pt) > 0.12 * last.font_size_pt) return false;
  if (HadRoom(above_edges.right_pt - last.box.x1, last, first)) return false;
  const double indent = first.box.x0 - below_edges.left_pt;
  if (indent > kIndent * first.font_size_pt) {
    // The whole paragraph may stand indented; then its text must go on.
    const double indent_above = last.box.x0 - above_edges.left_pt;
    if (std::abs(indent - indent_above) > kAgree * first.font_size_pt || EndsPhrase(last.text)) return false;
  }
  return !(FindMarker(first.text) && EndsPhrase(last.text));
}

void JoinParagraphs(Paragraph& above, const Paragraph& below, double room_pt, const LineJoins& joins) {
  above.text += joins.Between(above.lines.back(), below.lines.front(), room_pt, SpacesDrawn(above.lines));
  above.text += below.text;
  above.lines.insert(above.lines.end(), below.lines.begin(), below.lines.end());
  above.bold = above.bold && below.bold ? std::optional<bool>(*above.bold && *below.bold) : std::nullopt;
  above.italic =
      above.italic && below.italic ? std::optional<bool>(*above.italic && *below.italic) : std::nullopt;
}

}  // namespace vanthu::layout
