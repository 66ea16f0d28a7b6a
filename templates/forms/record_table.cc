// A record's own table, to be set again.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "pipeline/base/unicode.h"
#include "templates/forms/fit_columns.h"
#include "templates/forms/inline_text.h"
#include "templates/forms/tables.h"

namespace vanthu::templates {
namespace {

// Characters that fit into one line of a table at 12 pt on a portrait and on a landscape page: 5.6 pt a
// character.
constexpr int kPortraitCharacters = 80;
constexpr int kLandscapeCharacters = 125;

// Capitals are half as wide again as small letters; bold, as heads are, a tenth more. The mark of a list's
// item stands with its first word.
int LongestWord(const std::string& text) {
  constexpr double kCapital = 1.5;
  double longest = 0, length = 0;
  const std::u32string letters = ToCodePoints(text), small = ToCodePoints(ToLower(text));
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const bool mark =
        i > 0 && (letters[i - 1] == U'-' || letters[i - 1] == U'+') && (i == 1 || letters[i - 2] == U'\n');
    const bool gap = (letters[i] == U' ' && !mark) || letters[i] == U'\n';
    const bool capital = i < small.size() && small[i] != letters[i];
    length = gap ? 0 : length + (capital || letters[i] == U'&' ? kCapital : 1);
    longest = std::max(longest, length);
  }
  return static_cast<int>(std::ceil(longest));
}

// A row that names a group: below the heads, one cell over most of the columns.
bool IsGroupCell(const Cell& cell, const vanthu::Table& table) {
  return cell.row >= table.header_rows && cell.rowspan == 1 && cell.colspan >= std::max(3, table.columns - 3);
}

// (1) (2) (3), or 1 2 3, under the heads.
std::vector<bool> NumberRows(const vanthu::Table& table) {
  std::vector<bool> numbers(static_cast<std::size_t>(table.rows), false);
  for (int row = 1; row < table.header_rows; ++row) numbers[static_cast<std::size_t>(row)] = true;
  for (const Cell& cell : table.cells) {
    std::string text = CollapseSpace(cell.text);
    std::erase_if(text, [](char c) { return c == '(' || c == ')'; });
    if (text.empty() || text.find_first_not_of("0123456789") != std::string::npos)
      for (int row = cell.row; row < cell.row + cell.rowspan; ++row)
        numbers[static_cast<std::size_t>(row)] = false;
  }
  return numbers;
}

// Body rows whose first words are "Tổng cộng" or the like.
std::vector<bool> SumRows(const vanthu::Table& table, const std::vector<std::string>& words) {
  std::vector<bool> sums(static_cast<std::size_t>(table.rows), false);
  std::vector<bool> named = sums;
  for (const Cell& cell : table.cells) {  // by row, then column
    std::string key = MatchKey(cell.text);
    while (!key.empty() && (key.back() == ':' || key.back() == '.')) key.pop_back();
    const auto row = static_cast<std::size_t>(cell.row);
    if (key.empty() || named[row] || cell.row < table.header_rows || cell.rowspan > 1) continue;
    named[row] = true;
    sums[row] = std::find(words.begin(), words.end(), key) != words.end();
  }
  return sums;
}

std::vector<double> SharesOf(const vanthu::Table& table, int landscape_columns) {
  std::vector<ColumnLoad> loads(static_cast<std::size_t>(table.columns));
  for (ColumnLoad& load : loads) load.lengths.assign(static_cast<std::size_t>(table.rows), 0);
  for (const Cell& cell : table.cells) {
    if (cell.colspan != 1) continue;
    ColumnLoad& load = loads[static_cast<std::size_t>(cell.col)];
    const int length = static_cast<int>(ToCodePoints(cell.text).size());
    load.longest_word = std::max(load.longest_word, LongestWord(cell.text));
    for (int row = cell.row; row < cell.row + cell.rowspan; ++row)
      load.lengths[static_cast<std::size_t>(row)] = length / cell.rowspan;
  }
  return FitColumns(loads, table.columns >= landscape_columns ? kLandscapeCharacters : kPortraitCharacters);
}

// Columns of marks and numbers are centred, wide columns of prose justified, the others ragged.
std::vector<Align> AlignmentsOf(const vanthu::Table& table, const std::vector<double>& shares,
                                double justified) {
  constexpr int kShort = 6;  // "12.3", "III", "2.1.1"
  std::vector<Align> aligns(shares.size(), Align::kLeft);
  std::vector<bool> is_short(shares.size(), true);
  for (const Cell& cell : table.cells)
    if (cell.colspan == 1 && cell.row >= table.header_rows && ToCodePoints(cell.text).size() > kShort)
      is_short[static_cast<std::size_t>(cell.col)] = false;
  for (std::size_t c = 0; c < shares.size(); ++c) {
    if (shares[c] >= justified) aligns[c] = Align::kJustified;
    if (is_short[c]) aligns[c] = Align::kCentre;
  }
  return aligns;
}

std::vector<Paragraph> ParagraphsOf(const std::string& text, const Paragraph& model, bool bold) {
  std::vector<Paragraph> paragraphs;
  std::string_view rest = text;
  while (true) {
    const std::size_t feed = rest.find('\n');
    Paragraph paragraph = model;
    if (const std::string line = ToNfc(rest.substr(0, feed)); !line.empty())
      paragraph.runs.push_back({line, bold, false, false, std::nullopt});
    paragraphs.push_back(std::move(paragraph));
    if (feed == std::string_view::npos) return paragraphs;
    rest.remove_prefix(feed + 1);
  }
}

}  // namespace

