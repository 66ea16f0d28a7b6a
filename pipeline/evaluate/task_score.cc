// Input: the `tasks` of a gold record and of a result. Output: rows found, a tally per column, exact
// deadlines, tasks right in every column. Method: rows matched by content (best assignment by relative edit
// distance, at most 0.3; of equal contents the ones alike in order), then column by column. A task is whole
// when group, ordinal, goal, mission, content, lead, coordinate, product, note and the deadline's text are
// equal after folding case, space and tone placement, and the deadline's kind, start, end and recurrence are
// equal. `tolerant` lets a text column - its items joined - differ in up to 2 % of its clusters, the
// deadline's four values still exact: structure apart from recognition slips.
#include "pipeline/evaluate/task_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "pipeline/evaluate/assignment.h"
#include "pipeline/evaluate/distance.h"
#include "pipeline/evaluate/told.h"

namespace vanthu::evaluate {
namespace {

constexpr double kSameContent = 0.3;   // rows whose contents differ by more are not the same task
constexpr double kTolerance = 0.02;    // per column: twice the error rate that scans are held to
constexpr double kOrderWeight = 1e-4;  // decides between equal contents only

struct Column {
  const char* name;
  bool list;
  bool tolerant;
};

constexpr std::array<Column, 9> kColumns = {{{"group", true, true},
                                             {"ordinal", false, false},
                                             {"goal", false, true},
                                             {"mission", false, true},
                                             {"content", false, true},
                                             {"lead", true, true},
                                             {"coordinate", true, true},
                                             {"product", false, true},
                                             {"note", false, true}}};
constexpr std::array<const char*, 4> kDeadlineMembers = {"kind", "start", "end", "recurrence"};

// What one column of a matched pair scores.
struct Verdict {
  Tally tally;
  bool right = false;
};

class TaskScorer {
 public:
  TaskScorer(const Gold& gold, const Json& result, DocumentScore& score)
      : gold_(gold), golds_(Member(gold.root(), "tasks")), results_(Member(result, "tasks")), score_(score) {}

  void ScoreAll() {
    const std::vector<int> pairs = Match();
    std::vector<bool> used(Count(results_), false);
    score_.has_tasks = true;
    score_.task_rows.found += static_cast<double>(used.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const bool paired = pairs[i] >= 0;
      if (paired) used[static_cast<std::size_t>(pairs[i])] = true;
      if (Gold::IsOptional(golds_[i])) {
        if (paired) --score_.task_rows.found;
        continue;
      }
      ++score_.task_rows.expected;
      ++score_.whole_tasks.expected;
      ++score_.whole_tasks_tolerant.expected;
      if (paired) {
        ++score_.task_rows.matched;
        ScorePair(i, results_[static_cast<std::size_t>(pairs[i])]);
      } else {
        ScoreColumns(i, Json());
        score_.differences.push_back(
            Told("tasks/{}: thiếu {}", "tasks/{}: missing {}", i, Shown(Member(golds_[i], "content"))));
      }
    }
    for (std::size_t j = 0; j < used.size(); ++j)
      if (!used[j]) ScoreSpurious(results_[j]);
    score_.whole_tasks.found = score_.whole_tasks_tolerant.found = score_.task_rows.found;
  }

 private:
  static std::size_t Count(const Json& list) { return list.is_array() ? list.size() : 0; }

  static std::string PointerOf(std::size_t index, const char* member) {
    return fmt::format("/tasks/{}/{}", index, member);
  }

  std::vector<int> Match() {
    std::vector<Sequence> found;
    for (std::size_t j = 0; j < Count(results_); ++j)
      found.push_back(symbols_.Clusters(Comparable(Member(results_[j], "content"), Mode::kNormalised)));
    std::vector<std::vector<double>> cost(Count(golds_));
    for (std::size_t i = 0; i < cost.size(); ++i) {
      std::vector<Sequence> accepted;
      for (const Json* variant : gold_.Accepted(PointerOf(i, "content"), Member(golds_[i], "content")))
        accepted.push_back(symbols_.Clusters(Comparable(*variant, Mode::kNormalised)));
      for (std::size_t j = 0; j < found.size(); ++j) {
        double least = 1;
        for (const Sequence& content : accepted) least = std::min(least, RelativeDistance(content, found[j]));
        const double apart = std::abs(static_cast<double>(i) / static_cast<double>(cost.size()) -
                                      static_cast<double>(j) / static_cast<double>(found.size()));
        cost[i].push_back(least + kOrderWeight * apart);
      }
    }
    return BestAssignment(cost, kSameContent + kOrderWeight);
  }

  static Json Joined(const Json& value) {
    if (!value.is_array()) return value;
    std::string out;
    for (const Json& item : value)
      if (item.is_string()) {
        if (!out.empty()) out += '\n';
        out += item.get_ref<const std::string&>();
      }
    return out;
  }

  bool IsNear(const std::string& pointer, const Json& gold, const Json& result) {
    const Sequence found = symbols_.Clusters(Comparable(Joined(result), Mode::kNormalised));
    for (const Json* variant : gold_.Accepted(pointer, gold))
      if (RelativeDistance(symbols_.Clusters(Comparable(Joined(*variant), Mode::kNormalised)), found) <=
          kTolerance)
        return true;
    return false;
  }

