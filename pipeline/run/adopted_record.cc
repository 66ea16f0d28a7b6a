#include "pipeline/run/adopted_record.h"

#include <algorithm>
#include <map>
#include <utility>

namespace vanthu::run {
namespace {

// Below kDoubtful: the words stand on the page, but were read there to mean something else. A guess.
constexpr double kDerivedOtherwise = 0.8;

// "/tasks/3/lead" -> {"/tasks", 3, "/lead"}; index -1 where the pointer has none.
struct ItemPointer {
  std::string list;
  int index = -1;
  std::string rest;
};

ItemPointer Split(const std::string& pointer) {
  const std::size_t second = pointer.find('/', 1);
  if (second == std::string::npos) return {pointer, -1, {}};
  const std::size_t third = std::min(pointer.find('/', second + 1), pointer.size());
  const std::string index = pointer.substr(second + 1, third - second - 1);
  constexpr std::size_t kMostDigits = 7;
  if (index.empty() || index.size() > kMostDigits ||
      index.find_first_not_of("0123456789") != std::string::npos)
    return {pointer, -1, {}};
  return {pointer.substr(0, second), std::stoi(index), pointer.substr(third)};
}

class Adopter {
 public:
  Adopter(const Record& attached, Record page, const Derived& derived)
      : attached_(attached), page_(std::move(page)), derived_(derived), out_(page_) {}

  Record Adopt() {
    AdoptHeader();
    if (!attached_.addressees.empty()) Take(&Record::addressees, "/addressees");
    if (!attached_.recipients.empty()) Take(&Record::recipients, "/recipients");
    AdoptSigner();
    if (!attached_.sections.empty()) Take(&Record::sections, "/sections");
    AdoptAppendices();
    AdoptTables();
    AdoptTasks();
    AdoptCitations();
    AdoptTargets();
    DropDanglingReferences();
    AdoptEvidence();
    AdoptFindings();
    out_.rendering = attached_.rendering;
    return std::move(out_);
  }

 private:
  template <typename T>
  void Take(T Record::*member, const char* pointer) {
    out_.*member = attached_.*member;
    adopted_.emplace_back(pointer);
  }
  template <typename T>
  void Fill(std::optional<T>* value, const std::optional<T>& attached, const std::string& pointer) {
    if (!attached) return;
    *value = attached;
    adopted_.push_back(pointer);
  }

  void AdoptHeader();
  void AdoptSigner();
  void AdoptAppendices();
  void AdoptTables();
  void AdoptTasks();
  void AdoptCitations();
  void AdoptTargets();
  void DropDanglingReferences();
  void AdoptEvidence();
  void AdoptFindings();
  bool IsAdopted(const std::string& pointer) const;

