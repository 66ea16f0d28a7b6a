// Documents that carry their record: proven, compared, contradicted, and meant to deceive.
#include "pipeline/run/attached_record.h"

#include <gmock/gmock.h>

#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "pipeline/record/xml.h"
#include "pipeline/run/digitise.h"
#include "pipeline/run/issue.h"
#include "templates/forms/catalogue.h"
#include "tests/pipeline/intake/pdf_update.h"
#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;
using test::ObjectOf;
using test::TemporaryFile;
using test::TinyPdf;
using test::Updated;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AttachedRecordTest : public testing::Test {
 protected:
  AttachedRecordTest()
      : rules_(extract::ReadRules(DataFolder() / "rules").value()),
        tools_(OpenIssueTools({}).value()),
        record_(ReadRecordFile(fs::path(VANTHU_SOURCE_DIR) / "samples/thanh-xa-2023.json").value()),
        form_(templates::ReadForm(DataFolder() / "forms/ke-hoach.xml", DataFolder() / "forms").value()) {}

  // A page's contents stand in object 4, the page itself in 5: what the engine writes first.
  std::string Issued() const { return Issue(record_, form_, tools_, {}).value(); }
  // The pages of one record with another one attached.
  std::string Mixed(const Record& pages, Record attached) const {
    if (!attached.rendering) attached.rendering = RenderingOf(form_, tools_);
    return WithXml(pages, record::ToXml(attached));
  }
  std::string WithXml(const Record& pages, std::string xml) const {
    return IssueAgain(pages, std::move(xml), form_, tools_, {}).value();
  }
  Digitised Read(const std::string& pdf) const {
    const TemporaryFile file(pdf);
    return Digitise(file.path(), {}, *rules_, [](int, int) {}).value();
  }
  static std::vector<std::string> Codes(const Record& record) {
    std::vector<std::string> out;
    for (const Finding& finding : record.findings) out.push_back(finding.code);
    return out;
  }
  static Cell& CellOf(Record& record, const std::string& text) {
    for (Table& table : record.tables)
      for (Cell& cell : table.cells)
        if (cell.text == text) return cell;
    throw std::logic_error("no such cell: " + text);
  }
  // The pages win, with an error that names both versions.
  void ExpectMismatch(const Digitised& read, const std::string& pointer, const std::string& on_page,
                      const std::string& attached) const {
    EXPECT_NE(read.record.source.origin, Origin::kAttachedRecord);
    ASSERT_THAT(read.differences, Not(IsEmpty()));
    bool told = false;
    for (const Finding& finding : read.record.findings)
      told = told || (finding.severity == Severity::kError && finding.code == "attachment.mismatch" &&
                      finding.message.find(pointer) != std::string::npos &&
                      finding.message.find(on_page) != std::string::npos &&
                      finding.message.find(attached) != std::string::npos);
    EXPECT_TRUE(told) << pointer << ": " << read.record.findings.front().message;
    const Error error = MismatchError(read.differences);
    EXPECT_THAT(error.message.vi, HasSubstr("/"));
    EXPECT_FALSE(error.advice.en.empty());
  }
  void ExpectRefused(const std::string& pdf, const std::string& code) const {
    const Digitised read = Read(pdf);
    EXPECT_EQ(read.record.source.origin, Origin::kText);
    EXPECT_THAT(Codes(read.record), Contains(code));
    EXPECT_THAT(read.differences, IsEmpty());
    EXPECT_EQ(read.record.header.number, "25");  // the pages are read all the same
  }

  extract::RulesHandle rules_;
  IssueTools tools_;
  Record record_;
  templates::Form form_;
};

