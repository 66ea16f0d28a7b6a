// What a record holds, as forms name it: the one list that the check and the binder share.
//
// The names are those of pipeline/record/schema/record.xsd, with what a form needs beside them: `tables` of
// an appendix are the tables themselves, `body_tables` are those that belong to no appendix, `unplaced_tasks`
// the tasks that stand in no table and in no section's text, every item of a list has its `position` (from
// 1).
#pragma once

#include <map>
#include <string>
#include <vector>

namespace vanthu::templates {

enum class ShapeKind { kText, kDate, kNumber, kObject, kList, kTable };

struct Shape {
  ShapeKind kind = ShapeKind::kText;
  std::map<std::string, const Shape*, std::less<>> fields;  // of an object
  const Shape* item = nullptr;                              // of a list
  const Shape* deep = nullptr;  // of an object: itself, where items hold items of their own kind
  std::string deep_field;       // in this field: "sections"
};

// Lives as long as the program.
const Shape& RecordShape();

// The names that may follow in a path.
std::vector<std::string> FieldNames(const Shape& shape);

}  // namespace vanthu::templates
