// The figures of a periodic report (báo cáo định kỳ): what was computed for a period, by name.
//
// A figure that is absent could not be told: a share of nothing, a count that no source gives. The names are
// one list for the written record, the forms and who computes: kReportFigures and kReportLists. Counts are
// whole; shares are per cent, rounded to two decimals from whole numbers.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "pipeline/base/date.h"

namespace vanthu {

enum class FigureKind { kNumber, kText, kDate };

struct FigureName {
  std::string_view name;
  FigureKind kind = FigureKind::kNumber;
};

using Figure = std::variant<double, std::string, Date>;
using Figures = std::map<std::string, Figure, std::less<>>;

struct Report {
  Figures figures;
  std::map<std::string, std::vector<Figures>, std::less<>> lists;  // rows, in order
};

inline constexpr FigureName kReportFigures[] = {
    {"period", FigureKind::kText},       // "2026-Q1"
    {"period_name", FigureKind::kText},  // "Quý I năm 2026"
    {"period_start", FigureKind::kDate},
    {"period_end", FigureKind::kDate},
    {"due", FigureKind::kDate},  // when the report is due
    // Documents by their date. total = received + issued + no_agency, where the agency that reports is known.
    {"documents_total"},
    {"documents_received"},
    {"documents_issued"},
    {"documents_no_agency"},  // neither received nor issued: who issued them could not be told
    {"documents_undated"},    // of the store: in no period
    // Tasks. total = on_time + late + in_progress + overdue + unreported; done = on_time + late.
    {"tasks_total"},
    {"tasks_due"},           // with a deadline in the period
    {"tasks_carried_over"},  // with one before it, not done when it began
    {"tasks_done"},
    {"tasks_on_time"},
    {"tasks_late"},
    {"tasks_in_progress"},
    {"tasks_overdue"},
    {"tasks_unreported"},  // the progress says nothing of them
    {"tasks_done_share"},
    {"tasks_on_time_share"},  // of those done
    // Documents that were digitised in the period, and all of the store.
    {"digitised_documents"},
    {"digitised_pages"},
    {"digitised_searchable"},
    {"digitised_searchable_share"},
    {"digitised_doubtful"},
    {"digitised_doubtful_share"},
    {"digitised_quarantined"},
    {"store_documents"},
    {"store_pages"},
    {"store_searchable"},
    {"store_searchable_share"},
    {"store_doubtful"},
    {"store_doubtful_share"},
    {"store_quarantined"},
    // Form II.06a/VPCP/KSTT: columns 3 to 13, of all fields.
    {"procedures_received"},
    {"procedures_online"},
    {"procedures_direct"},
    {"procedures_carried_over"},
    {"procedures_settled"},
    {"procedures_early"},
    {"procedures_on_time"},
    {"procedures_overdue"},
    {"procedures_in_progress"},
    {"procedures_in_time"},
    {"procedures_late"},
    {"procedures_online_share"},   // of online + direct
    {"procedures_on_time_share"},  // early and on time, of those settled
    // Dossiers digitised (QĐ 766/QĐ-TTg).
    {"dossiers_received"},
    {"dossiers_papers_digitised"},
    {"dossiers_papers_not_digitised"},
    {"dossiers_papers_share"},
    {"dossiers_reused"},
    {"dossiers_results_digitised"},
    {"dossiers_results_not_digitised"},
    {"dossiers_results_share"},
    // The six groups of indicators of QĐ 766/QĐ-TTg.
    {"indicators_most"},
    {"indicators_score"},
};

inline constexpr FigureName kTypeColumns[] = {
    {"name", FigureKind::kText}, {"type_code", FigureKind::kText}, {"total"}, {"received"}, {"issued"}};
inline constexpr FigureName kTaskColumns[] = {
    {"document", FigureKind::kText}, {"group", FigureKind::kText},  {"ordinal", FigureKind::kText},
    {"content", FigureKind::kText},  {"lead", FigureKind::kText},   {"deadline", FigureKind::kText},
    {"due", FigureKind::kDate},      {"status", FigureKind::kText}, {"status_name", FigureKind::kText},
    {"done_on", FigureKind::kDate},  {"result", FigureKind::kText}};
inline constexpr FigureName kProgressColumns[] = {{"name", FigureKind::kText},
                                                  {"total"},
                                                  {"on_time"},
                                                  {"late"},
                                                  {"in_progress"},
                                                  {"overdue"},
                                                  {"unreported"},
                                                  {"done_share"}};
inline constexpr FigureName kProcedureColumns[] = {{"name", FigureKind::kText},
                                                   {"received"},
                                                   {"online"},
                                                   {"direct"},
                                                   {"carried_over"},
                                                   {"settled"},
                                                   {"early"},
                                                   {"on_time"},
                                                   {"overdue"},
                                                   {"in_progress"},
                                                   {"in_time"},
                                                   {"late"}};
inline constexpr FigureName kIndicatorColumns[] = {{"name", FigureKind::kText}, {"most"}, {"score"}};

struct ReportList {
  std::string_view name;
  std::span<const FigureName> columns;
};

inline constexpr ReportList kReportLists[] = {
    {"documents_by_type", kTypeColumns},     {"tasks", kTaskColumns},
    {"tasks_by_document", kProgressColumns}, {"tasks_by_group", kProgressColumns},
    {"tasks_by_lead", kProgressColumns},     {"procedures", kProcedureColumns},
    {"indicators", kIndicatorColumns},
};

}  // namespace vanthu
