#include "pipeline/base/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace vanthu {
namespace {

using testing::ElementsAre;
using testing::MatchesRegex;

class LogTest : public testing::Test {
 protected:
  void SetUp() override {
    SetLog(LogLevel::kInfo, [this](LogLevel, const Message& message) { told_.push_back(message.en); });
  }
  void TearDown() override { SetLog(LogLevel::kWarning, {}); }

  std::vector<std::string> told_;
};

TEST_F(LogTest, DropsWhatIsBelowTheLevel) {
  Log(LogLevel::kDebug, {"chi tiết", "detail"});
  Log(LogLevel::kInfo, {"tin", "news"});
  Log(LogLevel::kWarning, {"cảnh báo", "warning"});
  EXPECT_THAT(told_, ElementsAre("news", "warning"));
  EXPECT_FALSE(Logs(LogLevel::kDebug));
  EXPECT_TRUE(Logs(LogLevel::kInfo));
}

TEST_F(LogTest, AnotherSinkKeepsTheLevel) {
  std::vector<std::string> other;
  SetLogSink([&](LogLevel, const Message& message) { other.push_back(message.vi); });
  Log(LogLevel::kDebug, {"chi tiết", "detail"});
  Log(LogLevel::kInfo, {"tin", "news"});
  EXPECT_THAT(other, ElementsAre("tin"));
  EXPECT_TRUE(told_.empty());
}

TEST_F(LogTest, WithoutASinkNothingIsTold) {
  SetLogSink({});
  EXPECT_FALSE(Logs(LogLevel::kError));
  Log(LogLevel::kError, {"lỗi", "error"});  // and nothing is called
}

TEST_F(LogTest, AStageTellsItsTimeAtDebugOnly) {
  StageLog stage("a.pdf");
  stage.Done({"bố cục", "layout"});
  EXPECT_TRUE(told_.empty());
  SetLog(LogLevel::kDebug, [this](LogLevel level, const Message& message) {
    EXPECT_EQ(level, LogLevel::kDebug);
    told_.push_back(message.en);
  });
  stage.Done({"bố cục", "layout"});
  EXPECT_THAT(told_, ElementsAre(MatchesRegex("a\\.pdf: layout: [0-9]+\\.[0-9]{3} s")));
}

TEST_F(LogTest, NamesOfLevels) {
  EXPECT_EQ(LogLevelOf("debug"), LogLevel::kDebug);
  EXPECT_EQ(LogLevelOf("error"), LogLevel::kError);
  EXPECT_EQ(LogLevelOf("loud"), std::nullopt);
}

}  // namespace
}  // namespace vanthu
