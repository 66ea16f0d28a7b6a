#include "pipeline/run/record_difference.h"

#include <array>
#include <map>
#include <set>
#include <utility>

#include "pipeline/base/date.h"
#include "pipeline/base/unicode.h"
#include "pipeline/run/printed_text.h"

namespace vanthu::run {
namespace {

std::string Key(const std::string& text) {
  return CollapseSpace(ToNfc(text));
}

// Where a form prints capitals, the record need not.
enum class Case { kExact, kAny };

bool Same(const std::string& a, const std::string& b, Case letters) {
  const std::string one = Key(a), other = Key(b);
  return one == other || (letters == Case::kAny && ToLower(one) == ToLower(other));
}

std::string Joined(const std::vector<std::string>& list) {
  std::string out;
  for (const std::string& item : list) out += (out.empty() ? "" : "; ") + item;
  return out;
}

Text TextOf(const std::optional<Date>& date) {
  return date && date->ok() ? Text(ToIso(*date)) : std::nullopt;
}

// "05" is 5: forms pad numbers below ten.
Text Unpadded(const Text& number) {
  if (!number) return number;
  const std::size_t first = number->find_first_not_of('0');
  return first == std::string::npos ? number : Text(number->substr(first));
}

std::string TextOf(const Deadline& deadline) {
  std::string out = Key(deadline.text);
  for (const Text& part : {TextOf(deadline.start), TextOf(deadline.end), deadline.recurrence})
    if (part) out += " | " + *part;
  return out;
}

bool SameMeaning(const Deadline& a, const Deadline& b) {
  return a.kind == b.kind && TextOf(a.start) == TextOf(b.start) && TextOf(a.end) == TextOf(b.end) &&
         a.recurrence == b.recurrence;
}

// One text field of the header, and how it is compared.
struct HeaderField {
  const char* name;
  Text Header::*field;
  Case letters;
};
constexpr std::array<HeaderField, 10> kHeaderFields = {{
    {"parent_agency", &Header::parent_agency, Case::kAny},
    {"issuing_agency", &Header::issuing_agency, Case::kAny},
    {"number", &Header::number, Case::kExact},
    {"notation", &Header::notation, Case::kExact},
    {"type_code", &Header::type_code, Case::kExact},
    {"type_name", &Header::type_name, Case::kAny},
    {"place", &Header::place, Case::kAny},
    {"subject", &Header::subject, Case::kExact},
    {"urgency", &Header::urgency, Case::kAny},
    {"secrecy", &Header::secrecy, Case::kAny},
}};

// Prose as words, so that where a paragraph ends does not count; and from which piece each comes.
struct Prose {
  struct Piece {
    std::string pointer, text;
  };
  std::vector<Piece> pieces;
  std::vector<std::pair<std::string, std::size_t>> words;

  void Add(std::string pointer, const std::string& text) {
    const std::string key = ToLower(Key(text));
    for (std::size_t at = 0; at < key.size();) {
      const std::size_t end = std::min(key.find(' ', at), key.size());
      words.emplace_back(WithoutPoint(key.substr(at, end - at)), pieces.size());
      at = end + 1;
    }
    pieces.push_back({std::move(pointer), text});
  }

 private:
  // "1." and "a)" are labels, which a record holds without their point.
  static std::string WithoutPoint(std::string word) {
    constexpr std::size_t kLongestLabel = 6;
    if (word.size() > 1 && word.size() <= kLongestLabel && (word.back() == '.' || word.back() == ')'))
      word.pop_back();
    return word;
  }
};

void AddSections(const std::vector<Section>& sections, const std::string& pointer, Prose* out) {
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const std::string at = pointer + "/" + std::to_string(i);
    const Section& section = sections[i];
    if (section.label) out->Add(at + "/label", *section.label);
    if (section.title) out->Add(at + "/title", *section.title);
    for (std::size_t k = 0; k < section.paragraphs.size(); ++k)
      out->Add(at + "/paragraphs/" + std::to_string(k), section.paragraphs[k]);
    AddSections(section.sections, at + "/sections", out);
  }
}

Prose ProseOf(const Appendix& appendix, const std::string& pointer) {
  Prose out;
  const auto add = [&](const char* name, const std::vector<std::string>& texts) {
    for (std::size_t k = 0; k < texts.size(); ++k) {
      // A footnote's number stands before it on the page.
      std::string text = Key(texts[k]);
      const std::size_t digits = text.find_first_not_of("0123456789");
      if (digits != 0 && digits != std::string::npos && text[digits] == ' ') text.erase(0, digits + 1);
      out.Add(pointer + "/" + name + "/" + std::to_string(k), text);
    }
  };
  add("footnotes", appendix.footnotes);  // forms print them first
  add("paragraphs", appendix.paragraphs);
  return out;
}

class Comparer {
 public:
  Comparer(const Record& attached, const Record& page) : attached_(attached), page_(page), text_(page) {}

