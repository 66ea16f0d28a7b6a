#include "templates/forms/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parts.h"

namespace vanthu::templates {
namespace {

using testing::HasSubstr;

ParsedForm Parse(const std::string& xml) {
  Result<ParsedForm> parsed = ParseForm(xml, "thu.xml", FormsFolder() + "/form.xsd");
  EXPECT_TRUE(parsed.has_value());
  return parsed ? *parsed : ParsedForm{};
}

TEST(ParseForm, GivesTheElementsWithTheirLines) {
  const Form form = FormOf("<part>\n<p style=\"giua\">Số <v path=\"header.number\"/></p>\n</part>");
  EXPECT_EQ(form.id, "thu");
  EXPECT_EQ(form.title, "Thử");
  EXPECT_EQ(form.sha256.size(), 64u);
  const FormElement& part = form.root.children.at(1);
  ASSERT_EQ(part.kind, ElementKind::kPart);
  const FormElement& p = part.children.at(1);
  EXPECT_EQ(p.kind, ElementKind::kParagraph);
  EXPECT_EQ(p.line, 3);
  EXPECT_EQ(p.children.at(0).text, "Số ");
  EXPECT_EQ(p.children.at(1).Attribute("path"), "header.number");
}

TEST(ParseForm, TextBecomesNfc) {
  const Form form = FormOf("<part><p>Kế</p></part>");  // decomposed
  EXPECT_EQ(form.root.children.at(1).children.at(0).children.at(0).text, "Kế");
}

TEST(ParseForm, RefusesDocumentTypesAndEntities) {
  const ParsedForm parsed = Parse("<!DOCTYPE template [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" +
                                  FormText("<part><p>&x;</p></part>"));
  EXPECT_FALSE(parsed.form);
  ASSERT_EQ(parsed.faults.size(), 1u);
  EXPECT_THAT(parsed.faults[0].message.vi, HasSubstr("DOCTYPE"));
}

TEST(ParseForm, RefusesWhatIsTooDeepOrTooLong) {
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "<b>";
  EXPECT_FALSE(Parse(FormText("<part><p>" + deep)).form);
  EXPECT_FALSE(Parse(FormText("<part><p>" + std::string(2'000'000, 'a') + "</p></part>")).form);
  std::string many;
  for (int i = 0; i < 30'000; ++i) many += "<br/>";
  EXPECT_FALSE(Parse(FormText("<part><p>" + many + "</p></part>")).form);
}

TEST(ParseForm, SaysWhereTheXmlEnds) {
  const ParsedForm parsed = Parse(FormText("<part>\n<p>Kính gửi</part>"));
  ASSERT_EQ(parsed.faults.size(), 1u);
  EXPECT_EQ(parsed.faults[0].line, 3);
  EXPECT_THAT(parsed.faults[0].message.vi, HasSubstr("không phải XML"));
}

TEST(ParseForm, SaysThatTheSchemaIsNotThere) {
  const Result<ParsedForm> parsed = ParseForm(FormText(""), "thu.xml", "/nowhere/form.xsd");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu::templates
