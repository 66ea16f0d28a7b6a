#include "templates/engine/metadata.h"

#include <cctype>

#include <fmt/format.h>

#include "pipeline/base/unicode.h"
#include "templates/engine/pdf_file.h"

namespace vanthu::templates {
namespace {

std::string Escaped(const std::string& text) {
  std::string out;
  for (const char c : PlainLine(text)) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

bool Fits(std::string_view text, std::string_view form) {
  if (text.size() != form.size()) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool fits = form[i] == 'd'   ? std::isdigit(static_cast<unsigned char>(text[i])) != 0
                      : form[i] == 's' ? text[i] == '+' || text[i] == '-'
                                       : text[i] == form[i];
    if (!fits) return false;
  }
  return true;
}

// TechNote 0008 of the PDF Association: the schema that pdfuaid:part needs under PDF/A.
constexpr char kUaSchema[] =
    "  <rdf:Description rdf:about=\"\"\n"
    "    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"\n"
    "    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"\n"
    "    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
    "   <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType=\"Resource\">\n"
    "    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\n"
    "    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\n"
    "    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
    "    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
    "     <pdfaProperty:name>part</pdfaProperty:name>\n"
    "     <pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
    "     <pdfaProperty:category>internal</pdfaProperty:category>\n"
    "     <pdfaProperty:description>Part of ISO 14289 that the file conforms to</pdfaProperty:description>\n"
    "    </rdf:li></rdf:Seq></pdfaSchema:property>\n"
    "   </rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
    "  </rdf:Description>\n";

}  // namespace

std::string PlainLine(const std::string& text) {
  std::u32string out;
  for (const char32_t c : ToCodePoints(CollapseSpace(ToNfc(text))))
    if (c >= 0x20 && (c & 0xFFFE) != 0xFFFE && !(c >= 0xD800 && c <= 0xDFFF)) out.push_back(c);
  return FromCodePoints(out);
}

std::optional<Dates> DatesOf(const std::string& iso) {
  std::string whole = iso;
  if (Fits(iso, "dddd-dd-dd")) whole += "T00:00:00+07:00";
  if (!Fits(whole, "dddd-dd-ddTdd:dd:ddsdd:dd")) return std::nullopt;
  Dates dates;
  dates.xmp = whole;
  dates.pdf = "D:";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const bool zone = i >= 19;
    if (std::isdigit(static_cast<unsigned char>(whole[i])) != 0 || (zone && whole[i] != ':'))
      dates.pdf += whole[i];
    if (i == 21) dates.pdf += '\'';
  }
  dates.pdf += '\'';
  return dates;
}

std::string InfoDictionary(const Document& document) {
  std::string out = "<</Title" + TextString(PlainLine(document.title));
  if (!document.author.empty()) out += "/Author" + TextString(PlainLine(document.author));
  if (!document.subject.empty()) out += "/Subject" + TextString(PlainLine(document.subject));
  out += fmt::format("/Producer({0})/Creator({0})", kProducer);
  if (const std::optional<Dates> dates = DatesOf(document.date))
    out += fmt::format("/CreationDate({0})/ModDate({0})", dates->pdf);
  return out + ">>";
}

std::string XmpPacket(const Document& document, bool pdfa_1b) {
  std::string out = fmt::format(
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "  <rdf:Description rdf:about=\"\"\n"
      "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
      "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
      "    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
      "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"\n"
      "    xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
      "   <pdfaid:part>{}</pdfaid:part>\n"
      "   <pdfaid:conformance>{}</pdfaid:conformance>\n"
      "{}"
      "   <dc:format>application/pdf</dc:format>\n"
      "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n"
      "   <dc:language><rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag></dc:language>\n",
      pdfa_1b               ? 1
      : document.attachment ? 3
                            : 2,
      pdfa_1b ? 'B' : 'A', pdfa_1b ? "" : "   <pdfuaid:part>1</pdfuaid:part>\n", Escaped(document.title),
      document.language);
  if (!document.author.empty())
    out += fmt::format("   <dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>\n",
                       Escaped(document.author));
  if (!document.subject.empty())
    out += fmt::format(
        "   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:description>\n",
        Escaped(document.subject));
  if (const std::optional<Dates> dates = DatesOf(document.date))
    out += fmt::format(
        "   <xmp:CreateDate>{0}</xmp:CreateDate>\n   <xmp:ModifyDate>{0}</xmp:ModifyDate>\n"
        "   <xmp:MetadataDate>{0}</xmp:MetadataDate>\n",
        dates->xmp);
  out += fmt::format(
      "   <xmp:CreatorTool>{0}</xmp:CreatorTool>\n   <pdf:Producer>{0}</pdf:Producer>\n  "
      "</rdf:Description>\n",
      kProducer);
  if (!pdfa_1b) out += kUaSchema;
  out += " </rdf:RDF>\n</x:xmpmeta>\n";
  // Room for editors that change the packet in place, as the XMP specification asks.
  for (int i = 0; i < 20; ++i) out += std::string(99, ' ') + "\n";
  return out + "<?xpacket end=\"w\"?>";
}

}  // namespace vanthu::templates
