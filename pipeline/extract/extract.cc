#include "pipeline/extract/extract.h"

#include "pipeline/extract/notes.h"
#include "pipeline/extract/outline.h"
#include "pipeline/extract/rules.h"
#include "pipeline/extract/targets.h"
#include "pipeline/extract/tasks.h"

namespace vanthu::extract {
namespace {

std::vector<Table> MapTables(const DocumentLayout& document, const Mapper& mapper) {
  std::vector<Table> out = document.tables;
  for (Table& table : out) {
    for (Place& place : table.places) place.box = mapper.ToSource(place.page, place.box);
    for (Cell& cell : table.cells)
      for (Place& place : cell.places) place.box = mapper.ToSource(place.page, place.box);
  }
  return out;
}

}  // namespace

Record Extract(const DocumentLayout& document, const Rules& rules) {
  Record record;
  Notes notes;
  notes.findings = document.findings;
  const Mapper mapper(document);
  record.tables = MapTables(document, mapper);
  const Outline outline;
  record.sections = ToSections(outline);
  record.tasks = FindTasks(document, record.tables, outline, record.header, rules, mapper, &notes);
  record.targets = FindTargets(document, record.tables, outline, rules, mapper, &notes);
  record.evidence = std::move(notes.evidence);
  record.findings = std::move(notes.findings);
  return record;
}

}  // namespace vanthu::extract
