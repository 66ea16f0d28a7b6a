// A table that the form lays out: its columns' heads, and rows for what the record lists.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pipeline/base/unicode.h"
#include "templates/forms/inline_text.h"
#include "templates/forms/row_placer.h"
#include "templates/forms/tables.h"

namespace vanthu::templates {
namespace {

struct LeafColumn {
  double width = 1;
  Align align = Align::kLeft;
};

struct BuiltCell {
  std::vector<Paragraph> paragraphs;
  std::string text;
  int column = 0;
  int span = 1;
  int rows = 1;
  bool merge = false;
};

struct BuiltRow {
  RowKind kind = RowKind::kBody;
  std::vector<BuiltCell> cells;
};

Align AlignOf(const FormElement& element, Align missing) {
  const std::string word = element.Attribute("align");
  if (word == "centre") return Align::kCentre;
  if (word == "right") return Align::kRight;
  if (word == "justified") return Align::kJustified;
  return word == "left" ? Align::kLeft : missing;
}

double NumberAt(const FormElement& element, const char* name, double missing) {
  const std::string text = element.Attribute(name);
  return text.empty() ? missing : std::strtod(text.c_str(), nullptr);
}

// "II Triển khai …" -> "II", "Triển khai …"; an empty label where the head has none.
std::pair<std::string, std::string> SplitLabel(const std::string& head) {
  constexpr std::size_t kLongestLabel = 6;  // "XVIII."
  const std::size_t space = head.find(' ');
  // No space: npos is greater, too.
  if (space > kLongestLabel) return {{}, head};
  const std::string label = head.substr(0, space);
  const bool is_label = label.find_first_not_of("IVXLCDM0123456789.)") == std::string::npos;
  return is_label ? std::pair{label, head.substr(space + 1)} : std::pair{std::string(), head};
}

class TableBuilder {
 public:
  TableBuilder(const FormElement& element, Binding& binding)
      : element_(element),
        binding_(binding),
        size_pt_(NumberAt(element, "size", binding.conventions().table.size_pt)) {}

  Table Build() {
    GatherColumns(element_);
    for (const FormElement& child : element_.children) depth_ = std::max(depth_, DepthOf(child));
    Settings();
    int column = 0;
    for (const FormElement& child : element_.children) PlaceHead(child, 0, &column);
    out_.header_rows = depth_;
    if (element_.Says("numbers", "yes")) AddNumbers();
    RowPlacer placer(static_cast<int>(leaves_.size()), [this](const FormElement& element, Message message) {
      binding_.Fault(element, std::move(message.vi), std::move(message.en));
    });
    binding_.Walk(element_, [&](const FormElement& child) {
      if (child.kind == ElementKind::kRow) AddRow(child, placer);
    });
    placer.End();
    PlaceRows();
    return std::move(out_);
  }

 private:
  void GatherColumns(const FormElement& parent) {
    for (const FormElement& child : parent.children) {
      if (child.kind == ElementKind::kColumn)
        leaves_.push_back({NumberAt(child, "width", 1), AlignOf(child, Align::kLeft)});
      if (child.kind == ElementKind::kColumnGroup) GatherColumns(child);
    }
  }

  static int DepthOf(const FormElement& element) {
    if (element.kind == ElementKind::kColumn) return 1;
    if (element.kind != ElementKind::kColumnGroup) return 0;
    int most = 0;
    for (const FormElement& child : element.children) most = std::max(most, DepthOf(child));
    return most + 1;
  }

  void Settings() {
    const TableSettings& settings = binding_.conventions().table;
    double total = 0;
    for (const LeafColumn& leaf : leaves_) total += leaf.width;
    for (const LeafColumn& leaf : leaves_) out_.column_shares.push_back(leaf.width / total);
    out_.rule_pt = settings.rule_pt;
    out_.padding_pt = settings.padding_pt;
    out_.summary = element_.Attribute("summary");
  }

  Paragraph Model(Align align) const {
    Paragraph paragraph;
    paragraph.size_pt = size_pt_;
    paragraph.align = align;
    return paragraph;
  }

  Paragraph TextParagraph(const std::string& text, Align align, bool bold) const {
    Paragraph paragraph = Model(align);
    if (!text.empty()) paragraph.runs.push_back({text, bold, false, false, std::nullopt});
    return paragraph;
  }

  void PlaceHead(const FormElement& element, int row, int* column) {
    if (element.kind == ElementKind::kColumn) {
      std::string text;
      for (const FormElement& child : element.children) text += child.text;
      out_.cells.push_back(
          {row, *column, depth_ - row, 1, {TextParagraph(CollapseSpace(text), Align::kCentre, true)}, true});
      ++*column;
    } else if (element.kind == ElementKind::kColumnGroup) {
      const int first = *column;
      for (const FormElement& child : element.children) PlaceHead(child, row + 1, column);
      out_.cells.push_back({row,
                            first,
                            1,
                            *column - first,
                            {TextParagraph(element.Attribute("title"), Align::kCentre, true)},
                            true});
    }
  }

  void AddNumbers() {
    BuiltRow row{RowKind::kNumbers, {}};
    for (std::size_t i = 0; i < leaves_.size(); ++i) {
      BuiltCell cell;
      cell.column = static_cast<int>(i);
      cell.paragraphs.push_back(TextParagraph(fmt::format("({})", i + 1), Align::kCentre, false));
      row.cells.push_back(std::move(cell));
    }
    rows_.push_back(std::move(row));
    ++out_.header_rows;
  }

