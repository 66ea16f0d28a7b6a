#include "pipeline/archive/listing.h"

#include <utility>

namespace vanthu::archive {
namespace {

vanthu::Text Filled(std::string text) {
  return text.empty() ? vanthu::Text() : vanthu::Text(std::move(text));
}

// Of "2026-03-14T08:15:00+07:00": the store writes Vietnam's time.
std::optional<Date> DayOf(const std::string& time) {
  return ParseIsoDate(std::string_view(time).substr(0, 10));
}

}  // namespace

Result<std::vector<StoredDocument>> ListDocuments(Database& database) {
  Result<Query> rows = database.Prepare(
      "SELECT sha256, file, origin, type_code, type_name, number, notation, issuing_agency, subject, date, "
      "committed_at, pages, "
      "(SELECT count(*) FROM review r WHERE r.document_id = d.id AND r.closed_at IS NULL AND r.code = "
      "'doubtful'), "
      "EXISTS (SELECT 1 FROM texts t WHERE t.rowid = d.id AND t.body <> ''), "
      "EXISTS (SELECT 1 FROM fields f WHERE f.document_id = d.id AND f.pointer > '/tasks/' AND f.pointer < "
      "'/tasks0') "
      "FROM documents d ORDER BY date, number_key, sha256");
  if (!rows) return Fail(rows.error());
  std::vector<StoredDocument> documents;
  for (Result<bool> row = rows->Step();; row = rows->Step()) {
    if (!row) return Fail(row.error());
    if (!*row) return documents;
    StoredDocument document;
    document.sha256 = rows->Text(0);
    document.file = rows->Text(1);
    document.origin = rows->Text(2);
    document.type_code = Filled(rows->Text(3));
    document.type_name = Filled(rows->Text(4));
    document.number = Filled(rows->Text(5));
    document.notation = Filled(rows->Text(6));
    document.issuing_agency = Filled(rows->Text(7));
    document.subject = Filled(rows->Text(8));
    document.date = ParseIsoDate(rows->Text(9));
    document.digitised = DayOf(rows->Text(10));
    document.pages = static_cast<int>(rows->Integer(11));
    document.doubtful = rows->Integer(12);
    document.searchable = rows->Integer(13) != 0;
    document.has_tasks = rows->Integer(14) != 0;
    documents.push_back(std::move(document));
  }
}

Result<std::vector<Date>> ListQuarantineDays(Database& database) {
  Result<Query> rows = database.Prepare("SELECT at FROM quarantine ORDER BY at");
  if (!rows) return Fail(rows.error());
  std::vector<Date> days;
  for (Result<bool> row = rows->Step();; row = rows->Step()) {
    if (!row) return Fail(row.error());
    if (!*row) return days;
    if (const std::optional<Date> day = DayOf(rows->Text(0))) days.push_back(*day);
  }
}

}  // namespace vanthu::archive
