#include "pipeline/evaluate/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "pipeline/base/file.h"
#include "pipeline/evaluate/field_score.h"
#include "pipeline/evaluate/table_score.h"
#include "pipeline/evaluate/task_score.h"
#include "pipeline/evaluate/text_score.h"

namespace vanthu::evaluate {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMaxRecordBytes = std::uint64_t{64} << 20;
constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxTextDifferences = 60;
constexpr std::string_view kScan = "-scan";

Error About(ErrorCode code, const fs::path& path, const std::string& vi, const std::string& en) {
  Error error;
  error.code = code;
  error.file = path.string();
  error.message = {vi, en};
  return error;
}

// The names of the files with this extension in a folder, without it.
Result<std::set<std::string>> NamesIn(const fs::path& folder, const std::string& extension) {
  std::error_code failure;
  fs::directory_iterator entries(folder, failure);
  if (failure) return Fail(SystemError(ErrorCode::kUnreadable, folder, failure.value()));
  std::set<std::string> names;
  for (const fs::directory_entry& entry : entries)
    if (entry.path().extension() == extension && entry.is_regular_file(failure))
      names.insert(entry.path().stem().string());
  return names;
}

Result<Json> ReadRecord(const fs::path& path) {
  const Result<std::string> bytes = ReadFile(path, kMaxRecordBytes);
  if (!bytes) return Fail(bytes.error());
  bool too_deep = false;
  const auto bound = [&too_deep](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kMaxDepth;
    return !too_deep;
  };
  Json json = Json::parse(*bytes, bound, false);
  if (json.is_discarded() || too_deep || !json.is_object())
    return Fail(About(ErrorCode::kDamaged, path, "không phải hồ sơ JSON", "not a record in JSON"));
  return json;
}

struct Pair {
  std::string gold, result;  // names without extension
};

// Every gold file with its results, and what has no partner. `records`: the names of gold records; a text
// beside none
// ("CMakeLists.txt") is missed by nobody.
std::vector<Pair> PairUp(const std::set<std::string>& gold, const std::set<std::string>& result,
                         const std::set<std::string>& records, const std::string& extension,
                         Evaluation& evaluation) {
  std::vector<Pair> pairs;
  std::set<std::string> used;
  for (const std::string& name : gold) {
    const std::size_t before = pairs.size();
    for (const std::string& candidate : {name, name + std::string(kScan)})
      if (result.contains(candidate) && used.insert(candidate).second) pairs.push_back({name, candidate});
    if (pairs.size() == before && !result.empty() && records.contains(name))
      evaluation.missing.push_back(name + extension);
  }
  for (const std::string& name : result)
    if (!used.contains(name)) evaluation.unmatched.push_back(name + extension);
  return pairs;
}

DocumentScore& ScoreOf(const std::string& name, std::map<std::string, DocumentScore>& scores) {
  DocumentScore& score = scores[name];
  score.name = name;
  return score;
}

Status ScoreRecordPair(const fs::path& gold_path, const fs::path& result_path, DocumentScore& score) {
  Result<Json> gold_json = ReadRecord(gold_path);
  if (!gold_json) return Fail(gold_json.error());
  const Result<Json> result = ReadRecord(result_path);
  if (!result) return Fail(result.error());
  const Gold gold(std::move(*gold_json));
  if (Member(gold.root(), "schema") != "vanthu/record/1")
    return Fail(About(ErrorCode::kDamaged, gold_path, "không phải vanthu/record/1", "not vanthu/record/1"));
  score.has_record = true;
  ScoreFields(gold, *result, score);
  if (gold.root().contains("tables")) ScoreTables(gold.root()["tables"], Member(*result, "tables"), score);
  if (gold.root().contains("tasks")) ScoreTasks(gold, *result, score);
  return {};
}

Status ScoreTextPair(const fs::path& gold_path, const fs::path& result_path, DocumentScore& score) {
  const Result<std::string> gold = ReadFile(gold_path, kMaxTextBytes);
  if (!gold) return Fail(gold.error());
  const Result<std::string> result = ReadFile(result_path, kMaxTextBytes);
  if (!result) return Fail(result.error());
  score.has_text = true;
  score.text = ScoreText(*gold, *result);
  if (score.text.errors_tone_folded > 0)
    for (Message& difference : TextDifferences(*gold, *result, kMaxTextDifferences))
      score.differences.push_back(std::move(difference));
  return {};
}

void Add(const Fields& from, Fields& to) {
  for (const auto& [name, tally] : from) to[name] += tally;
}

void Add(const DocumentScore& from, DocumentScore& to) {
  Add(from.fields_exact, to.fields_exact);
  Add(from.fields_normalised, to.fields_normalised);
  to.records += from.records;
  to.whole_records += from.whole_records;
  to.adjacency += from.adjacency;
  to.adjacency_tolerant += from.adjacency_tolerant;
  to.grits_con += from.grits_con;
  to.teds_sum += from.teds_sum;
  to.tables += from.tables;
  to.tables_too_large += from.tables_too_large;
  to.task_rows += from.task_rows;
  Add(from.task_columns, to.task_columns);
  Add(from.task_columns_tolerant, to.task_columns_tolerant);
  to.deadlines += from.deadlines;
  to.whole_tasks += from.whole_tasks;
  to.whole_tasks_tolerant += from.whole_tasks_tolerant;
  to.text.errors += from.text.errors;
  to.text.errors_tone_folded += from.text.errors_tone_folded;
  to.text.errors_without_diacritics += from.text.errors_without_diacritics;
  to.text.word_errors += from.text.word_errors;
  to.text.word_errors_tone_folded += from.text.word_errors_tone_folded;
  to.text.clusters += from.text.clusters;
  to.text.words += from.text.words;
  to.has_text = to.has_text || from.has_text;
  to.has_record = to.has_record || from.has_record;
  to.has_tables = to.has_tables || from.has_tables;
  to.has_tasks = to.has_tasks || from.has_tasks;
}

}  // namespace

