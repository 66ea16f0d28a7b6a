#include "pipeline/record/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/record/json_print.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

using Json = nlohmann::ordered_json;

Json Number(double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53: whole doubles below are whole numbers in JSON
  if (!std::isfinite(value)) return nullptr;
  if (value == std::trunc(value) && std::abs(value) < kExact) return static_cast<std::int64_t>(value);
  return value;
}

Json String(const std::string& text) {
  std::string clean = CleanText(text);
  return clean.empty() ? Json(nullptr) : Json(std::move(clean));
}

Json String(const Text& text) {
  return text ? String(*text) : Json(nullptr);
}
Json Iso(const std::optional<Date>& date) {
  return date && date->ok() ? Json(ToIso(*date)) : Json(nullptr);
}
Json PageNumber(int page) {
  return page + 1;
}

Json BoxToJson(const Box& box) {
  Json out = Json::array();
  const Box rounded{RoundPlace(box.x0), RoundPlace(box.y0), RoundPlace(box.x1), RoundPlace(box.y1)};
  if (rounded.empty()) return out;
  for (const double value : {rounded.x0, rounded.y0, rounded.x1, rounded.y1}) out.push_back(Number(value));
  return out;
}

Json Strings(const std::vector<std::string>& list) {
  Json out = Json::array();
  for (const std::string& text : list)
    if (Json value = String(text); !value.is_null()) out.push_back(std::move(value));
  return out;
}

Json SourceToJson(const SourceFile& source) {
  Json out;
  if (Json file = String(source.file); !file.is_null()) out["file"] = std::move(file);
  if (!source.sha256.empty()) out["sha256"] = String(source.sha256);
  out["pages"] = source.pages;
  out["origin"] = WordFor(source.origin);
  return out;
}

Json HeaderToJson(const Header& header) {
  Json out;
  out["parent_agency"] = String(header.parent_agency);
  out["issuing_agency"] = String(header.issuing_agency);
  out["number"] = String(header.number);
  out["notation"] = String(header.notation);
  out["type_code"] = String(header.type_code);
  out["type_name"] = String(header.type_name);
  out["place"] = String(header.place);
  out["date"] = Iso(header.date);
  out["subject"] = String(header.subject);
  out["urgency"] = String(header.urgency);
  out["secrecy"] = String(header.secrecy);
  out["issued_with"] = nullptr;
  if (header.issued_with)
    out["issued_with"] = Json{{"type_code", String(header.issued_with->type_code)},
                              {"number", String(header.issued_with->number)},
                              {"notation", String(header.issued_with->notation)},
                              {"date", Iso(header.issued_with->date)},
                              {"agency", String(header.issued_with->agency)}};
  return out;
}

Json SignerToJson(const std::optional<Signer>& signer) {
  if (!signer) return nullptr;
  return Json{{"block", Strings(signer->block)},
              {"authority", Strings(signer->authority)},
              {"on_behalf_of", String(signer->on_behalf_of)},
              {"position", String(signer->position)},
              {"name", String(signer->name)}};
}

Json CitationsToJson(const std::vector<Citation>& citations) {
  Json out = Json::array();
  for (const Citation& citation : citations)
    out.push_back(Json{{"text", String(citation.text)},
                       {"type_code", String(citation.type_code)},
                       {"number", String(citation.number)},
                       {"notation", String(citation.notation)},
                       {"date", Iso(citation.date)},
                       {"agency", String(citation.agency)},
                       {"role", WordFor(citation.role)}});
  return out;
}

Json SectionsToJson(const std::vector<Section>& sections) {
  Json out = Json::array();
  for (const Section& section : sections)
    out.push_back(Json{{"label", String(section.label)},
                       {"title", String(section.title)},
                       {"level", section.level},
                       {"paragraphs", Strings(section.paragraphs)},
                       {"sections", SectionsToJson(section.sections)}});
  return out;
}

Json AppendicesToJson(const std::vector<Appendix>& appendices) {
  Json out = Json::array();
  for (const Appendix& appendix : appendices) {
    Json item{{"label", String(appendix.label)}, {"title", String(appendix.title)}, {"attached_to", nullptr}};
    if (appendix.attached_to)
      item["attached_to"] = Json{{"number", String(appendix.attached_to->number)},
                                 {"notation", String(appendix.attached_to->notation)},
                                 {"date", Iso(appendix.attached_to->date)}};
    if (appendix.first_page >= 0)
      item["pages"] = Json::array({PageNumber(appendix.first_page), PageNumber(appendix.last_page)});
    item["tables"] = appendix.tables;
    if (Json texts = Strings(appendix.paragraphs); !texts.empty()) item["paragraphs"] = std::move(texts);
    if (Json texts = Strings(appendix.footnotes); !texts.empty()) item["footnotes"] = std::move(texts);
    out.push_back(std::move(item));
  }
  return out;
}

