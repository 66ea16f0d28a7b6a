// Civil dates as values; written YYYY-MM-DD.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace vanthu {

using Date = std::chrono::year_month_day;

std::string ToIso(const Date& date);                         // "2023-03-09"
std::optional<Date> ParseIsoDate(std::string_view text);     // only valid dates
std::optional<Date> MakeDate(int year, int month, int day);  // null if no such day
Date LastOfMonth(int year, int month);

}  // namespace vanthu
