#include "templates/forms/sums.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <sstream>

#include "pipeline/base/unicode.h"
#include "templates/forms/format.h"

namespace vanthu::templates {
namespace {

struct Sum {
  std::string written;  // "3=4+5+6"
  std::size_t total = 0;
  std::vector<std::size_t> parts;  // columns from 0
};

// The schema allows nothing else than what is read here.
std::vector<Sum> ParseSums(const std::string& text) {
  std::vector<Sum> sums;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    Sum sum{word, 0, {}};
    std::size_t number = 0;
    bool total = true;
    for (const char c : word + "+") {
      if (c >= '0' && c <= '9') {
        number = number * 10 + static_cast<std::size_t>(c - '0');
        continue;
      }
      if (total)
        sum.total = number - 1;
      else
        sum.parts.push_back(number - 1);
      total = false;
      number = 0;
    }
    sums.push_back(std::move(sum));
  }
  return sums;
}

constexpr std::int64_t kMillion = 1'000'000;

// In millionths, so that sums are exact: "1.250" -> 1250, "12,5" -> 12.5, "" -> 0; null for anything else, a
// point that does not stand before three digits, more than six decimals or a thousand milliards.
std::optional<std::int64_t> ReadNumber(const std::string& text) {
  constexpr std::size_t kMostDigits = 12, kDecimals = 6;
  const std::string plain = CollapseSpace(text);
  const std::size_t comma = std::min(plain.find(','), plain.size());
  std::string digits, decimals;
  for (std::size_t i = 0; i < comma; ++i) {
    if (plain[i] == '.') {
      if (i == 0 || (comma - i) % 4 != 0) return std::nullopt;
      continue;
    }
    if (plain[i] < '0' || plain[i] > '9') return std::nullopt;
    digits += plain[i];
  }
  const auto points =
      static_cast<std::size_t>(std::count(plain.begin(), plain.begin() + static_cast<long>(comma), '.'));
  if (points > 0 && points != (digits.size() - 1) / 3) return std::nullopt;  // all thousands or none
  if (comma < plain.size()) {
    decimals = plain.substr(comma + 1);
    if (digits.empty() || decimals.empty() || decimals.find_first_not_of("0123456789") != std::string::npos)
      return std::nullopt;
  }
  if (digits.size() > kMostDigits || decimals.size() > kDecimals) return std::nullopt;
  decimals.resize(kDecimals, '0');
  std::int64_t number = 0;
  for (const char c : digits + decimals) number = number * 10 + (c - '0');
  return number;
}

std::string Written(std::int64_t millionths) {
  return VietnameseNumber(static_cast<double>(millionths) / static_cast<double>(kMillion));
}

std::string TextOf(const TableCell& cell) {
  std::string out;
  for (const Paragraph& paragraph : cell.paragraphs)
    for (const Run& run : paragraph.runs) out += run.text;
  return out;
}

using RowTexts = std::vector<std::optional<std::string>>;  // by column; none under a span

class SumCheck {
 public:
  SumCheck(const FormElement& element, Binding& binding) : element_(element), binding_(binding) {}

  void CheckRow(int row, const RowTexts& texts, const Sum& sum) {
    bool any = false;
    const auto number = [&](std::size_t column) -> std::optional<std::int64_t> {
      if (column >= texts.size() || !texts[column]) return std::nullopt;
      any = any || !CollapseSpace(*texts[column]).empty();
      return ReadNumber(*texts[column]);
    };
    const std::optional<std::int64_t> total = number(sum.total);
    std::int64_t parts = 0;
    bool numbers = total.has_value();
    for (const std::size_t column : sum.parts) {
      const std::optional<std::int64_t> part = number(column);
      numbers = numbers && part;
      parts += part.value_or(0);
    }
    if (!any) return;
    if (numbers && *total == parts) return;
    const std::string name = texts.empty() || !texts[0] ? "" : *texts[0];
    const std::string head = texts.size() < 2 || !texts[1] ? "" : *texts[1];
    if (!numbers)
      return binding_.Fault(
          element_,
          fmt::format("hàng {} («{} {}»): {} cần số ở các cột này", row + 1, name, head, sum.written),
          fmt::format("row {} (\"{} {}\"): {} needs numbers in these columns", row + 1, name, head,
                      sum.written));
    binding_.Fault(element_,
                   fmt::format("hàng {} («{} {}»): {} không đúng: {} khác {}", row + 1, name, head,
                               sum.written, Written(*total), Written(parts)),
                   fmt::format("row {} (\"{} {}\"): {} does not hold: {} is not {}", row + 1, name, head,
                               sum.written, Written(*total), Written(parts)));
  }

 private:
  const FormElement& element_;
  Binding& binding_;
};

}  // namespace

void CheckSums(const Table& table, const FormElement& element, Binding& binding) {
  const std::vector<Sum> sums = ParseSums(element.Attribute("sums"));
  if (sums.empty()) return;
  std::vector<RowTexts> rows(static_cast<std::size_t>(table.rows), RowTexts(table.column_shares.size()));
  for (const TableCell& cell : table.cells)
    if (cell.column_span == 1 && cell.row_span == 1)
      rows[static_cast<std::size_t>(cell.row)][static_cast<std::size_t>(cell.column)] = TextOf(cell);
  SumCheck check(element, binding);
  for (int row = table.header_rows; row < table.rows; ++row)
    if (table.row_kinds[static_cast<std::size_t>(row)] == RowKind::kBody)
      for (const Sum& sum : sums) check.CheckRow(row, rows[static_cast<std::size_t>(row)], sum);
}

}  // namespace vanthu::templates
