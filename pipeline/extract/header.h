// The header's values from the lines of a document's head: agencies, number and notation, place and date,
// urgency and secrecy, kind and subject, the document it is issued with.
//
// Positions: Nghị định 30/2020/NĐ-CP, Phụ lục I. Every value gets evidence under /header/...; what is blank,
// unreadable or contradicted by another value is null or doubtful, with a finding.
#pragma once

#include "pipeline/extract/head.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/reading.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct FoundHeader {
  Header header;
  std::size_t body_begin = 0;  // the first element below the title
};

FoundHeader FindHeader(const Reading& reading, const Range& main, const FieldRules& rules, Notes* notes);

// Number and notation of the head, with their evidence and findings; shared with copies and appendices'
// heads.
void FindNumber(const Reading& reading, const Head& head, const FieldRules& rules, Header* out, Notes* notes,
                std::size_t* last_line);
// Place and date.
void FindPlaceAndDate(const Reading& reading, const Head& head, const FieldRules& rules, Header* out,
                      Notes* notes, std::size_t* last_line);
void FindAgencies(const Reading& reading, const Head& head, const FieldRules& rules, double bottom_y,
                  Header* out, Notes* notes);

// Cross-checks between values: kind against notation, date against the years of number and subject. Lowers
// confidences and adds findings; changes no value.
void CheckHeader(const Header& header, const FieldRules& rules, Notes* notes);

}  // namespace vanthu::extract