Result<Evaluation> Evaluate(const fs::path& truth, const fs::path& result) {
  std::error_code ignored;
  if (fs::equivalent(truth, result, ignored))
    return Fail(About(ErrorCode::kUsage, result, "kết quả và bản chuẩn là cùng một thư mục",
                      "the results and the gold are the same folder"));
  Evaluation evaluation;
  std::map<std::string, DocumentScore> scores;
  std::set<std::string> records;
  for (const std::string& extension : {std::string(".json"), std::string(".txt")}) {
    const Result<std::set<std::string>> gold = NamesIn(truth, extension);
    if (!gold) return Fail(gold.error());
    const Result<std::set<std::string>> found = NamesIn(result, extension);
    if (!found) return Fail(found.error());
    if (extension == ".json") records = *gold;
    for (const Pair& pair : PairUp(*gold, *found, records, extension, evaluation)) {
      const fs::path gold_path = truth / (pair.gold + extension),
                     result_path = result / (pair.result + extension);
      DocumentScore& score = ScoreOf(pair.result, scores);
      const Status scored = extension == ".json" ? ScoreRecordPair(gold_path, result_path, score)
                                                 : ScoreTextPair(gold_path, result_path, score);
      if (!scored) return Fail(scored.error());
    }
  }
  if (scores.empty())
    return Fail(About(ErrorCode::kNotAccepted, result,
                      "không có kết quả nào trùng tên với bản chuẩn trong " + truth.string(),
                      "no result has the name of a gold file in " + truth.string()));
  for (auto& [name, score] : scores) {
    Add(score, evaluation.total);
    Add(score, name.ends_with(kScan) ? evaluation.scans : evaluation.born_digital);
    evaluation.documents.push_back(std::move(score));
  }
  evaluation.total.name = "total";
  evaluation.born_digital.name = "born digital";
  evaluation.scans.name = "scans";
  return evaluation;
}

}  // namespace vanthu::evaluate
