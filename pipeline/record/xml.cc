#include "pipeline/record/xml.h"

#include <fmt/format.h>

#include <cmath>

#include "pipeline/record/vocabulary.h"
#include "pipeline/record/xml_writer.h"

namespace vanthu::record {
namespace {

std::string Iso(const std::optional<Date>& date) {
  return date && date->ok() ? ToIso(*date) : std::string();
}

// The attribute value of a box; empty for an empty box, which is left out.
std::string BoxText(const Box& box) {
  const Box rounded{RoundPlace(box.x0), RoundPlace(box.y0), RoundPlace(box.x1), RoundPlace(box.y1)};
  if (rounded.empty()) return {};
  return fmt::format("{} {} {} {}", rounded.x0, rounded.y0, rounded.x1, rounded.y1);
}

class RecordWriter {
 public:
  explicit RecordWriter(const Record& record) : record_(record) {}

  std::string Write() {
    xml_.Start("record");
    xml_.Attribute("xmlns", "urn:vanthu:record:1");
    WriteSource(record_.source);
    if (Examined("header")) WriteHeader(record_.header);
    if (Examined("addressees")) WriteTexts("addressees", record_.addressees);
    if (Examined("signer")) WriteSigner(record_.signer);
    if (Examined("recipients")) WriteTexts("recipients", record_.recipients);
    WriteList("citations", record_.citations, [this](const Citation& item) { WriteCitation(item); });
    WriteList("sections", record_.sections, [this](const Section& item) { WriteSection(item); });
    WriteList("appendices", record_.appendices, [this](const Appendix& item) { WriteAppendix(item); });
    WriteList("tables", record_.tables, [this](const Table& item) { WriteTable(item); });
    WriteList("tasks", record_.tasks, [this](const Task& item) { WriteTask(item); });
    WriteList("targets", record_.targets, [this](const Target& item) { WriteTarget(item); });
    WriteList("signatures", record_.signatures, [this](const SignatureFound& item) { WriteSignature(item); });
    WriteList("evidence", record_.evidence,
              [this](const auto& item) { WriteEvidence(item.first, item.second); });
    WriteList("findings", record_.findings, [this](const Finding& item) { WriteFinding(item); });
    if (record_.report) WriteReport(*record_.report);
    if (record_.rendering) WriteRendering(*record_.rendering);
    xml_.End();
    return xml_.Finish();
  }

 private:
  bool Examined(const char* name) const { return !record_.unexamined.contains(name); }

  template <typename List, typename WriteItem>
  void WriteList(const char* name, const List& list, const WriteItem& write_item) {
    if (!Examined(name)) return;
    xml_.Start(name);
    for (const auto& item : list) write_item(item);
    xml_.End();
  }

  void WriteTexts(const char* name, const std::vector<std::string>& texts) {
    xml_.Start(name);
    for (const std::string& text : texts) xml_.Element("item", text);
    xml_.End();
  }

  void WritePage(const char* name, int page) {
    if (page >= 0) xml_.Attribute(name, fmt::to_string(page + 1));
  }

  void WritePlaces(const std::vector<Place>& places) {
    for (const Place& place : places) {
      xml_.Start("place");
      WritePage("page", place.page);
      xml_.Attribute("box", BoxText(place.box));
      xml_.End();
    }
  }

  void WriteSource(const SourceFile& source) {
    if (source.file.empty() && source.sha256.empty() && source.pages <= 0) return;
    xml_.Start("source");
    xml_.Attribute("file", source.file);
    xml_.Attribute("sha256", source.sha256);
    xml_.Attribute("pages", fmt::to_string(source.pages));
    xml_.Attribute("origin", WordFor(source.origin));
    xml_.End();
  }

  void WriteHeader(const Header& header) {
    xml_.Start("header");
    xml_.Element("parent_agency", header.parent_agency);
    xml_.Element("issuing_agency", header.issuing_agency);
    xml_.Element("number", header.number);
    xml_.Element("notation", header.notation);
    xml_.Element("type_code", header.type_code);
    xml_.Element("type_name", header.type_name);
    xml_.Element("place", header.place);
    xml_.Element("date", Iso(header.date));
    xml_.Element("subject", header.subject);
    xml_.Element("urgency", header.urgency);
    xml_.Element("secrecy", header.secrecy);
    if (header.issued_with) {
      xml_.Start("issued_with");
      xml_.Element("type_code", header.issued_with->type_code);
      xml_.Element("number", header.issued_with->number);
      xml_.Element("notation", header.issued_with->notation);
      xml_.Element("date", Iso(header.issued_with->date));
      xml_.Element("agency", header.issued_with->agency);
      xml_.End();
    }
    xml_.End();
  }

