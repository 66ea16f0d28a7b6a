// JSON -> Record. Input: any bytes. Output: a record, or the JSON pointer of the first fault. Method:
// nlohmann's parser under bounds of bytes, depth and number of values, then member by member with types
// checked; unknown members are ignored, so that a later version's extras and the notes of gold records
// (`alternatives`, `layout`) do no harm.
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/record/checks.h"
#include "pipeline/record/json.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

using Json = nlohmann::json;  // sorted members: lookups stay fast in an object with a million of them

// A value and where it stands.
class Node {
 public:
  Node(const Json& value, std::string pointer) : value_(&value), pointer_(std::move(pointer)) {}

  const std::string& pointer() const { return pointer_; }
  bool IsNull() const { return value_->is_null(); }
  bool Has(const char* name) const { return value_->contains(name); }

  // The member, or null where it is missing.
  Node operator[](const char* name) const {
    static const Json kMissing;
    const auto found = value_->find(name);
    return {found == value_->end() ? kMissing : *found, pointer_ + "/" + name};
  }

  Node AsObject() const {
    if (!value_->is_object()) Refuse("phải là đối tượng", "must be an object");
    return *this;
  }

  template <typename Visit>
  void EachItem(const Visit& visit) const {
    if (value_->is_null()) return;
    if (!value_->is_array()) Refuse("phải là danh sách", "must be a list");
    std::size_t index = 0;
    for (const Json& item : *value_) visit(Node(item, pointer_ + "/" + std::to_string(index++)));
  }

  template <typename Visit>
  void EachMember(const Visit& visit) const {
    if (value_->is_null()) return;
    if (!value_->is_object()) Refuse("phải là đối tượng", "must be an object");
    for (const auto& [name, member] : value_->items())
      visit(name, Node(member, pointer_ + "/" + Escaped(name)));
  }

  Text AsText() const {
    if (value_->is_null()) return std::nullopt;
    if (!value_->is_string()) Refuse("phải là chuỗi hoặc null", "must be a string or null");
    std::string text = CleanText(value_->get_ref<const std::string&>());
    if (text.empty()) return std::nullopt;
    return text;
  }

