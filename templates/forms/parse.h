// Bytes -> a form, and everything that is wrong with it.
//
// Input: any bytes. Bounded: 1 MB, 20,000 elements, depth 40; no document type, no entities, no network.
// Method: form.xsd first (libxml2), then every path and every table against what a record holds (check.h).
// All faults are found in one run, each with its line, its element, and the nearest name that is allowed.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "templates/forms/form.h"

namespace vanthu::templates {

struct ParsedForm {
  std::optional<Form> form;       // present only without faults
  std::vector<FormFault> faults;  // by line
};

// `schema`: path of form.xsd. An Error only where the schema itself cannot be read.
Result<ParsedForm> ParseForm(std::string_view xml, const std::string& file,
                             const std::filesystem::path& schema);

}  // namespace vanthu::templates