TEST_F(AttachedRecordTest, SetAgainToTheSameBytesIsTheRecord) {
  const Digitised read = Read(Issued());
  const Record& record = read.record;
  EXPECT_EQ(record.source.origin, Origin::kAttachedRecord);
  EXPECT_THAT(Codes(record), IsEmpty());
  EXPECT_EQ(record.sections.size(), record_.sections.size());
  EXPECT_EQ(record.sections[1].title, record_.sections[1].title);  // the page has it in capitals
  EXPECT_EQ(record.tasks.size(), record_.tasks.size());
  const Evidence& number = record.evidence.at("/header/number");
  EXPECT_EQ(number.source, Source::kAttachment);
  EXPECT_EQ(number.confidence, 1);
  EXPECT_FALSE(number.box.empty());
  EXPECT_FALSE(record.tables[0].cells[0].places.empty());
  EXPECT_EQ(record.tables[0].cells[0].source, Source::kAttachment);
  // And it is a record like any other.
  const auto json = record::ParseJson(record::ToJson(record, record::JsonStyle::kOneLine));
  ASSERT_TRUE(json);
  EXPECT_EQ(json->source.origin, Origin::kAttachedRecord);
  const auto xml = record::ParseXml(record::ToXml(record), DataFolder() / "schema/record.xsd");
  ASSERT_TRUE(xml) << Describe(xml.error(), Language::kEnglish);
  EXPECT_EQ(record::ToXml(*xml), record::ToXml(record));
}

TEST_F(AttachedRecordTest, AnotherEngineIsComparedWithThePages) {
  Record other = record_;
  other.rendering = RenderingOf(form_, tools_);
  other.rendering->engine = "0";
  const Digitised read = Read(Mixed(record_, other));
  EXPECT_EQ(read.record.source.origin, Origin::kAttachedRecord) << MismatchError(read.differences).message.en;
  EXPECT_THAT(Codes(read.record), Contains("attachment.compared"));
  for (const Finding& finding : read.record.findings) EXPECT_EQ(finding.severity, Severity::kInfo);
}

// Set by conventions that this house has not: nothing can be set again, nothing is wrong.
TEST_F(AttachedRecordTest, OtherConventionsAreComparedWithThePages) {
  IssueTools others = tools_;
  others.conventions.sha256 = Sha256Hex("another conventions.json");
  others.conventions.margins.left_pt += 5;
  const std::string issued = Issue(record_, form_, others, {}).value();
  EXPECT_EQ(RenderingOf(form_, others).conventions_sha256, others.conventions.sha256);
  const Digitised read = Read(issued);
  EXPECT_EQ(read.record.source.origin, Origin::kAttachedRecord) << MismatchError(read.differences).message.en;
  EXPECT_THAT(Codes(read.record), testing::ElementsAre("attachment.compared"));
}

TEST_F(AttachedRecordTest, TheConventionsAreNamedByTheirHash) {
  const std::string bytes = ReadFile(DataFolder() / "forms/conventions.json", 1 << 20).value();
  EXPECT_EQ(RenderingOf(form_, tools_).conventions_sha256, Sha256Hex(bytes));
}

// As engine 2 wrote it.
TEST_F(AttachedRecordTest, AnAttachmentThatDoesNotNameItsConventionsIsCompared) {
  Record attached = record_;
  attached.rendering = RenderingOf(form_, tools_);
  attached.rendering->conventions_sha256.reset();
  const Digitised read = Read(Mixed(record_, attached));
  EXPECT_EQ(read.record.source.origin, Origin::kAttachedRecord);
  EXPECT_THAT(Codes(read.record), testing::ElementsAre("attachment.compared"));
}

TEST_F(AttachedRecordTest, ThePagesSayAnotherNumber) {
  Record pages = record_;
  pages.header.number = "26";
  const Digitised read = Read(Mixed(pages, record_));
  ExpectMismatch(read, "/header/number", "26", "25");
  EXPECT_EQ(read.record.header.number, "26");
}

TEST_F(AttachedRecordTest, TheAttachmentHasAnotherCell) {
  Record attached = record_;
  std::string& text = CellOf(attached, "Thường xuyên trong năm 2023").text;
  text = "Quý IV";
  const Digitised read = Read(Mixed(record_, attached));
  ExpectMismatch(read, "/tables/", "Thường xuyên trong năm 2023", "Quý IV");
}

TEST_F(AttachedRecordTest, TheAttachmentLeavesARecipientOut) {
  Record attached = record_;
  attached.recipients.pop_back();
  ExpectMismatch(Read(Mixed(record_, attached)), "/recipients", record_.recipients.back(),
                 attached.recipients.back());
}