  std::optional<int> AsInt(int least, int most) const {
    if (value_->is_null()) return std::nullopt;
    // A whole number that fits no 64-bit integer is a float in nlohmann's model.
    const bool fits = value_->is_number_unsigned()
                          ? value_->get<std::uint64_t>() <= static_cast<std::uint64_t>(most)
                          : value_->is_number_integer() && value_->get<std::int64_t>() <= most;
    if (!fits || value_->get<std::int64_t>() < least)
      Refuse("phải là số nguyên từ " + std::to_string(least) + " đến " + std::to_string(most),
             "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return value_->get<int>();
  }

  std::optional<int> AsPage() const {
    const std::optional<int> page = AsInt(1, kMaxPage);
    return page ? std::optional<int>(*page - 1) : std::nullopt;
  }

  std::optional<double> AsNumber() const {
    if (value_->is_null()) return std::nullopt;
    if (!value_->is_number() || !std::isfinite(value_->get<double>()))
      Refuse("phải là số", "must be a number");
    return value_->get<double>();
  }

  std::optional<Date> AsDate() const {
    if (value_->is_null()) return std::nullopt;
    const std::optional<Date> date =
        value_->is_string() ? ParseIsoDate(value_->get_ref<const std::string&>()) : std::nullopt;
    if (!date) Refuse("phải là ngày YYYY-MM-DD hoặc null", "must be a date YYYY-MM-DD or null");
    return date;
  }

  template <typename E>
  E AsWord(E missing) const {
    if (value_->is_null()) return missing;
    const std::optional<E> value =
        value_->is_string() ? FromWord<E>(value_->get_ref<const std::string&>()) : std::nullopt;
    if (!value) Refuse("giá trị không thuộc danh mục", "not one of the words allowed here");
    return *value;
  }

  [[noreturn]] void Refuse(const std::string& vi, const std::string& en) const {
    const std::string where = pointer_.empty() ? "/" : pointer_;
    throw Fault{ErrorCode::kDamaged, {where, where}, {vi, en}};
  }

 private:
  static std::string Escaped(const std::string& name) {  // RFC 6901
    std::string out;
    for (const char c : name) out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
    return out;
  }

  const Json* value_;
  std::string pointer_;
};

std::vector<std::string> ReadStrings(const Node& node) {
  std::vector<std::string> out;
  node.EachItem([&](const Node& item) {
    if (Text text = item.AsText()) out.push_back(std::move(*text));
  });
  return out;
}

Box ReadBox(const Node& node) {
  std::vector<double> numbers;
  node.EachItem([&](const Node& item) {
    const std::optional<double> number = item.AsNumber();
    if (!number || numbers.size() == 4) node.Refuse("phải là bốn số", "must be four numbers");
    numbers.push_back(*number);
  });
  if (numbers.empty()) return {};
  if (numbers.size() != 4) node.Refuse("phải là bốn số", "must be four numbers");
  return {numbers[0], numbers[1], numbers[2], numbers[3]};
}

double ReadConfidence(const Node& node) {
  const double confidence = node.AsNumber().value_or(1);
  if (confidence < 0 || confidence > 1) node.Refuse("phải từ 0 đến 1", "must be from 0 to 1");
  return confidence;
}

SourceFile ReadSource(const Node& node) {
  SourceFile source;
  source.file = node["file"].AsText().value_or("");
  source.sha256 = node["sha256"].AsText().value_or("");
  if (!source.sha256.empty() && !IsSha256(source.sha256))
    node["sha256"].Refuse("phải là 64 chữ số thập lục phân", "must be 64 hexadecimal digits");
  source.pages = node["pages"].AsInt(0, kMaxPage).value_or(0);
  source.origin = node["origin"].AsWord(Origin::kText);
  return source;
}

Header ReadHeader(const Node& node) {
  Header header;
  header.parent_agency = node["parent_agency"].AsText();
  header.issuing_agency = node["issuing_agency"].AsText();
  header.number = node["number"].AsText();
  header.notation = node["notation"].AsText();
  header.type_code = node["type_code"].AsText();
  header.type_name = node["type_name"].AsText();
  header.place = node["place"].AsText();
  header.date = node["date"].AsDate();
  header.subject = node["subject"].AsText();
  header.urgency = node["urgency"].AsText();
  header.secrecy = node["secrecy"].AsText();
  if (const Node with = node["issued_with"]; !with.IsNull()) {
    with.AsObject();
    header.issued_with = {with["type_code"].AsText(), with["number"].AsText(), with["notation"].AsText(),
                          with["date"].AsDate(), with["agency"].AsText()};
  }
  return header;
}

std::optional<Signer> ReadSigner(const Node& node) {
  if (node.IsNull()) return std::nullopt;
  node.AsObject();
  return Signer{ReadStrings(node["block"]), ReadStrings(node["authority"]), node["on_behalf_of"].AsText(),
                node["position"].AsText(), node["name"].AsText()};
}

Citation ReadCitation(const Node& node) {
  node.AsObject();
  return {node["text"].AsText().value_or(""),
          node["type_code"].AsText(),
          node["number"].AsText(),
          node["notation"].AsText(),
          node["date"].AsDate(),
          node["agency"].AsText(),
          node["role"].AsWord(CitationRole::kBody)};
}

// Recursion is bounded by kMaxDepth of the parser.
Section ReadSection(const Node& node) {
  node.AsObject();
  Section section;
  section.label = node["label"].AsText();
  section.title = node["title"].AsText();
  section.level = node["level"].AsInt(0, kMaxDepth).value_or(0);
  section.paragraphs = ReadStrings(node["paragraphs"]);
  node["sections"].EachItem([&](const Node& item) { section.sections.push_back(ReadSection(item)); });
  return section;
}

Appendix ReadAppendix(const Node& node) {
  node.AsObject();
  Appendix appendix;
  appendix.label = node["label"].AsText();
  appendix.title = node["title"].AsText();
  if (const Node attached = node["attached_to"]; !attached.IsNull()) {
    attached.AsObject();
    appendix.attached_to = {attached["number"].AsText(), attached["notation"].AsText(),
                            attached["date"].AsDate()};
  }
  std::vector<int> pages;
  node["pages"].EachItem([&](const Node& item) { pages.push_back(item.AsPage().value_or(-1)); });
  if (!pages.empty() && (pages.size() != 2 || pages[0] < 0 || pages[1] < pages[0]))
    node["pages"].Refuse("phải là trang đầu và trang cuối", "must be the first page and the last");
  appendix.first_page = pages.empty() ? -1 : pages[0];
  appendix.last_page = pages.empty() ? -1 : pages[1];
  node["tables"].EachItem(
      [&](const Node& item) { appendix.tables.push_back(item.AsInt(0, kMaxPage).value_or(0)); });
  appendix.paragraphs = ReadStrings(node["paragraphs"]);
  appendix.footnotes = ReadStrings(node["footnotes"]);
  return appendix;
}

std::vector<Place> ReadPlaces(const Node& node) {
  std::vector<Place> places;
  node.EachItem([&](const Node& item) {
    item.AsObject();
    const std::optional<int> page = item["page"].AsPage();
    if (!page) item["page"].Refuse("thiếu số trang", "the page number is missing");
    places.push_back({*page, ReadBox(item["box"])});
  });
  return places;
}

Cell ReadCell(const Node& node) {
  node.AsObject();
  const auto required = [&](const char* name, int least, int most) {
    const std::optional<int> value = node[name].AsInt(least, most);
    if (!value) node[name].Refuse("thiếu giá trị", "the value is missing");
    return *value;
  };
  Cell cell;
  cell.row = required("row", 0, kMaxRows);
  cell.col = required("col", 0, kMaxColumns);
  cell.rowspan = node["rowspan"].AsInt(1, kMaxRows).value_or(1);
  cell.colspan = node["colspan"].AsInt(1, kMaxColumns).value_or(1);
  cell.text = node["text"].AsText().value_or("");
  cell.places = ReadPlaces(node["places"]);
  if (const std::optional<int> page = node["page"].AsPage(); page && cell.places.empty())
    cell.places.push_back({*page, ReadBox(node["box"])});
  cell.source = node["source"].AsWord(Source::kText);
  cell.confidence = ReadConfidence(node["confidence"]);
  return cell;
}

Table ReadTable(const Node& node) {
  node.AsObject();
  Table table;
  node["pages"].EachItem([&](const Node& item) {
    if (const std::optional<int> page = item.AsPage()) table.pages.push_back(*page);
  });
  table.caption = node["caption"].AsText().value_or("");
  table.header_rows = node["header_rows"].AsInt(0, kMaxRows).value_or(0);
  table.places = ReadPlaces(node["places"]);
  node["cells"].EachItem([&](const Node& item) { table.cells.push_back(ReadCell(item)); });
  CompleteTable(table, node.pointer());
  return table;
}

std::optional<Deadline> ReadDeadline(const Node& node) {
  if (node.IsNull()) return std::nullopt;
  node.AsObject();
  return Deadline{node["text"].AsText().value_or(""), node["kind"].AsWord(DeadlineKind::kUnknown),
                  node["start"].AsDate(), node["end"].AsDate(), node["recurrence"].AsText()};
}

void ReadOrganisations(const Node& node, const std::string& name, std::vector<std::string>& written,
                       std::vector<Text>& normalised) {
  std::vector<Text> names;
  node[name.c_str()].EachItem([&](const Node& item) { names.push_back(item.AsText()); });
  std::vector<Text> register_names;
  const Node known = node[(name + "_normalised").c_str()];
  known.EachItem([&](const Node& item) { register_names.push_back(item.AsText()); });
  if (!register_names.empty() && register_names.size() != names.size())
    known.Refuse("phải dài bằng danh sách " + name, "must be as long as " + name);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!names[i]) continue;
    written.push_back(*names[i]);
    if (!register_names.empty()) normalised.push_back(register_names[i]);
  }
}

