#include "pipeline/extract/rules.h"

namespace vanthu::extract {

void RulesDeleter::operator()(const Rules* rules) const {
  delete rules;
}

Result<RulesHandle> ReadRules(const std::filesystem::path& folder) {
  Result<FieldRules> fields = ReadFieldRules(folder);
  if (!fields) return Fail(fields.error());
  Result<TaskRules> tasks = ReadTaskRules(folder);
  if (!tasks) return Fail(tasks.error());
  auto rules = std::make_unique<Rules>();
  rules->fields = std::move(*fields);
  rules->tasks = std::move(*tasks);
  return RulesHandle(rules.release());
}

}  // namespace vanthu::extract
