#include "pipeline/evaluate/field_score.h"

#include <gtest/gtest.h>

namespace vanthu::evaluate {
namespace {

DocumentScore Score(const char* gold, const char* result) {
  DocumentScore score;
  ScoreFields(Gold(Json::parse(gold)), Json::parse(result), score);
  return score;
}

void ExpectTally(const Tally& tally, double matched, double expected, double found) {
  EXPECT_EQ(tally.matched, matched);
  EXPECT_EQ(tally.expected, expected);
  EXPECT_EQ(tally.found, found);
}

TEST(ScoreFields, TellsRightMissedInventedAndWrong) {
  const DocumentScore score = Score(
      R"({"header":{"number":"25","notation":"KH-UBND","place":null,"urgency":null,"subject":"a"}})",
      R"({"header":{"number":"26","notation":"KH-UBND","place":"Hà Nội","urgency":null,"subject":null,"type_code":"KH"}})");
  ExpectTally(score.fields_normalised.at("header.number"), 0, 1, 1);
  ExpectTally(score.fields_normalised.at("header.notation"), 1, 1, 1);
  ExpectTally(score.fields_normalised.at("header.place"), 0, 0, 1);
  ExpectTally(score.fields_normalised.at("header.urgency"), 0, 0, 0);
  ExpectTally(score.fields_normalised.at("header.subject"), 0, 1, 0);
  EXPECT_FALSE(score.fields_normalised.contains("header.type_code"));  // the gold does not say
  // 1 right of 3 expected and 3 found: F1 = 2 * 1 / 6.
  EXPECT_DOUBLE_EQ(HeaderAndSigner(score.fields_normalised).F1(), 1.0 / 3);
  EXPECT_EQ(score.whole_records, 0);
  ASSERT_EQ(score.differences.size(), 3u);
  EXPECT_EQ(score.differences[0].en, R"(header.number: "25" -> "26")");
}

TEST(ScoreFields, NormalisesCaseSpaceAndTonePlacementOnlyWhenAsked) {
  const DocumentScore score = Score(R"({"header":{"issuing_agency":"ỦY BAN  HOÀ BÌNH"}})",
                                    R"({"header":{"issuing_agency":"Uỷ ban Hòa Bình"}})");
  ExpectTally(score.fields_exact.at("header.issuing_agency"), 0, 1, 1);
  ExpectTally(score.fields_normalised.at("header.issuing_agency"), 1, 1, 1);
  EXPECT_EQ(score.whole_records, 1);
}

TEST(ScoreFields, HonoursAlternatives) {
  const char* gold = R"({"header":{"type_name":"Phụ lục","notation":null},
                         "alternatives":{"/header/type_name":[null,"Kế hoạch"],"/header/notation":["KH-UBND"]}})";
  ExpectTally(Score(gold, R"({"header":{"type_name":"Kế hoạch"}})").fields_normalised.at("header.type_name"),
              1, 1, 1);
  ExpectTally(Score(gold, R"({"header":{"type_name":null}})").fields_normalised.at("header.type_name"), 0, 0,
              0);
  ExpectTally(Score(gold, R"({"header":{"type_name":"Đề án"}})").fields_normalised.at("header.type_name"), 0,
              1, 1);
  ExpectTally(Score(gold, R"({"header":{"notation":"KH-UBND"}})").fields_normalised.at("header.notation"), 1,
              1, 1);
  ExpectTally(Score(gold, R"({"header":{"notation":null}})").fields_normalised.at("header.notation"), 0, 0,
              0);
  ExpectTally(Score(gold, R"({"header":{"notation":"X"}})").fields_normalised.at("header.notation"), 0, 0, 1);
}

TEST(ScoreFields, ScoresAnObjectThatOneSideLacks) {
  const char* with = R"({"header":{"issued_with":{"type_code":"QĐ","number":null,"notation":"QĐ-UBND"}}})";
  const char* without = R"({"header":{"issued_with":null}})";
  const DocumentScore missed = Score(with, without), invented = Score(without, with);
  ExpectTally(missed.fields_normalised.at("header.issued_with.type_code"), 0, 1, 0);
  ExpectTally(missed.fields_normalised.at("header.issued_with.number"), 0, 0, 0);
  ExpectTally(invented.fields_normalised.at("header.issued_with.notation"), 0, 0, 1);
  EXPECT_EQ(HeaderAndSigner(Score(without, without).fields_normalised).expected, 0);
}

