// Dates as documents write them: "ngày 09 tháng 3 năm 2023", "ngày 09/03/2023", "ngày 24-6-2022", "ngày 09
// /03/2023".
//
// Output: the date, or why there is none. A blank or dotted part makes the whole date blank: never a guess.
// Method: by hand, one pass. In recognised text the words may have one edit, and O and l in a figure are read
// as 0 and 1.
#pragma once

#include <optional>

#include "pipeline/base/date.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {

struct WrittenDate {
  std::size_t begin = 0;  // of "ngày"
  std::size_t end = 0;
  std::optional<Date> date;
  bool blank = false;       // a part is missing
  bool unreadable = false;  // something stands in a part's place that is no figure (recognised text only)
  bool wrong = false;       // all parts are there, but there is no such day, or not of our times
  bool repaired = false;    // a letter was read as a figure
  std::optional<int> year;
};

// A date that begins with "ngày" at `at`. Null if none does.
std::optional<WrittenDate> ParseWrittenDate(const Folded& text, std::size_t at, bool recognised);
// The first one in [from, to).
std::optional<WrittenDate> FindWrittenDate(const Folded& text, std::size_t from, std::size_t to,
                                           bool recognised);

}  // namespace vanthu::extract
