// hOCR 1.2 (kba.github.io/hocr-spec/1.2): XHTML whose title attributes carry boxes in pixels and confidences.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pipeline/record/page_blocks.h"
#include "pipeline/record/page_text.h"
#include "pipeline/record/xml_writer.h"

namespace vanthu::record {
namespace {

// hOCR counts in pixels of the page picture. A PDF page has none: boxes are written as at 300 dpi, fine
// enough for a quarter of a point, and scan_res says so.
constexpr double kPixelsPerPoint = 300.0 / 72.0;

long Pixels(double points) {
  constexpr double kFarthest = 1e8;
  return std::isfinite(points) ? std::lround(std::clamp(points * kPixelsPerPoint, 0.0, kFarthest)) : 0;
}

std::string BoxText(const Box& box) {
  return fmt::format("bbox {} {} {} {}", Pixels(box.x0), Pixels(box.y0), Pixels(box.x1), Pixels(box.y1));
}

int Percent(double confidence) {
  return std::isfinite(confidence) ? static_cast<int>(std::lround(100 * std::clamp(confidence, 0.0, 1.0)))
                                   : 0;
}

class HocrWriter {
 public:
  std::string Write(const DocumentLayout& document, const std::string& title) {
    xml_.DocumentType("html", "-//W3C//DTD XHTML 1.0 Transitional//EN",
                      "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd");
    xml_.Start("html");
    xml_.Attribute("xmlns", "http://www.w3.org/1999/xhtml");
    xml_.Attribute("xml:lang", "vi");
    xml_.Attribute("lang", "vi");
    WriteHead(title);
    xml_.Start("body");
    for (const LayoutPage& page : document.pages) WritePage(page);
    xml_.End();
    xml_.End();
    return xml_.Finish();
  }

 private:
  void WriteMeta(const char* name, const char* content) {
    xml_.Start("meta");
    xml_.Attribute("name", name);
    xml_.Attribute("content", content);
    xml_.End();
  }

  void WriteHead(const std::string& title) {
    xml_.Start("head");
    xml_.Start("title");
    xml_.Content(title);
    xml_.End();
    WriteMeta("ocr-system", "vanthu");
    WriteMeta("ocr-capabilities", "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_lang");
    WriteMeta("ocr-langs", "vi");
    xml_.End();
  }

  void Open(const char* element, const char* kind, const std::string& id, const std::string& title) {
    xml_.Start(element);
    xml_.Attribute("class", kind);
    xml_.Attribute("id", id);
    xml_.Attribute("title", title);
  }

  void WritePage(const LayoutPage& page) {
    const std::string id = fmt::to_string(page.page + 1);
    Open("div", "ocr_page", "page_" + id,
         fmt::format("{}; ppageno {}; scan_res 300 300", BoxText({0, 0, page.width_pt, page.height_pt}),
                     page.page));
    int block_number = 0, line_number = 0, word_number = 0;
    for (const PageBlock& block : BlocksOf(page)) {
      const std::string suffix = fmt::format("{}_{}", id, ++block_number);
      Open("div", "ocr_carea", "block_" + suffix, BoxText(block.box));
      Open("p", "ocr_par", "par_" + suffix, BoxText(block.box));
      for (const Line* line : block.lines) {
        // Baseline: slope, and offset of its left end from the box's bottom.
        Open("span", "ocr_line", fmt::format("line_{}_{}", id, ++line_number),
             fmt::format("{}; baseline 0 {}", BoxText(line->box),
                         Pixels(line->baseline_pt) - Pixels(line->box.y1)));
        for (const Word& word : line->words) {
          Open("span", "ocrx_word", fmt::format("word_{}_{}", id, ++word_number),
               fmt::format("{}; x_wconf {}", BoxText(word.box), Percent(word.confidence)));
          xml_.Content(word.text);
          xml_.End();
        }
        xml_.End();
      }
      xml_.End();
      xml_.End();
    }
    xml_.End();
  }

  XmlWriter xml_;
};

}  // namespace

std::string WordsToHocr(const DocumentLayout& document, const std::string& title) {
  return HocrWriter().Write(document, title);
}

}  // namespace vanthu::record