  Verdict ScoreColumn(const Column& column, const std::string& pointer, const Json& gold,
                      const Json& result) const {
    if (column.list) {
      const Tally tally = gold_.ScoreList(pointer, gold, result, Mode::kNormalised);
      return {tally, tally.Perfect()};
    }
    return {gold_.ScoreValue(pointer, gold, result, Mode::kNormalised),
            gold_.IsRight(pointer, gold, result, Mode::kNormalised)};
  }

  // The four values of a deadline, of the gold or of an accepted variant of the whole.
  Tally ScoreDeadline(const std::string& pointer, const Json& gold, const Json& result) const {
    for (const Json* variant : gold_.Accepted(pointer, gold)) {
      if (variant->is_null() != result.is_null()) continue;
      const bool equal = std::all_of(kDeadlineMembers.begin(), kDeadlineMembers.end(), [&](const char* name) {
        return gold_.IsRight(pointer + "/" + name, Member(*variant, name), Member(result, name),
                             Mode::kNormalised);
      });
      if (equal) return variant->is_null() ? Tally{} : Tally{1, 1, 1};
    }
    return {0, gold.is_null() ? 0.0 : 1.0, result.is_null() ? 0.0 : 1.0};
  }

  // The deadline as written, of the gold or of an accepted variant of the whole: {strict, tolerant}.
  std::pair<Verdict, bool> ScoreDeadlineText(const std::string& pointer, const Json& gold,
                                             const Json& result) {
    Verdict best;
    bool near = false, first = true;
    for (const Json* variant : gold_.Accepted(pointer, gold)) {
      const Json &expected = Member(*variant, "text"), &found = Member(result, "text");
      const Verdict verdict = ScoreColumn({"text", false, true}, pointer + "/text", expected, found);
      near = near || IsNear(pointer + "/text", expected, found);
      if (first || (verdict.right && !best.right)) best = verdict;
      first = false;
    }
    return {best, near};
  }

  // Adds a gold task's columns against `result` (null: none); returns {right, right with tolerance}.
  std::pair<bool, bool> ScoreColumns(std::size_t i, const Json& result) {
    const Json& gold = golds_[i];
    bool strict = true, tolerant = true;
    const auto differ = [&](const std::string& name, const Json& expected, const Json& found) {
      if (!result.is_null())
        score_.differences.push_back(
            ToldAlike(fmt::format("tasks/{}/{}: {} -> {}", i, name, Shown(expected), Shown(found))));
    };
    const auto add = [&](const std::string& name, const Verdict& verdict, bool near) {
      score_.task_columns[name] += verdict.tally;
      Tally& with_tolerance = score_.task_columns_tolerant[name];
      // Near enough is right: as many as the gold has, or none where nothing is accepted.
      with_tolerance += near ? Tally{verdict.tally.expected, verdict.tally.expected, verdict.tally.expected}
                             : verdict.tally;
      strict = strict && verdict.right;
      tolerant = tolerant && (verdict.right || near);
    };
    for (const Column& column : kColumns) {
      if (!gold.contains(column.name)) continue;  // not looked at in the gold
      const std::string pointer = PointerOf(i, column.name);
      const Json &expected = Member(gold, column.name), &found = Member(result, column.name);
      const Verdict verdict = ScoreColumn(column, pointer, expected, found);
      add(column.name, verdict,
          !verdict.right && column.tolerant && !result.is_null() && IsNear(pointer, expected, found));
      if (!verdict.right) differ(column.name, expected, found);
    }
    if (gold.contains("deadline")) {
      const std::string pointer = PointerOf(i, "deadline");
      const Json &expected = Member(gold, "deadline"), &found = Member(result, "deadline");
      const auto [text, near] = ScoreDeadlineText(pointer, expected, found);
      add("deadline.text", text, !text.right && near);
      const Tally values = ScoreDeadline(pointer, expected, found);
      add("deadline", {values, values.Perfect()}, false);
      score_.deadlines += values;
      if (!text.right || !values.Perfect()) differ("deadline", expected, found);
    }
    return {strict, tolerant};
  }

  void ScorePair(std::size_t i, const Json& result) {
    const auto [strict, tolerant] = ScoreColumns(i, result);
    if (strict) ++score_.whole_tasks.matched;
    if (tolerant) ++score_.whole_tasks_tolerant.matched;
  }

  void ScoreSpurious(const Json& result) {
    for (const Column& column : kColumns) {
      const Json& found = Member(result, column.name);
      const double count = found.is_array() ? static_cast<double>(found.size()) : found.is_null() ? 0.0 : 1.0;
      score_.task_columns[column.name] += {0, 0, count};
      score_.task_columns_tolerant[column.name] += {0, 0, count};
    }
    const double deadline = Member(result, "deadline").is_null() ? 0 : 1;
    for (const char* name : {"deadline", "deadline.text"}) {
      score_.task_columns[name] += {0, 0, deadline};
      score_.task_columns_tolerant[name] += {0, 0, deadline};
    }
    score_.deadlines += {0, 0, deadline};
    score_.differences.push_back(Told("tasks: không có trong bản chuẩn: {}", "tasks: in no gold task: {}",
                                      Shown(Member(result, "content"))));
  }

  const Gold& gold_;
  const Json& golds_;
  const Json& results_;
  DocumentScore& score_;
  Symbols symbols_;
};

}  // namespace

void ScoreTasks(const Gold& gold, const Json& result, DocumentScore& score) {
  TaskScorer(gold, result, score).ScoreAll();
}

}  // namespace vanthu::evaluate