  void WriteSigner(const std::optional<Signer>& signer) {
    xml_.Start("signer");
    if (signer) {
      WriteTexts("block", signer->block);
      WriteTexts("authority", signer->authority);
      xml_.Element("on_behalf_of", signer->on_behalf_of);
      xml_.Element("position", signer->position);
      xml_.Element("name", signer->name);
    } else {
      xml_.Attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
      xml_.Attribute("xsi:nil", "true");
    }
    xml_.End();
  }

  void WriteCitation(const Citation& citation) {
    xml_.Start("citation");
    xml_.Attribute("role", WordFor(citation.role));
    xml_.Element("text", citation.text);
    xml_.Element("type_code", citation.type_code);
    xml_.Element("number", citation.number);
    xml_.Element("notation", citation.notation);
    xml_.Element("date", Iso(citation.date));
    xml_.Element("agency", citation.agency);
    xml_.End();
  }

  void WriteSection(const Section& section) {
    xml_.Start("section");
    xml_.Attribute("level", fmt::to_string(section.level));
    xml_.Element("label", section.label);
    xml_.Element("title", section.title);
    WriteTexts("paragraphs", section.paragraphs);
    xml_.Start("sections");
    for (const Section& inner : section.sections) WriteSection(inner);
    xml_.End();
    xml_.End();
  }

  void WriteAppendix(const Appendix& appendix) {
    xml_.Start("appendix");
    WritePage("first_page", appendix.first_page);
    if (appendix.first_page >= 0) WritePage("last_page", appendix.last_page);
    xml_.Attribute("tables", fmt::format("{}", fmt::join(appendix.tables, " ")));
    xml_.Element("label", appendix.label);
    xml_.Element("title", appendix.title);
    if (appendix.attached_to) {
      xml_.Start("attached_to");
      xml_.Element("number", appendix.attached_to->number);
      xml_.Element("notation", appendix.attached_to->notation);
      xml_.Element("date", Iso(appendix.attached_to->date));
      xml_.End();
    }
    if (!appendix.paragraphs.empty()) WriteTexts("paragraphs", appendix.paragraphs);
    if (!appendix.footnotes.empty()) WriteTexts("footnotes", appendix.footnotes);
    xml_.End();
  }

  void WriteTable(const Table& table) {
    xml_.Start("table");
    std::string pages;
    for (const int page : table.pages) pages += (pages.empty() ? "" : " ") + fmt::to_string(page + 1);
    xml_.Attribute("pages", pages);
    xml_.Attribute("header_rows", fmt::to_string(table.header_rows));
    xml_.Element("caption", table.caption);
    if (table.header_rows > 0) {
      xml_.Start("columns");
      for (const Text& heading : ColumnHeadings(table)) {
        xml_.Start("column");
        xml_.Content(heading.value_or(""));
        xml_.End();
      }
      xml_.End();
    }
    WritePlaces(table.places);
    for (const Cell& cell : table.cells) WriteCell(cell);
    xml_.End();
  }

  void WriteCell(const Cell& cell) {
    xml_.Start("cell");
    xml_.Attribute("row", fmt::to_string(cell.row));
    xml_.Attribute("col", fmt::to_string(cell.col));
    if (cell.rowspan != 1) xml_.Attribute("rowspan", fmt::to_string(cell.rowspan));
    if (cell.colspan != 1) xml_.Attribute("colspan", fmt::to_string(cell.colspan));
    if (cell.source != Source::kText) xml_.Attribute("source", WordFor(cell.source));
    if (const double confidence = RoundConfidence(cell.confidence); confidence < 1)
      xml_.Attribute("confidence", fmt::to_string(confidence));
    xml_.Element("text", cell.text);
    WritePlaces(cell.places);
    xml_.End();
  }

  void WriteOrganisations(const char* name, const std::vector<std::string>& written,
                          const std::vector<Text>& normalised) {
    xml_.Start(name);
    for (std::size_t i = 0; i < written.size(); ++i) {
      if (CleanText(written[i]).empty()) continue;
      xml_.Start("organisation");
      if (i < normalised.size()) xml_.Attribute("normalised", normalised[i].value_or(""));
      xml_.Content(written[i]);
      xml_.End();
    }
    xml_.End();
  }

