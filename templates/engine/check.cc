#include "templates/engine/check.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>

#include <fmt/format.h>

#include "templates/engine/refusal.h"

namespace vanthu::templates {
namespace {

// Bounds of what is set, far from what any office prints: they keep sums finite and every line on a page.
constexpr double kSmallestSizePt = 1;
constexpr double kLargestSizePt = 144;
constexpr double kWidestSpacingPt = 200;
constexpr double kLargestLineSpacing = 5;
constexpr double kLargestPaddingPt = 40;
constexpr double kLeastBodyPt = 100;  // of a page, either way, after its margins
constexpr double kA4ShortPt = 595.28;
constexpr int kMostColumns = 200;
constexpr std::int64_t kMostPositions = 10'000'000;  // rows x columns of a table
constexpr double kShareTolerance = 1e-3;

bool Within(double value, double low, double high) {
  return std::isfinite(value) && value >= low && value <= high;
}

tl::unexpected<Error> No(const Where& where, const std::string& vi, const std::string& en,
                         ErrorCode code = ErrorCode::kNotAccepted) {
  const Message place = Describe(where);
  return Fail(Refusal(code, {vi + place.vi, en + place.en}));
}

Status CheckParagraph(const Paragraph& paragraph, const Where& where) {
  const auto bad_size = [](double size) { return !Within(size, kSmallestSizePt, kLargestSizePt); };
  bool refused = bad_size(paragraph.size_pt);
  for (const Run& run : paragraph.runs) refused = refused || (run.size_pt && bad_size(*run.size_pt));
  if (refused) return No(where, "cỡ chữ không hợp lệ", "a letter size is out of range");
  for (const double space : {paragraph.space_before_pt, paragraph.space_after_pt})
    refused = refused || !Within(space, 0, kWidestSpacingPt);
  refused = refused || !Within(paragraph.line_spacing, 0.5, kLargestLineSpacing);
  if (refused) return No(where, "khoảng cách dòng hoặc đoạn không hợp lệ", "a spacing is out of range");
  constexpr double kFar = 10'000;
  if (!Within(paragraph.indent_pt, -kFar, kFar) || !Within(paragraph.first_indent_pt, -kFar, kFar))
    return No(where, "độ thụt không hợp lệ", "an indent is out of range");
  if (paragraph.frame && !(Within(paragraph.frame->width_pt, 0, kFar) &&
                           Within(paragraph.frame->height_pt, 0, kWidestSpacingPt)))
    return No(where, "khung không hợp lệ", "a frame is out of range");
  if (paragraph.rule_share && !Within(*paragraph.rule_share, 0, 10))
    return No(where, "độ dài đường kẻ không hợp lệ", "a rule's length is out of range");
  return {};
}

Status CheckPlace(const Place& place, const Where& where) {
  if (!Within(place.height_pt, 0, 10'000))
    return No(where, "chiều cao không hợp lệ", "a height is out of range");
  return {};
}

Status CheckColumns(const Columns& columns, Where where) {
  double sum = 0;
  for (const Column& column : columns.columns) {
    ++where.column;
    if (!Within(column.width_share, 0.01, 1))
      return No(where, "bề rộng cột không hợp lệ", "a width is out of range");
    sum += column.width_share;
    for (const ColumnItem& item : column.items) {
      const auto* paragraph = std::get_if<Paragraph>(&item);
      Status checked =
          paragraph != nullptr ? CheckParagraph(*paragraph, where) : CheckPlace(std::get<Place>(item), where);
      if (!checked) return checked;
    }
  }
  if (sum > 1 + kShareTolerance)
    return No(where, "các cột rộng hơn trang", "the columns are wider than the page");
  if (!Within(columns.space_before_pt, 0, kWidestSpacingPt) ||
      !Within(columns.space_after_pt, 0, kWidestSpacingPt))
    return No(where, "khoảng cách không hợp lệ", "a spacing is out of range");
  return {};
}

Status CheckTableShape(const Table& table, const Where& where) {
  const auto columns = static_cast<std::int64_t>(table.column_shares.size());
  if (columns < 1 || columns > kMostColumns)
    return No(where, fmt::format("bảng có {} cột", columns), fmt::format("a table of {} columns", columns));
  if (table.rows < 0 || table.rows * columns > kMostPositions)
    return No(where, "bảng có quá nhiều hàng", "a table of too many rows", ErrorCode::kLimit);
  if (table.header_rows < 0 || table.header_rows > table.rows)
    return No(where, "số hàng tiêu đề không hợp lệ", "more header rows than rows");
  if (!table.row_kinds.empty() && table.row_kinds.size() != static_cast<std::size_t>(table.rows))
    return No(where, "số loại hàng khác số hàng", "row kinds and rows differ in number");
  double sum = 0;
  for (const double share : table.column_shares) {
    if (!Within(share, 1e-6, 1))
      return No(where, "bề rộng cột không hợp lệ", "a column's width is out of range");
    sum += share;
  }
  if (std::abs(sum - 1) > kShareTolerance)
    return No(where, "bề rộng các cột cộng lại khác 100%",
              "the columns' widths do not add up to the table's");
  if (!Within(table.padding_pt, 0, kLargestPaddingPt) || !Within(table.rule_pt, 0, 20))
    return No(where, "lề ô hoặc nét kẻ không hợp lệ", "a padding or rule is out of range");
  return {};
}

// Every cell inside the table, and every position covered once.
Status CheckCells(const Table& table, Where where) {
  const int columns = static_cast<int>(table.column_shares.size());
  std::vector<bool> covered(static_cast<std::size_t>(table.rows) * static_cast<std::size_t>(columns));
  std::int64_t count = 0;
  for (const TableCell& cell : table.cells) {
    where.row = cell.row;
    where.column = cell.column;
    if (cell.row < 0 || cell.column < 0 || cell.row_span < 1 || cell.column_span < 1 ||
        cell.row >= table.rows || cell.column >= columns)
      return No(where, "ô nằm ngoài bảng", "a cell lies outside the table");
    if (cell.row_span > table.rows - cell.row)
      return No(where, "ô gộp vượt quá hàng cuối của bảng", "a cell spans past the table's last row");
    if (cell.column_span > columns - cell.column)
      return No(where, "ô gộp vượt quá cột cuối của bảng", "a cell spans past the table's last column");
    if (cell.row < table.header_rows && cell.row + cell.row_span > table.header_rows)
      return No(where, "ô gộp vượt quá phần tiêu đề của bảng", "a cell spans past the table's header");
    for (int row = cell.row; row < cell.row + cell.row_span; ++row)
      for (int column = cell.column; column < cell.column + cell.column_span; ++column) {
        const std::size_t at = static_cast<std::size_t>(row) * columns + column;
        if (covered[at]) return No(where, "hai ô chồng lên nhau", "two cells overlap");
        covered[at] = true;
        ++count;
      }
    for (const Paragraph& paragraph : cell.paragraphs)
      if (Status checked = CheckParagraph(paragraph, where); !checked) return checked;
  }
  if (count == static_cast<std::int64_t>(covered.size())) return {};
  const auto hole = std::find(covered.begin(), covered.end(), false) - covered.begin();
  where.row = static_cast<int>(hole / columns);
  where.column = static_cast<int>(hole % columns);
  return No(where, "bảng thiếu ô", "a position of the table has no cell");
}

Status CheckChart(const Chart& chart, Where where) {
  constexpr std::size_t kMostGroups = 10'000;
  if (chart.series.empty() || chart.series.size() > kMostSeries)
    return No(where,
              fmt::format("biểu đồ có {} dãy số liệu, nhiều nhất {}", chart.series.size(), kMostSeries),
              fmt::format("a chart of {} series, at most {}", chart.series.size(), kMostSeries));
  if (chart.groups.empty() || chart.groups.size() > kMostGroups)
    return No(where, "biểu đồ không có nhóm nào hoặc có quá nhiều", "a chart of no groups or of too many",
              chart.groups.empty() ? ErrorCode::kNotAccepted : ErrorCode::kLimit);
  if (!Within(chart.size_pt, kSmallestSizePt, kLargestSizePt))
    return No(where, "cỡ chữ không hợp lệ", "a letter size is out of range");
  for (const ChartGroup& group : chart.groups) {
    ++where.row;
    if (group.values.size() != chart.series.size())
      return No(where, "số giá trị khác số dãy", "values and series differ in number");
    for (const std::optional<ChartValue>& value : group.values)
      if (value && !Within(value->value, 0, 1e15))
        return No(where, "giá trị của biểu đồ không được âm", "a chart's value is out of range");
  }
  return {};
}

Status CheckBlock(const Block& block, const Where& where) {
  if (const auto* paragraph = std::get_if<Paragraph>(&block)) return CheckParagraph(*paragraph, where);
  if (const auto* columns = std::get_if<Columns>(&block)) return CheckColumns(*columns, where);
  if (const auto* place = std::get_if<Place>(&block)) return CheckPlace(*place, where);
  if (const auto* chart = std::get_if<Chart>(&block)) return CheckChart(*chart, where);
  const auto& table = std::get<Table>(block);
  if (Status checked = CheckTableShape(table, where); !checked) return checked;
  return CheckCells(table, where);
}

Status CheckMargins(const Document& document) {
  const Margins& m = document.margins;
  bool sane = Within(document.page_number_pt, kSmallestSizePt, 48);
  for (const double margin : {m.top_pt, m.bottom_pt, m.left_pt, m.right_pt})
    sane = sane && Within(margin, 0, 400);
  sane = sane && m.top_pt + m.bottom_pt <= kA4ShortPt - kLeastBodyPt &&
         m.left_pt + m.right_pt <= kA4ShortPt - kLeastBodyPt;
  if (sane) return {};
  return Fail(
      Refusal(ErrorCode::kNotAccepted, {"lề trang không hợp lệ", "the page's margins are out of range"}));
}

// BCP 47, loosely: what may stand in /Lang and xml:lang without escaping.
bool IsLanguage(const std::string& tag) {
  return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

Message Describe(const Where& where) {
  Message out{fmt::format(" (phần {}, khối {}", where.section + 1, where.block + 1),
              fmt::format(" (section {}, block {}", where.section + 1, where.block + 1)};
  if (where.row >= 0) {
    out.vi += fmt::format(", hàng {}", where.row + 1);
    out.en += fmt::format(", row {}", where.row + 1);
  }
  if (where.column >= 0) {
    out.vi += fmt::format(", cột {}", where.column + 1);
    out.en += fmt::format(", column {}", where.column + 1);
  }
  out.vi += ')';
  out.en += ')';
  return out;
}

Status CheckDocument(const Document& document) {
  if (document.title.empty())  // ISO 14289-1, 7.1: the title is what a reader announces
    return Fail(Refusal(ErrorCode::kNotAccepted, {"văn bản không có tên", "the document has no title"}));
  if (!IsLanguage(document.language))
    return Fail(Refusal(ErrorCode::kNotAccepted,
                        {"mã ngôn ngữ không hợp lệ", "the language tag is not valid"}, document.language));
  if (Status checked = CheckMargins(document); !checked) return checked;
  Where where;
  bool empty = true;
  for (where.section = 0; where.section < static_cast<int>(document.sections.size()); ++where.section) {
    const auto& blocks = document.sections[static_cast<std::size_t>(where.section)].blocks;
    for (where.block = 0; where.block < static_cast<int>(blocks.size()); ++where.block) {
      empty = false;
      if (Status checked = CheckBlock(blocks[static_cast<std::size_t>(where.block)], where); !checked)
        return checked;
    }
  }
  if (empty)
    return Fail(Refusal(ErrorCode::kNotAccepted, {"văn bản không có nội dung", "the document is empty"}));
  return {};
}

}  // namespace vanthu::templates
