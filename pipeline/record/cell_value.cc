#include "pipeline/record/cell_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "pipeline/base/unicode.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

constexpr std::size_t kMaxDigits = 15;  // what a spreadsheet's double holds exactly

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// "1.250.000" -> "1250000"; "" if the dots do not part thousands.
std::string Ungrouped(std::string_view text) {
  std::string out;
  std::size_t start = 0;
  for (bool first = true;; first = false) {
    const std::size_t dot = std::min(text.find('.', start), text.size());
    const std::string_view group = text.substr(start, dot - start);
    if (!AllDigits(group) || (first ? group.size() > 3 : group.size() != 3)) return {};
    out += group;
    if (dot == text.size()) return out;
    start = dot + 1;
  }
}

struct Parts {
  std::string whole, fraction;
  bool grouped = false;
};

// Null unless `text` is digits with thousands' dots and a decimal comma, without a leading zero.
std::optional<Parts> SplitNumber(std::string_view text) {
  Parts parts;
  const std::size_t comma = text.find(',');
  std::string_view whole = text.substr(0, comma);
  if (comma != std::string_view::npos) {
    parts.fraction = text.substr(comma + 1);
    if (!AllDigits(parts.fraction)) return std::nullopt;
  }
  parts.grouped = whole.find('.') != std::string_view::npos;
  parts.whole = parts.grouped ? Ungrouped(whole) : std::string(whole);
  if (!AllDigits(parts.whole) || (parts.whole.size() > 1 && parts.whole[0] == '0')) return std::nullopt;
  if (parts.whole.size() + parts.fraction.size() > kMaxDigits) return std::nullopt;
  return parts;
}

std::optional<NumberValue> ReadNumber(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  const bool percent = !text.empty() && text.back() == '%';
  text = text.substr(negative ? 1 : 0);
  if (percent) text = Trim(text.substr(0, text.size() - 1));
  const std::optional<Parts> parts = SplitNumber(text);
  if (!parts) return std::nullopt;
  const std::string plain = parts->whole + (parts->fraction.empty() ? "" : "." + parts->fraction);
  NumberValue number;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), number.value);
  if (error != std::errc() || end != plain.data() + plain.size()) return std::nullopt;
  if (negative) number.value = -number.value;
  if (percent) number.value /= 100;
  number.format = parts->grouped ? "#,##0" : "0";
  if (!parts->fraction.empty()) number.format += "." + std::string(parts->fraction.size(), '0');
  if (percent) number.format += "%";
  return number;
}

// dd/mm/yyyy, the day and the month of one digit or two.
std::optional<Date> ReadDate(std::string_view text) {
  int parts[3] = {0, 0, 0};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    const char* const start = at;
    while (at != end && IsDigit(*at)) ++at;
    const std::ptrdiff_t digits = at - start;
    if (i < 2 ? (digits < 1 || digits > 2) : digits != 4) return std::nullopt;
    std::from_chars(start, at, parts[i]);
    if (i < 2 && (at == end || *at++ != '/')) return std::nullopt;
  }
  if (at != end || parts[2] < 1900) return std::nullopt;  // a spreadsheet's calendar begins in 1900
  return MakeDate(parts[2], parts[1], parts[0]);
}

CellValue Value(const Text& text) {
  const std::string clean = text ? CleanText(*text) : std::string();
  return clean.empty() ? CellValue() : CellValue(clean);
}

CellValue Value(const std::optional<Date>& date) {
  if (!date || !date->ok() || static_cast<int>(date->year()) < 1900) return {};
  return *date;
}

CellValue Joined(const std::vector<std::string>& list, const char* between) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : between) + CleanText(item);
  return Value(Text(out));
}

// Words of DeadlineKind as a clerk reads them.
std::string KindInWords(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::kBy:
      return "trước ngày";
    case DeadlineKind::kOn:
      return "ngày";
    case DeadlineKind::kBetween:
      return "khoảng";
    case DeadlineKind::kQuarter:
      return "quý";
    case DeadlineKind::kYear:
      return "năm";
    case DeadlineKind::kOngoing:
      return "thường xuyên";
    case DeadlineKind::kPeriodic:
      return "định kỳ";
    case DeadlineKind::kRelative:
      return "theo sự việc";
    case DeadlineKind::kUnknown:
      return "chưa rõ";
  }
  return {};
}

Text NumberAndNotation(const Header& header) {
  if (!header.notation) return header.number;
  return header.number.value_or("") + "/" + *header.notation;
}

}  // namespace

CellValue ReadCellValue(std::string_view text) {
  const std::string_view trimmed = Trim(text);
  if (const std::optional<NumberValue> number = ReadNumber(trimmed)) return *number;
  if (const std::optional<Date> date = ReadDate(trimmed)) return *date;
  std::string clean = CleanText(text);
  return clean.empty() ? CellValue() : CellValue(std::move(clean));
}

std::string TextOf(const CellValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<NumberValue>(&value)) return fmt::format("{}", number->value);
  if (const auto* date = std::get_if<Date>(&value)) return ToIso(*date);
  return {};
}

const std::vector<TaskColumn>& TaskColumns() {
  static const std::vector<TaskColumn> columns = {
      {"Tệp", 18},      {"Văn bản", 16},  {"Nhóm", 30},     {"TT", 6},        {"Mục tiêu", 24},
      {"Nhiệm vụ", 24}, {"Nội dung", 60}, {"Chủ trì", 24},  {"Phối hợp", 28}, {"Thời hạn", 20},
      {"Loại", 12},     {"Từ ngày", 12},  {"Đến ngày", 12}, {"Lặp lại", 24},  {"Sản phẩm", 36},
      {"Ghi chú", 24},  {"Trang", 7}};
  return columns;
}

std::vector<CellValue> TaskRow(const Record& record, const Task& task) {
  const Deadline none;
  const Deadline& deadline = task.deadline ? *task.deadline : none;
  return {Value(Text(record.source.file)),
          Value(NumberAndNotation(record.header)),
          Joined(task.group, " > "),
          Value(task.ordinal),
          Value(task.goal),
          Value(task.mission),
          Value(Text(task.content)),
          Joined(task.lead, "; "),
          Joined(task.coordinate, "; "),
          Value(Text(deadline.text)),
          task.deadline ? CellValue(KindInWords(deadline.kind)) : CellValue(),
          Value(deadline.start),
          Value(deadline.end),
          Value(deadline.recurrence),
          Value(task.product),
          Value(task.note),
          task.page >= 0 ? CellValue(NumberValue{static_cast<double>(task.page) + 1, "0"}) : CellValue()};
}

const std::vector<TaskColumn>& DocumentColumns() {
  static const std::vector<TaskColumn> columns = {
      {"Tệp", 24},       {"Số, ký hiệu", 16}, {"Loại", 16},    {"Cơ quan ban hành", 36}, {"Ngày", 12},
      {"Trích yếu", 60}, {"Người ký", 24},    {"Chức vụ", 24}, {"Số nhiệm vụ", 12}};
  return columns;
}

std::vector<CellValue> DocumentRow(const Record& record) {
  return {Value(Text(record.source.file)),
          Value(NumberAndNotation(record.header)),
          Value(record.header.type_name),
          Value(record.header.issuing_agency),
          Value(record.header.date),
          Value(record.header.subject),
          Value(record.signer ? record.signer->name : Text()),
          Value(record.signer ? record.signer->position : Text()),
          NumberValue{static_cast<double>(record.tasks.size()), "0"}};
}

}  // namespace vanthu::record
