// Record <-> XML, namespace urn:vanthu:record:1, schema pipeline/record/schema/record.xsd. JSON -> XML ->
// JSON gives the same record. Parsing: no DTD, no entities, no network, bounded size; checked against the
// schema.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"

namespace vanthu::record {

std::string ToXml(const Record& record);
// `schema`: path of record.xsd (DataFolder()/schema/record.xsd).
Result<Record> ParseXml(std::string_view xml, const std::filesystem::path& schema);

// Whether these are well-formed XML of another vocabulary: another program's data, as against a broken
// record.
bool IsForeignXml(std::string_view xml);

}  // namespace vanthu::record
