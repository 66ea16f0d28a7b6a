#include "tests/pipeline/intake/tiny_pdf.h"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <fstream>
#include <stdexcept>

#include "pipeline/base/unicode.h"

namespace vanthu::test {
namespace {

// Codes are UTF-16 values: the map is the identity.
const char* const kToUnicode =
    "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
    "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    "1 beginbfrange <0000> <FFFF> <0000> endbfrange\n"
    "endcmap end end";

}  // namespace

TinyPdf::TinyPdf() {
  objects_.resize(2);
  const int map = AddObject(Stream("", kToUnicode));
  const char* names[] = {"TimesNewRoman", "TimesNewRoman,Bold", "TimesNewRoman,Italic", ".VnTime"};
  for (int i = 0; i < 4; ++i) {
    const int descriptor = AddObject(fmt::format(
        "<< /Type /FontDescriptor /FontName /{} /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        "/Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
        names[i]));
    const int cid = AddObject(fmt::format(
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{} /CIDSystemInfo << /Registry (Adobe) /Ordering "
        "(Identity) /Supplement 0 >> /DW 500 /FontDescriptor {} 0 R >>",
        names[i], descriptor));
    const int font = AddObject(fmt::format(
        "<< /Type /Font /Subtype /Type0 /BaseFont /{} /Encoding /Identity-H /DescendantFonts [{} 0 R] "
        "/ToUnicode {} 0 R >>",
        names[i], cid, map));
    fonts_ += fmt::format("/F{} {} 0 R ", i + 1, font);
  }
  const int helvetica =
      AddObject("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  fonts_ += fmt::format("/H {} 0 R ", helvetica);
}

TinyPdf& TinyPdf::AddResources(std::string entries) {
  resources_ += entries;
  return *this;
}

int TinyPdf::AddObject(std::string body) {
  objects_.push_back(std::move(body));
  return static_cast<int>(objects_.size());
}

TinyPdf& TinyPdf::AddPage(std::string content, std::string extra, std::string media_box) {
  pages_.push_back({std::move(content), std::move(extra), std::move(media_box), {}});
  return *this;
}

TinyPdf& TinyPdf::AddAnnotation(std::string dictionary, std::string rectangle, std::string appearance,
                                std::string box) {
  const int form = AddObject(Stream(
      fmt::format("/Type /XObject /Subtype /Form /BBox {} /Resources << /Font << {} >> /XObject << {} >> >>",
                  box, fonts_, images_),
      appearance));
  pages_.back().annotations.push_back(AddObject(
      fmt::format("<< /Type /Annot /F 4 /Rect {} /AP << /N {} 0 R >> {} >>", rectangle, form, dictionary)));
  return *this;
}

TinyPdf& TinyPdf::AddSimpleFont(std::string name, std::string base_font) {
  std::string widths;
  for (int i = 0; i < 256; ++i) widths += "500 ";
  const int font = AddObject(fmt::format(
      "<< /Type /Font /Subtype /TrueType /BaseFont /{} /Encoding /WinAnsiEncoding /FirstChar 0 /LastChar "
      "255 /Widths [{}] >>",
      base_font, widths));
  fonts_ += fmt::format("/{} {} 0 R ", name, font);
  return *this;
}

TinyPdf& TinyPdf::AddImage(std::string name, std::string dictionary, std::string data) {
  images_ += fmt::format("/{} {} 0 R ", name,
                         AddObject(Stream("/Type /XObject /Subtype /Image " + dictionary, data)));
  return *this;
}

TinyPdf& TinyPdf::AddToCatalog(std::string entries) {
  catalog_ += entries;
  return *this;
}

std::string TinyPdf::Bytes() const {
  std::vector<std::string> objects = objects_;
  std::string kids;
  for (const PageObject& page : pages_) {
    objects.push_back(Stream("", page.content));
    const std::size_t content = objects.size();
    std::string annotations;
    for (const int number : page.annotations) annotations += fmt::format("{} 0 R ", number);
    objects.push_back(fmt::format(
        "<< /Type /Page /Parent 2 0 R /MediaBox {} /Contents {} 0 R /Resources << /Font << {} >> /XObject "
        "<< {} >> {} >> /Annots [{}] {} >>",
        page.media_box, content, fonts_, images_, resources_, annotations, page.extra));
    kids += fmt::format("{} 0 R ", objects.size());
  }
  objects[0] = fmt::format("<< /Type /Catalog /Pages 2 0 R {} >>", catalog_);
  objects[1] = fmt::format("<< /Type /Pages /Kids [{}] /Count {} >>", kids, pages_.size());
  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> offsets;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    offsets.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", i + 1, objects[i]);
  }
  const std::size_t table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", objects.size() + 1);
  for (const std::size_t offset : offsets) out += fmt::format("{:010} 00000 n \n", offset);
  out += fmt::format(
      "trailer << /Size {} /Root 1 0 R /ID [<00112233445566778899AABBCCDDEEFF> "
      "<00112233445566778899AABBCCDDEEFF>] >>\nstartxref\n{}\n%%EOF\n",
      objects.size() + 1, table);
  return out;
}

std::string TinyPdf::Hex(std::string_view text) {
  std::string out = "<";
  for (const char32_t c : ToCodePoints(text)) out += fmt::format("{:04X}", static_cast<std::uint32_t>(c));
  return out + ">";
}

std::string TinyPdf::Text(std::string_view text, double x, double y, double size, const char* font) {
  return fmt::format("BT /{} {} Tf 1 0 0 1 {} {} Tm {} Tj ET\n", font, size, x, y, Hex(text));
}

std::string TinyPdf::Stream(std::string dictionary, const std::string& data) {
  return fmt::format("<< {} /Length {} >>\nstream\n", dictionary, data.size()) + data + "\nendstream";
}

TemporaryFile::TemporaryFile(std::string_view bytes, std::string_view suffix) {
  std::string name =
      (std::filesystem::temp_directory_path() / "vanthu-intake-XXXXXX").string() + std::string(suffix);
  const int fd = ::mkstemps(name.data(), static_cast<int>(suffix.size()));
  if (fd < 0) throw std::runtime_error("no temporary file");
  ::close(fd);
  path_ = name;
  std::ofstream(path_, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

TemporaryFile::~TemporaryFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

}  // namespace vanthu::test
