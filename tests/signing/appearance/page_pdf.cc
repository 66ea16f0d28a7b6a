#include "page_pdf.h"

#include <fmt/format.h>
#include <poppler-document.h>
#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <cstdlib>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "pipeline/base/unicode.h"
#include "pipeline/type/pdf_syntax.h"

namespace vanthu::signing {
namespace {

std::string RectText(const PdfRect& rect) {
  return fmt::format("[{} {} {} {}]", rect[0], rect[1], rect[2], rect[3]);
}

std::unique_ptr<poppler::page> FirstPage(const poppler::document* document) {
  if (document == nullptr || document->pages() != 1) throw std::runtime_error("not a PDF of one page");
  return std::unique_ptr<poppler::page>(document->create_page(0));
}

std::unique_ptr<poppler::document> Open(const std::string& pdf) {
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
}

}  // namespace

void KeptObjects::WriteStream(int object, std::string_view entries, std::string_view data, bool /*plain*/) {
  bodies[object] = fmt::format("<<{}/Length {}>>\nstream\n{}\nendstream", entries, data.size(), data);
}

std::string PagePdf(const TestPage& page, const std::vector<Appearance>& widgets,
                    const KeptObjects& objects) {
  std::map<int, std::string> all = objects.bodies;
  int next = all.empty() ? kFirstFree : all.rbegin()->first + 1;
  std::string annotations;
  for (const Appearance& widget : widgets) {
    all[next] = "<</Type/Annot/Subtype/Widget/FT/Sig/T(S" + std::to_string(next) + ")/P 3 0 R" +
                WidgetEntries(widget, true) + ">>";
    annotations += type::Reference(next++) + " ";
  }
  all[1] = "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[" + annotations + "]>>>>";
  all[2] = "<</Type/Pages/Count 1/Kids[3 0 R]>>";
  all[3] = "<</Type/Page/Parent 2 0 R/MediaBox" + RectText(page.media_box) +
           (page.crop_box ? "/CropBox" + RectText(*page.crop_box) : "") +
           fmt::format("/Rotate {}/UserUnit {}/Resources<<>>/Annots[{}]>>", page.rotate_deg, page.user_unit,
                       annotations);
  std::string out = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
  std::map<int, std::size_t> offsets;
  for (const auto& [number, body] : all) {
    offsets[number] = out.size();
    out += fmt::format("{} 0 obj\n{}\nendobj\n", number, body);
  }
  const std::size_t table = out.size();
  out += "xref\n0 1\n0000000000 65535 f \n";
  for (const auto& [number, offset] : offsets) out += fmt::format("{} 1\n{:010} 00000 n \n", number, offset);
  out +=
      fmt::format("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{}\n%%EOF\n", all.rbegin()->first + 1, table);
  if (const char* folder = std::getenv("VANTHU_KEEP_PDFS")) {  // to be looked at
    static int kept = 0;
    std::ofstream(fmt::format("{}/appearance-{}.pdf", folder, ++kept)) << out;
  }
  return out;
}

std::string ShownText(const std::string& pdf) {
  const auto document = Open(pdf);
  const auto page = FirstPage(document.get());
  const std::vector<char> utf8 = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
  return CollapseSpace(std::string(utf8.begin(), utf8.end()));
}

Shot::Shot(const std::string& pdf) {
  const auto document = Open(pdf);
  const auto page = FirstPage(document.get());
  poppler::page_renderer renderer;
  renderer.set_render_hint(poppler::page_renderer::antialiasing, false);
  renderer.set_image_format(poppler::image::format_rgb24);
  const poppler::image image = renderer.render_page(page.get(), 72 * kScale, 72 * kScale);
  width_ = image.width();
  height_ = image.height();
  for (int y = 0; y < height_; ++y) {
    const auto* row = reinterpret_cast<const unsigned char*>(image.const_data()) + y * image.bytes_per_row();
    for (int x = 0; x < width_; ++x)
      pixels_.push_back(static_cast<std::uint32_t>(row[3 * x] << 16 | row[3 * x + 1] << 8 | row[3 * x + 2]));
  }
}

std::uint32_t Shot::At(double x, double y) const {
  const auto column = static_cast<std::size_t>(x * kScale), row = static_cast<std::size_t>(y * kScale);
  return pixels_.at(row * static_cast<std::size_t>(width_) + column);
}

Box Shot::Ink() const {
  Box ink;
  for (int y = 0; y < height_; ++y)
    for (int x = 0; x < width_; ++x)
      if (pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                  static_cast<std::size_t>(x)] != 0xFFFFFF)
        ink = Union(ink, {1.0 * x / kScale, 1.0 * y / kScale, (x + 1.0) / kScale, (y + 1.0) / kScale});
  return ink;
}

}  // namespace vanthu::signing
