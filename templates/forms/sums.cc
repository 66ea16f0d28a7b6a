#include "templates/forms/sums.h"

#include <fmt/format.h>

#include <cmath>
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

// "1.250" -> 1250, "12,5" -> 12.5, "" -> 0; null for anything else.
std::optional<double> ReadNumber(const std::string& text) {
  std::string plain;
  for (const char c : CollapseSpace(text)) {
    if (c == '.') continue;
    if (c != ',' && (c < '0' || c > '9')) return std::nullopt;
    plain += c == ',' ? '.' : c;
  }
  if (plain.empty()) return 0.0;
  std::istringstream in(plain);
  in.imbue(std::locale::classic());
  double number = 0;
  if (!(in >> number) || !in.eof()) return std::nullopt;
  return number;
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
    const auto number = [&](std::size_t column) -> std::optional<double> {
      if (column >= texts.size() || !texts[column]) return std::nullopt;
      any = any || !CollapseSpace(*texts[column]).empty();
      return ReadNumber(*texts[column]);
    };
    const std::optional<double> total = number(sum.total);
    double parts = 0;
    bool numbers = total.has_value();
    for (const std::size_t column : sum.parts) {
      const std::optional<double> part = number(column);
      numbers = numbers && part;
      parts += part.value_or(0);
    }
    if (!any) return;
    constexpr double kSlack = 1e-6;  // of decimals read as binary fractions
    if (numbers && std::abs(*total - parts) <= kSlack) return;
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
                               sum.written, VietnameseNumber(*total), VietnameseNumber(parts)),
                   fmt::format("row {} (\"{} {}\"): {} does not hold: {} is not {}", row + 1, name, head,
                               sum.written, VietnameseNumber(*total), VietnameseNumber(parts)));
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