TEST(ScoreFields, ComparesListsAsSetsWithRepetitions) {
  const DocumentScore score =
      Score(R"({"recipients":["A","B","B","C"],"signer":{"authority":["TM."],"name":"X"}})",
            R"({"recipients":["B","a","D"],"signer":{"block":["TM. Y"],"authority":[],"name":"X"}})");
  ExpectTally(score.fields_normalised.at("recipients"), 2, 4, 3);
  ExpectTally(score.fields_exact.at("recipients"), 1, 4, 3);
  ExpectTally(score.fields_normalised.at("signer.authority"), 0, 1, 0);
  EXPECT_FALSE(score.fields_normalised.contains("signer.block"));  // only where the gold has it
}

TEST(ScoreFields, TakesTheListVariantThatFitsBest) {
  const DocumentScore score = Score(R"({"recipients":["A và B"],"alternatives":{"/recipients":[["A","B"]]}})",
                                    R"({"recipients":["A","B"]})");
  ExpectTally(score.fields_normalised.at("recipients"), 2, 2, 2);
}

TEST(ScoreFields, MatchesCitationsByTypeNumberAndNotation) {
  const DocumentScore score = Score(
      R"({"citations":[{"type_code":"NĐ","number":"61","notation":"2018/NĐ-CP","agency":"Chính phủ","date":"2018-04-23","role":"basis"},
                       {"type_code":"QĐ","number":"1","notation":"QĐ-UBND","agency":null,"date":null,"role":"body"},
                       {"type_code":"KH","number":"9","notation":"KH-UBND","optional":true}]})",
      R"({"citations":[{"type_code":"KH","number":"9","notation":"KH-UBND"},
                       {"type_code":"NĐ","number":"61","notation":"2018/NĐ-CP","agency":"UBND","date":"2018-04-23","role":"basis"},
                       {"type_code":"TT","number":"3","notation":"TT-BNV"}]})");
  ExpectTally(score.fields_normalised.at("citations"), 1, 2, 2);  // the optional one counts on neither side
  ExpectTally(score.fields_normalised.at("citations.agency"), 0, 1, 1);
  ExpectTally(score.fields_normalised.at("citations.date"), 1, 1, 1);
}

TEST(ScoreFields, ScoresAppendicesAndTargets) {
  const DocumentScore score = Score(
      R"({"appendices":[{"label":"I","title":"Nội dung nhiệm vụ"},{"label":"II","title":"Rà soát"}],
          "targets":[{"text":"đạt tối thiểu 95%","value":95,"unit":"%","comparison":">="},{"text":"giảm 20 thủ tục","value":20,"unit":"thủ tục","comparison":"="}]})",
      R"({"appendices":[{"label":"II","title":"RÀ SOÁT"},{"label":"1","title":"NỘI DUNG NHIỆM VỤ"}],
          "targets":[{"text":"Đạt tối thiểu 95%.","value":95.0,"unit":"%","comparison":">="}]})");
  ExpectTally(score.fields_normalised.at("appendices"), 1, 2, 2);
  ExpectTally(score.fields_normalised.at("targets"), 1, 2, 1);
}

TEST(ScoreFields, SurvivesResultsOfAnyShape) {
  const char* gold = R"({"header":{"number":"1"},"signer":{"block":["a"],"name":"b"},"recipients":["c"],
                         "citations":[{"number":"1"}],"appendices":[{"title":"t"}],"targets":[{"text":"u","value":1}]})";
  for (const char* result :
       {"{}", R"({"header":[],"signer":3,"recipients":"c","citations":{},"appendices":null,"targets":[1]})"})
    EXPECT_EQ(HeaderAndSigner(Score(gold, result).fields_normalised).matched, 0) << result;
}

}  // namespace
}  // namespace vanthu::evaluate
