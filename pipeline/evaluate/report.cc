// The scores as text for people and as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/evaluate/evaluate.h"
#include "pipeline/evaluate/told.h"

namespace vanthu::evaluate {
namespace {

using Json = nlohmann::ordered_json;

// Four decimals, never rounded up to a full 1: "1.0000" means without fault.
double Rounded(double share) {
  const double rounded = std::round(share * 1e4) / 1e4;
  return rounded >= 1 && share < 1 ? 0.9999 : rounded;
}

const std::string& Choose(const Message& message, Language language) {
  return language == Language::kVietnamese ? message.vi : message.en;
}

// "-" where there was nothing to score.
std::string Share(bool scored, double share) {
  return scored ? fmt::format("{:.4f}", Rounded(share)) : "-";
}
std::string F1(const Tally& tally) {
  return Share(tally.Counts(), tally.F1());
}
std::string Recall(const Tally& tally) {
  return Share(tally.expected > 0, tally.Recall());
}
std::string Percent(double errors, double all) {
  return all > 0 ? fmt::format("{:.3f} %", 100 * errors / all) : "-";
}

int ScoredTables(const DocumentScore& score) {
  return score.tables - score.tables_too_large;
}

std::vector<const DocumentScore*> Rows(const Evaluation& evaluation) {
  std::vector<const DocumentScore*> rows;
  for (const DocumentScore& score : evaluation.documents) rows.push_back(&score);
  const auto any = [](const DocumentScore& score) { return score.has_record || score.has_text; };
  if (any(evaluation.born_digital) && any(evaluation.scans)) {
    rows.push_back(&evaluation.born_digital);
    rows.push_back(&evaluation.scans);
  }
  rows.push_back(&evaluation.total);
  return rows;
}

// The heading and the rows line up: fmt pads by code points, which composed letters have right.
constexpr std::array<int, 16> kWidths = {8, 8, 8, 7, 8, 8, 8, 8, 7, 8, 8, 8, 9, 9, 9, 9};

void AppendRow(std::string_view name, std::size_t width, const std::array<std::string, 16>& cells,
               std::string& out) {
  out += fmt::format("{:<{}}", name, width);
  for (std::size_t i = 0; i < cells.size(); ++i) out += fmt::format(" {:>{}}", cells[i], kWidths[i]);
  out += '\n';
}

std::array<std::string, 16> Headings(Language language) {
  if (language == Language::kEnglish)
    return {"hdr+sgn", "recip", "citat", "tables", "adjac",    "adjac~", "GriTS",    "TEDS",
            "tasks",   "rows",  "whole", "whole~", "deadline", "CER",    "CER fold", "WER"};
  return {"đầu+ký", "nơi nhận", "căn cứ", "bảng",  "liền kề",  "liền kề~", "GriTS",   "TEDS",
          "việc",   "dòng",     "trọn",   "trọn~", "thời hạn", "CER",      "CER gộp", "WER"};
}

// The name of a sum, or of a document, which is its own.
std::string RowName(const Evaluation& evaluation, const DocumentScore& row, Language language) {
  if (language == Language::kEnglish) return row.name;
  if (&row == &evaluation.total) return "tổng";
  if (&row == &evaluation.scans) return "bản quét";
  return &row == &evaluation.born_digital ? "điện tử" : row.name;
}

void AppendDocuments(const Evaluation& evaluation, Language language, std::string& out) {
  std::size_t width = 8;
  for (const DocumentScore* row : Rows(evaluation)) width = std::max(width, row->name.size());
  AppendRow(Choose({"tài liệu", "document"}, language), width, Headings(language), out);
  for (const DocumentScore* row : Rows(evaluation)) {
    const DocumentScore& score = *row;
    const auto field = [&](const char* name) {
      const auto found = score.fields_normalised.find(name);
      return found == score.fields_normalised.end() ? std::string("-") : F1(found->second);
    };
    const int scored = ScoredTables(score);
    AppendRow(RowName(evaluation, score, language), width,
              {F1(HeaderAndSigner(score.fields_normalised)), field("recipients"), field("citations"),
               std::to_string(score.tables), F1(score.adjacency), F1(score.adjacency_tolerant),
               F1(score.grits_con), Share(scored > 0, scored > 0 ? score.teds_sum / scored : 0),
               fmt::format("{}", score.task_rows.expected), Recall(score.task_rows),
               Recall(score.whole_tasks), Recall(score.whole_tasks_tolerant), F1(score.deadlines),
               Percent(score.text.errors, score.text.clusters),
               Percent(score.text.errors_tone_folded, score.text.clusters),
               Percent(score.text.word_errors, score.text.words)},
              out);
  }
  out += Choose(
      {"F1, trừ dòng và trọn: độ bao phủ. ~: bỏ qua lỗi nhận dạng nhỏ (10 % số chữ của một ô, 2 % của một "
       "cột nhiệm vụ). CER gộp: không phân biệt chỗ đặt dấu thanh.\n",
       "F1 unless said: rows, whole: recall. ~: tolerates recognition slips (cell 10 %, task column 2 % "
       "of its clusters). CER fold: tone placement folded.\n"},
      language);
}

void AppendFields(const std::string& title, const Fields& fields, const Fields* beside,
                  const std::string& beside_title, Language language, std::string& out) {
  if (fields.empty()) return;
  const auto say = [language](const Message& message) { return Choose(message, language); };
  out += fmt::format("\n{:<30} {:>9} {:>9} {:>9} {:>8} {:>9}\n", title, say({"chính xác", "precision"}),
                     say({"bao phủ", "recall"}), "F1", say({"số mẫu", "support"}), beside_title);
  for (const auto& [name, tally] : fields) {
    const auto other = beside->find(name);
    out += fmt::format("{:<30} {:>9} {:>9} {:>9} {:>8} {:>9}\n", name,
                       Share(tally.found > 0, tally.Precision()), Recall(tally), F1(tally), tally.expected,
                       other == beside->end() ? "-" : F1(other->second));
  }
}

Json TallyToJson(const Tally& tally) {
  const auto share = [](bool scored, double value) { return scored ? Json(Rounded(value)) : Json(nullptr); };
  return Json{{"precision", share(tally.found > 0, tally.Precision())},
              {"recall", share(tally.expected > 0, tally.Recall())},
              {"f1", share(tally.Counts(), tally.F1())},
              {"support", tally.expected},
              {"found", tally.found},
              {"matched", tally.matched}};
}

Json FieldsToJson(const Fields& fields) {
  Json out = Json::object();
  for (const auto& [name, tally] : fields) out[name] = TallyToJson(tally);
  return out;
}

Json TextToJson(const TextScore& text) {
  const auto rate = [](double errors, double all) {
    return all > 0 ? Json(std::round(errors / all * 1e6) / 1e6) : Json(nullptr);
  };
  return Json{{"clusters", text.clusters},
              {"words", text.words},
              {"cer", rate(text.errors, text.clusters)},
              {"cer_tone_folded", rate(text.errors_tone_folded, text.clusters)},
              {"cer_without_diacritics", rate(text.errors_without_diacritics, text.clusters)},
              {"wer", rate(text.word_errors, text.words)},
              {"wer_tone_folded", rate(text.word_errors_tone_folded, text.words)}};
}

Json ScoreToJson(const DocumentScore& score) {
  Json out{{"name", score.name}};
  if (score.has_record) {
    out["header_signer"] = {{"exact", TallyToJson(HeaderAndSigner(score.fields_exact))},
                            {"normalised", TallyToJson(HeaderAndSigner(score.fields_normalised))}};
    out["fields_exact"] = FieldsToJson(score.fields_exact);
    out["fields_normalised"] = FieldsToJson(score.fields_normalised);
    out["whole_records"] = {{"right", score.whole_records}, {"of", score.records}};
  }
  if (score.has_tables) {
    const int scored = ScoredTables(score);
    out["tables"] = {{"count", score.tables},
                     {"adjacency", TallyToJson(score.adjacency)},
                     {"adjacency_tolerant", TallyToJson(score.adjacency_tolerant)},
                     {"grits_con", TallyToJson(score.grits_con)},
                     {"teds", scored > 0 ? Json(Rounded(score.teds_sum / scored)) : Json(nullptr)},
                     {"too_large_for_grits_and_teds", score.tables_too_large}};
  }
  if (score.has_tasks)
    out["tasks"] = {{"rows", TallyToJson(score.task_rows)},
                    {"whole", TallyToJson(score.whole_tasks)},
                    {"whole_tolerant", TallyToJson(score.whole_tasks_tolerant)},
                    {"deadlines", TallyToJson(score.deadlines)},
                    {"columns", FieldsToJson(score.task_columns)},
                    {"columns_tolerant", FieldsToJson(score.task_columns_tolerant)}};
  if (score.has_text) out["text"] = TextToJson(score.text);
  return out;
}

}  // namespace

std::string ToText(const Evaluation& evaluation, Language language) {
  const auto say = [language](const Message& message) { return Choose(message, language); };
  std::string out;
  AppendDocuments(evaluation, language, out);
  const DocumentScore& total = evaluation.total;
  if (total.records > 0)
    out += say(Told("Bản ghi đúng trọn: {} trên {}.\n", "Whole records: {} of {}.\n", total.whole_records,
                    total.records));
  if (total.text.clusters > 0)
    out += say(Told("CER bỏ dấu: {}. WER, không phân biệt chỗ đặt dấu thanh: {}.\n",
                    "CER without diacritics: {}. WER, tone placement folded: {}.\n",
                    Percent(total.text.errors_without_diacritics, total.text.clusters),
                    Percent(total.text.word_errors_tone_folded, total.text.words)));
  if (total.tables_too_large > 0)
    out += say(Told("{} bảng quá lớn để tính GriTS và TEDS, không có trong hai điểm này.\n",
                    "{} tables were too large for GriTS and TEDS and are not in them.\n",
                    total.tables_too_large));
  AppendFields(say({"trường, đã chuẩn hoá", "field, normalised"}), total.fields_normalised,
               &total.fields_exact, say({"F1 y hệt", "exact F1"}), language, out);
  AppendFields(say({"cột nhiệm vụ, đã chuẩn hoá", "task column, normalised"}), total.task_columns,
               &total.task_columns_tolerant, "~ F1", language, out);
  for (const DocumentScore& score : evaluation.documents) {
    if (score.differences.empty()) continue;
    out += say(Told("\n{} (bản chuẩn -> kết quả)\n", "\n{} (gold -> result)\n", score.name));
    for (const Message& difference : score.differences) out += "  " + say(difference) + "\n";
  }
  for (const std::string& name : evaluation.missing)
    out += say(Told("\nkhông có kết quả cho {}", "\nno result for {}", name));
  for (const std::string& name : evaluation.unmatched)
    out += say(Told("\nkhông có bản chuẩn cho {}", "\nno gold for {}", name));
  if (!evaluation.missing.empty() || !evaluation.unmatched.empty()) out += "\n";
  return out;
}

std::string ToJson(const Evaluation& evaluation) {
  Json out;
  out["documents"] = Json::array();
  for (const DocumentScore& score : evaluation.documents) {
    Json item = ScoreToJson(score);
    item["differences"] = Json::array();
    for (const Message& difference : score.differences) item["differences"].push_back(difference.en);
    out["documents"].push_back(std::move(item));
  }
  out["total"] = ScoreToJson(evaluation.total);
  out["born_digital"] = ScoreToJson(evaluation.born_digital);
  out["scans"] = ScoreToJson(evaluation.scans);
  out["missing"] = evaluation.missing;
  out["unmatched"] = evaluation.unmatched;
  return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace vanthu::evaluate
