// Any text as a deadline, organisations, targets, a table's cells and a numbered item: no crash, no hang, and
// what comes out keeps its own promises.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "pipeline/base/file.h"
#include "pipeline/extract/deadline.h"
#include "pipeline/extract/organisation.h"
#include "pipeline/extract/targets.h"
#include "pipeline/extract/tasks.h"

namespace {

using namespace vanthu;
using namespace vanthu::extract;

const Rules& TestRules() {
  static const RulesHandle rules = [] {
    Result<RulesHandle> read = ReadRules(DataFolder() / "rules");
    if (!read) std::abort();
    return std::move(*read);
  }();
  return *rules;
}

void Require(bool holds) {
  if (!holds) std::abort();
}

// Tabs divide cells, form feeds rows.
Table TableOf(const std::string& text) {
  Table out;
  out.pages = {0};
  out.header_rows = 1;
  int row = 0;
  int col = 0;
  std::string cell;
  const auto close = [&] {
    Cell item;
    item.row = row;
    item.col = col++;
    item.text = cell;
    out.columns = std::max(out.columns, col);
    out.cells.push_back(std::move(item));
    cell.clear();
  };
  for (const char c : text) {
    if (c == '\t' || c == '\f')
      close();
    else
      cell += c;
    if (c == '\f') {
      ++row;
      col = 0;
    }
  }
  close();
  out.rows = row + 1;
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 16) return 0;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const Rules& rules = TestRules();
  const DeadlineReading reading = ParseDeadline(text, DefaultYear{2024, 0.9}, rules.tasks.deadlines);
  Require(reading.certainty >= 0 && reading.certainty <= 1);
  Require(reading.deadline.text == text);
  Require(!reading.deadline.start || reading.deadline.start->ok());
  Require(!reading.deadline.end || reading.deadline.end->ok());
  for (const std::string& name : SplitOrganisations(text, rules.tasks.organisations).names) {
    Require(!name.empty());
    NormaliseOrganisation(name, rules.tasks.organisations);
  }
  for (const Target& target : TargetsIn(text, false, rules.tasks.targets)) Require(!target.text.empty());

  DocumentLayout document;
  document.tables.push_back(TableOf(text));
  document.flow.push_back({std::nullopt, 0});
  std::string line;
  for (const char c : text + "\n") {
    if (c != '\n') {
      line += c;
      continue;
    }
    Paragraph paragraph;
    paragraph.text = line;
    Line only;
    only.text = line;
    paragraph.lines.push_back(only);
    document.flow.push_back({paragraph, std::nullopt});
    line.clear();
  }
  Notes notes;
  const std::vector<Task> tasks =
      FindTasks(document, document.tables, Outline{}, Header{}, rules, Mapper(document), &notes);
  for (const Task& task : tasks) {
    Require(!task.content.empty());
    Require(task.lead.size() == task.lead_normalised.size());
    Require(task.coordinate.size() == task.coordinate_normalised.size());
  }
  return 0;
}
