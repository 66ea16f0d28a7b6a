// JSON text for people and for lines: nlohmann's own layout puts every number of a box on a line of its own.
// Internal to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace vanthu::record {

// No line break inside, none at the end.
std::string OneLine(const nlohmann::ordered_json& value);
// One space a level; lists of numbers, and objects of plain values below the first level, on one line. Ends
// with '\n'.
std::string Indented(const nlohmann::ordered_json& value);

}  // namespace vanthu::record
