// Input: a checked chart. Output: its text and bars on pages. Method: labels to the left, bars from one axis,
// as long as their values are to the greatest; the room for values is that of the widest. Where it fails: a
// single group higher than a page (a label of hundreds of lines) is refused by the flow.
#include "templates/engine/chart_layout.h"

#include <algorithm>

namespace vanthu::templates {
namespace {

// All looked at on a page, none a rule.
constexpr double kLabelShare = 0.36;  // of the width
constexpr double kGapPt = 5;          // between label, axis and value
constexpr double kGroupGapPt = 6;     // between groups
constexpr double kBarShare = 0.68;    // of a bar's slot
constexpr double kAxisPt = 0.5;
constexpr std::size_t kKeyColumns = 3;
constexpr double kSwatchWidthPt = 16, kSwatchHeightPt = 8;

Paragraph ParagraphOf(const std::string& text, double size_pt) {
  Paragraph paragraph;
  paragraph.size_pt = size_pt;
  if (!text.empty()) paragraph.runs.push_back({text, false, false, false, std::nullopt});
  return paragraph;
}

Fill FillOf(std::size_t series) {
  return static_cast<Fill>(series % kFills);
}

}  // namespace

Result<ChartLayout> ChartLayout::Begin(const Chart& chart, double x_pt, double width_pt,
                                       double most_height_pt, const Where& where, Shaper& shaper,
                                       StructureTree& tree, std::uint32_t parent) {
  ChartLayout layout;
  layout.chart_ = &chart;
  layout.x_ = x_pt;
  layout.width_ = width_pt;
  layout.label_width_ = width_pt * kLabelShare;
  if (Status laid = layout.LayKey(where, shaper); !laid) return Fail(laid.error());
  if (Status laid = layout.LayGroups(where, shaper); !laid) return Fail(laid.error());
  layout.Divide(most_height_pt, tree, parent);
  return layout;
}

Result<ChartLayout::Laid> ChartLayout::Lay(const std::string& text, double width_pt, const Where& where,
                                           Shaper& shaper) {
  Laid laid{static_cast<std::uint32_t>(lines_.lines.size()), 0, 0};
  const Result<double> end =
      LayParagraph(ParagraphOf(text, chart_->size_pt), width_pt, 0, kArtifact, where, shaper, lines_);
  if (!end) return Fail(end.error());
  laid.lines = static_cast<std::uint32_t>(lines_.lines.size()) - laid.first_line;
  laid.height_pt = *end;
  return laid;
}

Status ChartLayout::LayKey(const Where& where, Shaper& shaper) {
  const std::size_t columns = std::min(kKeyColumns, chart_->series.size());
  const double column_width = width_ / static_cast<double>(columns);
  double top = 0, row_height = 0;
  for (std::size_t i = 0; i < chart_->series.size(); ++i) {
    if (i % columns == 0) {
      top += row_height;
      row_height = 0;
    }
    const double width = column_width - kSwatchWidthPt - 2 * kGapPt;
    const Result<Laid> text = Lay(chart_->series[i], width, where, shaper);
    if (!text) return Fail(text.error());
    key_.push_back({*text, column_width * static_cast<double>(i % columns), top});
    row_height = std::max(row_height, text->height_pt);
  }
  key_height_ = top + row_height + kGroupGapPt;
  return {};
}

Status ChartLayout::LayGroups(Where where, Shaper& shaper) {
  const double beside_labels = width_ - label_width_ - 2 * kGapPt;
  double widest = 0, greatest = 0;
  for (const ChartGroup& given : chart_->groups) {
    ++where.row;
    Group group;
    const Result<Laid> label = Lay(given.label, label_width_, where, shaper);
    if (!label) return Fail(label.error());
    group.label = *label;
    for (std::size_t i = 0; i < given.values.size(); ++i) {
      if (!given.values[i]) continue;
      const Result<Laid> text = Lay(given.values[i]->text, beside_labels, where, shaper);
      if (!text) return Fail(text.error());
      group.bars.push_back({*text, given.values[i]->value, i});
      widest = std::max(widest, WidthOf(*text, shaper));
      greatest = std::max(greatest, given.values[i]->value);
      slot_ = std::max(slot_, text->height_pt);
    }
    groups_.push_back(std::move(group));
  }
  const double room = std::max(beside_labels - widest, 0.0);
  for (Group& group : groups_) {
    for (Bar& bar : group.bars) bar.length_pt = greatest > 0 ? bar.length_pt / greatest * room : 0;
    group.height_pt = std::max(group.label.height_pt, slot_ * static_cast<double>(group.bars.size()));
  }
  return {};
}

void ChartLayout::Divide(double most_height_pt, StructureTree& tree, std::uint32_t parent) {
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    const double more = groups_[i].height_pt + kGroupGapPt;
    if (parts_.empty() || parts_.back().height_pt + more > most_height_pt)
      parts_.push_back({i, i, tree.Add(Tag::kFigure, parent), key_height_});
    parts_.back().end = i + 1;
    parts_.back().height_pt += more;
  }
  for (const Part& part : parts_) tree.figures[part.element].alt = AltOf(part);
}

