#include "pipeline/extract/task_rules.h"

#include <algorithm>
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
  for (const std::string& text : root.Texts("marks")) out.marks.push_back(MatchKey(text));
  out.remarks = Keys(root.Texts("remarks"));
  out.ditto = Keys(root.Texts("ditto"));
  out.group_words = Keys(root.Texts("group_words"));
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

template <typename T, typename Length>
void LongestFirst(std::vector<T>* all, Length length) {
  std::stable_sort(all->begin(), all->end(), [&](const T& a, const T& b) { return length(a) > length(b); });
}

Result<ProseRules> ReadProseRules(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  ProseRules out;
  DataReader root = file->root();
  DataReader labels = root.Item("labels");
  for (const auto& [name, role] :
       {std::pair{"lead", Role::kLead}, std::pair{"coordinate", Role::kCoordinate},
        std::pair{"deadline", Role::kDeadline}, std::pair{"product", Role::kProduct},
        std::pair{"note", Role::kNote}, std::pair{"other", Role::kOther}})
    for (const std::string& key : Keys(labels.Texts(name))) out.labels.push_back({key, role, 3});
  LongestFirst(&out.labels, [](const RolePhrase& phrase) { return phrase.key.size(); });
  const auto words = [&](const char* name) {
    std::vector<std::string> keys = Keys(root.Texts(name));
    LongestFirst(&keys, [](const std::string& key) { return key.size(); });
    return keys;
  };
  out.giving = words("giving");
  out.chairs = words("chairs");
  out.with = words("with");
  out.verbs = words("verbs");
  out.by = words("by");
  out.in_names = words("in_names");
  out.types_without_tasks = root.Texts("types_without_tasks");
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
  if (Result<ProseRules> prose = ReadProseRules(folder / "task_labels.json")) {
    out.prose = std::move(*prose);
  } else {
    return Fail(prose.error());
  }
  if (Result<TargetRules> targets = ReadTargetRules(folder / "targets.json")) {
    out.targets = std::move(*targets);
  } else {
    return Fail(targets.error());
  }
  return out;
}

}  // namespace vanthu::extract
