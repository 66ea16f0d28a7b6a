#include "pipeline/report/compute.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "pipeline/base/unicode.h"
#include "pipeline/report/counts.h"
#include "pipeline/report/progress_file.h"

namespace vanthu::report {
namespace {

class ReportBuilder {
 public:
  ReportBuilder(const Period& period, const ReportData& data, const ReportRules& rules, Record record)
      : period_(period), data_(data), rules_(rules), record_(std::move(record)) {}

  Result<ComputedReport> Build(const Gathered& gathered) {
    if (data_.period && *data_.period != period_.code)
      return Fail(DataError(
          data_.file,
          {fmt::format("tệp số liệu là của kỳ {}, báo cáo là của kỳ {}", *data_.period, period_.code),
           fmt::format("the data are of the period {}, the report of {}", *data_.period, period_.code)}));
    record_.source = {};
    record_.evidence.clear();
    record_.findings.clear();
    record_.rendering.reset();
    AddPeriod();
    std::vector<std::string> own = data_.own_agencies;
    if (record_.header.issuing_agency) own.push_back(*record_.header.issuing_agency);
    const std::vector<SourceDocument> documents = Distinct(gathered.documents);
    CountDocuments(documents, period_, own, rules_, &report_);
    const Result<std::vector<FollowedTask>> tasks = FollowTasks(documents, data_.progress, period_);
    if (!tasks) return Fail(tasks.error());
    CountTasks(*tasks, period_, rules_, &report_);
    CountDigitised(gathered, period_, &report_);
    if (Status added = AddProcedures(data_, rules_, &report_); !added) return Fail(added.error());
    AddIndicators(data_, rules_, &report_);
    AddDossiers(data_, &report_);
    FillHead();
    TellWhatIsEmpty();
    record_.report = std::move(report_);
    for (const ReportFinding& finding : findings_)
      record_.findings.push_back({finding.severity, finding.code, finding.message.vi, std::nullopt});
    return ComputedReport{std::move(record_), std::move(findings_)};
  }

 private:
  void Find(Severity severity, const char* code, Message message) {
    findings_.push_back({severity, code, std::move(message)});
  }

  void AddPeriod() {
    Figures& figures = report_.figures;
    figures["period"] = period_.code;
    figures["period_name"] = period_.name;
    figures["period_start"] = period_.first;
    figures["period_end"] = period_.last;
    figures["due"] = data_.due.value_or(period_.due);
  }

  // A number is unique in its agency's year: what bears the same one is one document twice (its scan, and
  // itself). The born-digital one counts.
  std::vector<SourceDocument> Distinct(const std::vector<SourceDocument>& documents) {
    std::vector<SourceDocument> out;
    std::map<std::tuple<std::string, std::string, Date>, std::size_t> seen;
    int twice = 0;
    std::string names;
    for (const SourceDocument& document : documents) {
      if (!document.number || !document.notation || !document.date) {
        out.push_back(document);
        continue;
      }
      const auto [found, added] =
          seen.emplace(std::tuple(MatchKey(NameOf(document)), MatchKey(document.issuing_agency.value_or("")),
                                  *document.date),
                       out.size());
      if (added) {
        out.push_back(document);
        continue;
      }
      SourceDocument& kept = out[found->second];
      if (document.born_digital && !kept.born_digital) kept = document;
      constexpr int kMostNamed = 5;
      if (++twice <= kMostNamed) names += (names.empty() ? "" : ", ") + NameOf(document);
    }
    if (twice > 0)
      Find(Severity::kWarning, "report.documents.twice",
           {fmt::format(
                "{} tệp là bản khác của văn bản đã có trong kho (cùng số, ký hiệu, ngày, cơ quan), chỉ tính "
                "một lần: {}",
                twice, names),
            fmt::format(
                "{} files are another copy of a document of the store (same number, date and agency) and "
                "are not counted again: {}",
                twice, names)});
    return out;
  }

  // What the head lacks stands as the decree's own forms have it, and is told.
  void FillHead() {
    Header& header = record_.header;
    const DraftWords& draft = rules_.draft;
    std::string subject = draft.subject;
    constexpr std::string_view kPeriod = "{period}";
    if (const std::size_t at = subject.find(kPeriod); at != std::string::npos)
      subject.replace(at, kPeriod.size(), PeriodInSentence());
    if (!header.type_name) header.type_name = draft.type_name;
    if (!header.type_code) header.type_code = draft.type_code;
    if (!header.subject) header.subject = subject;
    std::vector<std::string> missing;
    const auto fill = [&](Text& value, const std::string& word, const char* name) {
      if (value) return;
      value = word;
      missing.emplace_back(name);
    };
    fill(header.issuing_agency, draft.issuing_agency, "header.issuing_agency");
    fill(header.notation, draft.notation, "header.notation");
    fill(header.place, draft.place, "header.place");
    if (record_.recipients.empty()) {
      record_.recipients = {draft.recipient};
      missing.emplace_back("recipients");
    }
    if (!record_.signer) {
      record_.signer = Signer{{draft.position}, {}, {}, draft.position, draft.name};
      missing.emplace_back("signer");
    }
    if (!missing.empty())
      Find(Severity::kError, "report.head.incomplete",
           {fmt::format("báo cáo là bản nháp, chưa có: {}; ghi trong record của --data",
                        fmt::join(missing, ", ")),
            fmt::format("the report is a draft, it lacks: {}; say them in record of --data",
                        fmt::join(missing, ", "))});
  }

  // "quý I năm 2026": the name of the rules begins a sentence.
  std::string PeriodInSentence() const {
    const std::u32string letters = ToCodePoints(period_.name);
    return ToLower(FromCodePoints(letters.substr(0, 1))) + FromCodePoints(letters.substr(1));
  }

  double Count(const char* name) const {
    const auto found = report_.figures.find(name);
    return found == report_.figures.end() ? 0 : std::get<double>(found->second);
  }

  void TellWhatIsEmpty() {
    const std::string span = fmt::format("{} - {}", ToIso(period_.first), ToIso(period_.last));
    if (Count("documents_total") == 0 && Count("tasks_total") == 0)
      Find(Severity::kWarning, "report.period.empty",
           {fmt::format("kho không có văn bản, nhiệm vụ nào trong kỳ {} ({})", period_.code, span),
            fmt::format("the store has no document and no task in the period {} ({})", period_.code, span)});
    if (const double undated = Count("documents_undated"); undated > 0)
      Find(Severity::kWarning, "report.documents.undated",
           {fmt::format("{} văn bản của kho không rõ ngày nên không tính vào kỳ nào", undated),
            fmt::format("{} documents of the store have no date and are in no period", undated)});
    if (const double unreported = Count("tasks_unreported"); unreported > 0)
      Find(Severity::kWarning, "report.tasks.unreported",
           {fmt::format("{} nhiệm vụ đến hạn trong kỳ chưa có trong báo cáo tiến độ", unreported),
            fmt::format("{} tasks due in the period are not in the progress", unreported)});
  }

  const Period& period_;
  const ReportData& data_;
  const ReportRules& rules_;
  Record record_;
  Report report_;
  std::vector<ReportFinding> findings_;
};

}  // namespace

Result<ComputedReport> ComputeReport(const Period& period, const Gathered& gathered, const ReportData& data,
                                     Record head, const ReportRules& rules) {
  return ReportBuilder(period, data, rules, std::move(head)).Build(gathered);
}

}  // namespace vanthu::report
