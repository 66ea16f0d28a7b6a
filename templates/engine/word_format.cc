#include "templates/engine/word_format.h"

#include <algorithm>
#include <cmath>

namespace vanthu::templates {
namespace {

constexpr char kNamespace[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr char kFamily[] = "Times New Roman";  // Decree 30/2020, annex I: every office has it
constexpr double kMostIndentShare = 0.8;       // of the width, as the layout bounds it
constexpr int kDefaultHalfPoints = 28;
constexpr int kDeepestOutline = 8;

const char* NameOf(Align align) {
  switch (align) {
    case Align::kLeft:
      return "left";
    case Align::kCentre:
      return "center";
    case Align::kRight:
      return "right";
    case Align::kJustified:
      return "both";
  }
  return "left";
}

// The title is the first level, as it is H1 of the PDF's tags; headings stand below it.
int OutlineOf(const Paragraph& paragraph) {
  if (paragraph.role == Role::kTitle) return 0;
  if (paragraph.role == Role::kHeading) return std::clamp(paragraph.level, 1, kDeepestOutline);
  return kNoOutline;
}

struct StyleName {
  std::string id, name;
};

// The name in the conventions, so that a clerk meets in Word the names that forms use; Word's own where there
// is none.
StyleName NameOf(const Paragraph& paragraph, CellPart cell) {
  if (!paragraph.style.empty()) return {paragraph.style, paragraph.style};
  if (cell == CellPart::kHeader) return {"dau-bang", "dau-bang"};
  switch (paragraph.role) {
    case Role::kTitle:
      return {"Title", "Title"};
    case Role::kHeading: {
      const std::string level = std::to_string(std::clamp(paragraph.level, 1, 9));
      return {"Heading" + level, "heading " + level};
    }
    case Role::kListItem:
      if (cell == CellPart::kBody) break;
      return {"ListParagraph", "List Paragraph"};
    case Role::kCaption:
      return {"Caption", "caption"};
    case Role::kParagraph:
      break;
  }
  if (cell == CellPart::kBody) return {"o-bang", "o-bang"};
  return {"BodyText", "Body Text"};
}

void WriteToggle(const char* name, bool on, bool base, WordXml& xml) {
  if (on == base) return;
  if (on)
    xml.Empty(name);
  else
    xml.Value(name, "0");
}

void WriteDefaults(const std::string& language, WordXml& xml) {
  xml.Start("w:docDefaults");
  xml.Start("w:rPrDefault");
  xml.Start("w:rPr");
  xml.Empty("w:rFonts",
            {{"w:ascii", kFamily}, {"w:eastAsia", kFamily}, {"w:hAnsi", kFamily}, {"w:cs", kFamily}});
  xml.Value("w:sz", kDefaultHalfPoints);
  xml.Value("w:szCs", kDefaultHalfPoints);
  xml.Empty("w:lang", {{"w:val", language}, {"w:eastAsia", language}, {"w:bidi", language}});
  xml.End();
  xml.End();
  xml.Start("w:pPrDefault");
  xml.Start("w:pPr");
  xml.Empty("w:widowControl");
  xml.Empty("w:spacing", {{"w:before", "0"}, {"w:after", "0"}, {"w:line", "240"}, {"w:lineRule", "auto"}});
  xml.End();
  xml.End();
  xml.End();
}

void WriteStyle(const WordStyle& style, const ParagraphFormat& normal, WordXml& xml) {
  xml.Start("w:style", {{"w:type", "paragraph"}, {"w:styleId", style.id}});
  xml.Value("w:name", style.name);
  xml.Value("w:basedOn", "Normal");
  xml.Empty("w:qFormat");
  xml.Start("w:pPr");
  WriteParagraphProperties(style.format, &normal, xml);
  WriteOutline(style.format, &normal, xml);
  xml.End();
  xml.Start("w:rPr");
  WriteCharacterProperties(style.format.letters, &normal.letters, xml);
  xml.End();
  xml.End();
}

}  // namespace

int Twips(double points) {
  return static_cast<int>(std::lround(points * 20));
}

int HalfPoints(double points) {
  return std::max(1, static_cast<int>(std::lround(points * 2)));
}

CharacterFormat FormatOf(const Run& run, const Paragraph& paragraph) {
  return {HalfPoints(run.size_pt.value_or(paragraph.size_pt)), run.bold, run.italic, run.red};
}

ParagraphFormat FormatOf(const Paragraph& paragraph, double width_pt) {
  ParagraphFormat format;
  format.before = Twips(paragraph.space_before_pt);
  format.after = Twips(paragraph.space_after_pt);
  format.line = static_cast<int>(std::lround(paragraph.line_spacing * 240));
  const double most = std::max(width_pt, 1.0) * kMostIndentShare;
  const double indent = std::clamp(paragraph.indent_pt, 0.0, most);
  format.indent = Twips(indent);
  format.first_indent = Twips(std::clamp(indent + paragraph.first_indent_pt, 0.0, most)) - format.indent;
  format.align = paragraph.align;
  format.keep_next = paragraph.keep_with_next;
  format.outline = OutlineOf(paragraph);
  format.letters = {HalfPoints(paragraph.size_pt), !paragraph.runs.empty(), !paragraph.runs.empty(),
                    !paragraph.runs.empty()};
  for (const Run& run : paragraph.runs) {
    format.letters.bold = format.letters.bold && run.bold;
    format.letters.italic = format.letters.italic && run.italic;
    format.letters.red = format.letters.red && run.red;
  }
  return format;
}

const WordStyle& WordStyles::StyleOf(const Paragraph& paragraph, CellPart cell,
                                     const ParagraphFormat& format) {
  StyleName name = NameOf(paragraph, cell);
  const auto found = std::find_if(styles_.begin(), styles_.end(),
                                  [&](const WordStyle& style) { return style.id == name.id; });
  if (found != styles_.end()) return *found;
  styles_.push_back({std::move(name.id), std::move(name.name), format});
  // Not every paragraph of the kind stays with the next: who does says so itself.
  if (cell != CellPart::kNone) styles_.back().format.keep_next = false;
  return styles_.back();
}

std::string WordStyles::Xml(const std::string& language, int page_number_half_points) const {
  ParagraphFormat normal;
  normal.letters.half_points = kDefaultHalfPoints;
  WordXml xml;
  xml.Start("w:styles", {{"xmlns:w", kNamespace}});
  WriteDefaults(language, xml);
  xml.Start("w:style", {{"w:type", "paragraph"}, {"w:default", "1"}, {"w:styleId", "Normal"}});
  xml.Value("w:name", "Normal");
  xml.Empty("w:qFormat");
  xml.End();
  xml.Start("w:style", {{"w:type", "table"}, {"w:default", "1"}, {"w:styleId", "TableNormal"}});
  xml.Value("w:name", "Normal Table");
  xml.End();
  ParagraphFormat header = normal;
  header.align = Align::kCentre;
  header.letters.half_points = page_number_half_points;
  WriteStyle({"Header", "header", header}, normal, xml);
  for (const WordStyle& style : styles_) WriteStyle(style, normal, xml);
  return xml.Finish();
}

void WriteParagraphProperties(const ParagraphFormat& format, const ParagraphFormat* base, WordXml& xml) {
  static const ParagraphFormat kPlain;
  const ParagraphFormat& b = base == nullptr ? kPlain : *base;
  WriteToggle("w:keepNext", format.keep_next, b.keep_next, xml);
  if (format.before != b.before || format.after != b.after || format.line != b.line)
    xml.Empty("w:spacing", {{"w:before", std::to_string(format.before)},
                            {"w:after", std::to_string(format.after)},
                            {"w:line", std::to_string(format.line)},
                            {"w:lineRule", "auto"}});
  if (format.indent != b.indent || format.first_indent != b.first_indent) {
    const bool hangs = format.first_indent < 0;
    xml.Empty("w:ind",
              {{"w:left", std::to_string(format.indent)},
               {hangs ? "w:hanging" : "w:firstLine", std::to_string(std::abs(format.first_indent))}});
  }
  if (format.align != b.align) xml.Value("w:jc", NameOf(format.align));
}

void WriteOutline(const ParagraphFormat& format, const ParagraphFormat* base, WordXml& xml) {
  if (format.outline != (base == nullptr ? kNoOutline : base->outline))
    xml.Value("w:outlineLvl", format.outline);
}

void WriteCharacterProperties(const CharacterFormat& format, const CharacterFormat* base, WordXml& xml) {
  static const CharacterFormat kPlain;
  const CharacterFormat& b = base == nullptr ? kPlain : *base;
  WriteToggle("w:b", format.bold, b.bold, xml);
  WriteToggle("w:i", format.italic, b.italic, xml);
  if (format.red != b.red) xml.Value("w:color", format.red ? "FF0000" : "auto");
  if (format.half_points != b.half_points) {
    xml.Value("w:sz", format.half_points);
    xml.Value("w:szCs", format.half_points);
  }
}

}  // namespace vanthu::templates
