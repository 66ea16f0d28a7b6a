#include "pipeline/evaluate/table_score.h"

#include <gtest/gtest.h>

#include "pipeline/evaluate/adjacency.h"
#include "pipeline/evaluate/grits.h"
#include "pipeline/evaluate/teds.h"

namespace vanthu::evaluate {
namespace {

// Rows of cell texts; header_rows 1.
Json Table(const std::vector<std::vector<std::string>>& rows) {
  Json table{{"header_rows", 1}, {"cells", Json::array()}};
  for (std::size_t row = 0; row < rows.size(); ++row)
    for (std::size_t col = 0; col < rows[row].size(); ++col)
      table["cells"].push_back(
          {{"row", row}, {"col", col}, {"rowspan", 1}, {"colspan", 1}, {"text", rows[row][col]}});
  return table;
}

DocumentScore Score(const std::vector<Json>& gold, const std::vector<Json>& result) {
  DocumentScore score;
  ScoreTables(Json(gold), Json(result), score);
  return score;
}

TEST(Adjacency, CountsNeighboursRightAndDown) {
  // 2 x 2 full: two relations right, two down. One wrong cell takes part in two of them.
  const DocumentScore score = Score({Table({{"a", "b"}, {"c", "d"}})}, {Table({{"a", "b"}, {"c", "x"}})});
  EXPECT_EQ(score.adjacency.expected, 4);
  EXPECT_EQ(score.adjacency.found, 4);
  EXPECT_EQ(score.adjacency.matched, 2);
}

TEST(Adjacency, StepsOverEmptyCellsAndRemembersHowMany) {
  CellTexts names;
  const Grid grid = *ReadGrid(Table({{"a", "", "b"}}));
  const Relations relations = FindRelations(grid, names.NumbersOf(grid), names);
  ASSERT_EQ(relations.size(), 1u);
  EXPECT_EQ(relations.begin()->first, Relation(names.NumberOf("a"), names.NumberOf("b"), 0, 1));
  const Grid closer = *ReadGrid(Table({{"a", "b"}}));
  EXPECT_EQ(CompareRelations(relations, FindRelations(closer, names.NumbersOf(closer), names)).matched, 0);
}

TEST(Adjacency, RelatesASpanningCellToAllItsNeighboursOnce) {
  // A over two columns above b and c; D beside over both rows: A-D, c-D right; b-c right; A-b, A-c down.
  // D-nothing.
  const Json table = Json::parse(
      R"({"cells":[{"row":0,"col":0,"colspan":2,"text":"A"},{"row":0,"col":2,"rowspan":2,"text":"D"},
                                              {"row":1,"col":0,"text":"b"},{"row":1,"col":1,"text":"c"}]})");
  CellTexts names;
  const Grid grid = *ReadGrid(table);
  const Relations relations = FindRelations(grid, names.NumbersOf(grid), names);
  const auto has = [&](const char* from, const char* to, int direction) {
    return relations.contains({names.NumberOf(from), names.NumberOf(to), direction, 0});
  };
  EXPECT_EQ(relations.size(), 5u);
  EXPECT_TRUE(has("a", "d", 0) && has("c", "d", 0) && has("b", "c", 0) && has("a", "b", 1) &&
              has("a", "c", 1));
}

TEST(Adjacency, CountsRepeatedRelationsAsOftenAsTheyOccur) {
  const DocumentScore score = Score({Table({{"x", "y"}, {"x", "y"}})}, {Table({{"x", "y"}})});
  EXPECT_EQ(score.adjacency.expected, 4);  // x-y twice right, x-x and y-y down
  EXPECT_EQ(score.adjacency.matched, 1);
  EXPECT_EQ(score.adjacency.found, 1);
}

TEST(Adjacency, ToleratesSlipsOnlyInTheSecondNumber) {
  // One of twelve clusters wrong: within 10 %; one of three: not.
  const DocumentScore slip = Score({Table({{"Nội dung abc", "xyz"}})}, {Table({{"Nôi dung abc", "xyz"}})});
  EXPECT_EQ(slip.adjacency.matched, 0);
  EXPECT_EQ(slip.adjacency_tolerant.matched, 1);
  const DocumentScore wrong = Score({Table({{"Nội dung abc", "xyz"}})}, {Table({{"Nội dung abc", "xyw"}})});
  EXPECT_EQ(wrong.adjacency_tolerant.matched, 0);
}

