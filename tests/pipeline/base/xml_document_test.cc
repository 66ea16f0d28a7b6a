#include "pipeline/base/xml_document.h"

#include <gtest/gtest.h>

#include <fstream>

namespace vanthu {
namespace {

TEST(ParseXmlDocument, BoundsWhatItReads) {
  EXPECT_TRUE(ParseXmlDocument("<a><b/></a>", {}).has_value());
  EXPECT_EQ(ParseXmlDocument("<!DOCTYPE a><a/>", {}).error().line, 1);
  EXPECT_EQ(ParseXmlDocument("<a><b/></a>", {5, 10, 10, 10}).error().code, ErrorCode::kLimit);
  EXPECT_EQ(ParseXmlDocument("<a><b/><b/></a>", {100, 2, 10, 10}).error().code, ErrorCode::kLimit);
  EXPECT_EQ(ParseXmlDocument("<a><b><c><d><e/></d></c></b></a>", {100, 10, 1, 10}).error().code,
            ErrorCode::kLimit);
  EXPECT_EQ(ParseXmlDocument("<a b='1' c='2'/>", {100, 10, 10, 3}).error().code, ErrorCode::kLimit);
  EXPECT_EQ(ParseXmlDocument("<a>\n</b>", {}).error().line, 2);
  EXPECT_FALSE(ParseXmlDocument("", {}).has_value());
}

TEST(ParseXmlDocument, LeavesTheStandardErrorStreamAlone) {
  testing::internal::CaptureStderr();
  const auto mixed =
      ParseXmlDocument("<?xml version=\"1.0\" encoding=\"UTF-16LE\"?><a>\xE1\xBB\xA6Y ban</a>", {});
  const auto cut = ParseXmlDocument("<?xml version=\"1.0\" encoding=\"EUC-JP\"?><a>\xC3table\xFF</a>", {});
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_FALSE(mixed.has_value() && cut.has_value());
}

class ValidateXmlTest : public testing::Test {
 protected:
  void SetUp() override {
    schema_ = testing::TempDir() + "/xml_document_test.xsd";
    std::ofstream(schema_) << R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a">
<xs:complexType><xs:sequence><xs:element name="b" minOccurs="0" maxOccurs="9"><xs:complexType>
<xs:attribute name="kind" use="required"><xs:simpleType><xs:restriction base="xs:string">
<xs:enumeration value="x"/></xs:restriction></xs:simpleType></xs:attribute></xs:complexType></xs:element>
</xs:sequence></xs:complexType></xs:element></xs:schema>)";
  }
  std::vector<SchemaFault> FaultsOf(const char* xml) {
    const auto document = ParseXmlDocument(xml, {});
    return *ValidateXml(document->get(), schema_);
  }
  std::string schema_;
};

TEST_F(ValidateXmlTest, TellsKindLineElementAndWord) {
  EXPECT_TRUE(FaultsOf("<a><b kind='x'/></a>").empty());
  const std::vector<SchemaFault> faults = FaultsOf("<a>\n<b kind='y'/>\n<b kynd='x'/>\n<c/></a>");
  ASSERT_EQ(faults.size(), 4u);
  EXPECT_EQ(faults[0].kind, SchemaFaultKind::kValue);
  EXPECT_EQ(faults[0].line, 2);
  EXPECT_EQ(faults[0].attribute, "kind");
  EXPECT_EQ(faults[0].value, "y");
  EXPECT_EQ(faults[1].kind, SchemaFaultKind::kUnknownAttribute);
  EXPECT_EQ(faults[1].attribute, "kynd");
  EXPECT_EQ(faults[2].kind, SchemaFaultKind::kMissingAttribute);
  EXPECT_EQ(faults[2].attribute, "kind");
  EXPECT_EQ(faults[3].kind, SchemaFaultKind::kElement);
  EXPECT_EQ(faults[3].element, "c");
  EXPECT_EQ(FaultsOf("<a>text</a>").at(0).kind, SchemaFaultKind::kText);
}

TEST_F(ValidateXmlTest, ASchemaThatIsNotThereIsAnError) {
  const auto document = ParseXmlDocument("<a/>", {});
  EXPECT_EQ(ValidateXml(document->get(), "/nowhere.xsd").error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu
