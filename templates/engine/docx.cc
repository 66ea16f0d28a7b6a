// Input: a Document. Output: the package of a DOCX. Source: ECMA-376 part 2 (packages) and part 1, 11 and
// 15.2; what Word itself asks for beyond the schema is said where it is met.
#include <fmt/format.h>

#include "templates/engine/check.h"
#include "templates/engine/docx_body.h"
#include "templates/engine/engine.h"
#include "templates/engine/metadata.h"
#include "templates/engine/zip_package.h"

namespace vanthu::templates {
namespace {

constexpr char kWord[] = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr char kPackageRelations[] = "http://schemas.openxmlformats.org/package/2006/relationships";
constexpr char kOfficeRelation[] = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
constexpr char kWordType[] = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

std::string ContentTypes() {
  WordXml xml;
  xml.Start("Types", {{"xmlns", "http://schemas.openxmlformats.org/package/2006/content-types"}});
  xml.Empty("Default", {{"Extension", "rels"},
                        {"ContentType", "application/vnd.openxmlformats-package.relationships+xml"}});
  xml.Empty("Default", {{"Extension", "xml"}, {"ContentType", "application/xml"}});
  const auto part = [&xml](const char* name, const std::string& type) {
    xml.Empty("Override", {{"PartName", name}, {"ContentType", type}});
  };
  part("/word/document.xml", std::string(kWordType) + "document.main+xml");
  part("/word/styles.xml", std::string(kWordType) + "styles+xml");
  part("/word/settings.xml", std::string(kWordType) + "settings+xml");
  part("/word/header1.xml", std::string(kWordType) + "header+xml");
  part("/word/header2.xml", std::string(kWordType) + "header+xml");
  part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
  part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
  return xml.Finish();
}

void Relation(WordXml& xml, const char* id, const std::string& type, const char* target) {
  xml.Empty("Relationship", {{"Id", id}, {"Type", type}, {"Target", target}});
}

std::string PackageRelations() {
  WordXml xml;
  xml.Start("Relationships", {{"xmlns", kPackageRelations}});
  Relation(xml, "rId1", std::string(kOfficeRelation) + "officeDocument", "word/document.xml");
  Relation(xml, "rId2",
           "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
           "docProps/core.xml");
  Relation(xml, "rId3", std::string(kOfficeRelation) + "extended-properties", "docProps/app.xml");
  return xml.Finish();
}

std::string DocumentRelations() {
  WordXml xml;
  xml.Start("Relationships", {{"xmlns", kPackageRelations}});
  Relation(xml, "rIdStyles", std::string(kOfficeRelation) + "styles", "styles.xml");
  Relation(xml, "rIdSettings", std::string(kOfficeRelation) + "settings", "settings.xml");
  Relation(xml, kNumberedHeader, std::string(kOfficeRelation) + "header", "header1.xml");
  Relation(xml, kEmptyHeader, std::string(kOfficeRelation) + "header", "header2.xml");
  return xml.Finish();
}

std::string Header(bool numbered) {
  WordXml xml;
  xml.Start("w:hdr", {{"xmlns:w", kWord}});
  xml.Start("w:p");
  xml.Start("w:pPr");
  xml.Value("w:pStyle", "Header");
  xml.End();
  if (numbered) {
    xml.Start("w:fldSimple", {{"w:instr", " PAGE "}});
    xml.Start("w:r");
    xml.Element("w:t", "2");
    xml.End();
    xml.End();
  }
  return xml.Finish();
}

std::string Settings(const std::string& language) {
  WordXml xml;
  xml.Start("w:settings", {{"xmlns:w", kWord}});
  xml.Empty("w:characterSpacingControl", {{"w:val", "doNotCompress"}});
  xml.Start("w:compat");
  xml.Empty("w:doNotExpandShiftReturn");  // a justified line that the text itself breaks is not spread
  // 15: a table's edge stands at the margin; below, its text does.
  xml.Empty("w:compatSetting", {{"w:name", "compatibilityMode"},
                                {"w:uri", "http://schemas.microsoft.com/office/word"},
                                {"w:val", "15"}});
  xml.End();
  xml.Empty("w:themeFontLang", {{"w:val", language}});
  return xml.Finish();
}

std::string CoreProperties(const Document& document) {
  WordXml xml;
  xml.Start("cp:coreProperties",
            {{"xmlns:cp", "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"},
             {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
             {"xmlns:dcterms", "http://purl.org/dc/terms/"},
             {"xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"}});
  xml.Element("dc:title", PlainLine(document.title));
  if (!document.subject.empty()) xml.Element("dc:subject", PlainLine(document.subject));
  if (!document.author.empty()) xml.Element("dc:creator", PlainLine(document.author));
  xml.Element("dc:language", document.language);
  if (const std::optional<Dates> dates = DatesOf(document.date)) {
    xml.Element("dcterms:created", dates->xmp, {{"xsi:type", "dcterms:W3CDTF"}});
    xml.Element("dcterms:modified", dates->xmp, {{"xsi:type", "dcterms:W3CDTF"}});
  }
  return xml.Finish();
}

std::string AppProperties() {
  WordXml xml;
  xml.Start("Properties",
            {{"xmlns", "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"}});
  xml.Element("Application", kProducer);
  return xml.Finish();
}

}  // namespace

Result<std::string> SetDocx(const Document& document, const Fonts& fonts) {
  if (Status checked = CheckDocument(document); !checked) return Fail(checked.error());
  Shaper shaper(*fonts.faces);
  WordStyles styles;
  Result<std::string> body = DocxBody(document, shaper, styles);
  if (!body) return Fail(body.error());
  return ZipOf({{"[Content_Types].xml", ContentTypes()},
                {"_rels/.rels", PackageRelations()},
                {"word/document.xml", std::move(*body)},
                {"word/_rels/document.xml.rels", DocumentRelations()},
                {"word/styles.xml", styles.Xml(document.language, HalfPoints(document.page_number_pt))},
                {"word/settings.xml", Settings(document.language)},
                {"word/header1.xml", Header(true)},
                {"word/header2.xml", Header(false)},
                {"docProps/core.xml", CoreProperties(document)},
                {"docProps/app.xml", AppProperties()}});
}

}  // namespace vanthu::templates
