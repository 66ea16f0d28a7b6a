#include "ocr/textlayer/metadata.h"

#include <cctype>

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

// XML 1.0 text; characters that XML cannot hold are left out.
std::string Escaped(const std::string& text) {
  std::u32string out;
  const auto append = [&out](std::u32string_view more) { out.append(more); };
  for (const char32_t c : ToCodePoints(text)) {
    if (c == U'&')
      append(U"&amp;");
    else if (c == U'<')
      append(U"&lt;");
    else if (c == U'>')
      append(U"&gt;");
    else if (c >= 0x20 && (c & 0xFFFE) != 0xFFFE && !(c >= 0xD800 && c <= 0xDFFF))
      out.push_back(c);
  }
  return FromCodePoints(out);
}

// A UUID made of the id's hash: the same for the same document (RFC 4122 version 8 did not exist; read as
// opaque).
std::string UuidOf(const std::string& id) {
  const std::string hash = Sha256Hex(id);
  return fmt::format("uuid:{}-{}-{}-{}-{}", hash.substr(0, 8), hash.substr(8, 4), hash.substr(12, 4),
                     hash.substr(16, 4), hash.substr(20, 12));
}

}  // namespace

std::optional<std::string> PdfDateOf(const std::string& iso) {
  constexpr std::string_view kForm = "dddd-dd-ddTdd:dd:ddsdd:dd";
  if (iso.size() != kForm.size()) return std::nullopt;
  std::string out = "D:";
  for (std::size_t i = 0; i < iso.size(); ++i) {
    const char c = iso[i];
    const bool fits = kForm[i] == 'd'   ? std::isdigit(static_cast<unsigned char>(c)) != 0
                      : kForm[i] == 's' ? c == '+' || c == '-'
                                        : c == kForm[i];
    if (!fits) return std::nullopt;
    if (kForm[i] == 'd' || kForm[i] == 's') out += c;
    if (i == 21) out += '\'';
  }
  return out + "'";
}

std::string XmpPacket(const ArchiveInfo& info) {
  std::string out =
      "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
      "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
      " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
      "  <rdf:Description rdf:about=\"\"\n"
      "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
      "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
      "    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n"
      "    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"\n"
      "    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
      "   <pdfaid:part>2</pdfaid:part>\n"
      "   <pdfaid:conformance>B</pdfaid:conformance>\n"
      "   <dc:format>application/pdf</dc:format>\n";
  if (!info.title.empty())
    out +=
        fmt::format("   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{}</rdf:li></rdf:Alt></dc:title>\n",
                    Escaped(info.title));
  out += "   <dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>\n";
  if (!info.document_id.empty()) {
    out += fmt::format("   <dc:source>sha256:{}</dc:source>\n", Escaped(info.document_id));
    out += fmt::format(
        "   <xmpMM:DocumentID>{0}</xmpMM:DocumentID>\n   <xmpMM:InstanceID>{0}</xmpMM:InstanceID>\n",
        UuidOf(info.document_id));
  }
  if (!info.created_iso.empty())
    out += fmt::format(
        "   <xmp:CreateDate>{0}</xmp:CreateDate>\n   <xmp:ModifyDate>{0}</xmp:ModifyDate>\n"
        "   <xmp:MetadataDate>{0}</xmp:MetadataDate>\n",
        info.created_iso);
  out += fmt::format(
      "   <xmp:CreatorTool>{0}</xmp:CreatorTool>\n   <pdf:Producer>{0}</pdf:Producer>\n"
      "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n",
      kProducer);
  // Room for editors that change the packet in place, as the XMP specification asks.
  for (int i = 0; i < 20; ++i) out += std::string(99, ' ') + "\n";
  return out + "<?xpacket end=\"w\"?>";
}

}  // namespace vanthu::ocr