  Comparison Run() {
    CompareHeader();
    CompareList(Part::kAddressees, "/addressees", attached_.addressees, page_.addressees, Case::kExact);
    CompareSigner();
    CompareList(Part::kRecipients, "/recipients", attached_.recipients, page_.recipients, Case::kExact);
    CompareSections();
    CompareAppendices();
    CompareTables();
    CompareTasks();
    CompareCitations();
    CompareTargets();
    return std::move(out_);
  }

 private:
  void Differ(Part part, std::string pointer, Text on_page, Text attached, int page = -1) {
    if (page < 0)
      if (const auto evidence = page_.evidence.find(pointer); evidence != page_.evidence.end())
        page = evidence->second.page;
    out_.differences.push_back({part, std::move(pointer), std::move(on_page), std::move(attached), page});
  }
  void CompareText(Part part, const std::string& pointer, const Text& attached, const Text& page,
                   Case letters) {
    if (attached && (!page || !Same(*attached, *page, letters))) Differ(part, pointer, page, attached);
  }
  void CompareList(Part part, const std::string& pointer, const std::vector<std::string>& attached,
                   const std::vector<std::string>& page, Case letters);
  void CompareProse(Part part, const std::string& pointer, const Prose& attached, const Prose& page);
  void CompareHeader();
  void CompareSigner();
  void CompareSections();
  void CompareAppendices();
  void CompareTables();
  void CompareTable(const Table& attached, const Table& page, const std::string& pointer);
  void CompareTasks();
  void CompareTask(const Task& task, const Task* page, const std::string& pointer);
  void CompareDeadline(const Task& task, const Task* page, const std::string& pointer,
                       const PrintedText::Row& row);
  void CompareCitations();
  void CompareTargets();
  // A derived value that the pages are not read to say: doubtful where its words stand, else a difference.
  void Weigh(const std::string& pointer, const std::string& attached, const Text& page, bool stands,
             int on_page) {
    if (stands)
      out_.derived.doubtful.push_back(pointer);
    else
      Differ(Part::kDerived, pointer, page, attached, on_page);
  }

