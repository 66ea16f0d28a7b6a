// Input: the `tables` of a gold record and of a result. Output: adjacency, GriTS-Con and TEDS sums. Method:
// gold tables are given the result tables with which they share most adjacency relations (best assignment;
// slips of recognition tolerated, so that a poorly read table still meets its gold); what has no partner
// counts as missed or spurious.
#include "pipeline/evaluate/table_score.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/evaluate/adjacency.h"
#include "pipeline/evaluate/assignment.h"
#include "pipeline/evaluate/grits.h"
#include "pipeline/evaluate/teds.h"
#include "pipeline/evaluate/told.h"

namespace vanthu::evaluate {
namespace {

// GriTS and TEDS cost the product of both tables' positions; at this bound (2,800 cells each) about three
// seconds.
constexpr std::size_t kMaxPairs = 8'000'000;
// Share of a cell's clusters that recognition may get wrong in the tolerant adjacency score: ten times the
// error rate that scans are held to, so that what it finds missing is structure.
constexpr double kTolerance = 0.10;
constexpr std::size_t kMaxDifferencesPerTable = 20;

struct ReadTable {
  Grid grid;
  std::vector<int> texts;
  Relations relations;
};

std::vector<ReadTable> ReadTables(const Json& list, CellTexts& names, const Message& whose,
                                  DocumentScore& score) {
  std::vector<ReadTable> out;
  for (std::size_t i = 0; list.is_array() && i < list.size(); ++i) {
    std::optional<Grid> grid = ReadGrid(list[i]);
    if (!grid)
      score.differences.push_back({fmt::format("tables/{}: {} không phải là lưới ô", i, whose.vi),
                                   fmt::format("tables/{}: the {} is no grid", i, whose.en)});
    ReadTable table{grid ? std::move(*grid) : Grid{}, {}, {}};
    table.texts = names.NumbersOf(table.grid);
    table.relations = FindRelations(table.grid, table.texts, names);
    out.push_back(std::move(table));
  }
  return out;
}

Relations TolerantRelations(const ReadTable& gold, const ReadTable& result, CellTexts& names) {
  return FindRelations(result.grid, Tolerated(gold.texts, result.texts, kTolerance, names), names);
}

void ListDifferences(const ReadTable& gold, const ReadTable& result, int index, std::vector<Message>& out) {
  if (gold.grid.rows != result.grid.rows || gold.grid.columns != result.grid.columns)
    out.push_back(Told("tables/{}: {} x {} -> {} x {} hàng và cột",
                       "tables/{}: {} x {} -> {} x {} rows and columns", index, gold.grid.rows,
                       gold.grid.columns, result.grid.rows, result.grid.columns));
  if (gold.grid.header_rows != result.grid.header_rows)
    out.push_back(Told("tables/{}: {} -> {} hàng tiêu đề", "tables/{}: {} -> {} header rows", index,
                       gold.grid.header_rows, result.grid.header_rows));
  std::size_t listed = 0;
  for (const GridCell& cell : gold.grid.cells) {
    const bool inside = cell.row < result.grid.rows && cell.col < result.grid.columns;
    const int at = inside ? result.grid.At(cell.row, cell.col) : -1;
    const GridCell* other = at < 0 ? nullptr : &result.grid.cells[static_cast<std::size_t>(at)];
    const bool same = other != nullptr && other->key == cell.key && other->row == cell.row &&
                      other->col == cell.col && other->rowspan == cell.rowspan &&
                      other->colspan == cell.colspan;
    if (same) continue;
    if (++listed > kMaxDifferencesPerTable) {
      out.push_back(ToldAlike(fmt::format("tables/{}: …", index)));
      return;
    }
    const Message found =
        other == nullptr
            ? Message{"không có gì", "nothing"}
            : ToldAlike(fmt::format("{} {}x{}", Shown(Json(other->text)), other->rowspan, other->colspan));
    const std::string expected = fmt::format("{} {}x{}", Shown(Json(cell.text)), cell.rowspan, cell.colspan);
    out.push_back(
        {fmt::format("tables/{} hàng {} cột {}: {} -> {}", index, cell.row, cell.col, expected, found.vi),
         fmt::format("tables/{} row {} column {}: {} -> {}", index, cell.row, cell.col, expected, found.en)});
  }
}

void ScorePair(const ReadTable& gold, const ReadTable& result, CellTexts& names, DocumentScore& score) {
  score.adjacency += CompareRelations(gold.relations, result.relations);
  score.adjacency_tolerant += CompareRelations(gold.relations, TolerantRelations(gold, result, names));
  if (gold.grid.positions() * result.grid.positions() > kMaxPairs) {
    ++score.tables_too_large;
    return;
  }
  score.grits_con += GridSimilarity(gold.grid, result.grid, names);
  score.teds_sum += TreeSimilarity(gold.grid, result.grid, names);
}

}  // namespace

void ScoreTables(const Json& gold_list, const Json& result_list, DocumentScore& score) {
  CellTexts names;
  const std::vector<ReadTable> gold = ReadTables(gold_list, names, {"bản chuẩn", "gold"}, score);
  const std::vector<ReadTable> result = ReadTables(result_list, names, {"kết quả", "result"}, score);
  std::vector<std::vector<double>> cost(gold.size());
  for (std::size_t i = 0; i < gold.size(); ++i)
    for (const ReadTable& table : result)
      cost[i].push_back(
          -CompareRelations(gold[i].relations, TolerantRelations(gold[i], table, names)).matched);
  const std::vector<int> partner = BestAssignment(cost, 0);  // a pair without a common relation is none
  std::vector<bool> used(result.size(), false);
  score.has_tables = true;
  for (std::size_t i = 0; i < gold.size(); ++i) {
    ++score.tables;
    if (partner[i] < 0) {
      const Tally missed = CompareRelations(gold[i].relations, {});
      score.adjacency += missed;
      score.adjacency_tolerant += missed;
      score.grits_con += {0, static_cast<double>(gold[i].grid.positions()), 0};
      score.differences.push_back(Told("tables/{}: thiếu", "tables/{}: missing", i));
      continue;
    }
    const std::size_t j = static_cast<std::size_t>(partner[i]);
    used[j] = true;
    ScorePair(gold[i], result[j], names, score);
    ListDifferences(gold[i], result[j], static_cast<int>(i), score.differences);
  }
  for (std::size_t j = 0; j < result.size(); ++j) {
    if (used[j]) continue;
    ++score.tables;
    const Tally spurious = CompareRelations({}, result[j].relations);
    score.adjacency += spurious;
    score.adjacency_tolerant += spurious;
    score.grits_con += {0, 0, static_cast<double>(result[j].grid.positions())};
    score.differences.push_back(Told("tables: bảng {} của kết quả không có trong bản chuẩn",
                                     "tables: result {} is in no gold table", j));
  }
}

}  // namespace vanthu::evaluate
