#include "pipeline/evaluate/evaluate.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace vanthu::evaluate {
namespace {

namespace fs = std::filesystem;

class Folders : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "evaluate-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    root_ = pattern;
    fs::create_directory(truth());
    fs::create_directory(result());
  }
  void TearDown() override { fs::remove_all(root_); }

  fs::path truth() const { return root_ / "truth"; }
  fs::path result() const { return root_ / "result"; }
  static void Write(const fs::path& path, const std::string& text) { std::ofstream(path) << text; }

  fs::path root_;
};

constexpr const char* kGold =
    R"({"schema":"vanthu/record/1","header":{"number":"25"},"tasks":[{"content":"a","deadline":null}],"tables":[]})";

TEST_F(Folders, AnEmptyOrMissingFolderIsAnErrorNeverAPerfectScore) {
  EXPECT_FALSE(Evaluate(truth(), result()));
  Write(truth() / "x.json", kGold);
  EXPECT_EQ(Evaluate(truth(), result()).error().code, ErrorCode::kNotAccepted);
  Write(result() / "y.json", kGold);
  EXPECT_EQ(Evaluate(truth(), result()).error().code, ErrorCode::kNotAccepted);
  EXPECT_EQ(Evaluate(truth(), root_ / "none").error().code, ErrorCode::kUnreadable);
  EXPECT_EQ(Evaluate(truth(), truth()).error().code, ErrorCode::kUsage);
}

TEST_F(Folders, PairsByNameAndReportsTheRest) {
  Write(truth() / "x.json", kGold);
  Write(truth() / "z.json", kGold);
  Write(truth() / "x.txt", "một hai ba bốn");
  Write(result() / "x.json", kGold);
  Write(result() / "x-scan.json", R"({"header":{"number":"26"},"tasks":[]})");
  Write(result() / "other.json", kGold);
  Write(result() / "x-scan.txt", "một hai ba bón");
  const Evaluation evaluation = Evaluate(truth(), result()).value();
  ASSERT_EQ(evaluation.documents.size(), 2u);
  EXPECT_EQ(evaluation.documents[0].name, "x");
  EXPECT_EQ(evaluation.documents[0].whole_records, 1);
  EXPECT_FALSE(evaluation.documents[0].has_text);
  EXPECT_EQ(evaluation.documents[1].name, "x-scan");
  EXPECT_EQ(evaluation.documents[1].text.errors, 1);
  EXPECT_EQ(evaluation.missing, std::vector<std::string>{"z.json"});
  EXPECT_EQ(evaluation.unmatched, std::vector<std::string>{"other.json"});
  EXPECT_EQ(evaluation.total.records, 2);
  EXPECT_EQ(evaluation.total.whole_records, 1);
  EXPECT_DOUBLE_EQ(HeaderAndSigner(evaluation.total.fields_normalised).F1(), 0.5);
  EXPECT_DOUBLE_EQ(HeaderAndSigner(evaluation.born_digital.fields_normalised).F1(), 1);
  EXPECT_DOUBLE_EQ(HeaderAndSigner(evaluation.scans.fields_normalised).F1(), 0);
  EXPECT_DOUBLE_EQ(evaluation.total.task_rows.Recall(), 0.5);
}

TEST_F(Folders, RefusesWhatIsNoRecord) {
  Write(truth() / "x.json", kGold);
  for (const char* bad : {"", "[1,2]", "{\"a\":", "nul"}) {
    Write(result() / "x.json", bad);
    EXPECT_EQ(Evaluate(truth(), result()).error().code, ErrorCode::kDamaged) << bad;
  }
  Write(result() / "x.json", std::string(100'000, '['));
  EXPECT_EQ(Evaluate(truth(), result()).error().code, ErrorCode::kDamaged);
  Write(result() / "x.json", kGold);
  Write(truth() / "x.json", R"({"header":{}})");
  EXPECT_EQ(Evaluate(truth(), result()).error().code, ErrorCode::kDamaged);
}

TEST_F(Folders, TheGoldAgainstItselfIsWithoutFault) {
  for (const auto& entry : fs::directory_iterator(VANTHU_SOURCE_DIR "/samples"))
    if (entry.path().filename() != "CMakeLists.txt" &&
        (entry.path().extension() == ".json" || entry.path().extension() == ".txt"))
      fs::copy(entry.path(), result() / entry.path().filename());
  const Evaluation evaluation = Evaluate(VANTHU_SOURCE_DIR "/samples", result()).value();
  ASSERT_EQ(evaluation.documents.size(), 5u);
  const DocumentScore& total = evaluation.total;
  EXPECT_TRUE(HeaderAndSigner(total.fields_normalised).Perfect());
  EXPECT_EQ(total.whole_records, 5);
  for (const auto& [name, tally] : total.fields_exact) EXPECT_TRUE(tally.Perfect()) << name;
  for (const auto& [name, tally] : total.task_columns) EXPECT_TRUE(tally.Perfect()) << name;
  EXPECT_TRUE(total.adjacency.Perfect());
  EXPECT_GT(total.adjacency.expected, 1000);
  EXPECT_DOUBLE_EQ(total.grits_con.F1(), 1);
  EXPECT_DOUBLE_EQ(total.teds_sum, total.tables);
  EXPECT_EQ(total.tables, 11);
  EXPECT_TRUE(total.whole_tasks.Perfect());
  EXPECT_EQ(total.whole_tasks.expected, 120);  // 121, one of them optional
  EXPECT_EQ(total.deadlines.Recall(), 1);
  EXPECT_EQ(total.text.errors, 0);
  EXPECT_GT(total.text.clusters, 50'000);
  for (const DocumentScore& score : evaluation.documents)
    EXPECT_TRUE(score.differences.empty()) << score.differences[0].en;
  EXPECT_TRUE(evaluation.missing.empty()) << evaluation.missing[0];
}

TEST_F(Folders, WritesBothReports) {
  Write(truth() / "x.json", kGold);
  Write(result() / "x-scan.json", R"({"header":{"number":"26"},"tasks":[{"content":"a"}]})");
  const Evaluation evaluation = Evaluate(truth(), result()).value();
  const std::string text = ToText(evaluation, Language::kVietnamese);
  EXPECT_NE(text.find("bản chuẩn -> kết quả"), std::string::npos) << text;
  EXPECT_EQ(text.find("gold"), std::string::npos) << text;
  EXPECT_NE(ToText(evaluation, Language::kEnglish).find("gold -> result"), std::string::npos);
  EXPECT_NE(text.find("x-scan"), std::string::npos);
  EXPECT_NE(text.find("header.number: \"25\" -> \"26\""), std::string::npos);
  const nlohmann::json json = nlohmann::json::parse(ToJson(evaluation));
  EXPECT_EQ(json["documents"][0]["name"], "x-scan");
  EXPECT_EQ(json["documents"][0]["header_signer"]["normalised"]["f1"], 0.0);
  EXPECT_EQ(json["total"]["tasks"]["whole"]["recall"], 1.0);
  EXPECT_TRUE(json["total"]["tables"]["teds"].is_null());  // no table: nothing to score, and no perfect score
  EXPECT_FALSE(json["total"].contains("text"));
}

}  // namespace
}  // namespace vanthu::evaluate
