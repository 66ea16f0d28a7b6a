// The DOCX's XML, unpacked: what Word is told. How LibreOffice shows it is tested in tests/e2e.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libxml/parser.h>
#include <zip.h>

#include <cstdlib>
#include <ctime>
#include <map>

#include "pipeline/base/handle.h"
#include "sample_document.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;
using testing::Not;
using Parts = std::map<std::string, std::string>;

// Every part by its name; a part that is not well-formed XML fails the test.
Parts Unpacked(const std::string& docx) {
  Parts parts;
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(docx.data(), docx.size(), 0, &error);
  Handle<zip_t, zip_discard> archive(zip_open_from_source(source, ZIP_RDONLY, &error));
  EXPECT_NE(archive, nullptr);
  const zip_int64_t count = archive ? zip_get_num_entries(archive.get(), 0) : 0;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t stat;
    const auto at = static_cast<zip_uint64_t>(i);
    EXPECT_EQ(zip_stat_index(archive.get(), at, 0, &stat), 0);
    std::string bytes(stat.size, '\0');
    Handle<zip_file_t, zip_fclose> file(zip_fopen_index(archive.get(), at, 0));
    EXPECT_EQ(zip_fread(file.get(), bytes.data(), bytes.size()), static_cast<zip_int64_t>(bytes.size()));
    const Handle<xmlDoc, xmlFreeDoc> parsed(
        xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), stat.name, nullptr, XML_PARSE_NONET));
    EXPECT_NE(parsed, nullptr) << stat.name;
    parts[stat.name] = std::move(bytes);
  }
  return parts;
}

Parts PartsOf(const Document& document) {
  const Result<std::string> docx = SetDocx(document, TestFonts());
  EXPECT_TRUE(docx) << (docx ? "" : Describe(docx.error(), Language::kEnglish));
  return docx ? Unpacked(*docx) : Parts{};
}

std::string BodyOf(const Document& document) {
  return PartsOf(document)["word/document.xml"];
}