Table BuildRecordTable(const vanthu::Table& table, const FormElement& element,
                       const Conventions& conventions) {
  const TableSettings& settings = conventions.table;
  Table out;
  out.rows = table.rows;
  out.header_rows = table.header_rows;
  out.rule_pt = settings.rule_pt;
  out.padding_pt = settings.padding_pt;
  out.summary = element.Attribute("summary", table.caption);
  out.column_shares = SharesOf(table, settings.landscape_columns);
  out.row_kinds.assign(static_cast<std::size_t>(table.rows), RowKind::kBody);
  const std::vector<Align> aligns = AlignmentsOf(table, out.column_shares, settings.justified_share);
  const std::vector<bool> numbers = NumberRows(table), sums = SumRows(table, settings.sum_rows);
  std::vector<bool> groups(static_cast<std::size_t>(table.rows), false);
  for (const Cell& cell : table.cells)
    if (IsGroupCell(cell, table)) groups[static_cast<std::size_t>(cell.row)] = true;
  for (std::size_t row = 0; row < groups.size(); ++row) {
    if (groups[row]) out.row_kinds[row] = RowKind::kGroup;
    if (numbers[row]) out.row_kinds[row] = RowKind::kNumbers;
  }
  const std::string size = element.Attribute("size");
  for (const Cell& cell : table.cells) {
    const std::size_t row = static_cast<std::size_t>(cell.row);
    const bool head = cell.row < table.header_rows, group = groups[row];
    Paragraph model;
    model.size_pt = size.empty() ? settings.size_pt : std::strtod(size.c_str(), nullptr);
    model.align = head ? Align::kCentre : group ? Align::kLeft : aligns[static_cast<std::size_t>(cell.col)];
    if (group && cell.colspan == 1 && cell.col == 0) model.align = Align::kCentre;
    TableCell placed{cell.row,     cell.col, cell.rowspan,
                     cell.colspan, {},       head || (group && IsGroupCell(cell, table))};
    placed.paragraphs = ParagraphsOf(cell.text, model, (head && !numbers[row]) || group || sums[row]);
    MarkItems(&placed.paragraphs);
    out.cells.push_back(std::move(placed));
  }
  return out;
}

}  // namespace vanthu::templates
