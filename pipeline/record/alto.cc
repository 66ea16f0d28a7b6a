// ALTO 4.2 (loc.gov/standards/alto/v4/alto-4-2.xsd), boxes in 1/1200 inch, the finest unit the format has
// besides pixels, which a PDF page does not have.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pipeline/record/page_blocks.h"
#include "pipeline/record/page_text.h"
#include "pipeline/record/xml_writer.h"

namespace vanthu::record {
namespace {

constexpr double kUnitsPerPoint = 1200.0 / 72.0;

long Units(double points) {
  constexpr double kFarthest = 1e8;
  return std::isfinite(points) ? std::lround(std::clamp(points * kUnitsPerPoint, 0.0, kFarthest)) : 0;
}

class AltoWriter {
 public:
  std::string Write(const DocumentLayout& document, const std::string& file_name) {
    xml_.Start("alto");
    xml_.Attribute("xmlns", "http://www.loc.gov/standards/alto/ns-v4#");
    xml_.Attribute("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml_.Attribute(
        "xsi:schemaLocation",
        "http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-2.xsd");
    WriteDescription(file_name);
    xml_.Start("Layout");
    for (const LayoutPage& page : document.pages) WritePage(page);
    xml_.End();
    xml_.End();
    return xml_.Finish();
  }

 private:
  void WriteDescription(const std::string& file_name) {
    xml_.Start("Description");
    xml_.Element("MeasurementUnit", std::string("inch1200"));
    xml_.Start("sourceImageInformation");
    xml_.Element("fileName", file_name);
    xml_.End();
    xml_.Start("Processing");
    xml_.Attribute("ID", "vanthu");
    xml_.Element("processingCategory", std::string("contentGeneration"));
    xml_.Start("processingSoftware");
    xml_.Element("softwareName", std::string("vanthu"));
    xml_.End();
    xml_.End();
    xml_.End();
  }

  void WriteBox(const Box& box) {
    xml_.Attribute("HPOS", fmt::to_string(Units(box.x0)));
    xml_.Attribute("VPOS", fmt::to_string(Units(box.y0)));
    xml_.Attribute("WIDTH", fmt::to_string(Units(box.x1) - Units(box.x0)));
    xml_.Attribute("HEIGHT", fmt::to_string(Units(box.y1) - Units(box.y0)));
  }

  void WritePage(const LayoutPage& page) {
    page_ = fmt::to_string(page.page + 1);
    line_ = word_ = 0;
    xml_.Start("Page");
    xml_.Attribute("ID", "P" + page_);
    xml_.Attribute("PHYSICAL_IMG_NR", page_);
    xml_.Attribute("WIDTH", fmt::to_string(Units(page.width_pt)));
    xml_.Attribute("HEIGHT", fmt::to_string(Units(page.height_pt)));
    xml_.Start("PrintSpace");
    WriteBox({0, 0, page.width_pt, page.height_pt});
    int block_number = 0;
    for (const PageBlock& block : BlocksOf(page)) {
      const std::string suffix = fmt::format("{}_{}", page_, ++block_number);
      if (block.table) {  // a table is a composed block of text
        xml_.Start("ComposedBlock");
        xml_.Attribute("ID", "C" + suffix);
        WriteBox(block.box);
        xml_.Attribute("TYPE", "table");
        WriteTextBlock(block, suffix);
        xml_.End();
      } else {
        WriteTextBlock(block, suffix);
      }
    }
    xml_.End();
    xml_.End();
  }

  void WriteTextBlock(const PageBlock& block, const std::string& suffix) {
    xml_.Start("TextBlock");
    xml_.Attribute("ID", "B" + suffix);
    WriteBox(block.box);
    xml_.Attribute("LANG", "vi");
    for (const Line* line : block.lines) WriteLine(*line);
    xml_.End();
  }

  void WriteLine(const Line& line) {
    xml_.Start("TextLine");
    xml_.Attribute("ID", fmt::format("L{}_{}", page_, ++line_));
    WriteBox(line.box);
    const long baseline = Units(line.baseline_pt);  // a list of points since 4.2
    xml_.Attribute("BASELINE",
                   fmt::format("{},{} {},{}", Units(line.box.x0), baseline, Units(line.box.x1), baseline));
    const Word* before = nullptr;
    for (const Word& word : line.words) {
      if (before != nullptr) WriteSpace(*before, word);
      WriteWord(word);
      before = &word;
    }
    xml_.End();
  }

  void WriteSpace(const Word& before, const Word& after) {
    xml_.Start("SP");
    xml_.Attribute("WIDTH", fmt::to_string(std::max(0L, Units(after.box.x0) - Units(before.box.x1))));
    xml_.Attribute("HPOS", fmt::to_string(Units(before.box.x1)));
    xml_.Attribute("VPOS", fmt::to_string(Units(before.box.y0)));
    xml_.End();
  }

  void WriteWord(const Word& word) {
    xml_.Start("String");
    xml_.Attribute("ID", fmt::format("S{}_{}", page_, ++word_));
    WriteBox(word.box);
    xml_.RequiredAttribute("CONTENT", word.text);
    const double confidence = std::isfinite(word.confidence) ? std::clamp(word.confidence, 0.0, 1.0) : 0;
    xml_.Attribute("WC", fmt::format("{:.4f}", confidence));
    const std::string style = std::string(word.bold.value_or(false) ? "bold" : "") +
                              (word.bold.value_or(false) && word.italic.value_or(false) ? " " : "") +
                              (word.italic.value_or(false) ? "italics" : "");
    xml_.Attribute("STYLE", style);
    xml_.End();
  }

  XmlWriter xml_;
  std::string page_;
  int line_ = 0, word_ = 0;
};

}  // namespace

std::string WordsToAlto(const DocumentLayout& document, const std::string& file_name) {
  return AltoWriter().Write(document, file_name);
}

}  // namespace vanthu::record
