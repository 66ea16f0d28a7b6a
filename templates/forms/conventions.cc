#include "templates/forms/conventions.h"

#include <stdexcept>

#include "pipeline/base/data_file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

constexpr double kMostPoints = 300;

// A number that may be left out.
double OptionalNumber(DataReader& reader, const std::vector<std::string>& keys, const char* key, double least,
                      double most, double missing) {
  for (const std::string& there : keys)
    if (there == key) return reader.Number(key, least, most);
  return missing;
}

Align AlignOf(const std::string& word) {
  if (word == "centre") return Align::kCentre;
  if (word == "right") return Align::kRight;
  return word == "justified" ? Align::kJustified : Align::kLeft;
}

Role RoleOf(const std::string& word) {
  if (word == "title") return Role::kTitle;
  if (word == "heading") return Role::kHeading;
  if (word == "item") return Role::kListItem;
  return word == "caption" ? Role::kCaption : Role::kParagraph;
}

Style ReadStyle(DataReader reader) {
  const std::vector<std::string> keys = reader.Keys();
  Style style;
  Paragraph& p = style.paragraph;
  p.size_pt = reader.Number("size", 6, 36);
  p.align = AlignOf(reader.Text("align"));
  p.role = RoleOf(reader.OptionalText("role"));
  p.indent_pt = OptionalNumber(reader, keys, "indent", 0, kMostPoints, 0);
  p.first_indent_pt = OptionalNumber(reader, keys, "first_indent", -kMostPoints, kMostPoints, 0);
  p.space_before_pt = OptionalNumber(reader, keys, "before", 0, kMostPoints, 0);
  p.space_after_pt = OptionalNumber(reader, keys, "after", 0, kMostPoints, 0);
  p.line_spacing = OptionalNumber(reader, keys, "spacing", 0.8, 3, 1);
  if (const double rule = OptionalNumber(reader, keys, "rule", 0, 1, 0); rule > 0) p.rule_share = rule;
  p.keep_with_next = reader.Flag("keep");
  style.bold = reader.Flag("bold");
  style.italic = reader.Flag("italic");
  style.red = reader.Flag("red");
  style.upper = reader.Flag("upper");
  return style;
}

Margins ReadMargins(DataReader reader) {
  Margins margins;
  margins.top_pt = reader.Number("top", 0, kMostPoints);
  margins.bottom_pt = reader.Number("bottom", 0, kMostPoints);
  margins.left_pt = reader.Number("left", 0, kMostPoints);
  margins.right_pt = reader.Number("right", 0, kMostPoints);
  return margins;
}

TableSettings ReadTableSettings(DataReader reader) {
  TableSettings table;
  table.size_pt = reader.Number("size", 6, 36);
  table.rule_pt = reader.Number("rule", 0, 5);
  table.padding_pt = reader.Number("padding", 0, 20);
  table.landscape_columns = static_cast<int>(reader.Number("landscape_columns", 1, 100));
  table.justified_share = reader.Number("justified_share", 0, 1);
  for (const std::string& words : reader.Texts("sum_rows")) table.sum_rows.push_back(MatchKey(words));
  return table;
}

void ReadWords(DataReader& root, Conventions* out) {
  out->motto = root.Texts("motto");
  out->number_label = root.Text("number_label");
  out->recipients_label = root.Text("recipients_label");
  DataReader blanks = root.Item("blanks");
  out->number_blank = blanks.Text("number");
  out->day_blank = blanks.Text("day");
  out->month_blank = blanks.Text("month");
  out->year_blank = blanks.Text("year");
  for (DataReader& stamp : root.Items("stamps"))
    out->stamps.push_back(
        {stamp.Text("text"), stamp.Number("width", 0, kMostPoints), stamp.Number("height", 0, kMostPoints)});
  out->agencies = root.Texts("agencies");
  out->localities = root.Texts("localities");
  out->bodies = root.Texts("bodies");
  out->addressees_label = root.Text("addressees_label");
  out->article_words = root.Texts("article_words");
  out->division_words = root.Texts("division_words");
  out->basis_openings = root.Texts("basis_openings");
  out->deputy = root.Text("deputy");
  DataReader marks = root.Item("marks");
  out->collective_mark = marks.Text("collective");
  out->deputy_mark = marks.Text("deputy");
  out->acting_mark = marks.Text("acting");
}

Status ReadTypes(const std::filesystem::path& path, Conventions* out) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  // The file's other keys are the reader's business (pipeline/extract), so what is left unread is no fault
  // here.
  DataReader root = file->root();
  for (DataReader& type : root.Items("types")) {
    const std::string code = type.OptionalText("code");
    const std::string name = type.Text("name");
    if (!code.empty()) out->type_names.emplace(code, name);
  }
  return {};
}

}  // namespace

const Style& Conventions::StyleOf(std::string_view name) const {
  const auto found = styles.find(name);
  if (found == styles.end()) throw std::logic_error("no style " + std::string(name));
  return found->second;
}

Result<Conventions> ReadConventions(const std::filesystem::path& forms, const std::filesystem::path& rules) {
  Result<DataFile> file = ReadDataFile(forms / "conventions.json");
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  Conventions out;
  out.sha256 = file->sha256();
  root.OptionalText("$comment");
  out.margins = ReadMargins(root.Item("margins"));
  out.page_number_pt = root.Number("page_number", 6, 36);
  out.head_left_share = root.Number("head_left_share", 0.1, 0.9);
  out.signature_height_pt = root.Number("signature_height", 0, kMostPoints);
  out.table = ReadTableSettings(root.Item("table"));
  ReadWords(root, &out);
  DataReader styles = root.Item("styles");
  for (const std::string& name : styles.Keys()) {
    Style style = ReadStyle(styles.Item(name));
    style.paragraph.style = name;
    out.styles.emplace(name, std::move(style));
  }
  if (const Status status = file->Check(); !status) return Fail(status.error());
  if (out.motto.size() != 2) throw std::logic_error("conventions.json: the motto has two lines");
  if (const Status types = ReadTypes(rules / "types.json", &out); !types) return Fail(types.error());
  return out;
}

}  // namespace vanthu::templates
