// When something is due, as a value: "Quý II, III/2023" -> quarter, 2023-04-01 to 2023-09-30.
//
// Input: a deadline as written. Output: model's Deadline by the contract's section "How values are read", and
// how sure the reading is. Method: words (deadline_lexer), facts (deadline_grammar), then one decision by
// precedence: ongoing, repetition, a date by which, spans, dates, "định kỳ", relative, unknown; what stands
// in brackets counts only where nothing else says when. Dates that do not exist leave the kind and a finding,
// never a neighbouring day. Fails on: working days, lunar dates, school years (kind only), months marked by
// crosses in a chart.
#pragma once

#include <optional>
#include <string_view>

#include "pipeline/extract/deadline_lexer.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// The year of a deadline that names none ("Quý II"): the document's own, and how sure it is.
struct DefaultYear {
  int year = 0;
  double certainty = 0;
};

struct DeadlineReading {
  Deadline deadline;
  double certainty = 1;      // below kDoubtful: a person should look
  bool impossible = false;   // a date that does not exist is among it
  bool clock_times = false;  // it names hours of a day: a programme of a meeting rather than a plan
};

// `text` is kept as it is. Any text is safe; none makes kUnknown.
DeadlineReading ParseDeadline(std::string_view text, const std::optional<DefaultYear>& default_year,
                              const DeadlineRules& rules);

}  // namespace vanthu::extract