  void WriteTask(const Task& task) {
    xml_.Start("task");
    WritePage("page", task.page);
    if (task.table) xml_.Attribute("table", fmt::to_string(*task.table));
    if (task.row) xml_.Attribute("row", fmt::to_string(*task.row));
    WriteTexts("group", task.group);
    xml_.Element("ordinal", task.ordinal);
    xml_.Element("goal", task.goal);
    xml_.Element("mission", task.mission);
    xml_.Element("content", task.content);
    WriteOrganisations("lead", task.lead, task.lead_normalised);
    WriteOrganisations("coordinate", task.coordinate, task.coordinate_normalised);
    if (task.deadline) {
      xml_.Start("deadline");
      xml_.Attribute("kind", WordFor(task.deadline->kind));
      xml_.Element("text", task.deadline->text);
      xml_.Element("start", Iso(task.deadline->start));
      xml_.Element("end", Iso(task.deadline->end));
      xml_.Element("recurrence", task.deadline->recurrence);
      xml_.End();
    }
    xml_.Element("product", task.product);
    xml_.Element("note", task.note);
    xml_.End();
  }

  void WriteTarget(const Target& target) {
    xml_.Start("target");
    xml_.Attribute("value", fmt::to_string(std::isfinite(target.value) ? target.value : 0.0));
    xml_.Attribute("unit", target.unit);
    xml_.Attribute("comparison", target.comparison);
    WritePage("page", target.page);
    xml_.Element("text", target.text);
    xml_.End();
  }

  void WriteEvidence(const std::string& pointer, const Evidence& evidence) {
    xml_.Start("value");
    xml_.Attribute("pointer", pointer);
    WritePage("page", evidence.page);
    xml_.Attribute("box", BoxText(evidence.box));
    xml_.Attribute("source", WordFor(evidence.source));
    xml_.Attribute("confidence", fmt::to_string(RoundConfidence(evidence.confidence)));
    xml_.End();
  }

  void WriteSignature(const SignatureFound& signature) {
    xml_.Start("signature");
    for (const SignatureMember& member : SignatureMembers())
      xml_.Element(member.name, signature.*member.member);
    for (const std::string& reason : signature.reasons) xml_.Element("reason", reason);
    xml_.End();
  }

  void WriteFinding(const Finding& finding) {
    xml_.Start("finding");
    xml_.Attribute("severity", WordFor(finding.severity));
    xml_.Attribute("code", finding.code);
    if (finding.page) WritePage("page", *finding.page);
    xml_.Element("message", finding.message);
    xml_.End();
  }

  void WriteFigures(const Figures& figures, std::span<const FigureName> names) {
    for (const FigureName& name : names) {
      const auto found = figures.find(name.name);
      if (found == figures.end()) continue;
      const std::string element(name.name);
      if (const double* number = std::get_if<double>(&found->second); number && std::isfinite(*number))
        xml_.Element(element.c_str(), fmt::to_string(*number));
      if (const Date* date = std::get_if<Date>(&found->second)) xml_.Element(element.c_str(), Iso(*date));
      if (const std::string* text = std::get_if<std::string>(&found->second))
        xml_.Element(element.c_str(), *text);
    }
  }

  void WriteReport(const Report& report) {
    xml_.Start("report");
    WriteFigures(report.figures, kReportFigures);
    for (const ReportList& list : kReportLists) {
      const auto found = report.lists.find(list.name);
      if (found == report.lists.end()) continue;
      xml_.Start(std::string(list.name).c_str());
      for (const Figures& row : found->second) {
        xml_.Start("row");
        WriteFigures(row, list.columns);
        xml_.End();
      }
      xml_.End();
    }
    xml_.End();
  }

  void WriteRendering(const Rendering& rendering) {
    xml_.Start("rendering");
    xml_.RequiredAttribute("form", rendering.form);
    xml_.RequiredAttribute("form_sha256", rendering.form_sha256);
    xml_.RequiredAttribute("engine", rendering.engine);
    if (rendering.conventions_sha256)
      xml_.RequiredAttribute("conventions_sha256", *rendering.conventions_sha256);
    for (const Rendering::Font& font : rendering.fonts) {
      xml_.Start("font");
      xml_.RequiredAttribute("name", font.name);
      xml_.RequiredAttribute("sha256", font.sha256);
      xml_.End();
    }
    xml_.End();
  }

  const Record& record_;
  XmlWriter xml_;
};

}  // namespace

std::string ToXml(const Record& record) {
  return RecordWriter(record).Write();
}

}  // namespace vanthu::record
