#include "pipeline/evaluate/task_score.h"

#include <gtest/gtest.h>

namespace vanthu::evaluate {
namespace {

Json Task(const std::string& content) {
  return {{"group", {"I Xây dựng"}},
          {"ordinal", "1"},
          {"goal", nullptr},
          {"mission", nullptr},
          {"content", content},
          {"lead", {"Văn phòng"}},
          {"coordinate", {"A", "B"}},
          {"product", "Báo cáo"},
          {"note", nullptr},
          {"deadline",
           {{"text", "Quý I/2023"},
            {"kind", "quarter"},
            {"start", "2023-01-01"},
            {"end", "2023-03-31"},
            {"recurrence", nullptr}}}};
}

DocumentScore Score(const std::vector<Json>& gold_tasks, const std::vector<Json>& result_tasks,
                    const Json& alternatives = Json::object()) {
  DocumentScore score;
  ScoreTasks(Gold(Json{{"tasks", gold_tasks}, {"alternatives", alternatives}}), Json{{"tasks", result_tasks}},
             score);
  return score;
}

TEST(ScoreTasks, FindsRowsByContentWhateverTheirOrder) {
  const Json a = Task("Xây dựng kế hoạch năm"), b = Task("Rà soát thủ tục"), c = Task("Kiểm tra công vụ");
  const DocumentScore score = Score({a, b}, {c, b, a});
  EXPECT_EQ(score.task_rows.matched, 2);
  EXPECT_EQ(score.task_rows.expected, 2);
  EXPECT_EQ(score.task_rows.found, 3);
  EXPECT_EQ(score.whole_tasks.Recall(), 1);
  EXPECT_EQ(score.task_columns.at("coordinate").found, 6);
  EXPECT_EQ(score.task_columns.at("coordinate").matched, 4);
}

TEST(ScoreTasks, LetsContentsDifferByThreeTenthsOfTheirLengthAtMost) {
  const DocumentScore near = Score({Task("abcdefghij")}, {Task("abcdefgxyz")});
  EXPECT_EQ(near.task_rows.matched, 1);
  EXPECT_EQ(near.whole_tasks.matched, 0);
  const DocumentScore far = Score({Task("abcdefghij")}, {Task("abcdefwxyz")});
  EXPECT_EQ(far.task_rows.matched, 0);
}

TEST(ScoreTasks, KeepsEqualContentsInOrder) {
  Json first = Task("Báo cáo quý"), second = Task("Báo cáo quý");
  first["ordinal"] = "1";
  second["ordinal"] = "2";
  EXPECT_EQ(Score({first, second}, {first, second}).whole_tasks.matched, 2);
}

TEST(ScoreTasks, OneWrongColumnMakesTheTaskNotWhole) {
  for (const char* column : {"group", "ordinal", "goal", "mission", "content", "lead", "coordinate",
                             "product", "note", "deadline"}) {
    Json result = Task("Rà soát thủ tục");
    result[column] = result[column].is_array()          ? Json{"khác hẳn"}
                     : column == std::string("content") ? Json("Rà soát thủ tụx")
                                                        : Json("khác");
    const DocumentScore score = Score({Task("Rà soát thủ tục")}, {result});
    EXPECT_EQ(score.task_rows.matched, 1) << column;
    EXPECT_EQ(score.whole_tasks.matched, 0) << column;
    EXPECT_EQ(score.whole_tasks_tolerant.matched, 0) << column;
    EXPECT_FALSE(score.task_columns.at(column).Perfect()) << column;
    EXPECT_EQ(score.differences.size(), 1u) << column;
  }
}

TEST(ScoreTasks, ToleratesTwoPercentOfATextButNoWrongOrdinalOrDate) {
  const std::string content(100, 'a');
  Json result = Task(content.substr(0, 98) + "bb");
  DocumentScore score = Score({Task(content)}, {result});
  EXPECT_EQ(score.whole_tasks.matched, 0);
  EXPECT_EQ(score.whole_tasks_tolerant.matched, 1);
  EXPECT_TRUE(score.task_columns_tolerant.at("content").Perfect());
  result["deadline"]["end"] = "2023-03-30";
  score = Score({Task(content)}, {result});
  EXPECT_EQ(score.whole_tasks_tolerant.matched, 0);
  EXPECT_EQ(score.deadlines.matched, 0);
  EXPECT_EQ(score.deadlines.expected, 1);
}

TEST(ScoreTasks, ScoresDeadlinesByTheirFourValues) {
  Json result = Task("a");
  result["deadline"]["text"] = "Quý 1/2023";
  const DocumentScore score = Score({Task("a")}, {result});
  EXPECT_TRUE(score.deadlines.Perfect());
  EXPECT_FALSE(score.task_columns.at("deadline.text").Perfect());
  Json none = Task("a");
  none["deadline"] = nullptr;
  EXPECT_EQ(Score({none}, {none}).deadlines.expected, 0);
  EXPECT_EQ(Score({none}, {Task("a")}).deadlines.found, 1);
  EXPECT_EQ(Score({Task("a")}, {none}).deadlines.expected, 1);
}

TEST(ScoreTasks, HonoursAlternativesOfMembersOfListsAndOfWholeDeadlines) {
  Json result = Task("a");
  result["deadline"]["recurrence"] = "FREQ=MONTHLY";
  result["lead"] = {"VP", "HĐND"};
  EXPECT_EQ(Score({Task("a")}, {result}).whole_tasks.matched, 0);
  const Json members = Json::parse(R"({"/tasks/0/deadline/recurrence":["FREQ=WEEKLY","FREQ=MONTHLY"],
                                       "/tasks/0/lead":[["VP","HĐND"]]})");
  EXPECT_EQ(Score({Task("a")}, {result}, members).whole_tasks.matched, 1);
  const Json whole{{"/tasks/0/deadline", {result["deadline"]}}, {"/tasks/0/lead", {{"VP", "HĐND"}, {"x"}}}};
  EXPECT_EQ(Score({Task("a")}, {result}, whole).whole_tasks.matched, 1);
}

TEST(ScoreTasks, MatchesRowsByAnAcceptedContent) {
  const Json alternatives{{"/tasks/0/content", {"Hộ tịch"}}};
  EXPECT_EQ(Score({Task("TTHC các lĩnh vực khác nhau của xã")}, {Task("Hộ tịch")}, alternatives)
                .whole_tasks.matched,
            1);
}

TEST(ScoreTasks, DoesNotCountOptionalTasks) {
  Json optional = Task("Nhiệm vụ thêm");
  optional["optional"] = true;
  EXPECT_TRUE(Score({Task("Việc chính"), optional}, {Task("Việc chính")}).task_rows.Perfect());
  EXPECT_TRUE(
      Score({Task("Việc chính"), optional}, {Task("Việc chính"), Task("Nhiệm vụ thêm")}).task_rows.Perfect());
}

TEST(ScoreTasks, CountsColumnsOfMissedTasks) {
  const DocumentScore score = Score({Task("Rà soát thủ tục")}, {});
  EXPECT_EQ(score.task_columns.at("coordinate").expected, 2);
  EXPECT_EQ(score.task_columns.at("note").expected, 0);
  EXPECT_EQ(score.whole_tasks.expected, 1);
  EXPECT_EQ(score.deadlines.expected, 1);
  EXPECT_EQ(score.task_columns.at("content").F1(), 0);
}

TEST(ScoreTasks, SurvivesResultsOfAnyShape) {
  DocumentScore score;
  const Json no_list{{"tasks", "x"}};
  ScoreTasks(Gold(Json{{"tasks", Json::array({Task("a")})}}), no_list, score);
  EXPECT_EQ(score.task_rows.found, 0);
  EXPECT_EQ(
      Score({Task("a")}, {1, "b", nullptr, {{"content", 3}, {"deadline", 5}, {"lead", "x"}}}).task_rows.found,
      4);
}

}  // namespace
}  // namespace vanthu::evaluate
