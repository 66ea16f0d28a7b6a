#include <algorithm>
#include <cctype>

#include "pipeline/record/cell_value.h"
#include "pipeline/record/sheets.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kLineEnd = "\r\n";

// A list item ("- Rà soát thủ tục (nếu có)"): an office program reads it as text, unless it could call
// something, which takes a name right before a bracket or a bar (DDE).
bool IsListItem(std::string_view text) {
  if (!text.starts_with("- ") && !text.starts_with("+ ")) return false;
  for (std::size_t i = 2; i < text.size(); ++i) {
    if (text[i] == '|') return false;
    if (text[i] == '(' && std::isalnum(static_cast<unsigned char>(text[i - 1])) != 0) return false;
  }
  return true;
}

// Whether an office program would take the text for a formula (OWASP, "CSV injection"); full-width signs
// count too.
bool LooksLikeFormula(std::string_view text) {
  constexpr std::string_view kStarts[] = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  if (std::none_of(std::begin(kStarts), std::end(kStarts),
                   [&](std::string_view s) { return text.starts_with(s); }))
    return false;
  if (IsListItem(text)) return false;
  return !std::holds_alternative<NumberValue>(ReadCellValue(text));  // "-5" does no harm
}

void AppendField(std::string_view text, std::string& out) {
  const std::string guarded = (LooksLikeFormula(text) ? "'" : "") + std::string(text);
  if (guarded.find_first_of(",\"\r\n") == std::string::npos) {
    out += guarded;
    return;
  }
  out += '"';
  for (const char c : guarded) out.append(c == '"' ? 2 : 1, c);
  out += '"';
}

void AppendRow(const std::vector<std::string>& fields, std::string& out) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    AppendField(fields[i], out);
  }
  out += kLineEnd;
}

}  // namespace

std::string TasksToCsv(const std::vector<Record>& records) {
  std::string out(kByteOrderMark);
  std::vector<std::string> fields;
  for (const TaskColumn& column : TaskColumns()) fields.emplace_back(column.heading);
  AppendRow(fields, out);
  for (const Record& record : records) {
    for (const Task& task : record.tasks) {
      fields.clear();
      for (const CellValue& value : TaskRow(record, task)) fields.push_back(TextOf(value));
      AppendRow(fields, out);
    }
  }
  return out;
}

std::string TablesToCsv(const std::vector<Table>& tables) {
  std::string out(kByteOrderMark);
  bool first = true;
  for (const Table& table : tables) {
    if (!first) out += kLineEnd;  // an empty line between tables
    first = false;
    std::vector<std::vector<std::string>> grid(
        static_cast<std::size_t>(std::max(0, table.rows)),
        std::vector<std::string>(static_cast<std::size_t>(std::max(0, table.columns))));
    for (const Cell& cell : table.cells)
      if (cell.row >= 0 && cell.row < table.rows && cell.col >= 0 && cell.col < table.columns)
        grid[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.col)] = CleanText(cell.text);
    for (const std::vector<std::string>& row : grid) AppendRow(row, out);
  }
  return out;
}

}  // namespace vanthu::record