Task ReadTask(const Node& node) {
  node.AsObject();
  Task task;
  task.group = ReadStrings(node["group"]);
  task.ordinal = node["ordinal"].AsText();
  task.goal = node["goal"].AsText();
  task.mission = node["mission"].AsText();
  task.content = node["content"].AsText().value_or("");
  ReadOrganisations(node, "lead", task.lead, task.lead_normalised);
  ReadOrganisations(node, "coordinate", task.coordinate, task.coordinate_normalised);
  task.deadline = ReadDeadline(node["deadline"]);
  task.product = node["product"].AsText();
  task.note = node["note"].AsText();
  task.page = node["page"].AsPage().value_or(-1);
  task.table = node["table"].AsInt(0, kMaxPage);
  task.row = node["row"].AsInt(0, kMaxRows);
  return task;
}

Target ReadTarget(const Node& node) {
  node.AsObject();
  return {node["text"].AsText().value_or(""), node["value"].AsNumber().value_or(0),
          node["unit"].AsText().value_or(""), node["comparison"].AsText().value_or(""),
          node["page"].AsPage().value_or(-1)};
}

Evidence ReadEvidence(const Node& node) {
  node.AsObject();
  const std::optional<int> page = node["page"].AsPage();
  if (!page) node["page"].Refuse("thiếu số trang", "the page number is missing");
  return {*page, ReadBox(node["box"]), node["source"].AsWord(Source::kText),
          ReadConfidence(node["confidence"])};
}

