#include "pipeline/extract/row_numbers.h"

#include <algorithm>
#include <array>
#include <vector>

#include "pipeline/base/unicode.h"
#include "pipeline/extract/row_label.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMostLabel = 6;  // bytes of a misread label; "1.2.10" is none

struct Row {
  const Cell* label = nullptr;
  std::string text;   // the label as read
  bool wide = false;  // one cell over most columns: a group
  int number = 0;     // an Arabic number as read; 0 = none
};

int NumberIn(const std::string& text) {
  const std::string bare = BareLabel(text.substr(0, text.find(' ')));
  if (bare.empty() || bare.size() > 3 || bare.find_first_not_of("0123456789") != std::string::npos) return 0;
  return std::stoi(bare);
}

std::vector<Row> RowsOf(const TableGrid& grid, int column, int first_row) {
  std::vector<Row> out;
  for (int row = std::max(0, first_row); row < grid.rows(); ++row) {
    const Cell* label = grid.At(row, column);
    if (label == nullptr || label->row != row || Trim(label->text).empty()) continue;
    Row item;
    item.label = label;
    item.text = CollapseSpace(label->text);
    for (int other = column; other < grid.columns(); ++other)
      if (const Cell* cell = grid.At(row, other); cell != nullptr && cell->row == row)
        item.wide = item.wide || 2 * cell->colspan > grid.columns();
    if (label->colspan > 1) {  // "II. TRIỂN KHAI" over all columns
      item.text = item.text.substr(0, item.text.find(' '));
      if (!item.wide || RomanStrokes(item.text).empty()) continue;
    }
    item.number = item.wide ? 0 : NumberIn(item.text);
    out.push_back(item);
  }
  return out;
}

bool IsBullet(const std::string& text) {
  return LevelOf(text) == kBullet;
}

}  // namespace

std::string ToRoman(int number) {
  static constexpr std::array<const char*, 10> kOnes = {"",  "I",  "II",  "III",  "IV",
                                                        "V", "VI", "VII", "VIII", "IX"};
  if (number < 1 || number > 39) return {};
  return std::string(static_cast<std::size_t>(number / 10), 'X') +
         kOnes[static_cast<std::size_t>(number % 10)];
}

std::string RomanStrokes(const std::string& text) {
  std::string out;
  for (const char c : BareLabel(text)) {
    if (c == 'I' || c == 'l' || c == '1' || c == '|' || c == 'i' || c == '!' || c == 'J' || c == 'T')
      out += 'I';
    else if (c == 'H' || c == 'U' || c == 'n' || c == 'N')
      out += "II";
    else if (c == 'V' || c == 'v' || c == 'Y')
      out += 'V';
    else if (c == 'X' || c == 'x')
      out += 'X';
    else
      return {};
  }
  return out;
}

std::map<const Cell*, std::string> MendRowNumbers(const TableGrid& grid, int column, int first_row) {
  std::map<const Cell*, std::string> out;
  const std::vector<Row> rows = RowsOf(grid, column, first_row);
  int groups = 0;
  int last = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Row& row = rows[i];
    const bool read = row.label->source == Source::kOcr && row.text.size() <= kMostLabel;
    if (row.wide) {
      last = 0;
      const std::string expected = ToRoman(groups + 1);
      const std::string strokes = RomanStrokes(row.text);
      // the numeral of the group before once more has lost a stroke: "II" after "II" is III
      const bool lost = read && groups > 0 && strokes == ToRoman(groups);
      if (strokes != expected && !lost) continue;
      ++groups;
      if (read && BareLabel(row.text) != expected) out[row.label] = expected;
      continue;
    }
    if (row.number > 0) {
      last = row.number;
      continue;
    }
    const int expected = last + 1;
    const bool ends = i + 1 == rows.size() || rows[i + 1].wide;
    const bool followed = !ends && rows[i + 1].number == expected + 1;
    // "-" and "+" may be sub-rows, "a)" too: only the row after can tell
    const bool own_kind = IsBullet(row.text) || LevelOf(row.text) == kLetter ||
                          LevelOf(row.text) == kDecimal || LevelOf(row.text) == kRoman;
    const bool fits = followed || (ends && last > 0 && !own_kind) ||
                      (expected == 1 && RomanStrokes(row.text) == "I" && !own_kind);
    if (!read || !fits) continue;
    out[row.label] = std::to_string(expected);
    last = expected;
  }
  return out;
}

}  // namespace vanthu::extract
