#include "pipeline/report/counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "pipeline/base/unicode.h"
#include "pipeline/report/figures.h"
#include "pipeline/report/progress_file.h"

namespace vanthu::report {
namespace {

void Set(Figures& figures, const std::string& name, std::int64_t count) {
  figures[name] = static_cast<double>(count);
}

void SetShare(Figures& figures, const std::string& name, std::int64_t part, std::int64_t whole) {
  if (const std::optional<double> share = Share(part, whole)) figures[name] = *share;
}

void SetText(Figures& figures, const char* name, const Text& text) {
  if (text && !text->empty()) figures[name] = *text;
}

enum class Direction { kReceived, kIssued, kUnknown };

struct TypeCount {
  std::string name, code;
  std::int64_t total = 0, received = 0, issued = 0;
};

constexpr TaskStatus kStatuses[] = {TaskStatus::kOnTime, TaskStatus::kLate, TaskStatus::kInProgress,
                                    TaskStatus::kOverdue, TaskStatus::kUnreported};

// Rows in the order in which their names first occur.
class ProgressTable {
 public:
  void Add(const std::string& name, TaskStatus status) {
    const auto [found, added] = places_.emplace(MatchKey(name), rows_.size());
    if (added) rows_.push_back({name, {}});
    ++rows_[found->second].counts[status];
  }

  std::vector<Figures> Rows() {
    std::vector<Figures> out;
    for (Row& row : rows_) {
      Figures figures{{"name", row.name}};
      std::int64_t total = 0;
      for (const TaskStatus status : kStatuses) {
        Set(figures, Name(status), row.counts[status]);
        total += row.counts[status];
      }
      Set(figures, "total", total);
      SetShare(figures, "done_share", row.counts[TaskStatus::kOnTime] + row.counts[TaskStatus::kLate], total);
      out.push_back(std::move(figures));
    }
    return out;
  }

 private:
  struct Row {
    std::string name;
    std::map<TaskStatus, std::int64_t> counts;
  };
  std::vector<Row> rows_;
  std::map<std::string, std::size_t> places_;
};

std::string Joined(const std::vector<std::string>& texts) {
  return fmt::format("{}", fmt::join(texts, "; "));
}

Figures TaskRow(const FollowedTask& followed, const ReportRules& rules) {
  const Task& task = *followed.task;
  Figures row{{"document", NameOf(*followed.document)},
              {"content", task.content},
              {"status", std::string(Name(followed.status))},
              {"status_name", rules.progress.status_names.at(Name(followed.status))}};
  SetText(row, "group", Joined(task.group));
  SetText(row, "ordinal", task.ordinal);
  SetText(row, "lead", Joined(task.lead));
  if (task.deadline) SetText(row, "deadline", task.deadline->text);
  if (followed.due) row["due"] = *followed.due;
  if (followed.entry != nullptr) {
    SetText(row, "result", followed.entry->result);
    const bool done = followed.status == TaskStatus::kOnTime || followed.status == TaskStatus::kLate;
    if (done && followed.entry->done_on) row["done_on"] = *followed.entry->done_on;
  }
  return row;
}

struct Digitised {
  std::int64_t documents = 0, pages = 0, searchable = 0, doubtful = 0;

