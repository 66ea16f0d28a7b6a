// Where in the Document something is that the engine refuses.
#pragma once

#include "pipeline/base/refusal.h"

namespace vanthu::templates {

// A place in the Document, 0-based; -1 where it does not apply.
struct Where {
  int section = 0;
  int block = 0;
  int row = -1;
  int column = -1;  // of a table or of Columns
};

// " (phần 1, khối 3, hàng 2, cột 1)", 1-based.
Message Describe(const Where& where);

}  // namespace vanthu::templates
