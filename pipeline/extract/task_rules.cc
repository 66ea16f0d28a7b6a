#include "pipeline/extract/task_rules.h"

#include <array>
#include <utility>

#include "pipeline/base/data_file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {
namespace {

constexpr std::array<std::pair<const char*, Role>, 13> kRoleNames = {{{"ordinal", Role::kOrdinal},
                                                                      {"group", Role::kGroup},
                                                                      {"goal", Role::kGoal},
                                                                      {"mission", Role::kMission},
                                                                      {"content", Role::kContent},
                                                                      {"lead", Role::kLead},
                                                                      {"coordinate", Role::kCoordinate},
                                                                      {"deadline", Role::kDeadline},
                                                                      {"start", Role::kStart},
                                                                      {"end", Role::kEnd},
                                                                      {"product", Role::kProduct},
                                                                      {"note", Role::kNote},
                                                                      {"other", Role::kOther}}};

constexpr std::array<std::pair<const char*, int>, 3> kStrengths = {
    {{"strong", 3}, {"medium", 2}, {"weak", 1}}};

std::vector<std::string> Keys(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  out.reserve(texts.size());
  for (const std::string& text : texts) out.push_back(FoldKey(text));
  return out;
}

Result<ColumnRules> ReadColumnRules(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  ColumnRules out;
  DataReader root = file->root();
  DataReader roles = root.Item("roles");
  for (const auto& [name, role] : kRoleNames) {
    DataReader entry = roles.Item(name);
    for (const auto& [word, strength] : kStrengths)
      for (const std::string& key : Keys(entry.OptionalTexts(word)))
        out.phrases.push_back({key, role, strength});
  }
  for (const std::string& text : root.Texts("totals")) out.totals.push_back(MatchKey(text));
  out.remarks = Keys(root.Texts("remarks"));
  out.ditto = Keys(root.Texts("ditto"));
  out.group_words = Keys(root.Texts("group_words"));
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

}  // namespace

Result<TaskRules> ReadTaskRules(const std::filesystem::path& folder) {
  TaskRules out;
  if (Result<DeadlineRules> deadlines = ReadDeadlineRules(folder / "deadlines.json")) {
    out.deadlines = std::move(*deadlines);
  } else {
    return Fail(deadlines.error());
  }
  if (Result<OrganisationRules> organisations = ReadOrganisationRules(folder / "organisations.json")) {
    out.organisations = std::move(*organisations);
  } else {
    return Fail(organisations.error());
  }
  if (Result<ColumnRules> columns = ReadColumnRules(folder / "task_columns.json")) {
    out.columns = std::move(*columns);
  } else {
    return Fail(columns.error());
  }
  return out;
}

}  // namespace vanthu::extract