// All that the part shows: who cannot see it misses nothing.
std::string ChartLayout::AltOf(const Part& part) const {
  std::string alt = chart_->alt;
  for (std::size_t i = part.first; i < part.end; ++i) {
    const ChartGroup& group = chart_->groups[i];
    alt += (alt.empty() ? "" : " ") + group.label + ": ";
    bool any = false;
    for (std::size_t s = 0; s < group.values.size(); ++s) {
      if (!group.values[s]) continue;
      alt += (any ? ", " : "") + chart_->series[s] + (chart_->series[s].empty() ? "" : " ") +
             group.values[s]->text;
      any = true;
    }
    alt += ".";
  }
  return alt;
}

double ChartLayout::WidthOf(const Laid& laid, Shaper& shaper) const {
  double widest = 0;
  for (std::uint32_t l = laid.first_line; l < laid.first_line + laid.lines; ++l) {
    const Line& line = lines_.lines[l];
    double width = 0;
    for (std::uint32_t i = 0; i < line.pieces; ++i) {
      const Piece& piece = lines_.pieces[line.first_piece + i];
      const double scale = piece.size_pt / shaper.Metrics(piece.face).units_per_em;
      for (std::uint32_t k = 0; k < piece.glyphs; ++k)
        width += piece.word->glyphs[piece.first_glyph + k].advance * scale;
      width += piece.spaces * shaper.SpaceWidth(piece.face, piece.size_pt);
    }
    widest = std::max(widest, width);
  }
  return widest;
}

void ChartLayout::EmitText(const Laid& laid, double x_pt, double y_pt, std::uint32_t element,
                           Page& page) const {
  for (std::uint32_t i = laid.first_line; i < laid.first_line + laid.lines; ++i) {
    const Line& line = lines_.lines[i];
    page.texts.push_back({&lines_, i, element, x_pt + line.x_pt, y_pt + line.top_pt + line.baseline_pt});
  }
}

void ChartLayout::EmitGroup(const Group& group, double y_pt, std::uint32_t element, Page& page) const {
  const double axis = x_ + label_width_ + kGapPt;
  EmitText(group.label, x_, y_pt + (group.height_pt - group.label.height_pt) / 2, element, page);
  const double bars = slot_ * static_cast<double>(group.bars.size());
  double top = y_pt + (group.height_pt - bars) / 2;
  for (const Bar& bar : group.bars) {
    const double inset = slot_ * (1 - kBarShare) / 2;
    if (bar.length_pt > 0)
      page.fills.push_back(
          {FillOf(bar.series), element, axis, top + inset, axis + bar.length_pt, top + slot_ - inset});
    EmitText(bar.text, axis + bar.length_pt + kGapPt, top + (slot_ - bar.text.height_pt) / 2, element, page);
    top += slot_;
  }
}

void ChartLayout::Emit(std::size_t index, double top_pt, Page& page, StructureTree& tree) const {
  const Part& part = parts_[index];
  const std::uint32_t key_element = index == 0 ? part.element : kArtifact;
  for (std::size_t i = 0; i < key_.size(); ++i) {
    const Entry& entry = key_[i];
    const double x = x_ + entry.x_pt, y = top_pt + entry.y_pt;
    const double first =
        lines_.lines[entry.text.first_line].bottom_pt - lines_.lines[entry.text.first_line].top_pt;
    const double swatch = y + (first - kSwatchHeightPt) / 2;
    page.fills.push_back({FillOf(i), key_element, x, swatch, x + kSwatchWidthPt, swatch + kSwatchHeightPt});
    EmitText(entry.text, x + kSwatchWidthPt + kGapPt, y, key_element, page);
  }
  double y = top_pt + key_height_;
  const double axis = x_ + label_width_ + kGapPt;
  page.rules.push_back({axis, y, axis, top_pt + part.height_pt - kGroupGapPt, kAxisPt});
  for (std::size_t i = part.first; i < part.end; ++i) {
    EmitGroup(groups_[i], y, part.element, page);
    y += groups_[i].height_pt + kGroupGapPt;
  }
  FigureElement& figure = tree.figures[part.element];
  figure.x0_pt = x_;
  figure.y0_pt = page.height_pt - top_pt - part.height_pt;
  figure.x1_pt = x_ + width_;
  figure.y1_pt = page.height_pt - top_pt;
}

}  // namespace vanthu::templates
