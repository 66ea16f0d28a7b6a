#include "pipeline/archive/query.h"

#include <gmock/gmock.h>

#include "pipeline/base/file.h"

namespace vanthu::archive {
namespace {

const FieldRules& Rules() {
  static const FieldRules rules = LoadFieldRules(DataFolder() / "search_fields.json").value();
  return rules;
}

ParsedQuery Parse(const std::string& text) {
  return ParseQuery(text, Rules()).value();
}

TEST(Query, WordsAreQuotedAndFolded) {
  EXPECT_EQ(Parse("Thu tuc").match, "((\"thu\" AND \"tuc\") OR \"thu tuc\")");
  EXPECT_EQ(Parse("\"thu tuc\"").match, "((\"thu tuc\") OR \"thu tuc\")");
  EXPECT_EQ(Parse("thủ").match, "((\"thu\") OR \"\x01thủ\")");
  EXPECT_EQ(Parse("ky-hieu:KH-UBND").match, "{code} : \"kh ubnd\"");
  EXPECT_FALSE(Parse("ky-hieu:KH-UBND").has_text);
}

TEST(Query, DatesOfEveryPrecision) {
  EXPECT_EQ(ToIso(*Parse("tu:2023").from), "2023-01-01");
  EXPECT_EQ(ToIso(*Parse("den:2023").to), "2023-12-31");
  EXPECT_EQ(ToIso(*Parse("den:02/2024").to), "2024-02-29");
  EXPECT_EQ(ToIso(*Parse("tu:9.3.2023").from), "2023-03-09");
  EXPECT_EQ(ToIso(*Parse("tu:2022 tu:2023").from), "2023-01-01");
  EXPECT_FALSE(ParseQuery("tu:1/2", Rules()).has_value());
  EXPECT_FALSE(ParseQuery("tu:2023-1-2-3", Rules()).has_value());
}

TEST(Query, UnknownNamesAreText) {
  EXPECT_EQ(Parse("abc:def").match, "((\"abc def\") OR \"abc def\")");
}

TEST(Query, NumberKeys) {
  EXPECT_EQ(NumberKey("007"), "7");
  EXPECT_EQ(NumberKey("12A"), "12a");
  EXPECT_EQ(NumberKey("000"), "0");
  EXPECT_EQ(NumberKey(" 😀"), "");
}

TEST(Query, MissingRulesAreAMissingResource) {
  EXPECT_EQ(LoadFieldRules("/nonexistent").error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu::archive
