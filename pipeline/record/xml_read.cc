// XML -> Record. Input: any bytes. Output: a record, or the line of the first fault. Method: libxml2's parser
// without network and without document types (so no entities), bounded in bytes, depth, elements and
// attributes; checked against the schema; then element by element.
#include <fmt/format.h>
#include <libxml/tree.h>

#include <charconv>
#include <cmath>

#include "pipeline/base/handle.h"
#include "pipeline/base/xml_document.h"
#include "pipeline/record/checks.h"
#include "pipeline/record/vocabulary.h"
#include "pipeline/record/xml.h"

namespace vanthu::record {
namespace {

void FreeXmlString(xmlChar* text) {
  xmlFree(text);
}

using StringHandle = Handle<xmlChar, FreeXmlString>;

[[noreturn]] void RefuseAt(long line, const std::string& vi, const std::string& en) {
  throw Fault{ErrorCode::kDamaged, {fmt::format("dòng {}", line), fmt::format("line {}", line)}, {vi, en}};
}

tl::expected<XmlDocument, XmlFault> ParseBounded(std::string_view xml) {
  XmlLimits limits;  // 1,000,000 elements: 300,000 cells
  limits.bytes = kMaxBytes;
  limits.depth = kMaxDepth;
  return ParseXmlDocument(xml, limits);
}

XmlDocument Parse(std::string_view xml) {
  tl::expected<XmlDocument, XmlFault> document = ParseBounded(xml);
  if (document) return std::move(*document);
  const XmlFault& fault = document.error();
  if (fault.line > 0) RefuseAt(fault.line, fault.what.vi, fault.what.en);
  throw Fault{fault.code, {"/", "/"}, fault.what};
}

void Validate(xmlDoc* document, const std::filesystem::path& schema) {
  const Result<std::vector<SchemaFault>> faults = ValidateXml(document, schema);
  if (!faults) throw Fault{faults.error().code, {schema.string(), schema.string()}, faults.error().message};
  if (!faults->empty())
    RefuseAt(faults->front().line, "không đúng lược đồ: " + faults->front().cause,
             "not valid against the schema: " + faults->front().cause);
}

// An element of a valid document, or none. Names are compared without namespaces: the schema has only one.
class Element {
 public:
  explicit Element(const xmlNode* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }

  Element operator[](const char* name) const {
    for (const xmlNode* child = node_ == nullptr ? nullptr : node_->children; child != nullptr;
         child = child->next)
      if (IsNamed(child, name)) return Element(child);
    return Element(nullptr);
  }

  template <typename Visit>
  void Each(const char* name, const Visit& visit) const {
    for (const xmlNode* child = node_ == nullptr ? nullptr : node_->children; child != nullptr;
         child = child->next)
      if (IsNamed(child, name)) visit(Element(child));
  }

  Text AsText() const {
    if (node_ == nullptr) return std::nullopt;
    const StringHandle content(xmlNodeGetContent(node_));
    std::string text = content ? CleanText(reinterpret_cast<const char*>(content.get())) : std::string();
    if (text.empty()) return std::nullopt;
    return text;
  }

  std::optional<Date> AsDate() const {
    const Text text = AsText();
    if (!text) return std::nullopt;
    const std::optional<Date> date = ParseIsoDate(*text);
    if (!date) Refuse("không có ngày này", "there is no such date");
    return date;
  }

  // The number that the element holds; the schema allows nothing else there.
  double AsDouble() const {
    const std::vector<double> numbers = NumbersIn<double>(AsText().value_or(""));
    if (numbers.size() != 1) Refuse("phải là một số", "must be one number");
    return numbers.front();
  }

  std::string Attribute(const char* name) const {
    const StringHandle value(
        node_ == nullptr ? nullptr : xmlGetNoNsProp(node_, reinterpret_cast<const xmlChar*>(name)));
    return value ? CleanText(reinterpret_cast<const char*>(value.get())) : std::string();
  }

  template <typename Number>
  std::vector<Number> Numbers(const char* name) const {
    return NumbersIn<Number>(Attribute(name));
  }

  template <typename Number>
  std::vector<Number> NumbersIn(const std::string& text) const {
    std::vector<Number> out;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (true) {
      while (at != end && (*at == ' ' || *at == '\n' || *at == '\t')) ++at;
      if (at == end) return out;
      if (*at == '+') ++at;  // a lexical form of the schema's numbers that from_chars does not know
      Number number{};
      const auto [stop, error] = std::from_chars(at, end, number);
      if (error != std::errc() || stop == at || !std::isfinite(static_cast<double>(number)))
        Refuse("số không hợp lệ", "not a number that can be held");
      out.push_back(number);
      at = stop;
    }
  }

