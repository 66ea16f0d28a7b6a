#include "signing/appearance/appearance_rules.h"

#include <gmock/gmock.h>

#include "pipeline/base/file.h"

namespace vanthu::signing {
namespace {

using ::testing::ElementsAre;

AppearanceRules Shipped() {
  return ReadAppearanceRules(VANTHU_SOURCE_DIR "/signing/appearance/rules").value();
}

TEST(AppearanceRules, TheShippedFileIsRead) {
  const AppearanceRules rules = Shipped();
  EXPECT_EQ(rules.copy_forms.at("sao-luc"), "SAO LỤC");
  EXPECT_EQ(rules.block.size_pt, 10);
}

TEST(AppearanceRules, TimesAreShownInTheZoneOfThePattern) {
  EXPECT_EQ(TimeText(1795831385, "dd-MM-yyyy HH:mm:ss +07:00"), "28-11-2026 09:03:05 +07:00");
  EXPECT_EQ(TimeText(1795831385, "yyyy/MM/dd HH:mm:ss -01:30"), "2026/11/28 00:33:05 -01:30");
  EXPECT_EQ(TimeText(-1, "dd-MM-yyyy HH:mm:ss +00:00"), "31-12-1969 23:59:59 +00:00");
}

TEST(AppearanceRules, APatternWithoutZoneIsRefused) {
  std::string json = *ReadFile(VANTHU_SOURCE_DIR "/signing/appearance/rules/appearance.json", 100'000);
  json.replace(json.find(" +07:00"), 7, "");
  EXPECT_EQ(ParseAppearanceRules(json, "x").error().code, ErrorCode::kMissingResource);
}

TEST(AppearanceRules, LinesWithoutTheirFieldAreLeftOut) {
  const AppearanceRules rules = Shipped();
  EXPECT_THAT(BlockLines(rules.block.copy, {"SAO Y", "", "UBND XÃ THANH XÁ", "T"}),
              ElementsAre("SAO Y", "UBND XÃ THANH XÁ", "T"));
  EXPECT_THAT(BlockLines(rules.block.copy, {"SAO Y", "12/SY-UBND", "A {time}", "T"}),
              ElementsAre("SAO Y", "A {time}", "T"));
  EXPECT_THAT(BlockLines(rules.block.annex, {"", "25/KH-UBND", "", "T"}), ElementsAre("25/KH-UBND", "T"));
}

}  // namespace
}  // namespace vanthu::signing
