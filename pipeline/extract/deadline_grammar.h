// What a deadline's words say, before anything is decided: moments, repetitions, markers.
//
// Input: tokens of a deadline. Output: facts in the order of the text, each with the sentence and the depth
// of brackets it stands in. Method: at each token the productions below are tried, longest first; what none
// of them takes is passed over.
//
//   moment     = day | days | month | months | quarter | quarters | half | week | year | edge moment
//   repetition = every unit | n times a unit | unit / n times | day of every month | weekday | month of every
//   quarter relative   = "theo", "khi", "sau khi" ... to the end of the clause | n days ...
#pragma once

#include <optional>
#include <vector>

#include "pipeline/extract/deadline_lexer.h"

namespace vanthu::extract {

enum class Unit { kDay, kWeek, kMonth, kQuarter, kHalf, kYear, kSchoolYear };
enum class Bound { kNone, kBefore, kBy, kFrom };   // no bound; "trước"; "chậm nhất", "đến"; "từ"
enum class Edge { kNone, kBegin, kMiddle, kEnd };  // "đầu năm", "giữa tháng", "cuối quý"

struct Moment {
  Unit unit = Unit::kDay;
  int year = 0;         // 0 = not said
  int first_month = 0;  // of months, quarters, halves, years
  int last_month = 0;
  int day = 0;  // of kDay; of kWeek the week of the month, -1 the last
  Edge edge = Edge::kNone;
  Bound bound = Bound::kNone;
  bool ends_range = false;  // "đến" or a dash joins it to the moment before
  int sentence = 0;
  int depth = 0;
  double certainty = 1;
};

struct Repetition {
  Unit unit = Unit::kMonth;  // of the period
  int count = 1;             // periods between two times; 2 = every second
  int times = 1;             // times in a period
  int month_day = 0;         // 0 = not said, -1 = the last
  int month_of_quarter = 0;  // 1 to 3; 0 = not said
  int weekday = -1;          // 0 Monday to 6 Sunday
  int depth = 0;
  double certainty = 1;
};

struct Marker {
  int sentence = 0;
  int depth = 0;
  double certainty = 1;
};

struct DeadlineFacts {
  std::vector<Moment> moments;
  std::vector<Repetition> repetitions;
  std::vector<Repetition> bare_units;  // "tháng, quý, năm": a repetition only among others of its kind
  std::vector<Marker> ongoing, periodic, unscheduled, relative;
  bool clock_times = false;  // hours of a day
  bool open_end = false;     // "và các năm tiếp theo"
};

DeadlineFacts ReadFacts(const std::vector<Token>& tokens);

}  // namespace vanthu::extract
