// Labelled values in one text: "Chủ trì: Sở A; phối hợp: Sở B; thời gian: Quý II".
//
// Input: a line of prose or a table's cell, folded. Output: the values in order, each from its label to the
// next one. Method: a label is a phrase of the rules with a colon after it, that stands where one may begin:
// at the text's or a line's begin, after a sign, or with a capital after another label's value. Thread-safe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pipeline/extract/folded.h"
#include "pipeline/extract/task_rules.h"

namespace vanthu::extract {

// Where a labelled value stands in the text's key.
struct Labelled {
  Role role = Role::kUnknown;
  std::size_t label_begin = 0;
  std::size_t begin = 0;  // of the value
  std::size_t end = 0;
  double certainty = 1;
};

std::vector<Labelled> FindLabelled(const Folded& text, const std::vector<RolePhrase>& labels,
                                   bool recognised);

}  // namespace vanthu::extract
