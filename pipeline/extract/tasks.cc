#include "pipeline/extract/tasks.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string>
#include <utility>

#include "pipeline/extract/folded.h"
#include "pipeline/extract/row_label.h"
#include "pipeline/extract/task_prose.h"
#include "pipeline/extract/task_table.h"

namespace vanthu::extract {
namespace {

// Guesses of how often a deadline without a year is of that year.
constexpr double kSubjectAndDate = 0.95;
constexpr double kSubjectOnly = 0.92;
constexpr double kDateOnly = 0.85;

// Years after "năm" in a subject: "năm 2024", "năm 2024 - 2025".
std::set<int> YearsIn(const std::string& subject) {
  std::set<int> out;
  const std::string key = FoldKey(subject);
  for (std::size_t at = key.find("nam "); at != std::string::npos; at = key.find("nam ", at + 1)) {
    if (at > 0 && std::isalnum(static_cast<unsigned char>(key[at - 1])) != 0) continue;
    for (std::size_t i = at + 4; i + 4 <= key.size();) {
      const std::string digits = key.substr(i, 4);
      if (digits.find_first_not_of("0123456789") != std::string::npos) break;
      const int year = std::stoi(digits);
      if (year >= 1945 && year <= 2150) out.insert(year);
      i += 4;
      while (i < key.size() && (key[i] == ' ' || key[i] == '-' || key[i] == ',')) ++i;
    }
  }
  return out;
}

// What a person should look at, in words: "thời hạn, chủ trì".
std::string DoubtfulMembers(const TracedTask& traced) {
  constexpr std::array<std::pair<const char*, const char*>, 10> kNames = {{{"ordinal", "số thứ tự"},
                                                                           {"group", "nhóm"},
                                                                           {"goal", "mục tiêu"},
                                                                           {"mission", "nhiệm vụ"},
                                                                           {"content", "nội dung"},
                                                                           {"lead", "chủ trì"},
                                                                           {"coordinate", "phối hợp"},
                                                                           {"deadline", "thời hạn"},
                                                                           {"product", "sản phẩm"},
                                                                           {"note", "ghi chú"}}};
  std::string out;
  for (const auto& [member, name] : kNames) {
    const auto found = traced.evidence.find(member);
    if (found == traced.evidence.end() || found->second.confidence >= kDoubtful) continue;
    out += (out.empty() ? "" : ", ") + std::string(name);
  }
  return out;
}

void Number(TracedTask traced, std::vector<Task>* tasks, Notes* notes) {
  const std::size_t index = tasks->size();
  for (auto& [member, evidence] : traced.evidence)
    notes->evidence[ItemPointer("/tasks", index, member)] = evidence;
  if (std::string doubtful = DoubtfulMembers(traced); !doubtful.empty())
    traced.findings.push_back(
        {Severity::kInfo, "task.doubtful", "cần xem lại " + doubtful, traced.task.page});
  for (Finding& finding : traced.findings) {
    finding.message = "Nhiệm vụ " + std::to_string(index + 1) + ": " + finding.message;
    notes->findings.push_back(std::move(finding));
  }
  tasks->push_back(std::move(traced.task));
}

// A report or an invitation tells of what was done or when to come.
bool MayGiveTasksInSentences(const Header& header, const ProseRules& rules) {
  return !header.type_code || std::find(rules.types_without_tasks.begin(), rules.types_without_tasks.end(),
                                        *header.type_code) == rules.types_without_tasks.end();
}

// The tables' captions. A numbered line right above a table is one, too, where the document's other tables
// have captions numbered in the same way.
std::vector<std::string> Captions(const DocumentLayout& document, const std::vector<Table>& tables) {
  constexpr std::size_t kLongest = 400;  // bytes; what is longer is a paragraph of the text
  std::vector<std::string> out;
  std::set<int> levels;
  for (const Table& table : tables) {
    out.push_back(table.caption);
    if (const std::string label = LabelIn(table.caption); !label.empty()) levels.insert(LevelOf(label));
  }
  for (std::size_t i = 1; i < document.flow.size(); ++i) {
    const std::optional<int>& table = document.flow[i].table;
    const std::optional<Paragraph>& above = document.flow[i - 1].paragraph;
    if (!table || *table < 0 || static_cast<std::size_t>(*table) >= out.size() || !above) continue;
    std::string& caption = out[static_cast<std::size_t>(*table)];
    if (!caption.empty() || above->text.size() > kLongest) continue;
    const std::string label = LabelIn(above->text);
    if (!label.empty() && levels.count(LevelOf(label)) > 0) caption = above->text;
  }
  return out;
}

std::vector<Task> InReadingOrder(const DocumentLayout& document,
                                 std::vector<std::vector<TracedTask>> by_table, std::vector<ProseTask> prose,
                                 Notes* notes) {
  std::vector<Task> out;
  std::size_t next = 0;
  const auto take_table = [&](std::size_t table) {
    for (TracedTask& task : by_table[table]) Number(std::move(task), &out, notes);
    by_table[table].clear();
  };
  for (std::size_t i = 0; i < document.flow.size(); ++i) {
    while (next < prose.size() && prose[next].flow_index <= i)
      Number(std::move(prose[next++].traced), &out, notes);
    const std::optional<int>& table = document.flow[i].table;
    if (table && *table >= 0 && static_cast<std::size_t>(*table) < by_table.size())
      take_table(static_cast<std::size_t>(*table));
  }
  while (next < prose.size()) Number(std::move(prose[next++].traced), &out, notes);
  for (std::size_t table = 0; table < by_table.size(); ++table) take_table(table);
  return out;
}

}  // namespace

std::optional<DefaultYear> YearOf(const Header& header) {
  const std::set<int> years = header.subject ? YearsIn(*header.subject) : std::set<int>{};
  std::optional<Date> date = header.date;
  if (!date && header.issued_with) date = header.issued_with->date;
  if (years.size() > 1) return std::nullopt;
  if (years.size() == 1) {
    const int year = *years.begin();
    const bool same = date && static_cast<int>(date->year()) == year;
    return DefaultYear{year, same ? kSubjectAndDate : kSubjectOnly};
  }
  if (date) return DefaultYear{static_cast<int>(date->year()), kDateOnly};
  return std::nullopt;
}

std::vector<Task> FindTasks(const DocumentLayout& document, const std::vector<Table>& tables,
                            const Outline& outline, const Header& header, const Rules& rules,
                            const Mapper& mapper, Notes* notes) {
  (void)outline;
  const std::optional<DefaultYear> year = YearOf(header);
  std::vector<std::vector<TracedTask>> by_table(tables.size());
  const std::vector<std::string> captions = Captions(document, tables);
  std::optional<TaskColumns> before;
  bool any = false;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    std::optional<TaskColumns> columns =
        UnderstandColumns(tables[i], before ? &*before : nullptr, rules.tasks);
    if (columns)
      by_table[i] = TasksOfTable(tables[i], static_cast<int>(i), *columns, captions[i], year, rules.tasks);
    any = any || !by_table[i].empty();
    before = std::move(columns);
  }
  std::vector<ProseTask> prose = LabelledTasks(document, year, rules.tasks, mapper);
  if (!any && prose.empty() && MayGiveTasksInSentences(header, rules.tasks.prose))
    prose = SentenceTasks(document, year, rules.tasks, mapper);
  return InReadingOrder(document, std::move(by_table), std::move(prose), notes);
}

}  // namespace vanthu::extract