  void Add(const SourceDocument& document) {
    ++documents;
    pages += document.pages;
    searchable += document.searchable ? 1 : 0;
    doubtful += document.doubtful ? 1 : 0;
  }
  void Put(const std::string& prefix, std::int64_t quarantined, Figures& figures) const {
    Set(figures, prefix + "_documents", documents);
    Set(figures, prefix + "_pages", pages);
    Set(figures, prefix + "_searchable", searchable);
    Set(figures, prefix + "_doubtful", doubtful);
    Set(figures, prefix + "_quarantined", quarantined);
    SetShare(figures, prefix + "_searchable_share", searchable, documents);
    SetShare(figures, prefix + "_doubtful_share", doubtful, documents);
  }
};

// The first identity that the row breaks.
Status CheckRow(const ProcedureRow& row, const std::string& name, const ProcedureRules& rules,
                const std::string& file) {
  for (const Identity& identity : rules.identities) {
    std::int64_t parts = 0;
    for (const std::string& part : identity.parts) parts += row.figures.at(part);
    const std::int64_t total = row.figures.at(identity.total);
    if (parts == total) continue;
    return Fail(
        DataError(file, {fmt::format("hàng «{}»: {} không đúng: {} = {}, {} = {}", name, identity.written,
                                     identity.total, total, fmt::join(identity.parts, " + "), parts),
                         fmt::format("row \"{}\": {} does not hold: {} = {}, {} = {}", name, identity.written,
                                     identity.total, total, fmt::join(identity.parts, " + "), parts)}));
  }
  return {};
}

Status CheckTotal(const ProcedureRow& said, const ProcedureRow& total, const ProcedureRules& rules,
                  const std::string& file) {
  for (const std::string& column : rules.columns) {
    const std::int64_t sum = total.figures.at(column), stated = said.figures.at(column);
    if (sum == stated) continue;
    return Fail(DataError(
        file, {fmt::format("hàng tổng cộng: {} = {}, cộng các lĩnh vực được {}", column, stated, sum),
               fmt::format("total row: {} = {}, the fields add up to {}", column, stated, sum)}));
  }
  return {};
}

}  // namespace

void CountDocuments(const std::vector<SourceDocument>& documents, const Period& period,
                    const std::vector<std::string>& own_agencies, const ReportRules& rules, Report* report) {
  std::vector<std::string> own;
  own.reserve(own_agencies.size());
  for (const std::string& agency : own_agencies) own.push_back(MatchKey(agency));
  const auto direction_of = [&](const SourceDocument& document) {
    if (!document.issuing_agency) return Direction::kUnknown;
    return std::ranges::find(own, MatchKey(*document.issuing_agency)) == own.end() ? Direction::kReceived
                                                                                   : Direction::kIssued;
  };
  std::int64_t total = 0, undated = 0;
  std::map<Direction, std::int64_t> directions;
  std::map<std::string, TypeCount> types;
  for (const SourceDocument& document : documents) {
    if (!document.date) ++undated;
    if (!document.date || !period.Holds(*document.date)) continue;
    ++total;
    const Direction direction = direction_of(document);
    ++directions[direction];
    const std::string name = document.type_name.value_or(document.type_code.value_or(rules.no_type));
    TypeCount& type = types[MatchKey(name)];
    if (type.total == 0) type = {name, document.type_code.value_or(""), 0, 0, 0};
    ++type.total;
    type.received += direction == Direction::kReceived ? 1 : 0;
    type.issued += direction == Direction::kIssued ? 1 : 0;
  }
  Figures& figures = report->figures;
  Set(figures, "documents_total", total);
  Set(figures, "documents_undated", undated);
  if (!own.empty()) {
    Set(figures, "documents_received", directions[Direction::kReceived]);
    Set(figures, "documents_issued", directions[Direction::kIssued]);
    Set(figures, "documents_no_agency", directions[Direction::kUnknown]);
  }
  std::vector<Figures>& rows = report->lists["documents_by_type"];
  for (const auto& [key, type] : types) {
    Figures row{{"name", type.name}};
    SetText(row, "type_code", type.code);
    Set(row, "total", type.total);
    if (!own.empty()) {
      Set(row, "received", type.received);
      Set(row, "issued", type.issued);
    }
    rows.push_back(std::move(row));
  }
}

void CountTasks(const std::vector<FollowedTask>& tasks, const Period& period, const ReportRules& rules,
                Report* report) {
  std::map<TaskStatus, std::int64_t> counts;
  std::int64_t due = 0, carried_over = 0;
  ProgressTable by_document, by_group, by_lead;
  std::vector<Figures>& rows = report->lists["tasks"];
  for (const FollowedTask& followed : tasks) {
    const Task& task = *followed.task;
    ++counts[followed.status];
    due += followed.due && period.Holds(*followed.due) ? 1 : 0;
    carried_over += followed.due && *followed.due < period.first ? 1 : 0;
    by_document.Add(NameOf(*followed.document), followed.status);
    by_group.Add(task.group.empty() ? rules.no_group : task.group.front(), followed.status);
    for (const std::string& lead : task.lead) by_lead.Add(lead, followed.status);
    if (task.lead.empty()) by_lead.Add(rules.no_lead, followed.status);
    rows.push_back(TaskRow(followed, rules));
  }
  Figures& figures = report->figures;
  const std::int64_t done = counts[TaskStatus::kOnTime] + counts[TaskStatus::kLate];
  const auto total = static_cast<std::int64_t>(tasks.size());
  Set(figures, "tasks_total", total);
  Set(figures, "tasks_due", due);
  Set(figures, "tasks_carried_over", carried_over);
  Set(figures, "tasks_done", done);
  for (const TaskStatus status : kStatuses)
    Set(figures, fmt::format("tasks_{}", Name(status)), counts[status]);
  SetShare(figures, "tasks_done_share", done, total);
  SetShare(figures, "tasks_on_time_share", counts[TaskStatus::kOnTime], done);
  report->lists["tasks_by_document"] = by_document.Rows();
  report->lists["tasks_by_group"] = by_group.Rows();
  report->lists["tasks_by_lead"] = by_lead.Rows();
}

void CountDigitised(const Gathered& gathered, const Period& period, Report* report) {
  Digitised now, all;
  for (const SourceDocument& document : gathered.documents) {
    all.Add(document);
    if (document.digitised && period.Holds(*document.digitised)) now.Add(document);
  }
  const auto quarantined =
      std::ranges::count_if(gathered.quarantine_days, [&](const Date& day) { return period.Holds(day); });
  now.Put("digitised", quarantined, report->figures);
  all.Put("store", static_cast<std::int64_t>(gathered.quarantine_days.size()), report->figures);
}

Status AddProcedures(const ReportData& data, const ReportRules& rules, Report* report) {
  if (!data.procedures) return {};
  ProcedureRow total;
  for (const std::string& column : rules.procedures.columns) total.figures[column] = 0;
  std::vector<Figures>& rows = report->lists["procedures"];
  for (const ProcedureRow& row : *data.procedures) {
    if (Status checked = CheckRow(row, row.name, rules.procedures, data.file); !checked) return checked;
    Figures figures{{"name", row.name}};
    for (const auto& [column, count] : row.figures) {
      Set(figures, column, count);
      total.figures[column] += count;
    }
    rows.push_back(std::move(figures));
  }
  if (data.procedures_total)
    if (Status checked = CheckTotal(*data.procedures_total, total, rules.procedures, data.file); !checked)
      return checked;
  for (const auto& [column, count] : total.figures) Set(report->figures, "procedures_" + column, count);
  const auto& sum = total.figures;
  SetShare(report->figures, "procedures_online_share", sum.at("online"), sum.at("online") + sum.at("direct"));
  SetShare(report->figures, "procedures_on_time_share", sum.at("early") + sum.at("on_time"),
           sum.at("settled"));
  return {};
}

void AddIndicators(const ReportData& data, const ReportRules& rules, Report* report) {
  if (data.indicators.empty()) return;
  std::int64_t score = 0;
  double most = 0;
  bool all = true;
  std::vector<Figures>& rows = report->lists["indicators"];
  for (const IndicatorRule& rule : rules.indicators) {
    Figures row{{"name", rule.name}, {"most", rule.most}};
    most += rule.most;
    const auto found = data.indicators.find(rule.id);
    all = all && found != data.indicators.end();
    if (found != data.indicators.end()) {
      row["score"] = FromHundredths(found->second);
      score += found->second;
    }
    rows.push_back(std::move(row));
  }
  report->figures["indicators_most"] = most;
  if (all) report->figures["indicators_score"] = FromHundredths(score);
}

void AddDossiers(const ReportData& data, Report* report) {
  for (const auto& [name, count] : data.dossiers) Set(report->figures, "dossiers_" + name, count);
  for (const std::string kind : {"papers", "results"}) {
    const auto done = data.dossiers.find(kind + "_digitised"),
               not_done = data.dossiers.find(kind + "_not_digitised");
    if (done != data.dossiers.end() && not_done != data.dossiers.end())
      SetShare(report->figures, "dossiers_" + kind + "_share", done->second, done->second + not_done->second);
  }
}

}  // namespace vanthu::report
