// The rule files of share/vanthu/rules, read and checked once; const and thread-safe afterwards.
#pragma once

#include "pipeline/extract/extract.h"
#include "pipeline/extract/field_rules.h"
#include "pipeline/extract/task_rules.h"

namespace vanthu::extract {

class Rules {
 public:
  FieldRules fields;
  TaskRules tasks;
};

}  // namespace vanthu::extract
