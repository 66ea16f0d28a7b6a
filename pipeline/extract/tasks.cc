#include "pipeline/extract/tasks.h"

#include <cctype>
#include <set>
#include <string>

#include "pipeline/extract/folded.h"
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

void Number(TracedTask traced, std::vector<Task>* tasks, Notes* notes) {
  const std::size_t index = tasks->size();
  for (auto& [member, evidence] : traced.evidence)
    notes->evidence[ItemPointer("/tasks", index, member)] = evidence;
  for (Finding& finding : traced.findings) {
    finding.message = "Nhiệm vụ " + std::to_string(index + 1) + ": " + finding.message;
    notes->findings.push_back(std::move(finding));
  }
  tasks->push_back(std::move(traced.task));
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
  (void)document;
  (void)outline;
  (void)mapper;
  std::vector<Task> out;
  const std::optional<DefaultYear> year = YearOf(header);
  std::optional<TaskColumns> before;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    std::optional<TaskColumns> columns =
        UnderstandColumns(tables[i], before ? &*before : nullptr, rules.tasks);
    if (columns)
      for (TracedTask& task : TasksOfTable(tables[i], static_cast<int>(i), *columns, year, rules.tasks))
        Number(std::move(task), &out, notes);
    before = std::move(columns);
  }
  return out;
}

}  // namespace vanthu::extract