int Count(const std::string& text, const std::string& what) {
  int count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

Document Of(std::vector<Block> blocks) {
  Document document;
  document.title = "Thử";
  document.sections.push_back({});
  document.sections[0].blocks = std::move(blocks);
  return document;
}

TableCell Cell(int row, int column, int row_span, int column_span, const std::string& text) {
  TableCell cell{row, column, row_span, column_span, {}, false};
  cell.paragraphs.push_back(Text(text));
  return cell;
}

// Two header rows, the first cell over both; a cell over two rows and two columns below.
Table MergedTable() {
  Table table;
  table.column_shares = {0.2, 0.4, 0.4};
  table.header_rows = 2;
  table.rows = 5;
  table.row_kinds = {RowKind::kBody, RowKind::kBody, RowKind::kGroup, RowKind::kBody, RowKind::kBody};
  table.cells = {Cell(0, 0, 2, 1, "TT"), Cell(0, 1, 1, 2, "Nội dung"), Cell(1, 1, 1, 1, "a"),
                 Cell(1, 2, 1, 1, "b"),  Cell(2, 0, 1, 3, "I"),        Cell(3, 0, 1, 1, "1"),
                 Cell(3, 1, 2, 2, "c"),  Cell(4, 0, 1, 1, "2")};
  table.summary = "Bảng thử";
  return table;
}

TEST(Docx, HasThePartsThatWordAsksFor) {
  Document document = SamplePlan(5);
  document.date = "2023-03-09";
  const Parts parts = PartsOf(document);
  for (const char* name : {"[Content_Types].xml", "_rels/.rels", "word/document.xml", "word/styles.xml",
                           "word/settings.xml", "word/_rels/document.xml.rels", "docProps/core.xml"})
    EXPECT_TRUE(parts.contains(name)) << name;
  EXPECT_THAT(parts.at("docProps/core.xml"), HasSubstr("2023-03-09T00:00:00+07:00</dcterms:created>"));
  EXPECT_THAT(parts.at("word/styles.xml"), HasSubstr("w:ascii=\"Times New Roman\""));
  EXPECT_THAT(parts.at("word/styles.xml"), HasSubstr("<w:lang w:val=\"vi-VN\""));
  EXPECT_THAT(parts.at("word/styles.xml"), HasSubstr("<w:widowControl/>"));
  EXPECT_THAT(parts.at("word/header1.xml"), HasSubstr(" PAGE "));
  EXPECT_THAT(parts.at("word/header2.xml"), Not(HasSubstr("PAGE")));
}

TEST(Docx, IsTheSameInAnyTimeZone) {
  const Document document = SamplePlan(5);
  const auto in_zone = [&](const char* zone) {
    setenv("TZ", zone, 1);
    tzset();
    return SetDocx(document, TestFonts()).value();
  };
  const std::string there = in_zone("America/New_York"), here = in_zone("Asia/Ho_Chi_Minh");
  unsetenv("TZ");
  tzset();
  EXPECT_EQ(there, here);
}

TEST(Docx, RepeatsHeaderRowsAndKeepsMerges) {
  const std::string body = BodyOf(Of({MergedTable()}));
  EXPECT_EQ(Count(body, "<w:tr>"), 5);
  EXPECT_EQ(Count(body, "<w:tblHeader/>"), 2);
  EXPECT_EQ(Count(body, "<w:cantSplit/>"), 3);  // header rows and the group row
  EXPECT_EQ(Count(body, "<w:vMerge w:val=\"restart\"/>"), 2);
  EXPECT_EQ(Count(body, "<w:vMerge/>"), 2);
  EXPECT_EQ(Count(body, "<w:gridSpan w:val=\"2\"/>"), 3);  // the header's, and both rows of the block
  EXPECT_EQ(Count(body, "<w:gridSpan w:val=\"3\"/>"), 1);
  EXPECT_EQ(Count(body, "<w:gridCol "), 3);
  EXPECT_THAT(body, HasSubstr("<w:tblDescription w:val=\"Bảng thử\"/>"));
}

TEST(Docx, ATableEndsInAParagraphAndTwoTablesDoNotTouch) {
  const std::string body = BodyOf(Of({MergedTable(), MergedTable()}));
  EXPECT_THAT(body, HasSubstr("</w:tbl><w:p>"));
  EXPECT_THAT(body, Not(HasSubstr("</w:tbl><w:tbl>")));
  EXPECT_THAT(body, Not(HasSubstr("</w:tbl><w:sectPr>")));
}

TEST(Docx, SectionsTurnPagesAndNumberThem) {
  Document document = Of({Text("một")});
  document.margins = {60, 50, 80, 40};
  Section wide;
  wide.orientation = Orientation::kLandscape;
  wide.restart_numbers = true;
  wide.blocks = {Text("hai")};
  Section goes_on;
  goes_on.blocks = {Text("ba")};
  document.sections.push_back(wide);
  document.sections.push_back(goes_on);
  const std::string body = BodyOf(document);
  ASSERT_EQ(Count(body, "<w:sectPr>"), 3);
  const std::size_t second = body.find("hai"), third = body.find("ba</w:t>");
  const std::string one = body.substr(0, second), two = body.substr(second - 600, third - second),
                    three = body.substr(third);
  EXPECT_THAT(one, HasSubstr("w:w=\"11906\" w:h=\"16838\" w:orient=\"portrait\""));
  EXPECT_THAT(body, HasSubstr("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\""));
  EXPECT_THAT(one, HasSubstr("w:top=\"1200\" w:right=\"800\" w:bottom=\"1000\" w:left=\"1600\""));
  EXPECT_EQ(Count(body, "<w:pgNumType w:start=\"1\"/>"), 1);
  EXPECT_EQ(Count(body, "<w:titlePg/>"), 2);  // the first section's and the restarted one's
  EXPECT_THAT(three, Not(HasSubstr("<w:titlePg/>")));
}

TEST(Docx, ColumnsAreATableWithoutRulesThatIsNeverSplit) {
  const std::string body = BodyOf(SamplePlan(1));
  const std::string head = body.substr(0, body.find("</w:tbl>"));
  EXPECT_THAT(head, HasSubstr("<w:cantSplit/>"));
  EXPECT_THAT(head, Not(HasSubstr("<w:tblBorders>")));
  EXPECT_THAT(head, HasSubstr("<w:tblLayout w:type=\"fixed\"/>"));
  EXPECT_EQ(Count(head, "<w:tc>"), 2);
}

TEST(Docx, TheRuleUnderAParagraphIsAsLongAsInThePdf) {
  Paragraph title = Text("Độc lập - Tự do - Hạnh phúc", Align::kCentre);
  title.rule_share = 0.5;
  const std::string body = BodyOf(Of({title, Text("sau")}));
  ASSERT_EQ(Count(body, "<w:pBdr>"), 1);
  const std::size_t at = body.find("<w:ind w:left=\"", body.find("<w:pBdr>"));
  int left = 0, right = 0;
  ASSERT_EQ(std::sscanf(body.c_str() + at, "<w:ind w:left=\"%d\" w:right=\"%d\"", &left, &right), 2);
  EXPECT_NEAR(left, right, 1);  // centred
  const double rule_pt = 11906 / 20.0 - 85 - 42.5 - (left + right) / 20.0;
  EXPECT_NEAR(rule_pt, 84, 6);  // half of the motto's width at 14 pt
}

TEST(Docx, StylesBearTheConventionsNamesAndParagraphsOnlyWhatDiffers) {
  Paragraph heading = Text("I. MỤC ĐÍCH");
  heading.style = "muc";
  heading.role = Role::kHeading;
  heading.runs[0].bold = true;
  Paragraph other = heading;
  other.space_before_pt = 12;
  const Parts parts = PartsOf(Of({heading, heading, other}));
  const std::string& body = parts.at("word/document.xml");
  EXPECT_THAT(parts.at("word/styles.xml"), HasSubstr("<w:name w:val=\"muc\"/>"));
  EXPECT_THAT(parts.at("word/styles.xml"), HasSubstr("<w:outlineLvl w:val=\"1\"/>"));
  EXPECT_EQ(Count(body, "<w:pPr><w:pStyle w:val=\"muc\"/></w:pPr><w:r><w:t "), 2);
  EXPECT_EQ(Count(body, "<w:spacing w:before=\"240\""), 1);
}

TEST(Docx, WhatPrecedesTheClosingStaysWithIt) {
  Columns closing;
  closing.keep_with_previous = true;
  closing.columns.resize(1);
  closing.columns[0].items = {Text("KÝ")};
  const std::string body = BodyOf(Of({Text("trước"), closing}));
  EXPECT_THAT(body.substr(0, body.find("trước")), HasSubstr("<w:keepNext"));
}

TEST(Docx, TextIsEscapedBrokenAndRed) {
  Paragraph paragraph = Text("a < b & \"c\"\nd  e");
  paragraph.runs.push_back({"KHẨN", true, false, true, std::nullopt});
  const std::string body = BodyOf(Of({paragraph}));
  EXPECT_THAT(body, HasSubstr("a &lt; b &amp; "));
  EXPECT_THAT(body, HasSubstr("</w:t><w:br/><w:t xml:space=\"preserve\">d  e</w:t>"));
  EXPECT_THAT(body, HasSubstr("<w:b/><w:color w:val=\"FF0000\"/>"));
}

TEST(Docx, RefusesWhatItCannotHold) {
  const Result<std::string> control = SetDocx(Of({Text("a\x01"
                                                       "b")}),
                                              TestFonts());
  ASSERT_FALSE(control);
  EXPECT_EQ(control.error().code, ErrorCode::kNotAccepted);
  Table wide;
  wide.rows = 1;
  for (int i = 0; i < 64; ++i) {
    wide.column_shares.push_back(1.0 / 64);
    wide.cells.push_back(Cell(0, i, 1, 1, "x"));
  }
  const Result<std::string> refused = SetDocx(Of({wide}), TestFonts());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kLimit);
  Table past = MergedTable();
  past.cells.back().row_span = 2;
  EXPECT_FALSE(SetDocx(Of({past}), TestFonts()));
}

}  // namespace
}  // namespace vanthu::templates
