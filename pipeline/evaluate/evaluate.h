// Scores of results against gold (contract, "Scores").
//
// Pairs TRUTH/<name>.json (gold) with RESULT/<name>.json and RESULT/<name>-scan.json, TRUTH/<name>.txt with
// the same of .txt. What gold files hold beside a record is honoured: `alternatives` (JSON pointer -> list of
// other accepted values), `optional` items (missing is no error, present is right: they do not count). A
// member that the gold lacks is not scored; one that the result lacks counts as null.
// How each score is defined stands at the head of its file: field_score.cc, adjacency.cc, grits.cc, teds.cc,
// task_score.cc, text_score.cc.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::evaluate {

// Sums, so that scores of several documents can be added up and divided once.
struct Tally {
  double matched = 0;   // correct in the result
  double expected = 0;  // in the gold
  double found = 0;     // in the result
  double Precision() const { return found > 0 ? matched / found : 1; }
  double Recall() const { return expected > 0 ? matched / expected : 1; }
  double F1() const { return expected + found > 0 ? 2 * matched / (expected + found) : 1; }
  bool Perfect() const { return matched == expected && matched == found; }
  bool Counts() const { return expected + found > 0; }
  Tally& operator+=(const Tally& other) {
    matched += other.matched;
    expected += other.expected;
    found += other.found;
    return *this;
  }
};

using Fields = std::map<std::string, Tally>;

// Edit errors in grapheme clusters (NFC, white space collapsed) and in words; `clusters`, `words`: of the
// gold.
struct TextScore {
  double errors = 0, errors_tone_folded = 0, errors_without_diacritics = 0;
  double word_errors = 0, word_errors_tone_folded = 0;
  double clusters = 0, words = 0;
};

struct DocumentScore {
  std::string name;                        // of the result: "x" or "x-scan"
  Fields fields_exact, fields_normalised;  // "header.number", "signer.name", "recipients", ...
  int records = 0, whole_records = 0;      // whole: header, signer, addressees, recipients right, normalised
  Tally adjacency;           // texts equal once case, space and tone placement are folded: the main number
  Tally adjacency_tolerant;  // a cell may differ in up to 10 % of its clusters: structure apart from
                             // recognition slips
  Tally grits_con;
  double teds_sum = 0;
  int tables = 0;  // gold tables, and result tables that match none (those add 0 to teds_sum)
  int tables_too_large =
      0;            // of them without GriTS and TEDS, whose cost is quadratic: not in grits_con and teds_sum
  Tally task_rows;  // matched by content
  Fields task_columns, task_columns_tolerant;
  Tally deadlines;             // kind, start, end, recurrence all equal
  Tally whole_tasks;           // every column right, normalised: the main number
  Tally whole_tasks_tolerant;  // a text column may differ in up to 2 % of its clusters
  TextScore text;
  bool has_text = false, has_record = false, has_tables = false, has_tasks = false;
  std::vector<Message> differences;  // "header.number: \"25\" -> \"26\"", for people
};

struct Evaluation {
  std::vector<DocumentScore> documents;      // by name
  DocumentScore total, born_digital, scans;  // sums; scans: results named -scan
  std::vector<std::string> missing;          // gold files without a result of their kind
  std::vector<std::string> unmatched;        // result files without gold
};

// kUnreadable: a folder is not there; kUsage: both are the same folder; kNotAccepted: no pair at all (never a
// perfect score); kDamaged: a paired file is no JSON; kLimit: a file is too large to compare.
Result<Evaluation> Evaluate(const std::filesystem::path& truth, const std::filesystem::path& result);

// header.* and signer.*: the "header + signer" score of docs and CI.
Tally HeaderAndSigner(const Fields& fields);

// For people: a table of documents, one of fields, and the differences.
std::string ToText(const Evaluation& evaluation, Language language);
// For programs: the same in every language; sentences in it are English.
std::string ToJson(const Evaluation& evaluation);

}  // namespace vanthu::evaluate
