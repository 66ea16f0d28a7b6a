#include "templates/forms/value.h"

#include <algorithm>

#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

Value Of(const Text& text) {
  if (!text) return {};
  return {ToNfc(*text)};
}
Value Of(const std::string& text) {
  return {ToNfc(text)};
}
Value Of(const std::optional<Date>& date) {
  if (!date || !date->ok()) return {};
  return {*date};
}

Value Of(const Citation& citation);
Value Of(const vanthu::Section& section);
Value Of(const Task& task);
Value Of(const vanthu::Target& target);

// A list of what `items` hold, one value each.
template <typename Item>
Value ListOf(const std::vector<Item>& items) {
  ValueList list;
  list.reserve(items.size());
  for (const Item& item : items) list.push_back(Of(item));
  return {std::move(list)};
}

Value Of(const Header& header) {
  ValueFields fields{{"parent_agency", Of(header.parent_agency)},
                     {"issuing_agency", Of(header.issuing_agency)},
                     {"number", Of(header.number)},
                     {"notation", Of(header.notation)},
                     {"type_code", Of(header.type_code)},
                     {"type_name", Of(header.type_name)},
                     {"place", Of(header.place)},
                     {"date", Of(header.date)},
                     {"subject", Of(header.subject)},
                     {"urgency", Of(header.urgency)},
                     {"secrecy", Of(header.secrecy)}};
  if (const std::optional<IssuedWith>& with = header.issued_with)
    fields.push_back({"issued_with",
                      {ValueFields{{"type_code", Of(with->type_code)},
                                   {"number", Of(with->number)},
                                   {"notation", Of(with->notation)},
                                   {"date", Of(with->date)},
                                   {"agency", Of(with->agency)}}}});
  return {std::move(fields)};
}

Value Of(const std::optional<Signer>& signer) {
  if (!signer) return {};
  return {ValueFields{{"block", ListOf(signer->block)},
                      {"authority", ListOf(signer->authority)},
                      {"on_behalf_of", Of(signer->on_behalf_of)},
                      {"position", Of(signer->position)},
                      {"name", Of(signer->name)}}};
}

Value Of(const Citation& citation) {
  return {ValueFields{{"text", Of(citation.text)},
                      {"type_code", Of(citation.type_code)},
                      {"number", Of(citation.number)},
                      {"notation", Of(citation.notation)},
                      {"date", Of(citation.date)},
                      {"agency", Of(citation.agency)},
                      {"role", {std::string(citation.role == CitationRole::kBasis ? "basis" : "body")}}}};
}

Value Of(const Figure& figure) {
  if (const double* number = std::get_if<double>(&figure)) return {*number};
  if (const Date* date = std::get_if<Date>(&figure)) return Of(std::optional<Date>(*date));
  return Of(std::get<std::string>(figure));
}

ValueFields FieldsOf(const Figures& figures) {
  ValueFields fields;
  for (const auto& [name, figure] : figures) fields.push_back({name, Of(figure)});
  return fields;
}

Value Of(const std::optional<Report>& report) {
  if (!report) return {};
  ValueFields fields = FieldsOf(report->figures);
  for (const auto& [name, rows] : report->lists) {
    ValueList list;
    for (const Figures& row : rows) list.push_back({FieldsOf(row)});
    fields.push_back({name, {std::move(list)}});
  }
  return {std::move(fields)};
}

// Recursion is bounded by the depth of records that are read.
Value Of(const vanthu::Section& section) {
  return {ValueFields{{"label", Of(section.label)},
                      {"title", Of(section.title)},
                      {"level", {static_cast<double>(section.level)}},
                      {"paragraphs", ListOf(section.paragraphs)},
                      {"sections", ListOf(section.sections)}}};
}

Value Of(const std::optional<Deadline>& deadline) {
  if (!deadline) return {};
  return {ValueFields{{"text", Of(deadline->text)},
                      {"start", Of(deadline->start)},
                      {"end", Of(deadline->end)},
                      {"recurrence", Of(deadline->recurrence)}}};
}

Value Of(const Task& task) {
  return {ValueFields{{"group", ListOf(task.group)},
                      {"ordinal", Of(task.ordinal)},
                      {"goal", Of(task.goal)},
                      {"mission", Of(task.mission)},
                      {"content", Of(task.content)},
                      {"lead", ListOf(task.lead)},
                      {"coordinate", ListOf(task.coordinate)},
                      {"deadline", Of(task.deadline)},
                      {"product", Of(task.product)},
                      {"note", Of(task.note)}}};
}