SignatureFound ReadSignature(const Node& node) {
  node.AsObject();
  SignatureFound signature;
  for (const SignatureMember& member : SignatureMembers()) {
    const Node value = node[member.name];
    Text text = value.AsText();
    if (text && !member.words.empty() && std::ranges::find(member.words, *text) == member.words.end())
      value.Refuse("giá trị không thuộc danh mục", "not one of the words allowed here");
    signature.*member.member = std::move(text);
  }
  signature.reasons = ReadStrings(node["reasons"]);
  return signature;
}

Finding ReadFinding(const Node& node) {
  node.AsObject();
  return {node["severity"].AsWord(Severity::kInfo), node["code"].AsText().value_or(""),
          node["message"].AsText().value_or(""), node["page"].AsPage()};
}

Figures ReadFigures(const Node& node, std::span<const FigureName> names) {
  node.AsObject();
  Figures figures;
  for (const FigureName& name : names) {
    const Node member = node[std::string(name.name).c_str()];
    if (member.IsNull()) continue;
    if (name.kind == FigureKind::kNumber) figures.emplace(name.name, *member.AsNumber());
    if (name.kind == FigureKind::kDate) figures.emplace(name.name, *member.AsDate());
    if (name.kind == FigureKind::kText)
      if (Text text = member.AsText()) figures.emplace(name.name, std::move(*text));
  }
  return figures;
}

std::optional<Report> ReadReport(const Node& node) {
  if (node.IsNull()) return std::nullopt;
  Report report{ReadFigures(node, kReportFigures), {}};
  for (const ReportList& list : kReportLists) {
    const Node rows = node[std::string(list.name).c_str()];
    if (rows.IsNull()) continue;
    std::vector<Figures>& out = report.lists[std::string(list.name)];
    rows.EachItem([&](const Node& row) { out.push_back(ReadFigures(row, list.columns)); });
  }
  return report;
}

std::string ReadSha256(const Node& node) {
  std::string text = node.AsText().value_or("");
  if (!IsSha256(text)) node.Refuse("phải là 64 chữ số thập lục phân", "must be 64 hexadecimal digits");
  return text;
}

std::string ReadRequired(const Node& node) {
  Text text = node.AsText();
  if (!text) node.Refuse("phải có", "must be there");
  return *text;
}