Json PlacesToJson(const std::vector<Place>& places) {
  Json out = Json::array();
  for (const Place& place : places)
    out.push_back(Json{{"page", PageNumber(place.page)}, {"box", BoxToJson(place.box)}});
  return out;
}

// An empty cell has the text "": the one place where it may stand, as the cell is there and says nothing.
Json CellToJson(const Cell& cell) {
  Json out{{"row", cell.row},
           {"col", cell.col},
           {"rowspan", cell.rowspan},
           {"colspan", cell.colspan},
           {"text", CleanText(cell.text)}};
  if (!cell.places.empty()) {
    out["page"] = PageNumber(cell.places.front().page);
    out["box"] = BoxToJson(cell.places.front().box);
  }
  if (cell.places.size() > 1) out["places"] = PlacesToJson(cell.places);
  if (cell.source != Source::kText) out["source"] = WordFor(cell.source);
  if (const double confidence = RoundConfidence(cell.confidence); confidence < 1)
    out["confidence"] = Number(confidence);
  return out;
}

Json PagesToJson(const std::vector<int>& pages) {
  Json out = Json::array();
  for (const int page : pages) out.push_back(PageNumber(page));
  return out;
}

Json TableToJson(const Table& table) {
  Json out;
  if (!table.pages.empty()) out["pages"] = PagesToJson(table.pages);
  if (Json caption = String(table.caption); !caption.is_null()) out["caption"] = std::move(caption);
  if (table.header_rows > 0) {
    Json columns = Json::array();
    for (const Text& heading : ColumnHeadings(table)) columns.push_back(String(heading));
    out["columns"] = std::move(columns);
  }
  out["header_rows"] = table.header_rows;
  if (!table.places.empty()) out["places"] = PlacesToJson(table.places);
  Json cells = Json::array();
  for (const Cell& cell : table.cells) cells.push_back(CellToJson(cell));
  out["cells"] = std::move(cells);
  return out;
}

Json DeadlineToJson(const std::optional<Deadline>& deadline) {
  if (!deadline) return nullptr;
  return Json{{"text", String(deadline->text)},
              {"kind", WordFor(deadline->kind)},
              {"start", Iso(deadline->start)},
              {"end", Iso(deadline->end)},
              {"recurrence", String(deadline->recurrence)}};
}

// Organisations as written under `name`; the register's names of them beside, if it knows any.
void AddOrganisations(Json& item, const char* name, const std::vector<std::string>& written,
                      const std::vector<Text>& normalised) {
  Json names = Json::array();
  Json register_names = Json::array();
  bool known = false;
  for (std::size_t i = 0; i < written.size(); ++i) {
    Json value = String(written[i]);
    if (value.is_null()) continue;
    names.push_back(std::move(value));
    register_names.push_back(i < normalised.size() ? String(normalised[i]) : Json(nullptr));
    known = known || !register_names.back().is_null();
  }
  item[name] = std::move(names);
  if (known) item[std::string(name) + "_normalised"] = std::move(register_names);
}

Json TasksToJson(const std::vector<Task>& tasks) {
  Json out = Json::array();
  for (const Task& task : tasks) {
    Json item{{"group", Strings(task.group)},
              {"ordinal", String(task.ordinal)},
              {"goal", String(task.goal)},
              {"mission", String(task.mission)},
              {"content", String(task.content)}};
    AddOrganisations(item, "lead", task.lead, task.lead_normalised);
    AddOrganisations(item, "coordinate", task.coordinate, task.coordinate_normalised);
    item["deadline"] = DeadlineToJson(task.deadline);
    item["product"] = String(task.product);
    item["note"] = String(task.note);
    if (task.page >= 0) item["page"] = PageNumber(task.page);
    if (task.table) item["table"] = *task.table;
    if (task.row) item["row"] = *task.row;
    out.push_back(std::move(item));
  }
  return out;
}

Json TargetsToJson(const std::vector<Target>& targets) {
  Json out = Json::array();
  for (const Target& target : targets) {
    Json item{{"text", String(target.text)},
              {"value", Number(target.value)},
              {"unit", String(target.unit)},
              {"comparison", String(target.comparison)}};
    if (target.page >= 0) item["page"] = PageNumber(target.page);
    out.push_back(std::move(item));
  }
  return out;
}

Json SignaturesToJson(const std::vector<SignatureFound>& signatures) {
  Json out = Json::array();
  for (const SignatureFound& signature : signatures) {
    Json item = Json::object();
    for (const SignatureMember& member : SignatureMembers())
      item[member.name] = String(signature.*member.member);
    item["reasons"] = Strings(signature.reasons);
    out.push_back(std::move(item));
  }
  return out;
}