TEST(ScoreTables, PairsTablesByContentAndCountsTheRest) {
  const Json a = Table({{"a", "b"}, {"c", "d"}}), e = Table({{"e", "f"}, {"g", "h"}}),
             z = Table({{"y", "z"}});
  const DocumentScore score = Score({a, e}, {z, e, a});
  EXPECT_EQ(score.adjacency.matched, 8);
  EXPECT_EQ(score.adjacency.expected, 8);
  EXPECT_EQ(score.adjacency.found, 9);
  EXPECT_EQ(score.tables, 3);
  EXPECT_DOUBLE_EQ(score.teds_sum, 2);
  EXPECT_EQ(score.grits_con.matched, 8);
  EXPECT_EQ(score.grits_con.found, 10);
  const DocumentScore none = Score({a}, {});
  EXPECT_EQ(none.adjacency.F1(), 0);
  EXPECT_EQ(none.grits_con.F1(), 0);
}

TEST(GridSimilarity, AlignsOverAMissingRow) {
  // 3 x 2 against 2 x 2 with the middle row gone: 4 positions alike; F1 = 2 * 4 / (6 + 4).
  CellTexts names;
  const Tally tally = GridSimilarity(*ReadGrid(Table({{"a", "b"}, {"c", "d"}, {"e", "f"}})),
                                     *ReadGrid(Table({{"a", "b"}, {"e", "f"}})), names);
  EXPECT_DOUBLE_EQ(tally.matched, 4);
  EXPECT_DOUBLE_EQ(tally.F1(), 0.8);
}

TEST(GridSimilarity, GivesPartOfAPositionForPartOfAText) {
  // "abcd" and "abxd" share three of four: 2 * 3 / 8.
  CellTexts names;
  EXPECT_DOUBLE_EQ(GridSimilarity(*ReadGrid(Table({{"abcd"}})), *ReadGrid(Table({{"abxd"}})), names).matched,
                   0.75);
}

TEST(TreeSimilarity, CountsNodes) {
  CellTexts names;
  const Grid gold = *ReadGrid(Table({{"a", "b"}, {"c", "d"}}));
  EXPECT_DOUBLE_EQ(TreeSimilarity(gold, gold, names), 1);
  // table, thead, tbody, 2 tr, 4 td = 9 nodes; one cell text all different: 1 of 9.
  EXPECT_DOUBLE_EQ(TreeSimilarity(gold, *ReadGrid(Table({{"a", "b"}, {"c", "x"}})), names), 1 - 1.0 / 9);
  // A row less: tbody, tr and two td deleted: 4 of 9.
  EXPECT_DOUBLE_EQ(TreeSimilarity(gold, *ReadGrid(Table({{"a", "b"}})), names), 1 - 4.0 / 9);
  // A cell over both columns instead of two: one renamed at full cost, one deleted: 2 of 9.
  const Json spanned = Json::parse(
      R"({"header_rows":1,"cells":[{"row":0,"col":0,"text":"a"},{"row":0,"col":1,"text":"b"},{"row":1,"col":0,"colspan":2,"text":"c"}]})");
  EXPECT_DOUBLE_EQ(TreeSimilarity(gold, *ReadGrid(spanned), names), 1 - 2.0 / 9);
}

TEST(ReadGrid, RefusesWhatIsNoGrid) {
  EXPECT_FALSE(ReadGrid(Json::parse("3")));
  EXPECT_FALSE(ReadGrid(Json::parse(R"({"cells":[{"row":-1,"col":0}]})")));
  EXPECT_FALSE(ReadGrid(Json::parse(R"({"cells":[{"row":"0","col":0}]})")));
  EXPECT_FALSE(ReadGrid(Json::parse(R"({"cells":[{"row":0,"col":0,"rowspan":100000,"colspan":100000}]})")));
  EXPECT_FALSE(ReadGrid(Json::parse(R"({"cells":[{"row":100000,"col":0},{"row":0,"col":100000}]})")));
  const std::optional<Grid> overlap = ReadGrid(
      Json::parse(R"({"cells":[{"row":0,"col":0,"colspan":2,"text":"a"},{"row":0,"col":1,"text":"b"}]})"));
  ASSERT_TRUE(overlap);
  EXPECT_EQ(overlap->cells.size(), 1u);
  EXPECT_TRUE(ReadGrid(Json::parse(R"({"cells":[]})")));
}

TEST(ScoreTables, SaysWhichTablesAreTooLargeForTheSlowScores) {
  std::vector<std::vector<std::string>> rows(300, std::vector<std::string>(10, "x"));
  const DocumentScore score = Score({Table(rows)}, {Table(rows)});
  EXPECT_EQ(score.tables_too_large, 1);
  EXPECT_EQ(score.teds_sum, 0);
  EXPECT_EQ(score.adjacency.F1(), 1);
}

}  // namespace
}  // namespace vanthu::evaluate