// The bytes are the same when set again, as no form prints a task that its table shows.
TEST_F(AttachedRecordTest, ATaskThatSaysElseThanItsRowIsNotProvenByBytes) {
  Record attached = record_;
  Task& task =
      *std::ranges::find_if(attached.tasks, [](const Task& t) { return t.table && !t.lead.empty(); });
  const std::string before = task.lead.front();
  task.lead = {"Công an tỉnh"};
  ExpectMismatch(Read(Issue(attached, form_, tools_, {}).value()), "/lead", before, "Công an tỉnh");
}

TEST_F(AttachedRecordTest, ADeadlineOfOtherDaysThanItsWordsIsNotProvenByBytes) {
  Record attached = record_;
  Task& task =
      *std::ranges::find_if(attached.tasks, [](const Task& t) { return t.deadline && t.deadline->end; });
  task.deadline->end = ParseIsoDate("2031-12-31");
  ExpectMismatch(Read(Issue(attached, form_, tools_, {}).value()), "/deadline", "|", "2031-12-31");
}

TEST_F(AttachedRecordTest, AValueThatTheFormDoesNotPrintIsNotProvenByBytes) {
  Record attached = record_;
  attached.header.secrecy = "Tuyệt mật";
  const Result<std::string> pdf = Issue(attached, form_, tools_, {});
  const Digitised read = Read(*pdf);
  if (read.record.source.origin == Origin::kAttachedRecord)  // the form prints it: then the page must show it
    EXPECT_EQ(read.record.header.secrecy, "Tuyệt mật");
  else
    ExpectMismatch(read, "/header/secrecy", "∅", "Tuyệt mật");
  attached = record_;
  attached.header.type_code = "QĐ";
  ExpectMismatch(Read(Issue(attached, form_, tools_, {}).value()), "/header/type_code", "KH", "QĐ");
}

// Text that stays in the file while the page shows none of it, in five ways.
class HiddenTextTest : public AttachedRecordTest {
 protected:
  static constexpr int kContents = 4, kPage = 5, kNew = 9000;
  std::string WithPage(const std::string& entries, std::map<int, std::string> objects) const {
    const std::string issued = Issued();
    std::string page = ObjectOf(issued, kPage);
    const std::string contents = "/Contents 4 0 R";
    if (const std::size_t at = page.find(contents); entries.find("/Contents") != std::string::npos)
      page.erase(at, contents.size());
    page.insert(page.rfind(">>"), entries);
    objects[kPage] = page;
    return Updated(issued, objects);
  }
  void ExpectUnseen(const std::string& pdf) const {
    const Digitised read = Read(pdf);
    EXPECT_NE(read.record.source.origin, Origin::kAttachedRecord);
    EXPECT_THAT(Codes(read.record), Contains("attachment.mismatch"));
    EXPECT_NE(read.record.header.number, "25");
  }
};

TEST_F(HiddenTextTest, White) {
  ExpectUnseen(WithPage("/Contents[9000 0 R 4 0 R]", {{kNew, TinyPdf::Stream("", "1 1 1 rg 1 1 1 RG")}}));
}

TEST_F(HiddenTextTest, AlmostWhite) {
  ExpectUnseen(WithPage("/Contents[9000 0 R 4 0 R]", {{kNew, TinyPdf::Stream("", "0.9 g 0.9 G")}}));
}

TEST_F(HiddenTextTest, UnderAnArea) {
  ExpectUnseen(
      WithPage("/Contents[4 0 R 9000 0 R]", {{kNew, TinyPdf::Stream("", "1 g 60 600 500 200 re f")}}));
}

TEST_F(HiddenTextTest, UnderAGradient) {
  ExpectUnseen(
      WithPage("/Contents[4 0 R 9000 0 R]/Resources 9001 0 R",
               {{kNew, TinyPdf::Stream("", "q 60 600 500 200 re W n /S1 sh Q")},
                {kNew + 1,
                 ObjectOf(Issued(), 3).substr(0, ObjectOf(Issued(), 3).rfind(">>")) +
                     "/Shading<</S1<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 600 0]/Extend[true true]"
                     "/Function<</FunctionType 2/Domain[0 1]/C0[1]/C1[0.98]/N 1>>>>>>>>"}}));
}

