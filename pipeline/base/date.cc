#include "pipeline/base/date.h"

#include <fmt/format.h>

#include <charconv>

namespace vanthu {

std::string ToIso(const Date& date) {
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()));
}

std::optional<Date> MakeDate(int year, int month, int day) {
  if (month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const Date date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                  std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::optional<Date> ParseIsoDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](std::size_t from, std::size_t length, int* out) {
    const char* begin = text.data() + from;
    const auto [end, error] = std::from_chars(begin, begin + length, *out);
    return error == std::errc() && end == begin + length;
  };
  int year = 0, month = 0, day = 0;
  if (!number(0, 4, &year) || !number(5, 2, &month) || !number(8, 2, &day)) return std::nullopt;
  return MakeDate(year, month, day);
}

Date LastOfMonth(int year, int month) {
  return Date{std::chrono::year(year) / static_cast<int>(month) / std::chrono::last};
}

}  // namespace vanthu
