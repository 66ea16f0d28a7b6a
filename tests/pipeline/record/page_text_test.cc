#include "pipeline/record/page_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

#include <nlohmann/json.hpp>

#include "pipeline/base/handle.h"

namespace vanthu::record {
namespace {

using ::testing::HasSubstr;

Line MakeLine(double x, double y, const std::vector<std::string>& words) {
  Line line;
  for (const std::string& text : words) {
    Word word;
    word.text = text;
    word.box = {x, y, x + 30, y + 12};
    word.confidence = 0.875;
    line.box = Union(line.box, word.box);
    line.text += (line.text.empty() ? "" : " ") + text;
    line.words.push_back(word);
    x += 36;
  }
  line.baseline_pt = y + 10;
  return line;
}

// A paragraph of two lines, a table with one line, a line that belongs to neither.
DocumentLayout MakeDocument() {
  LayoutPage page;
  page.width_pt = 595;
  page.height_pt = 842;
  page.lines = {MakeLine(72, 72, {"Ủy", "ban"}), MakeLine(72, 90, {"<xã>"}),
                MakeLine(80, 210, {"STT", "\"&\""}), MakeLine(300, 800, {"1"})};
  Paragraph paragraph;
  paragraph.lines = {page.lines[0], page.lines[1]};
  page.flow.push_back({paragraph, std::nullopt});
  Table table;
  table.places = {{0, {70, 200, 400, 300}}};
  page.tables = {table};
  DocumentLayout document;
  document.pages = {page, LayoutPage()};
  document.pages[1].page = 1;
  return document;
}

using DocumentHandle = Handle<xmlDoc, xmlFreeDoc>;

DocumentHandle Parse(const std::string& xml) {
  return DocumentHandle(
      xmlReadMemory(xml.data(), static_cast<int>(xml.size()), nullptr, nullptr, XML_PARSE_NONET));
}

// The number of nodes, or the value of a string expression.
std::string Evaluate(xmlDoc* document, const char* space, const std::string& expression) {
  const Handle<xmlXPathContext, xmlXPathFreeContext> context(xmlXPathNewContext(document));
  xmlXPathRegisterNs(context.get(), reinterpret_cast<const xmlChar*>("x"),
                     reinterpret_cast<const xmlChar*>(space));
  const Handle<xmlXPathObject, xmlXPathFreeObject> found(
      xmlXPathEvalExpression(reinterpret_cast<const xmlChar*>(expression.c_str()), context.get()));
  if (!found) return "bad expression";
  xmlChar* text = xmlXPathCastToString(found.get());
  const std::string out = reinterpret_cast<const char*>(text);
  xmlFree(text);
  return out;
}

TEST(WordsToJson, GivesPagesLinesAndWords) {
  const nlohmann::json json = nlohmann::json::parse(WordsToJson(MakeDocument()));
  ASSERT_EQ(json["pages"].size(), 2u);
  EXPECT_EQ(json["pages"][0]["page"], 1);
  EXPECT_EQ(json["pages"][0]["width"], 595);
  EXPECT_EQ(json["pages"][0]["lines"][0]["text"], "Ủy ban");
  EXPECT_EQ(json["pages"][0]["lines"][0]["words"][1].dump(),
            R"({"box":[108.0,72.0,138.0,84.0],"confidence":0.875,"source":"text","text":"ban"})");
  EXPECT_TRUE(json["pages"][1]["lines"].empty());
}

TEST(WordsToHocr, IsWellFormedAndNestsPagesAreasLinesWords) {
  const std::string hocr = WordsToHocr(MakeDocument(), "a & b.pdf");
  const DocumentHandle document = Parse(hocr);
  ASSERT_TRUE(document);
  const auto value = [&](const std::string& expression) {
    return Evaluate(document.get(), "http://www.w3.org/1999/xhtml", expression);
  };
  EXPECT_EQ(value("count(//x:div[@class='ocr_page'])"), "2");
  EXPECT_EQ(value("count(//x:div[@class='ocr_carea'])"), "3");
  EXPECT_EQ(value("count(//x:div[@class='ocr_carea'][1]//x:span[@class='ocr_line'])"), "2");
  EXPECT_EQ(value("count(//x:span[@class='ocr_line']/x:span[@class='ocrx_word'])"), "6");
  EXPECT_EQ(value("string(//x:title)"), "a & b.pdf");
  EXPECT_EQ(value("string(//x:span[@id='word_1_3'])"), "<xã>");
  // 72 pt is an inch: 300 pixels.
  EXPECT_EQ(value("string(//x:span[@id='word_1_1']/@title)"), "bbox 300 300 425 350; x_wconf 88");
  EXPECT_EQ(value("string(//x:div[@id='page_1']/@title)"), "bbox 0 0 2479 3508; ppageno 0; scan_res 300 300");
  EXPECT_EQ(value("string(//x:span[@id='line_1_1']/@title)"), "bbox 300 300 575 350; baseline 0 -8");
  EXPECT_EQ(value("string(//x:meta[@name='ocr-system']/@content)"), "vanthu");
}

TEST(WordsToAlto, HasComposedBlocksForTablesAndStringsWithConfidence) {
  const std::string alto = WordsToAlto(MakeDocument(), "a.pdf");
  const DocumentHandle document = Parse(alto);
  ASSERT_TRUE(document);
  const auto value = [&](const std::string& expression) {
    return Evaluate(document.get(), "http://www.loc.gov/standards/alto/ns-v4#", expression);
  };
  EXPECT_EQ(value("string(/x:alto/x:Description/x:MeasurementUnit)"), "inch1200");
  EXPECT_EQ(value("string(//x:fileName)"), "a.pdf");
  EXPECT_EQ(value("count(/x:alto/x:Layout/x:Page/x:PrintSpace)"), "2");
  EXPECT_EQ(value("count(//x:PrintSpace/x:ComposedBlock[@TYPE='table']/x:TextBlock/x:TextLine/x:String)"),
            "2");
  EXPECT_EQ(value("count(//x:PrintSpace/x:TextBlock)"), "2");
  EXPECT_EQ(value("count(//x:SP)"), "2");
  EXPECT_EQ(
      value(
          "count(//x:TextLine[x:SP[not(preceding-sibling::x:String) or not(following-sibling::x:String)]])"),
      "0");
  EXPECT_EQ(value("string(//x:String[@ID='S1_3']/@CONTENT)"), "<xã>");
  EXPECT_EQ(value("string(//x:String[@ID='S1_1']/@HPOS)"), "1200");
  EXPECT_EQ(value("string(//x:String[@ID='S1_1']/@WIDTH)"), "500");
  EXPECT_EQ(value("string(//x:String[@ID='S1_1']/@WC)"), "0.8750");
  EXPECT_EQ(value("string(//x:TextLine[@ID='L1_1']/@BASELINE)"), "1200,1367 2300,1367");
  EXPECT_EQ(value("count(//*[@ID=preceding::*/@ID])"), "0");  // an ID stands once
}

TEST(PageText, TakesWhateverABoxHolds) {
  DocumentLayout document = MakeDocument();
  document.pages[0].lines[0].words[0].box = {-5, std::nan(""), 1e300, -1e300};
  document.pages[0].lines[0].words[0].confidence = std::nan("");
  document.pages[0].lines[0].words[0].text = "a\x01\xff";
  EXPECT_TRUE(Parse(WordsToHocr(document, "")));
  EXPECT_TRUE(Parse(WordsToAlto(document, "")));
  EXPECT_FALSE(nlohmann::json::parse(WordsToJson(document)).empty());
}

}  // namespace
}  // namespace vanthu::record