  template <typename Number>
  std::optional<Number> AsNumber(const char* name) const {
    const std::vector<Number> numbers = Numbers<Number>(name);
    return numbers.empty() ? std::nullopt : std::optional<Number>(numbers.front());
  }

  int AsPage(const char* name) const { return AsNumber<int>(name).value_or(0) - 1; }

  Box AsBox() const {
    const std::vector<double> n = Numbers<double>("box");
    return n.size() == 4 ? Box{n[0], n[1], n[2], n[3]} : Box{};
  }

  template <typename E>
  E AsWord(const char* name, E missing) const {
    const std::string word = Attribute(name);
    return word.empty() ? missing : FromWord<E>(word).value_or(missing);
  }

  bool IsNil() const {
    const StringHandle nil(
        xmlGetNsProp(node_, reinterpret_cast<const xmlChar*>("nil"),
                     reinterpret_cast<const xmlChar*>("http://www.w3.org/2001/XMLSchema-instance")));
    const std::string text = nil ? reinterpret_cast<const char*>(nil.get()) : "";
    return text == "true" || text == "1";
  }

  [[noreturn]] void Refuse(const std::string& vi, const std::string& en) const {
    RefuseAt(LineNumber(), vi, en);
  }

  long LineNumber() const { return node_ == nullptr ? 1 : xmlGetLineNo(const_cast<xmlNode*>(node_)); }

 private:
  static bool IsNamed(const xmlNode* node, const char* name) {
    return node->type == XML_ELEMENT_NODE &&
           xmlStrEqual(node->name, reinterpret_cast<const xmlChar*>(name)) != 0;
  }

