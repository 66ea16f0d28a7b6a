// The sample plans' gold records (samples/*.json), as the values that extraction starts from and should end
// in.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

nlohmann::json ReadGold(const std::string& name);

// The tables, each cell with a place of its own.
std::vector<Table> GoldTables(const nlohmann::json& gold);
Header GoldHeader(const nlohmann::json& gold);

// The lines of samples/<name>.txt as paragraphs of the body, without tables.
DocumentLayout GoldProse(const std::string& name);

// The same of lines given.
DocumentLayout ProseOf(const std::vector<std::string>& lines);

// What differs between tasks and the gold's, alternatives allowed; empty = nothing.
std::vector<std::string> TaskDifferences(const nlohmann::json& gold, const std::vector<Task>& tasks);

nlohmann::json ToJson(const Deadline& deadline);

}  // namespace vanthu::extract
