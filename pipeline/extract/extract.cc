#include "pipeline/extract/extract.h"

#include <algorithm>

#include "pipeline/extract/addressees.h"
#include "pipeline/extract/appendices.h"
#include "pipeline/extract/citations.h"
#include "pipeline/extract/closing.h"
#include "pipeline/extract/cross_check.h"
#include "pipeline/extract/header.h"
#include "pipeline/extract/mended_values.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/reading.h"
#include "pipeline/extract/rules.h"
#include "pipeline/extract/targets.h"
#include "pipeline/extract/tasks.h"

namespace vanthu::extract {
namespace {

// An appendix that stands alone is its own document: kind, subject and what it is issued with come from its
// heading.
void HeadOfAppendix(const FoundAppendix& found, const FieldRules& rules, Header* header, Notes* notes) {
  header->type_name = rules.header.appendix_type_name;
  notes->evidence["/header/type_name"] = found.heading;
  header->subject = found.appendix.title;
  if (const auto title = notes->evidence.find("/appendices/0/title"); title != notes->evidence.end())
    notes->evidence["/header/subject"] = title->second;
  header->issued_with = found.issued_with;
  if (const auto note = notes->evidence.find("/appendices/0/attached_to"); note != notes->evidence.end())
    notes->evidence["/header/issued_with"] = note->second;
}

// Values that a person should look at; evidence below kDoubtful is counted once for each value.
void ReportDoubtful(Notes* notes) {
  for (const auto& [pointer, evidence] : notes->evidence) {
    const bool field = pointer.rfind("/header/", 0) == 0 || pointer.rfind("/signer/", 0) == 0;
    if (field && evidence.confidence < kDoubtful)
      notes->Find(Severity::kWarning, "value.doubtful", "Giá trị chưa chắc chắn: " + pointer + ".",
                  evidence.page);
  }
}

}  // namespace

Record Extract(const DocumentLayout& document, const Rules& rules) {
  const FieldRules& fields = rules.fields;
  Record record;
  Notes notes;
  notes.findings = document.findings;
  const Reading reading(document);
  const Mapper& mapper = reading.mapper();
  record.tables = InSourceFrame(document.tables, document.pages);
  const Parts parts = FindParts(reading, fields);

  const FoundHeader head = FindHeader(reading, parts.main, fields, &notes);
  record.header = head.header;
  const FoundAddressees addressees = FindAddressees(reading, parts.main, head.body_begin, fields, &notes);
  record.addressees = addressees.names;
  const FoundClosing closing = FindClosing(reading, {addressees.body_begin, parts.main.end}, fields, &notes);
  record.recipients = closing.recipients;
  record.signer = closing.signer;
  const std::vector<FoundAppendix> appendices = FindAppendices(reading, parts, fields, &notes);
  for (const FoundAppendix& found : appendices) record.appendices.push_back(found.appendix);
  if (parts.main.begin == parts.main.end && !appendices.empty())
    HeadOfAppendix(appendices.front(), fields, &record.header, &notes);
  CheckAttachments(appendices, &record.header, &notes);

  const Range body{addressees.body_begin, std::max(addressees.body_begin, closing.body_end)};
  const Outline outline = FindOutline(reading, body, fields, &notes);
  record.sections = ToSections(outline);
  std::vector<Range> appendix_bodies;
  for (std::size_t i = 0; i < appendices.size(); ++i)
    appendix_bodies.push_back({appendices[i].body_begin, parts.appendices[i].end});
  record.citations =
      FindCitations(reading, body, appendix_bodies, outline, record.tables, record.header, fields, &notes);
  record.tasks = FindTasks(document, record.tables, outline, record.header, rules, mapper, &notes);
  record.targets = FindTargets(document, record.tables, outline, record.header, rules, mapper, &notes);

  MendValues(fields.spellings, &record, &notes);
  ReportDoubtful(&notes);
  record.evidence = std::move(notes.evidence);
  record.findings = std::move(notes.findings);
  return record;
}

}  // namespace vanthu::extract