  const Record& attached_;
  const Record& page_;
  PrintedText text_;
  Comparison out_;
};

void Comparer::CompareList(Part part, const std::string& pointer, const std::vector<std::string>& attached,
                           const std::vector<std::string>& page, Case letters) {
  if (attached.empty()) return;
  if (attached.size() != page.size())
    return Differ(part, pointer, page.empty() ? Text() : Joined(page), Joined(attached));
  for (std::size_t i = 0; i < attached.size(); ++i)
    CompareText(part, pointer + "/" + std::to_string(i), attached[i], page[i], letters);
}

void Comparer::CompareHeader() {
  for (const HeaderField& field : kHeaderFields) {
    Text attached = attached_.header.*field.field, page = page_.header.*field.field;
    if (field.field == &Header::number && Unpadded(attached) == Unpadded(page)) continue;
    CompareText(Part::kHeaderField, std::string("/header/") + field.name, attached, page, field.letters);
  }
  CompareText(Part::kHeaderField, "/header/date", TextOf(attached_.header.date), TextOf(page_.header.date),
              Case::kExact);
  if (!attached_.header.issued_with) return;
  const IssuedWith& attached = *attached_.header.issued_with;
  const IssuedWith page = page_.header.issued_with.value_or(IssuedWith{});
  const auto compare = [&](const char* name, const Text& a, const Text& b, Case letters) {
    CompareText(Part::kHeaderField, std::string("/header/issued_with/") + name, a, b, letters);
  };
  compare("type_code", attached.type_code, page.type_code, Case::kExact);
  compare("number", Unpadded(attached.number), Unpadded(page.number), Case::kExact);
  compare("notation", attached.notation, page.notation, Case::kExact);
  compare("date", TextOf(attached.date), TextOf(page.date), Case::kExact);
  compare("agency", attached.agency, page.agency, Case::kAny);
}

void Comparer::CompareSigner() {
  if (!attached_.signer) return;
  const Signer& attached = *attached_.signer;
  const Signer page = page_.signer.value_or(Signer{});
  CompareList(Part::kSigner, "/signer/block", attached.block, page.block, Case::kAny);
  CompareList(Part::kSigner, "/signer/authority", attached.authority, page.authority, Case::kAny);
  CompareText(Part::kSigner, "/signer/on_behalf_of", attached.on_behalf_of, page.on_behalf_of, Case::kAny);
  CompareText(Part::kSigner, "/signer/position", attached.position, page.position, Case::kAny);
  CompareText(Part::kSigner, "/signer/name", attached.name, page.name, Case::kExact);
}

void Comparer::CompareProse(Part part, const std::string& pointer, const Prose& attached, const Prose& page) {
  if (attached.words.empty()) return;
  const std::size_t least = std::min(attached.words.size(), page.words.size());
  std::set<std::size_t> told;
  std::size_t at = 0;
  for (; at < least; ++at) {
    if (attached.words[at].first == page.words[at].first) continue;
    const std::size_t piece = attached.words[at].second;
    if (told.insert(piece).second)
      Differ(part, attached.pieces[piece].pointer, page.pieces[page.words[at].second].text,
             attached.pieces[piece].text);
    // Word by word only as long as the two run in step; after that everything differs.
    if (attached.words.size() != page.words.size()) return;
  }
  if (attached.words.size() == page.words.size()) return;
  if (at < attached.words.size()) {
    const Prose::Piece& piece = attached.pieces[attached.words[at].second];
    Differ(part, piece.pointer, std::nullopt, piece.text);
  } else {
    Differ(part, pointer, page.pieces[page.words[at].second].text, std::nullopt);
  }
}

void Comparer::CompareSections() {
  Prose attached, page;
  AddSections(attached_.sections, "/sections", &attached);
  AddSections(page_.sections, "/sections", &page);
  CompareProse(Part::kSections, "/sections", attached, page);
}

void Comparer::CompareAppendices() {
  const std::vector<Appendix>&attached = attached_.appendices, &page = page_.appendices;
  if (attached.empty()) return;
  if (attached.size() != page.size())
    return Differ(Part::kTables, "/appendices", std::to_string(page.size()), std::to_string(attached.size()));
  for (std::size_t i = 0; i < attached.size(); ++i) {
    const std::string at = "/appendices/" + std::to_string(i);
    CompareText(Part::kTables, at + "/label", attached[i].label, page[i].label, Case::kAny);
    CompareText(Part::kTables, at + "/title", attached[i].title, page[i].title, Case::kAny);
    if (attached[i].attached_to) {
      const DocumentReference& a = *attached[i].attached_to;
      const DocumentReference b = page[i].attached_to.value_or(DocumentReference{});
      const std::string to = at + "/attached_to";
      CompareText(Part::kTables, to + "/number", Unpadded(a.number), Unpadded(b.number), Case::kExact);
      CompareText(Part::kTables, to + "/notation", a.notation, b.notation, Case::kExact);
      CompareText(Part::kTables, to + "/date", TextOf(a.date), TextOf(b.date), Case::kExact);
    }
    CompareProse(Part::kTables, at + "/paragraphs", ProseOf(attached[i], at), ProseOf(page[i], at));
  }
}

void Comparer::CompareTables() {
  const std::vector<Table>&attached = attached_.tables, &page = page_.tables;
  if (attached.empty()) return;
  if (attached.size() != page.size())
    return Differ(Part::kTables, "/tables", std::to_string(page.size()), std::to_string(attached.size()));
  for (std::size_t i = 0; i < attached.size(); ++i)
    CompareTable(attached[i], page[i], "/tables/" + std::to_string(i));
}

void Comparer::CompareTable(const Table& attached, const Table& page, const std::string& pointer) {
  const int on_page = page.pages.empty() ? -1 : page.pages.front();
  const auto shape = [](const Table& table) {
    return std::to_string(table.rows) + " x " + std::to_string(table.columns) + ", " +
           std::to_string(table.header_rows);
  };
  if (shape(attached) != shape(page))
    return Differ(Part::kTables, pointer, shape(page), shape(attached), on_page);
  if (!attached.caption.empty() && !Same(attached.caption, page.caption, Case::kExact))
    Differ(Part::kTables, pointer + "/caption", page.caption, attached.caption, on_page);
  std::map<std::pair<int, int>, const Cell*> cells;
  for (const Cell& cell : page.cells) cells[{cell.row, cell.col}] = &cell;
  for (std::size_t k = 0; k < attached.cells.size(); ++k) {
    const Cell& cell = attached.cells[k];
    const auto found = cells.find({cell.row, cell.col});
    const Cell* other = found == cells.end() ? nullptr : found->second;
    const bool same = other != nullptr && other->rowspan == cell.rowspan && other->colspan == cell.colspan &&
                      Same(other->text, cell.text, Case::kExact);
    if (same) continue;
    const int cell_page = other != nullptr && !other->places.empty() ? other->places.front().page : on_page;
    Differ(Part::kTables, pointer + "/cells/" + std::to_string(k),
           other != nullptr ? Text(other->text) : Text(), cell.text, cell_page);
  }
}

void Comparer::CompareTasks() {
  std::multimap<std::string, std::size_t> by_content;
  for (std::size_t j = 0; j < page_.tasks.size(); ++j) by_content.emplace(Key(page_.tasks[j].content), j);
  std::set<std::pair<int, int>> rows;  // that carried tasks come from
  std::vector<bool> taken(page_.tasks.size(), false);
  for (std::size_t i = 0; i < attached_.tasks.size(); ++i) {
    const Task& task = attached_.tasks[i];
    if (task.table && task.row) rows.insert({*task.table, *task.row});
    // The first free one of the same words, of the same row if there is one.
    int match = -1;
    const auto [first, last] = by_content.equal_range(Key(task.content));
    for (auto at = first; at != last; ++at) {
      if (taken[at->second]) continue;
      const Task& other = page_.tasks[at->second];
      const bool same_row = task.table == other.table && task.row == other.row;
      if (match < 0 || same_row) match = static_cast<int>(at->second);
      if (same_row) break;
    }
    if (match >= 0) taken[static_cast<std::size_t>(match)] = true;
    out_.derived.tasks.push_back(match);
    CompareTask(task, match < 0 ? nullptr : &page_.tasks[static_cast<std::size_t>(match)],
                "/tasks/" + std::to_string(i));
  }
  if (rows.empty()) return;
  for (std::size_t j = 0; j < page_.tasks.size(); ++j) {
    const Task& task = page_.tasks[j];
    if (!taken[j] && task.table && task.row && !rows.contains({*task.table, *task.row}))
      Differ(Part::kDerived, "/tasks", task.content, std::nullopt, task.page);
  }
}

void Comparer::CompareTask(const Task& task, const Task* page, const std::string& pointer) {
  const int on_page = page != nullptr ? page->page : -1;
  const PrintedText::Row row = text_.RowOf(attached_.tables, task, page);
  if (page == nullptr) Weigh(pointer, task.content, std::nullopt, text_.Stands(row, task.content), on_page);
  const auto compare = [&](const char* name, const Text& attached, const Text& other, bool of_row) {
    const std::string at = pointer + "/" + name;
    if (attached && other && Same(*attached, *other, Case::kExact)) return;
    if (!attached && !other) return;
    // What the pages are read to say and the record does not: neither is certain.
    if (!attached) return out_.derived.doubtful.push_back(at);
    Weigh(at, *attached, other, text_.Stands(of_row ? row : PrintedText::Row(), *attached), on_page);
  };
  const auto compare_list = [&](const char* name, const std::vector<std::string>& attached,
                                const std::vector<std::string>* other, bool of_row) {
    const std::string at = pointer + "/" + name;
    if (other != nullptr && Same(Joined(attached), Joined(*other), Case::kExact)) return;
    if (attached.empty() && (other == nullptr || other->empty())) return;
    bool stands = true;
    for (const std::string& item : attached)
      stands = stands && text_.Stands(of_row ? row : PrintedText::Row(), item);
    Weigh(at, Joined(attached), other != nullptr ? Text(Joined(*other)) : Text(), stands, on_page);
  };
  const Task none;
  const Task& other = page != nullptr ? *page : none;
  compare("ordinal", task.ordinal, other.ordinal, true);
  compare("goal", task.goal, other.goal, false);
  compare("mission", task.mission, other.mission, false);
  compare("product", task.product, other.product, true);
  compare("note", task.note, other.note, true);
  compare_list("group", task.group, page != nullptr ? &page->group : nullptr, false);
  compare_list("lead", task.lead, page != nullptr ? &page->lead : nullptr, true);
  compare_list("coordinate", task.coordinate, page != nullptr ? &page->coordinate : nullptr, true);
  CompareDeadline(task, page, pointer + "/deadline", row);
}

void Comparer::CompareDeadline(const Task& task, const Task* page, const std::string& pointer,
                               const PrintedText::Row& row) {
  const Deadline* other = page != nullptr && page->deadline ? &*page->deadline : nullptr;
  if (!task.deadline) {
    if (other != nullptr) out_.derived.doubtful.push_back(pointer);
    return;
  }
  const Deadline& deadline = *task.deadline;
  const int on_page = page != nullptr ? page->page : -1;
  if (other == nullptr || !Same(deadline.text, other->text, Case::kExact))
    return Weigh(pointer, TextOf(deadline), other != nullptr ? Text(TextOf(*other)) : Text(),
                 text_.Stands(row, deadline.text), on_page);
  // The same words mean the same days.
  if (!SameMeaning(deadline, *other))
    Differ(Part::kDerived, pointer, TextOf(*other), TextOf(deadline), on_page);
}

void Comparer::CompareCitations() {
  std::multimap<std::string, std::size_t> by_text;
  for (std::size_t j = 0; j < page_.citations.size(); ++j) by_text.emplace(Key(page_.citations[j].text), j);
  for (std::size_t i = 0; i < attached_.citations.size(); ++i) {
    const Citation& citation = attached_.citations[i];
    const std::string pointer = "/citations/" + std::to_string(i);
    const auto found = by_text.find(Key(citation.text));
    out_.derived.citations.push_back(found == by_text.end() ? -1 : static_cast<int>(found->second));
    if (found == by_text.end()) {
      Weigh(pointer, citation.text, std::nullopt, text_.Stands({}, citation.text), -1);
      continue;
    }
    const Citation& other = page_.citations[found->second];
    by_text.erase(found);
    CompareText(Part::kDerived, pointer + "/number", citation.number, other.number, Case::kExact);
    CompareText(Part::kDerived, pointer + "/notation", citation.notation, other.notation, Case::kExact);
    CompareText(Part::kDerived, pointer + "/type_code", citation.type_code, other.type_code, Case::kExact);
    CompareText(Part::kDerived, pointer + "/date", TextOf(citation.date), TextOf(other.date), Case::kExact);
    CompareText(Part::kDerived, pointer + "/agency", citation.agency, other.agency, Case::kAny);
  }
}

void Comparer::CompareTargets() {
  std::multimap<std::string, std::size_t> by_text;
  for (std::size_t j = 0; j < page_.targets.size(); ++j) by_text.emplace(Key(page_.targets[j].text), j);
  const auto told = [](const Target& target) {
    return target.text + " | " + target.comparison + " " + std::to_string(target.value) + " " + target.unit;
  };
  for (std::size_t i = 0; i < attached_.targets.size(); ++i) {
    const Target& target = attached_.targets[i];
    const std::string pointer = "/targets/" + std::to_string(i);
    const auto [first, last] = by_text.equal_range(Key(target.text));
    int match = -1;
    for (auto at = first; at != last && match < 0; ++at) {
      const Target& other = page_.targets[at->second];
      if (other.value == target.value && other.unit == target.unit && other.comparison == target.comparison)
        match = static_cast<int>(at->second);
    }
    out_.derived.targets.push_back(match);
    if (match >= 0) continue;
    if (first != last)  // the same words, another figure
      Differ(Part::kDerived, pointer, told(page_.targets[first->second]), told(target),
             page_.targets[first->second].page);
    else
      Weigh(pointer, told(target), std::nullopt, text_.Stands({}, target.text), -1);
  }
}

}  // namespace

Comparison Compare(const Record& attached, const Record& page) {
  return Comparer(attached, page).Run();
}

void TakePart(const Difference& difference, const Record& from, Record* to) {
  switch (difference.part) {
    case Part::kHeaderField: {
      for (const HeaderField& field : kHeaderFields)
        if (difference.pointer == std::string("/header/") + field.name)
          to->header.*field.field = from.header.*field.field;
      if (difference.pointer == "/header/date") to->header.date = from.header.date;
      if (difference.pointer.starts_with("/header/issued_with"))
        to->header.issued_with = from.header.issued_with;
      break;
    }
    case Part::kAddressees:
      to->addressees = from.addressees;
      break;
    case Part::kSigner:
      to->signer = from.signer;
      break;
    case Part::kRecipients:
      to->recipients = from.recipients;
      break;
    case Part::kSections:
      to->sections = from.sections;
      break;
    case Part::kTables:
      to->appendices = from.appendices;
      to->tables = from.tables;
      break;
    case Part::kDerived:
      break;
  }
}

}  // namespace vanthu::run