TEST_F(HiddenTextTest, UnderAnAnnotation) {
  ExpectUnseen(WithPage(
      "/Annots[9000 0 R]",
      {{kNew, "<</Type/Annot/Subtype/Square/F 4/Rect[60 600 560 800]/AP<</N 9001 0 R>>>>"},
       {kNew + 1, TinyPdf::Stream("/Type/XObject/Subtype/Form/BBox[0 0 500 200]", "1 g 0 0 500 200 re f")}}));
}

TEST_F(HiddenTextTest, OffThePage) {
  ExpectUnseen(WithPage("/CropBox[0 0 595 500]", {}));
}

TEST_F(AttachedRecordTest, AnUpdateThatLeavesThePagesAloneIsNoHarm) {
  const std::string issued = Issued();
  std::string page = ObjectOf(issued, 5);
  page.insert(page.rfind(">>"), "/Annots[9000 0 R]");
  // A signature's picture below the text, as signers leave it.
  const std::string pdf = Updated(
      issued,
      {{5, page},
       {9000, "<</Type/Annot/Subtype/Widget/FT/Sig/F 4/T(S1)/Rect[300 20 400 60]/AP<</N 9001 0 R>>>>"},
       {9001,
        TinyPdf::Stream("/Type/XObject/Subtype/Form/BBox[0 0 100 40]", "0 0 1 RG 3 w 0 0 m 100 40 l S")}});
  const Digitised read = Read(pdf);
  EXPECT_EQ(read.record.source.origin, Origin::kAttachedRecord);
  EXPECT_THAT(Codes(read.record), IsEmpty());
}

TEST_F(AttachedRecordTest, AddedLaterIsRefused) {
  IssueOptions bare;
  bare.attach_record = false;
  const std::string issued = Issue(record_, form_, tools_, bare).value();
  Record attached = record_;
  attached.rendering = RenderingOf(form_, tools_);
  std::string catalog = ObjectOf(issued, 1);
  catalog.insert(catalog.rfind(">>"),
                 "/AF[9001 0 R]/Names<</EmbeddedFiles<</Names[(record.xml) 9001 0 R]>>>>");
  ExpectRefused(
      Updated(issued, {{1, catalog},
                       {9000, TinyPdf::Stream("/Type/EmbeddedFile", record::ToXml(attached))},
                       {9001,
                        "<</Type/Filespec/F(record.xml)/UF(record.xml)/AFRelationship/Source/EF<</F 9000 0 "
                        "R/UF 9000 0 R>>>>"}}),
      "attachment.later");
}

TEST_F(AttachedRecordTest, WhatIsNoRecordIsRefusedAndThePagesAreRead) {
  Record attached = record_;
  attached.rendering = RenderingOf(form_, tools_);
  const std::string xml = record::ToXml(attached);
  ExpectRefused(WithXml(record_, xml.substr(0, xml.size() / 2)), "attachment.invalid");
  ExpectRefused(WithXml(record_, "not XML"), "attachment.invalid");
  const std::string doctype = "<!DOCTYPE record [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
  ExpectRefused(WithXml(record_, doctype + xml.substr(xml.find("<record"))), "attachment.invalid");
  std::string unknown = xml;
  unknown.insert(unknown.find("<header>"), "<unknown/>");
  ExpectRefused(WithXml(record_, unknown), "attachment.invalid");
  ExpectRefused(WithXml(record_, record::ToXml(record_)), "attachment.invalid");  // without `rendering`
  const Digitised foreign = Read(WithXml(record_, "<record xmlns=\"urn:another\"/>"));
  EXPECT_EQ(foreign.record.source.origin, Origin::kText);
  EXPECT_THAT(Codes(foreign.record), Not(Contains(HasSubstr("attachment"))));
}

TEST_F(AttachedRecordTest, AFormNameIsNoPath) {
  for (const char* form : {"../forms/ke-hoach", "/etc/passwd", "ke-hoach.xml", "unknown"}) {
    Record attached = record_;
    attached.rendering = RenderingOf(form_, tools_);
    attached.rendering->form = form;
    const Digitised read = Read(Mixed(record_, attached));
    EXPECT_EQ(read.record.source.origin, Origin::kAttachedRecord) << form;
    EXPECT_THAT(Codes(read.record), Contains("attachment.compared")) << form;
  }
}

}  // namespace
}  // namespace vanthu::run
