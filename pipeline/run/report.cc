#include "pipeline/run/report.h"

#include <utility>

#include "pipeline/archive/store.h"
#include "pipeline/base/file.h"
#include "pipeline/record/json.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostRecordBytes = 64u << 20;  // what the record's readers take
constexpr std::uint64_t kMostDataBytes = 64u << 20;    // a guess: 200,000 rows of progress

Error Named(Error error, const fs::path& path) {
  if (error.file.empty()) error.file = path.string();
  return error;
}

Result<std::vector<Task>> ReadTasks(const fs::path& folder) {
  const fs::path path = folder / "record.json";
  const Result<std::string> bytes = ReadFile(path, kMostRecordBytes);
  if (!bytes) return Fail(bytes.error());
  Result<Record> record = record::ParseJson(*bytes);
  if (!record) return Fail(Named(record.error(), path));
  return std::move(record->tasks);
}

Result<report::Gathered> Gather(const fs::path& folder) {
  const auto store = archive::OpenStore(folder, archive::Access::kRead);
  if (!store) return Fail(store.error());
  Result<std::vector<archive::StoredDocument>> documents = (*store)->Documents();
  if (!documents) return Fail(documents.error());
  Result<std::vector<Date>> days = (*store)->QuarantineDays();
  if (!days) return Fail(days.error());
  report::Gathered gathered;
  gathered.quarantine_days = std::move(*days);
  for (archive::StoredDocument& stored : *documents) {
    report::SourceDocument document;
    if (stored.has_tasks) {
      Result<std::vector<Task>> tasks = ReadTasks((*store)->FolderOf(stored.sha256));
      if (!tasks) return Fail(tasks.error());
      document.tasks = std::move(*tasks);
    }
    document.sha256 = std::move(stored.sha256);
    document.file = std::move(stored.file);
    document.type_code = std::move(stored.type_code);
    document.type_name = std::move(stored.type_name);
    document.number = std::move(stored.number);
    document.notation = std::move(stored.notation);
    document.issuing_agency = std::move(stored.issuing_agency);
    document.subject = std::move(stored.subject);
    document.date = stored.date;
    document.digitised = stored.digitised;
    document.pages = stored.pages;
    document.born_digital = stored.origin == "text" || stored.origin == "attached-record";
    document.searchable = stored.searchable;
    document.doubtful = stored.doubtful > 0;
    gathered.documents.push_back(std::move(document));
  }
  return gathered;
}

Result<report::ReportData> ReadData(const std::vector<fs::path>& files, const report::ReportRules& rules) {
  report::ReportData data;
  for (const fs::path& path : files) {
    const Result<std::string> bytes = ReadFile(path, kMostDataBytes);
    if (!bytes) return Fail(bytes.error());
    if (const Status parsed = report::ParseReportData(*bytes, path.string(), rules, &data); !parsed)
      return Fail(parsed.error());
  }
  return data;
}

// The report's own head, as the data file says it.
Result<Record> HeadOf(const report::ReportData& data) {
  Result<Record> head = data.record_json.empty() ? Record() : record::ParseJson(data.record_json);
  if (!head) {
    Error error = Named(head.error(), data.file);
    error.code = ErrorCode::kNotAccepted;
    return Fail(std::move(error));
  }
  head->unexamined = {"signatures"};  // the report is made here: the rest that was not said is not there
  return head;
}

}  // namespace

Result<report::ComputedReport> MakeReport(const ReportRequest& request) {
  const Result<report::ReportRules> rules = report::ReadReportRules(DataFolder() / "report");
  if (!rules) return Fail(rules.error());
  const Result<report::Period> period = report::ParsePeriod(request.period, rules->periods);
  if (!period) return Fail(period.error());
  const Result<report::ReportData> data = ReadData(request.data, *rules);
  if (!data) return Fail(data.error());
  Result<Record> head = HeadOf(*data);
  if (!head) return Fail(head.error());
  const Result<report::Gathered> gathered = Gather(request.store);
  if (!gathered) return Fail(gathered.error());
  return report::ComputeReport(*period, *gathered, *data, std::move(*head), *rules);
}

}  // namespace vanthu::run
