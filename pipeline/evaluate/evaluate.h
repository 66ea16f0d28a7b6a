// Scores of results against gold (contract, "Scores"). Pairs DIR/<name>.json (gold) with <name>.json or
// <name>-scan.json (results), and <name>.txt with the same.
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
};

struct TextScore {
  double errors = 0, errors_tone_folded = 0, errors_without_diacritics = 0, word_errors = 0;
  double clusters = 0, words = 0;
};

struct DocumentScore {
  std::string name;
  std::map<std::string, Tally> fields_exact, fields_normalised;  // "header.number", "signer.name", "recipients", ...
  bool whole_record = false;                                     // every field right, normalised
  Tally adjacency, grits_con;
  double teds_sum = 0;
  int tables = 0;
  Tally task_rows;                        // matched by content
  std::map<std::string, Tally> task_columns;
  Tally deadlines, whole_tasks;
  TextScore text;
  bool has_text = false, has_record = false;
  std::vector<std::string> differences;   // "header.number: 25 != 26", for people
};

struct Evaluation {
  std::vector<DocumentScore> documents;
  DocumentScore total;
};

Result<Evaluation> Evaluate(const std::filesystem::path& truth, const std::filesystem::path& result);
std::string ToText(const Evaluation& evaluation);
std::string ToJson(const Evaluation& evaluation);

}  // namespace vanthu::evaluate