Json EvidenceToJson(const std::map<std::string, Evidence>& evidence) {
  Json out = Json::object();
  for (const auto& [pointer, found] : evidence) {
    // Pointers are unique already, and `out[pointer]` would search all of them every time.
    out.get_ref<Json::object_t&>().emplace_back(
        CleanText(pointer), Json{{"page", PageNumber(found.page)},
                                 {"box", BoxToJson(found.box)},
                                 {"source", WordFor(found.source)},
                                 {"confidence", Number(RoundConfidence(found.confidence))}});
  }
  return out;
}

Json FindingsToJson(const std::vector<Finding>& findings) {
  Json out = Json::array();
  for (const Finding& finding : findings)
    out.push_back(Json{{"severity", WordFor(finding.severity)},
                       {"code", String(finding.code)},
                       {"message", String(finding.message)},
                       {"page", finding.page ? PageNumber(*finding.page) : Json(nullptr)}});
  return out;
}

Json FiguresToJson(const Figures& figures, std::span<const FigureName> names) {
  Json out = Json::object();
  for (const FigureName& name : names) {
    const auto found = figures.find(name.name);
    if (found == figures.end()) continue;
    if (const double* number = std::get_if<double>(&found->second)) out[name.name] = Number(*number);
    if (const Date* date = std::get_if<Date>(&found->second)) out[name.name] = Iso(*date);
    if (const std::string* text = std::get_if<std::string>(&found->second))
      if (Json value = String(*text); !value.is_null()) out[name.name] = std::move(value);
  }
  return out;
}

Json ReportToJson(const Report& report) {
  Json out = FiguresToJson(report.figures, kReportFigures);
  for (const ReportList& list : kReportLists) {
    const auto found = report.lists.find(list.name);
    if (found == report.lists.end()) continue;
    Json rows = Json::array();
    for (const Figures& row : found->second) rows.push_back(FiguresToJson(row, list.columns));
    out[list.name] = std::move(rows);
  }
  return out;
}

Json RenderingToJson(const Rendering& rendering) {
  Json fonts = Json::array();
  for (const Rendering::Font& font : rendering.fonts)
    fonts.push_back(Json{{"name", String(font.name)}, {"sha256", font.sha256}});
  Json out{{"form", String(rendering.form)},
           {"form_sha256", rendering.form_sha256},
           {"engine", String(rendering.engine)},
           {"fonts", std::move(fonts)}};
  if (rendering.conventions_sha256) out["conventions_sha256"] = *rendering.conventions_sha256;
  return out;
}

}  // namespace

std::string ToJson(const Record& record, JsonStyle style) {
  Json out{{"schema", "vanthu/record/1"}};
  const SourceFile& source = record.source;
  if (!source.file.empty() || !source.sha256.empty() || source.pages > 0)
    out["source"] = SourceToJson(source);
  const auto add = [&](const char* name, Json value) {
    if (!record.unexamined.contains(name)) out[name] = std::move(value);
  };
  add("header", HeaderToJson(record.header));
  add("addressees", Strings(record.addressees));
  add("signer", SignerToJson(record.signer));
  add("recipients", Strings(record.recipients));
  add("citations", CitationsToJson(record.citations));
  add("sections", SectionsToJson(record.sections));
  add("appendices", AppendicesToJson(record.appendices));
  Json tables = Json::array();
  for (const Table& table : record.tables) tables.push_back(TableToJson(table));
  add("tables", std::move(tables));
  add("tasks", TasksToJson(record.tasks));
  add("targets", TargetsToJson(record.targets));
  add("signatures", SignaturesToJson(record.signatures));
  out["evidence"] = EvidenceToJson(record.evidence);
  out["findings"] = FindingsToJson(record.findings);
  if (record.report) out["report"] = ReportToJson(*record.report);
  if (record.rendering) out["rendering"] = RenderingToJson(*record.rendering);
  return style == JsonStyle::kOneLine ? OneLine(out) : Indented(out);
}

std::string VerdictToJson(const std::string& file, const std::string& verdict,
                          const std::vector<SignatureFound>& signatures,
                          const std::vector<std::string>& reasons, JsonStyle style) {
  Json out{{"file", String(file)}, {"verdict", String(verdict)}};
  out["signatures"] = SignaturesToJson(signatures);
  out["reasons"] = Strings(reasons);
  return style == JsonStyle::kOneLine ? OneLine(out) : Indented(out);
}

std::string TablesToJson(const std::vector<Table>& tables) {
  Json list = Json::array();
  for (const Table& table : tables) {
    Json item;
    if (!table.pages.empty()) item["page"] = PageNumber(table.pages.front());
    item.update(TableToJson(table));
    list.push_back(std::move(item));
  }
  return Indented(Json{{"tables", std::move(list)}});
}

}  // namespace vanthu::record
