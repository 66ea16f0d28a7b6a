#include "pipeline/report/task_status.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "pipeline/base/unicode.h"
#include "pipeline/report/progress_file.h"
#include "pipeline/report/recurrence.h"

namespace vanthu::report {
namespace {

// "025/KH-UBND" and "25 / KH-UBND" name the same document.
std::string DocumentKey(const std::string& name) {
  std::string key = MatchKey(name);
  std::erase(key, ' ');
  while (key.size() > 1 && key[0] == '0' && key[1] >= '0' && key[1] <= '9') key.erase(0, 1);
  return key;
}

std::string LabelKey(const std::string& label) {
  std::string key = MatchKey(label);
  while (key.ends_with('.') || key.ends_with(')')) key.pop_back();
  return key;
}

// Documents by every name that a progress file may give them.
using DocumentIndex = std::multimap<std::string, const SourceDocument*>;

DocumentIndex IndexOf(const std::vector<SourceDocument>& documents) {
  DocumentIndex index;
  for (const SourceDocument& document : documents) {
    const std::set<std::string> keys = {DocumentKey(NameOf(document)), DocumentKey(document.file),
                                        DocumentKey(document.sha256)};
    for (const std::string& key : keys) index.emplace(key, &document);
  }
  return index;
}

bool Fits(const ProgressEntry& entry, const Task& task) {
  if (entry.table && (!task.table || *task.table + 1 != *entry.table)) return false;
  if (entry.row && (!task.row || *task.row + 1 != *entry.row)) return false;
  if (entry.ordinal && (!task.ordinal || LabelKey(*task.ordinal) != LabelKey(*entry.ordinal))) return false;
  if (entry.group) {
    const std::string key = MatchKey(*entry.group);
    if (std::ranges::none_of(task.group, [&](const std::string& g) { return MatchKey(g).starts_with(key); }))
      return false;
  }
  return !entry.content || MatchKey(task.content).starts_with(MatchKey(*entry.content));
}

std::string Shown(const Task& task) {
  constexpr std::size_t kLetters = 60;
  const std::u32string letters = ToCodePoints(CollapseSpace(task.content));
  std::string out = FromCodePoints(std::u32string_view(letters).substr(0, kLetters));
  if (letters.size() > kLetters) out += "…";
  return task.ordinal ? *task.ordinal + " " + out : out;
}

using Entries = std::map<const Task*, const ProgressEntry*>;

// The one task that the entry is of.
Result<const Task*> TaskOf(const ProgressEntry& entry, const DocumentIndex& documents) {
  const auto refuse = [&](const std::string& vi, const std::string& en) {
    return Fail(DataError(
        entry.file, {fmt::format("{}: {}", entry.where.vi, vi), fmt::format("{}: {}", entry.where.en, en)}));
  };
  std::vector<const Task*> tasks;
  bool known = false;
  const auto [first, last] = documents.equal_range(DocumentKey(entry.document));
  for (auto named = first; named != last; ++named) {
    const SourceDocument& document = *named->second;
    if (entry.date && entry.date != document.date) continue;
    known = true;
    for (const Task& task : document.tasks)
      if (Fits(entry, task)) tasks.push_back(&task);
  }
  if (!known)
    return refuse(fmt::format("kho không có văn bản «{}»", entry.document),
                  fmt::format("the store has no document \"{}\"", entry.document));
  if (tasks.empty())
    return refuse(fmt::format("văn bản «{}» không có nhiệm vụ như vậy", entry.document),
                  fmt::format("the document \"{}\" has no such task", entry.document));
  if (tasks.size() > 1)
    return refuse(
        fmt::format("{} nhiệm vụ của «{}» như vậy («{}», «{}»…); ghi thêm group, content, table hoặc row",
                    tasks.size(), entry.document, Shown(*tasks[0]), Shown(*tasks[1])),
        fmt::format("{} tasks of \"{}\" are so (\"{}\", \"{}\"…); add group, content, table or row",
                    tasks.size(), entry.document, Shown(*tasks[0]), Shown(*tasks[1])));
  return tasks.front();
}

Result<Entries> MatchEntries(const std::vector<ProgressEntry>& progress,
                             const std::vector<SourceDocument>& documents) {
  Entries entries;
  const DocumentIndex index = IndexOf(documents);
  for (const ProgressEntry& entry : progress) {
    const Result<const Task*> task = TaskOf(entry, index);
    if (!task) return Fail(task.error());
    const auto [earlier, added] = entries.emplace(*task, &entry);
    if (!added)
      return Fail(
          DataError(entry.file, {fmt::format("{}: nhiệm vụ «{}» đã có ở {}", entry.where.vi, Shown(**task),
                                             earlier->second->where.vi),
                                 fmt::format("{}: the task \"{}\" is there already, at {}", entry.where.en,
                                             Shown(**task), earlier->second->where.en)}));
  }
  return entries;
}

}  // namespace

std::string NameOf(const SourceDocument& document) {
  if (document.number && document.notation) return *document.number + "/" + *document.notation;
  if (document.notation) return *document.notation;
  return document.file;
}

const char* Name(TaskStatus status) {
  switch (status) {
    case TaskStatus::kOnTime:
      return "on_time";
    case TaskStatus::kLate:
      return "late";
    case TaskStatus::kInProgress:
      return "in_progress";
    case TaskStatus::kOverdue:
      return "overdue";
    case TaskStatus::kUnreported:
      break;
  }
  return "unreported";
}

std::optional<TaskStatus> StatusOf(const std::optional<Date>& due, const ProgressEntry* entry,
                                   const Period& period) {
  const bool due_now = due && period.Holds(*due);
  if (entry == nullptr) return due_now ? std::optional(TaskStatus::kUnreported) : std::nullopt;
  if (entry->done_on && *entry->done_on <= period.last) {
    if (*entry->done_on < period.first && !due_now) return std::nullopt;  // an earlier report had it
    return !due || *entry->done_on <= *due ? TaskStatus::kOnTime : TaskStatus::kLate;
  }
  if (due && *due < period.last) return TaskStatus::kOverdue;
  // With a deadline to come it is in this report where work on it has begun.
  const bool begun = entry->progress == Progress::kInProgress;
  return due_now || begun ? std::optional(TaskStatus::kInProgress) : std::nullopt;
}

Result<std::vector<FollowedTask>> FollowTasks(const std::vector<SourceDocument>& documents,
                                              const std::vector<ProgressEntry>& progress,
                                              const Period& period) {
  const Result<Entries> entries = MatchEntries(progress, documents);
  if (!entries) return Fail(entries.error());
  std::vector<FollowedTask> followed;
  for (const SourceDocument& document : documents) {
    const std::optional<int> plan_year = PlanYear(document.subject, document.date);
    for (const Task& task : document.tasks) {
      const auto found = entries->find(&task);
      const ProgressEntry* entry = found == entries->end() ? nullptr : found->second;
      const std::optional<Date> due = DueDay(task, period, plan_year);
      const bool recurs = task.deadline && task.deadline->kind == DeadlineKind::kPeriodic;
      if (recurs && entry != nullptr && entry->done_on && *entry->done_on < period.first) {
        // What was done then was an earlier turn; of this one nothing is said.
        entry = nullptr;
      }
      if (const std::optional<TaskStatus> status = StatusOf(due, entry, period))
        followed.push_back({&document, &task, entry, due, *status});
    }
  }
  return followed;
}

}  // namespace vanthu::report
