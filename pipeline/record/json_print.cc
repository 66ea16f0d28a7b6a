#include "pipeline/record/json_print.h"

#include <algorithm>

namespace vanthu::record {
namespace {

using Json = nlohmann::ordered_json;

std::string Scalar(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool IsNumberList(const Json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const Json& v) { return v.is_number(); });
}

bool FitsLine(const Json& value, int depth) {
  if (!value.is_structured() || value.empty() || IsNumberList(value)) return true;
  return value.is_object() && depth >= 2 && std::all_of(value.begin(), value.end(), [](const Json& v) {
           return !v.is_structured() || IsNumberList(v);
         });
}

void PrintOnLine(const Json& value, std::string& out) {
  if (!value.is_structured()) {
    out += Scalar(value);
    return;
  }
  out += value.is_object() ? '{' : '[';
  bool first = true;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (!first) out += ", ";
    first = false;
    if (value.is_object()) out += Scalar(Json(item.key())) + ": ";
    PrintOnLine(*item, out);
  }
  out += value.is_object() ? '}' : ']';
}

// Depth is bounded by the reader (kMaxDepth) and by the record's own shape.
void Print(const Json& value, int depth, std::string& out) {
  if (FitsLine(value, depth)) return PrintOnLine(value, out);
  const std::string indent(static_cast<std::size_t>(depth) + 1, ' ');
  out += value.is_object() ? "{\n" : "[\n";
  bool first = true;
  for (auto item = value.begin(); item != value.end(); ++item) {
    if (!first) out += ",\n";
    first = false;
    out += indent;
    if (value.is_object()) out += Scalar(Json(item.key())) + ": ";
    Print(*item, depth + 1, out);
  }
  out += '\n' + indent.substr(1) + (value.is_object() ? '}' : ']');
}

}  // namespace

std::string OneLine(const Json& value) {
  return Scalar(value);
}

std::string Indented(const Json& value) {
  std::string out;
  Print(value, 0, out);
  out += '\n';
  return out;
}

}  // namespace vanthu::record
