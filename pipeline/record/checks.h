// What a record read from outside must satisfy, whatever its written form: bounds, and tables that cover
// their grid. Internal to the room.
#pragma once

#include <optional>
#include <span>
#include <stdexcept>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"

namespace vanthu::record {

// Bounds on what is read. Guesses with room to spare: a 500-page plan has about 50,000 cells and 10 MB of
// JSON.
inline constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
inline constexpr int kMaxDepth = 64;
inline constexpr std::size_t kMaxValues = 2'000'000;
inline constexpr int kMaxPage = 1'000'000;
inline constexpr int kMaxRows = 100'000;
inline constexpr int kMaxColumns = 1'000;
inline constexpr std::size_t kMaxGrid = 2'000'000;  // rows x columns of a table

// A fault in a record's text; thrown inside the room only, and made an Error at its door.
struct Fault {
  ErrorCode code = ErrorCode::kDamaged;
  Message where;  // JSON pointer, or line of the XML
  Message what;
};

Error ToError(const Fault& fault);

// Sorts the cells, sets rows and columns, and throws a Fault unless every grid position has exactly one cell
// and none spans past the last row, which is the last that a cell begins in. `where`: the table's pointer;
// `lines`: of the cells, where they have any.
void CompleteTable(Table& table, const std::string& where, std::span<const long> lines = {});

// Throws a Fault if an index of a table or of a row points nowhere.
void CheckReferences(const Record& record);

bool IsSha256(const std::string& text);

}  // namespace vanthu::record
