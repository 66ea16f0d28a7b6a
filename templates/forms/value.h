// A record as forms see it: a tree of named values in the shape of shape.h.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/base/date.h"
#include "pipeline/model/record.h"

namespace vanthu::templates {

struct Value;
struct NamedValue;

using ValueList = std::vector<Value>;
using ValueFields = std::vector<NamedValue>;

// Monostate: the record has none. A table is the record's own, which must outlive the value.
struct Value {
  std::variant<std::monostate, std::string, Date, double, const vanthu::Table*, ValueList, ValueFields>
      content;

  // Nothing there: none, a text of white space, an empty list, an object without any member that is there.
  bool Empty() const;
  // The member of an object; null where it is no object or has no such member.
  const Value* Find(std::string_view name) const;

  template <typename T>
  const T* As() const {
    return std::get_if<T>(&content);
  }
};

struct NamedValue {
  std::string name;
  Value value;
};

// `record` outlives the value.
Value ValueOf(const Record& record);

}  // namespace vanthu::templates
