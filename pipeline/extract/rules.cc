#include "pipeline/extract/rules.h"

#include "pipeline/base/data_file.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {

void RulesDeleter::operator()(const Rules* rules) const {
  delete rules;
}

Result<HeaderRules> ReadHeaderRules(const std::filesystem::path& folder) {
  Result<DataFile> file = ReadDataFile(folder / "header.json");
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  HeaderRules out;
  for (DataReader& entry : root.Items("types")) {
    DocumentType type{entry.Text("code"), entry.Text("name"), {}};
    type.key = FoldKey(type.name);
    out.types.push_back(std::move(type));
  }
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

Result<RulesHandle> ReadRules(const std::filesystem::path& folder) {
  auto rules = std::make_unique<Rules>();
  if (Result<HeaderRules> header = ReadHeaderRules(folder)) {
    rules->header = std::move(*header);
  } else {
    return Fail(header.error());
  }
  if (Result<TaskRules> tasks = ReadTaskRules(folder)) {
    rules->tasks = std::move(*tasks);
  } else {
    return Fail(tasks.error());
  }
  return RulesHandle(rules.release());
}

}  // namespace vanthu::extract
