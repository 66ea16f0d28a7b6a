// Record <-> JSON, "schema": "vanthu/record/1" (docs/record.md). Pages are 1-based in the file.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"

namespace vanthu::record {

enum class JsonStyle { kIndented, kOneLine };

// Keys in the contract's order; the same record gives the same bytes.
std::string ToJson(const Record& record, JsonStyle style);
// kDamaged with the JSON pointer of what is wrong. Bounded depth and size; any bytes are safe.
Result<Record> ParseJson(std::string_view json);

// What `vanthu verify --format json` says of a file: its verdict, its signatures as a record holds them, and
// reasons that are of the file as a whole.
std::string VerdictToJson(const std::string& file, const std::string& verdict,
                          const std::vector<SignatureFound>& signatures,
                          const std::vector<std::string>& reasons, JsonStyle style);

// {"tables": [...]} of `vanthu tables`.
std::string TablesToJson(const std::vector<Table>& tables);

}  // namespace vanthu::record