  BuiltCell CellOf(const FormElement& element, Align column_align, bool bold) {
    BuiltCell cell;
    cell.span = SpanOf(element, "span");
    cell.rows = SpanOf(element, "rows");
    cell.merge = element.Says("merge", "yes");
    const std::vector<Run> runs = BuildRuns(element, binding_);
    cell.text = PlainText(runs);
    for (std::vector<Run>& line : SplitLines(runs)) {
      Paragraph paragraph = Model(AlignOf(element, column_align));
      for (Run& run : line) run.bold = run.bold || bold;
      paragraph.runs = std::move(line);
      cell.paragraphs.push_back(std::move(paragraph));
    }
    MarkItems(&cell.paragraphs);
    return cell;
  }

  void AddRow(const FormElement& element, RowPlacer& placer) {
    if (element.Has("groups")) AddGroups(element, placer);
    BuiltRow row;
    row.kind = element.Says("kind", "group") ? RowKind::kGroup : RowKind::kBody;
    const std::vector<int> columns = placer.Place(element);
    auto column = columns.begin();
    for (const FormElement& child : element.children) {
      if (child.kind != ElementKind::kCell) continue;
      const int at = *column++;
      if (at < 0) continue;  // a fault
      row.cells.push_back(
          CellOf(child, leaves_[static_cast<std::size_t>(at)].align, row.kind == RowKind::kGroup));
      row.cells.back().column = at;
    }
    rows_.push_back(std::move(row));
  }

  // A row for each head that the row before did not stand under.
  void AddGroups(const FormElement& element, RowPlacer& placer) {
    std::vector<std::string> heads;
    for (const Value* found : binding_.Lookup(element.Attribute("groups")))
      if (const ValueList* list = found->As<ValueList>())
        for (const Value& item : *list)
          if (const std::string* text = item.As<std::string>()) heads.push_back(*text);
    std::size_t same = 0;
    while (same < heads.size() && same < heads_.size() && heads[same] == heads_[same]) ++same;
    for (std::size_t i = same; i < heads.size(); ++i) {
      placer.PlaceWhole(element);
      AddGroup(heads[i]);
    }
    heads_ = std::move(heads);
  }

  void AddGroup(const std::string& head) {
    const auto [label, title] = SplitLabel(head);
    const int columns = static_cast<int>(leaves_.size());
    BuiltRow row{RowKind::kGroup, {}};
    if (!label.empty() && columns > 1) {
      BuiltCell first;
      first.paragraphs.push_back(TextParagraph(label, Align::kCentre, true));
      row.cells.push_back(std::move(first));
    }
    BuiltCell rest;
    rest.column = static_cast<int>(row.cells.size());
    rest.span = columns - rest.column;
    rest.paragraphs.push_back(TextParagraph(row.cells.empty() ? head : title, Align::kLeft, true));
    row.cells.push_back(std::move(rest));
    rows_.push_back(std::move(row));
  }

  // Does the cell of `row` that begins at `column` go on the cell above it?
  bool Continues(std::size_t row, std::size_t cell) const {
    if (row == 0 || rows_[row].kind != RowKind::kBody || rows_[row - 1].kind != RowKind::kBody) return false;
    const std::vector<BuiltCell>&here = rows_[row].cells, &above = rows_[row - 1].cells;
    if (here.size() != above.size()) return false;
    for (std::size_t i = 0; i <= cell; ++i) {
      if (here[i].span != above[i].span || here[i].column != above[i].column) return false;
      if (!here[i].merge) {
        if (i == cell) return false;
        continue;
      }
      if (here[i].text != above[i].text || here[i].text.empty()) return false;
    }
    return true;
  }

  void PlaceRows() {
    const int first = depth_;
    std::vector<std::size_t> open(leaves_.size(), 0);  // the cell above, in out_.cells, by column
    out_.rows = first + static_cast<int>(rows_.size());
    out_.row_kinds.assign(static_cast<std::size_t>(first), RowKind::kBody);
    for (std::size_t r = 0; r < rows_.size(); ++r) {
      out_.row_kinds.push_back(rows_[r].kind);
      for (std::size_t c = 0; c < rows_[r].cells.size(); ++c) {
        BuiltCell& cell = rows_[r].cells[c];
        const std::size_t at = static_cast<std::size_t>(cell.column);
        if (Continues(r, c)) {
          ++out_.cells[open[at]].row_span;
        } else {
          open[at] = out_.cells.size();
          out_.cells.push_back({first + static_cast<int>(r), cell.column, cell.rows, cell.span,
                                cell.paragraphs,
                                rows_[r].kind == RowKind::kGroup || rows_[r].kind == RowKind::kNumbers});
        }
      }
    }
  }

  const FormElement& element_;
  Binding& binding_;
  const double size_pt_;
  std::vector<LeafColumn> leaves_;
  int depth_ = 0;  // of the heads
  std::vector<BuiltRow> rows_;
  std::vector<std::string> heads_;  // that the last row stands under
  Table out_;
};

}  // namespace

Table BuildFormTable(const FormElement& element, Binding& binding) {
  return TableBuilder(element, binding).Build();
}

}  // namespace vanthu::templates