std::optional<Rendering> ReadRendering(const Node& node) {
  if (node.IsNull()) return std::nullopt;
  node.AsObject();
  constexpr std::size_t kMostFonts = 20;  // as in record.xsd
  Rendering rendering{
      ReadRequired(node["form"]), ReadSha256(node["form_sha256"]), ReadRequired(node["engine"]), {}, {}};
  if (const Node conventions = node["conventions_sha256"]; !conventions.IsNull())
    rendering.conventions_sha256 = ReadSha256(conventions);
  node["fonts"].EachItem([&](const Node& font) {
    font.AsObject();
    if (rendering.fonts.size() == kMostFonts) font.Refuse("quá nhiều phông chữ", "too many fonts");
    rendering.fonts.push_back({ReadRequired(font["name"]), ReadSha256(font["sha256"])});
  });
  return rendering;
}

Record ReadRecord(const Node& root) {
  root.AsObject();
  if (root["schema"].AsText() != "vanthu/record/1")
    throw Fault{ErrorCode::kNotAccepted,
                {"/schema", "/schema"},
                {"không phải vanthu/record/1", "not vanthu/record/1"}};
  Record record;
  if (const Node source = root["source"]; !source.IsNull()) record.source = ReadSource(source.AsObject());
  if (const Node header = root["header"]; !header.IsNull()) record.header = ReadHeader(header.AsObject());
  record.addressees = ReadStrings(root["addressees"]);
  record.signer = ReadSigner(root["signer"]);
  record.recipients = ReadStrings(root["recipients"]);
  root["citations"].EachItem([&](const Node& item) { record.citations.push_back(ReadCitation(item)); });
  root["sections"].EachItem([&](const Node& item) { record.sections.push_back(ReadSection(item)); });
  root["appendices"].EachItem([&](const Node& item) { record.appendices.push_back(ReadAppendix(item)); });
  root["tables"].EachItem([&](const Node& item) { record.tables.push_back(ReadTable(item)); });
  root["tasks"].EachItem([&](const Node& item) { record.tasks.push_back(ReadTask(item)); });
  root["targets"].EachItem([&](const Node& item) { record.targets.push_back(ReadTarget(item)); });
  root["signatures"].EachItem([&](const Node& item) { record.signatures.push_back(ReadSignature(item)); });
  root["evidence"].EachMember([&](const std::string& pointer, const Node& item) {
    record.evidence[CleanText(pointer)] = ReadEvidence(item);
  });
  root["findings"].EachItem([&](const Node& item) { record.findings.push_back(ReadFinding(item)); });
  record.report = ReadReport(root["report"]);
  record.rendering = ReadRendering(root["rendering"]);
  for (const std::string_view name : kLeavable)
    if (!root.Has(std::string(name).c_str())) record.unexamined.emplace(name);
  CheckReferences(record);
  return record;
}

// Bounds what the parser will build, before it does: the parser's own callback for this takes time that grows
// with the square of a list's length (10,000 rows: 1.9 s).
void CheckBounds(std::string_view text) {
  std::size_t values = 0;
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    if (c == '"') in_string = true;
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (c == '[' || c == '{' || c == ',' || c == ':') ++values;
    if (depth > kMaxDepth || values > kMaxValues)
      throw Fault{ErrorCode::kLimit,
                  {"/", "/"},
                  {"lồng nhau quá sâu hoặc quá nhiều giá trị", "nested too deep or too many values"}};
  }
}

Json ParseBounded(std::string_view text) {
  CheckBounds(text);
  return Json::parse(text.begin(), text.end());
}

}  // namespace

Result<Record> ParseJson(std::string_view json) {
  try {
    if (json.size() > kMaxBytes)
      throw Fault{ErrorCode::kLimit, {"/", "/"}, {"tệp quá lớn", "the file is too large"}};
    return ReadRecord(Node(ParseBounded(json), ""));
  } catch (const Fault& fault) {
    return Fail(ToError(fault));
  } catch (const nlohmann::json::exception& e) {
    Error error = ToError({ErrorCode::kDamaged, {"/", "/"}, {"không phải JSON", "not JSON"}});
    error.cause = e.what();
    return Fail(std::move(error));
  }
}

}  // namespace vanthu::record