  const Record& attached_;
  const Record page_;
  const Derived& derived_;
  Record out_;
  std::vector<std::string> adopted_;                 // pointers of values and lists that are the attachment's
  std::map<std::string, std::map<int, int>> moved_;  // list -> index on the page -> index in the record
};

void Adopter::AdoptHeader() {
  Header& header = out_.header;
  const Header& attached = attached_.header;
  Fill(&header.parent_agency, attached.parent_agency, "/header/parent_agency");
  Fill(&header.issuing_agency, attached.issuing_agency, "/header/issuing_agency");
  Fill(&header.number, attached.number, "/header/number");
  Fill(&header.notation, attached.notation, "/header/notation");
  Fill(&header.type_code, attached.type_code, "/header/type_code");
  Fill(&header.type_name, attached.type_name, "/header/type_name");
  Fill(&header.place, attached.place, "/header/place");
  Fill(&header.date, attached.date, "/header/date");
  Fill(&header.subject, attached.subject, "/header/subject");
  Fill(&header.urgency, attached.urgency, "/header/urgency");
  Fill(&header.secrecy, attached.secrecy, "/header/secrecy");
  if (!attached.issued_with) return;
  if (!header.issued_with) header.issued_with.emplace();
  IssuedWith& with = *header.issued_with;
  Fill(&with.type_code, attached.issued_with->type_code, "/header/issued_with/type_code");
  Fill(&with.number, attached.issued_with->number, "/header/issued_with/number");
  Fill(&with.notation, attached.issued_with->notation, "/header/issued_with/notation");
  Fill(&with.date, attached.issued_with->date, "/header/issued_with/date");
  Fill(&with.agency, attached.issued_with->agency, "/header/issued_with/agency");
  adopted_.emplace_back("/header/issued_with");
}

void Adopter::AdoptSigner() {
  if (!attached_.signer) return;
  if (!out_.signer) out_.signer.emplace();
  Signer& signer = *out_.signer;
  const Signer& attached = *attached_.signer;
  if (!attached.block.empty()) {
    signer.block = attached.block;
    adopted_.emplace_back("/signer/block");
  }
  if (!attached.authority.empty()) {
    signer.authority = attached.authority;
    adopted_.emplace_back("/signer/authority");
  }
  Fill(&signer.on_behalf_of, attached.on_behalf_of, "/signer/on_behalf_of");
  Fill(&signer.position, attached.position, "/signer/position");
  Fill(&signer.name, attached.name, "/signer/name");
}

void Adopter::AdoptAppendices() {
  if (attached_.appendices.empty()) return;
  Take(&Record::appendices, "/appendices");
  for (std::size_t i = 0; i < out_.appendices.size(); ++i) {
    const bool known = i < page_.appendices.size();
    out_.appendices[i].first_page = known ? page_.appendices[i].first_page : -1;
    out_.appendices[i].last_page = known ? page_.appendices[i].last_page : -1;
  }
}

void Adopter::AdoptTables() {
  if (attached_.tables.empty()) return;
  Take(&Record::tables, "/tables");
  for (std::size_t i = 0; i < out_.tables.size(); ++i) {
    Table& table = out_.tables[i];
    table.pages.clear();
    table.places.clear();
    std::map<std::pair<int, int>, const Cell*> cells;
    if (i < page_.tables.size()) {
      table.pages = page_.tables[i].pages;
      table.places = page_.tables[i].places;
      for (const Cell& cell : page_.tables[i].cells) cells[{cell.row, cell.col}] = &cell;
    }
    for (Cell& cell : table.cells) {
      const auto found = cells.find({cell.row, cell.col});
      cell.places = found == cells.end() ? std::vector<Place>() : found->second->places;
      cell.source = Source::kAttachment;
      cell.confidence = 1;
      if (found != cells.end()) cell.bold = found->second->bold;
    }
  }
}

void Adopter::AdoptTasks() {
  if (attached_.tasks.empty()) return;
  Take(&Record::tasks, "/tasks");
  for (std::size_t i = 0; i < out_.tasks.size(); ++i) {
    Task& task = out_.tasks[i];
    const int match = derived_.tasks[i];
    task.page = -1;
    if (match >= 0) {
      const Task& read = page_.tasks[static_cast<std::size_t>(match)];
      moved_["/tasks"][match] = static_cast<int>(i);
      task.page = read.page;
      if (attached_.tables.empty())
        task.table = read.table, task.row = read.row;  // the tables are the pages'
    } else if (task.table && static_cast<std::size_t>(*task.table) < out_.tables.size()) {
      const Table& table = out_.tables[static_cast<std::size_t>(*task.table)];
      for (const Cell& cell : table.cells)
        if (task.row && cell.row == *task.row && !cell.places.empty()) {
          task.page = cell.places.front().page;
          break;
        }
    }
  }
}

void Adopter::AdoptCitations() {
  if (attached_.citations.empty()) return;
  Take(&Record::citations, "/citations");
  for (std::size_t i = 0; i < out_.citations.size(); ++i)
    if (derived_.citations[i] >= 0) moved_["/citations"][derived_.citations[i]] = static_cast<int>(i);
}

void Adopter::AdoptTargets() {
  if (attached_.targets.empty()) return;
  Take(&Record::targets, "/targets");
  for (std::size_t i = 0; i < out_.targets.size(); ++i) {
    const int match = derived_.targets[i];
    out_.targets[i].page = match >= 0 ? page_.targets[static_cast<std::size_t>(match)].page : -1;
    if (match >= 0) moved_["/targets"][match] = static_cast<int>(i);
  }
}

// Where one side gave the tables and the other what points into them.
void Adopter::DropDanglingReferences() {
  const auto table_of = [&](int index) -> const Table* {
    return index >= 0 && static_cast<std::size_t>(index) < out_.tables.size()
               ? &out_.tables[static_cast<std::size_t>(index)]
               : nullptr;
  };
  for (Appendix& appendix : out_.appendices)
    std::erase_if(appendix.tables, [&](int index) { return table_of(index) == nullptr; });
  for (Task& task : out_.tasks) {
    const Table* table = task.table ? table_of(*task.table) : nullptr;
    if (table == nullptr || (task.row && *task.row >= table->rows)) task.table = task.row = std::nullopt;
  }
}

bool Adopter::IsAdopted(const std::string& pointer) const {
  return std::any_of(adopted_.begin(), adopted_.end(), [&](const std::string& value) {
    return pointer == value || pointer.starts_with(value + "/");
  });
}

void Adopter::AdoptEvidence() {
  out_.evidence.clear();
  for (const auto& [pointer, read] : page_.evidence) {
    if (!IsAdopted(pointer)) {
      out_.evidence[pointer] = read;
      continue;
    }
    Evidence evidence = read;
    evidence.source = Source::kAttachment;
    evidence.confidence = 1;
    const ItemPointer item = Split(pointer);
    const auto list = moved_.find(item.list);
    const bool derived = item.list == "/tasks" || item.list == "/citations" || item.list == "/targets";
    if (!derived) {
      out_.evidence[pointer] = evidence;
    } else if (list != moved_.end()) {
      const auto index = list->second.find(item.index);
      if (index != list->second.end())
        out_.evidence[item.list + "/" + std::to_string(index->second) + item.rest] = evidence;
    }
  }
  // What the pages were not read to say has no box; the page is the nearest known.
  for (const std::string& pointer : derived_.doubtful) {
    if (!IsAdopted(pointer)) continue;
    const ItemPointer item = Split(pointer);
    Evidence& evidence = out_.evidence[pointer];
    if (item.list == "/tasks" && evidence.box.empty() && item.index >= 0)
      evidence.page = std::max(0, out_.tasks[static_cast<std::size_t>(item.index)].page);
    evidence.source = Source::kAttachment;
    evidence.confidence = kDerivedOtherwise;
  }
  for (const std::string& pointer : adopted_)
    if (pointer.starts_with("/header/") && !pointer.starts_with("/header/issued_with") &&
        !out_.evidence.contains(pointer))
      out_.evidence[pointer] = {0, {}, Source::kAttachment, 1};
}

void Adopter::AdoptFindings() {
  const auto about_document = [&](const Finding& finding) {
    const std::string& code = finding.code;
    if (code.starts_with("header.number")) return !attached_.header.number;
    if (code.starts_with("header.date")) return !attached_.header.date;
    if (code.starts_with("signer.")) return !attached_.signer || !attached_.signer->name;
    return code.starts_with("header.") || code.starts_with("intake.page.") || code == "intake.words.hidden" ||
           code == "task.deadline.impossible";
  };
  std::erase_if(out_.findings, [&](const Finding& finding) { return !about_document(finding); });
}

}  // namespace

Record AdoptRecord(const Record& attached, Record page, const Derived& derived) {
  return Adopter(attached, std::move(page), derived).Adopt();
}

}  // namespace vanthu::run