  const xmlNode* node_;
};

std::vector<std::string> ReadTexts(const Element& element) {
  std::vector<std::string> out;
  element.Each("item", [&](const Element& item) {
    if (Text text = item.AsText()) out.push_back(std::move(*text));
  });
  return out;
}

SourceFile ReadSource(const Element& element) {
  if (!element) return {};
  return {element.Attribute("file"), element.Attribute("sha256"), element.AsNumber<int>("pages").value_or(0),
          element.AsWord("origin", Origin::kText)};
}

Header ReadHeader(const Element& element) {
  Header header;
  header.parent_agency = element["parent_agency"].AsText();
  header.issuing_agency = element["issuing_agency"].AsText();
  header.number = element["number"].AsText();
  header.notation = element["notation"].AsText();
  header.type_code = element["type_code"].AsText();
  header.type_name = element["type_name"].AsText();
  header.place = element["place"].AsText();
  header.date = element["date"].AsDate();
  header.subject = element["subject"].AsText();
  header.urgency = element["urgency"].AsText();
  header.secrecy = element["secrecy"].AsText();
  if (const Element with = element["issued_with"])
    header.issued_with = {with["type_code"].AsText(), with["number"].AsText(), with["notation"].AsText(),
                          with["date"].AsDate(), with["agency"].AsText()};
  return header;
}

std::optional<Signer> ReadSigner(const Element& element) {
  if (!element || element.IsNil()) return std::nullopt;
  return Signer{ReadTexts(element["block"]), ReadTexts(element["authority"]),
                element["on_behalf_of"].AsText(), element["position"].AsText(), element["name"].AsText()};
}

Citation ReadCitation(const Element& element) {
  return {element["text"].AsText().value_or(""),
          element["type_code"].AsText(),
          element["number"].AsText(),
          element["notation"].AsText(),
          element["date"].AsDate(),
          element["agency"].AsText(),
          element.AsWord("role", CitationRole::kBody)};
}

// Recursion is bounded by kMaxDepth of the parser.
Section ReadSection(const Element& element) {
  Section section;
  section.level = element.AsNumber<int>("level").value_or(0);
  section.label = element["label"].AsText();
  section.title = element["title"].AsText();
  section.paragraphs = ReadTexts(element["paragraphs"]);
  element["sections"].Each("section",
                           [&](const Element& inner) { section.sections.push_back(ReadSection(inner)); });
  return section;
}

Appendix ReadAppendix(const Element& element) {
  Appendix appendix;
  appendix.first_page = element.AsPage("first_page");
  appendix.last_page = element.AsPage("last_page");
  if ((appendix.first_page < 0) != (appendix.last_page < 0) || appendix.last_page < appendix.first_page)
    element.Refuse("phải có trang đầu và trang cuối", "there must be a first page and a last");
  appendix.tables = element.Numbers<int>("tables");
  appendix.label = element["label"].AsText();
  appendix.title = element["title"].AsText();
  if (const Element attached = element["attached_to"])
    appendix.attached_to = {attached["number"].AsText(), attached["notation"].AsText(),
                            attached["date"].AsDate()};
  appendix.paragraphs = ReadTexts(element["paragraphs"]);
  appendix.footnotes = ReadTexts(element["footnotes"]);
  return appendix;
}

std::vector<Place> ReadPlaces(const Element& element) {
  std::vector<Place> places;
  element.Each("place", [&](const Element& place) {
    places.push_back({place.AsPage("page"), place.AsBox()});
  });
  return places;
}

Cell ReadCell(const Element& element) {
  Cell cell;
  cell.row = element.AsNumber<int>("row").value_or(0);
  cell.col = element.AsNumber<int>("col").value_or(0);
  cell.rowspan = element.AsNumber<int>("rowspan").value_or(1);
  cell.colspan = element.AsNumber<int>("colspan").value_or(1);
  cell.source = element.AsWord("source", Source::kText);
  cell.confidence = element.AsNumber<double>("confidence").value_or(1);
  cell.text = element["text"].AsText().value_or("");
  cell.places = ReadPlaces(element);
  return cell;
}

Table ReadTable(const Element& element, std::size_t index) {
  Table table;
  for (const int page : element.Numbers<int>("pages")) table.pages.push_back(page - 1);
  table.header_rows = element.AsNumber<int>("header_rows").value_or(0);
  table.caption = element["caption"].AsText().value_or("");
  table.places = ReadPlaces(element);
  std::vector<long> lines;
  element.Each("cell", [&](const Element& cell) {
    table.cells.push_back(ReadCell(cell));
    lines.push_back(cell.LineNumber());
  });
  CompleteTable(table, fmt::format("/tables/{}", index), lines);
  return table;
}

std::optional<Deadline> ReadDeadline(const Element& element) {
  if (!element) return std::nullopt;
  return Deadline{element["text"].AsText().value_or(""), element.AsWord("kind", DeadlineKind::kUnknown),
                  element["start"].AsDate(), element["end"].AsDate(), element["recurrence"].AsText()};
}

void ReadOrganisations(const Element& element, std::vector<std::string>& written,
                       std::vector<Text>& normalised) {
  bool known = false;
  std::vector<Text> names;
  element.Each("organisation", [&](const Element& organisation) {
    const Text text = organisation.AsText();
    if (!text) return;
    written.push_back(*text);
    const std::string name = organisation.Attribute("normalised");
    names.push_back(name.empty() ? Text() : Text(name));
    known = known || !name.empty();
  });
  if (known) normalised = std::move(names);
}

Task ReadTask(const Element& element) {
  Task task;
  task.page = element.AsPage("page");
  task.table = element.AsNumber<int>("table");
  task.row = element.AsNumber<int>("row");
  task.group = ReadTexts(element["group"]);
  task.ordinal = element["ordinal"].AsText();
  task.goal = element["goal"].AsText();
  task.mission = element["mission"].AsText();
  task.content = element["content"].AsText().value_or("");
  ReadOrganisations(element["lead"], task.lead, task.lead_normalised);
  ReadOrganisations(element["coordinate"], task.coordinate, task.coordinate_normalised);
  task.deadline = ReadDeadline(element["deadline"]);
  task.product = element["product"].AsText();
  task.note = element["note"].AsText();
  return task;
}

Target ReadTarget(const Element& element) {
  return {element["text"].AsText().value_or(""), element.AsNumber<double>("value").value_or(0),
          element.Attribute("unit"), element.Attribute("comparison"), element.AsPage("page")};
}

SignatureFound ReadSignature(const Element& element) {
  SignatureFound signature;
  for (const SignatureMember& member : SignatureMembers())
    signature.*member.member = element[member.name].AsText();
  element.Each("reason", [&](const Element& reason) {
    if (Text text = reason.AsText()) signature.reasons.push_back(std::move(*text));
  });
  return signature;
}

Finding ReadFinding(const Element& element) {
  const int page = element.AsPage("page");
  return {element.AsWord("severity", Severity::kInfo), element.Attribute("code"),
          element["message"].AsText().value_or(""), page < 0 ? std::nullopt : std::optional<int>(page)};
}

Figures ReadFigures(const Element& element, std::span<const FigureName> names) {
  Figures figures;
  for (const FigureName& name : names) {
    const Element member = element[std::string(name.name).c_str()];
    if (!member) continue;
    if (name.kind == FigureKind::kNumber) figures.emplace(name.name, member.AsDouble());
    if (name.kind == FigureKind::kDate)
      if (const std::optional<Date> date = member.AsDate()) figures.emplace(name.name, *date);
    if (name.kind == FigureKind::kText)
      if (Text text = member.AsText()) figures.emplace(name.name, std::move(*text));
  }
  return figures;
}

std::optional<Report> ReadReport(const Element& element) {
  if (!element) return std::nullopt;
  Report report{ReadFigures(element, kReportFigures), {}};
  for (const ReportList& list : kReportLists)
    if (const Element rows = element[std::string(list.name).c_str()]) {
      std::vector<Figures>& out = report.lists[std::string(list.name)];
      rows.Each("row", [&](const Element& row) { out.push_back(ReadFigures(row, list.columns)); });
    }
  return report;
}

std::optional<Rendering> ReadRendering(const Element& element) {
  if (!element) return std::nullopt;
  Rendering rendering{
      element.Attribute("form"), element.Attribute("form_sha256"), element.Attribute("engine"), {}, {}};
  if (std::string conventions = element.Attribute("conventions_sha256"); !conventions.empty())
    rendering.conventions_sha256 = std::move(conventions);
  element.Each("font", [&](const Element& font) {
    rendering.fonts.push_back({font.Attribute("name"), font.Attribute("sha256")});
  });
  return rendering;
}

Record ReadRecord(const Element& root) {
  Record record;
  record.source = ReadSource(root["source"]);
  record.header = ReadHeader(root["header"]);
  record.addressees = ReadTexts(root["addressees"]);
  record.signer = ReadSigner(root["signer"]);
  record.recipients = ReadTexts(root["recipients"]);
  root["citations"].Each("citation",
                         [&](const Element& item) { record.citations.push_back(ReadCitation(item)); });
  root["sections"].Each("section",
                        [&](const Element& item) { record.sections.push_back(ReadSection(item)); });
  root["appendices"].Each("appendix",
                          [&](const Element& item) { record.appendices.push_back(ReadAppendix(item)); });
  root["tables"].Each(
      "table", [&](const Element& item) { record.tables.push_back(ReadTable(item, record.tables.size())); });
  root["tasks"].Each("task", [&](const Element& item) { record.tasks.push_back(ReadTask(item)); });
  root["targets"].Each("target", [&](const Element& item) { record.targets.push_back(ReadTarget(item)); });
  root["signatures"].Each("signature",
                          [&](const Element& item) { record.signatures.push_back(ReadSignature(item)); });
  root["evidence"].Each("value", [&](const Element& item) {
    record.evidence[item.Attribute("pointer")] = {item.AsPage("page"), item.AsBox(),
                                                  item.AsWord("source", Source::kText),
                                                  item.AsNumber<double>("confidence").value_or(1)};
  });
  root["findings"].Each("finding",
                        [&](const Element& item) { record.findings.push_back(ReadFinding(item)); });
  record.report = ReadReport(root["report"]);
  record.rendering = ReadRendering(root["rendering"]);
  for (const std::string_view name : kLeavable)
    if (!root[std::string(name).c_str()]) record.unexamined.emplace(name);
  CheckReferences(record);
  return record;
}

}  // namespace

Result<Record> ParseXml(std::string_view xml, const std::filesystem::path& schema) {
  try {
    const XmlDocument document = Parse(xml);
    Validate(document.get(), schema);
    return ReadRecord(Element(xmlDocGetRootElement(document.get())));
  } catch (const Fault& fault) {
    return Fail(ToError(fault));
  }
}

bool IsForeignXml(std::string_view xml) {
  const tl::expected<XmlDocument, XmlFault> document = ParseBounded(xml);
  if (!document) return false;
  const xmlNode* root = xmlDocGetRootElement(document->get());
  return root == nullptr || root->ns == nullptr ||
         xmlStrEqual(root->ns->href, reinterpret_cast<const xmlChar*>("urn:vanthu:record:1")) == 0;
}

}  // namespace vanthu::record