Value Of(const vanthu::Target& target) {
  return {ValueFields{{"text", Of(target.text)},
                      {"value", {target.value}},
                      {"unit", Of(target.unit)},
                      {"comparison", Of(target.comparison)}}};
}

Value TablesAt(const Record& record, const std::vector<int>& indices) {
  ValueList list;
  for (const int index : indices)
    if (index >= 0 && static_cast<std::size_t>(index) < record.tables.size()) {
      const vanthu::Table& table = record.tables[static_cast<std::size_t>(index)];
      list.push_back({ValueFields{{"caption", Of(table.caption)}, {"cells", {&table}}}});
    }
  return {std::move(list)};
}

Value AppendixOf(const Record& record, const Appendix& appendix) {
  ValueFields fields{{"label", Of(appendix.label)},
                     {"title", Of(appendix.title)},
                     {"tables", TablesAt(record, appendix.tables)},
                     {"paragraphs", ListOf(appendix.paragraphs)},
                     {"footnotes", ListOf(appendix.footnotes)}};
  if (const std::optional<DocumentReference>& to = appendix.attached_to)
    fields.push_back(
        {"attached_to",
         {ValueFields{{"number", Of(to->number)}, {"notation", Of(to->notation)}, {"date", Of(to->date)}}}});
  return {std::move(fields)};
}

Value AppendicesOf(const Record& record) {
  ValueList list;
  for (const Appendix& appendix : record.appendices) list.push_back(AppendixOf(record, appendix));
  return {std::move(list)};
}

// All tables, and those that no appendix names.
std::pair<Value, Value> TablesOf(const Record& record) {
  std::vector<int> all, in_body;
  for (int i = 0; i < static_cast<int>(record.tables.size()); ++i) {
    all.push_back(i);
    const bool owned = std::any_of(
        record.appendices.begin(), record.appendices.end(),
        [i](const Appendix& a) { return std::find(a.tables.begin(), a.tables.end(), i) != a.tables.end(); });
    if (!owned) in_body.push_back(i);
  }
  return {TablesAt(record, all), TablesAt(record, in_body)};
}

void GatherProse(const std::vector<vanthu::Section>& sections, std::string* out) {
  for (const vanthu::Section& section : sections) {
    *out += "\n" + MatchKey(section.title.value_or(""));
    for (const std::string& paragraph : section.paragraphs) *out += "\n" + MatchKey(paragraph);
    GatherProse(section.sections, out);
  }
}

// A record's tables show its tasks; without any, its sections may. What neither shows is unplaced.
Value UnplacedTasks(const Record& record) {
  ValueList list;
  if (!record.tables.empty()) return {std::move(list)};
  std::string prose;
  GatherProse(record.sections, &prose);
  for (const Task& task : record.tasks) {
    const std::string first_line = MatchKey(task.content.substr(0, task.content.find('\n')));
    if (first_line.empty() || prose.find(first_line) == std::string::npos) list.push_back(Of(task));
  }
  return {std::move(list)};
}

}  // namespace

bool Value::Empty() const {
  if (const auto* text = As<std::string>()) return CollapseSpace(*text).empty();
  if (const auto* list = As<ValueList>()) return list->empty();
  if (const auto* fields = As<ValueFields>())
    return std::all_of(fields->begin(), fields->end(),
                       [](const NamedValue& field) { return field.value.Empty(); });
  return As<std::monostate>() != nullptr;
}

const Value* Value::Find(std::string_view name) const {
  if (const auto* fields = As<ValueFields>())
    for (const NamedValue& field : *fields)
      if (field.name == name) return &field.value;
  return nullptr;
}

Value ValueOf(const Record& record) {
  auto [tables, body_tables] = TablesOf(record);
  return {ValueFields{{"header", Of(record.header)},
                      {"addressees", ListOf(record.addressees)},
                      {"signer", Of(record.signer)},
                      {"recipients", ListOf(record.recipients)},
                      {"citations", ListOf(record.citations)},
                      {"sections", ListOf(record.sections)},
                      {"appendices", AppendicesOf(record)},
                      {"tables", std::move(tables)},
                      {"body_tables", std::move(body_tables)},
                      {"tasks", ListOf(record.tasks)},
                      {"unplaced_tasks", UnplacedTasks(record)},
                      {"targets", ListOf(record.targets)},
                      {"report", Of(record.report)}}};
}

}  // namespace vanthu::templates
