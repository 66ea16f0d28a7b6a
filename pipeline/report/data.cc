// Input: any bytes. Output: data, or where they are wrong. Method: nlohmann's parser under a bound of depth
// and number of values; the record inside is kept as text for the record's own reader; the rest is read with
// the strictness of the program's data files (pipeline/base/data_file.h): a key that nobody knows is a fault,
// so that a misspelt one is never a figure that is left out in silence.
#include "pipeline/report/data.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/base/data_file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/report/figures.h"
#include "pipeline/report/progress_file.h"

namespace vanthu::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kMaxDepth = 64;
constexpr std::size_t kMaxValues = 1'000'000;
constexpr double kMostCount = 1e9;  // of dossiers: ten for everybody in the country
constexpr const char* kDossiers[] = {"received", "papers_digitised",  "papers_not_digitised",
                                     "reused",   "results_digitised", "results_not_digitised"};

struct TooLarge {};
struct TwiceNamed {
  std::string key;
};

Json ParseBounded(std::string_view text) {
  std::size_t values = 0;
  std::vector<std::vector<std::string>> keys;  // of the objects that are open
  const auto bound = [&](int depth, Json::parse_event_t event, Json& value) {
    if (depth > kMaxDepth || ++values > kMaxValues) throw TooLarge{};
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) {
      if (std::ranges::find(keys.back(), value.get_ref<const std::string&>()) != keys.back().end())
        throw TwiceNamed{value.get<std::string>()};
      if (keys.back().size() < 200) keys.back().push_back(value.get<std::string>());
    }
    return true;
  };
  return Json::parse(text.begin(), text.end(), bound);
}

bool Has(const DataReader& reader, std::string_view key) {
  const std::vector<std::string> keys = reader.Keys();
  return std::ranges::find(keys, key) != keys.end();
}

class DataParser {
 public:
  DataParser(const std::string& file, const ReportRules& rules, ReportData* data)
      : file_(file), rules_(rules), data_(*data) {}

  Status Parse(std::string_view bytes) {
    Json json = ParseBounded(bytes);
    if (!json.is_object())
      return Fail(DataError(file_, {"phải là một đối tượng JSON", "must be a JSON object"}));
    if (json.value("schema", Json()) != "vanthu/report-data/1")
      return Fail(DataError(file_, {"không phải tệp số liệu báo cáo (\"schema\": \"vanthu/report-data/1\")",
                                    "not a report's data (\"schema\": \"vanthu/report-data/1\")"}));
    if (Status taken = TakeRecord(json); !taken) return taken;
    Result<DataFile> file = ParseDataFile(json.dump(), file_);
    if (!file) return Fail(file.error());
    DataReader root = file->root();
    root.Text("schema");
    Read(root);
    if (const Status checked = file->Check(); !checked)
      return Fail(DataError(file_, checked.error().message));
    if (!wrong_.vi.empty()) return Fail(DataError(file_, wrong_));
    return {};
  }

 private:
  Status TakeRecord(Json& json) {
    const auto found = json.find("record");
    if (found == json.end()) return {};
    if (!found->is_object() || !data_.record_json.empty())
      return Fail(DataError(file_, {"«record» phải là một đối tượng và chỉ có một lần",
                                    "\"record\" must be an object, and there only once"}));
    (*found)["schema"] = "vanthu/record/1";
    data_.record_json = found->dump();
    json.erase(found);
    return {};
  }

  void Read(DataReader& root) {
    if (const std::string period = root.OptionalText("period"); !period.empty()) data_.period = period;
    if (const std::string due = root.OptionalText("due"); !due.empty()) {
      data_.due = ParseIsoDate(due);
      if (!data_.due) Wrong("/due: phải là ngày YYYY-MM-DD", "/due: must be a date YYYY-MM-DD");
    }
    for (std::string& agency : root.OptionalTexts("own_agencies"))
      data_.own_agencies.push_back(std::move(agency));
    if (Has(root, "procedures")) ReadProcedures(root);
    if (Has(root, "procedures_total"))
      data_.procedures_total = ReadRow(root.Item("procedures_total"), "", "procedures_total");
    if (Has(root, "indicators")) ReadIndicators(root.Item("indicators"));
    if (Has(root, "dossiers")) {
      DataReader dossiers = root.Item("dossiers");
      for (const char* name : kDossiers)
        if (Has(dossiers, name)) data_.dossiers[name] = Count(dossiers, name, "dossiers");
    }
    if (Has(root, "progress")) ReadProgress(root);
  }

  void ReadProcedures(DataReader& root) {
    if (!data_.procedures) data_.procedures.emplace();
    for (DataReader& entry : root.Items("procedures")) {
      const std::string name = ToNfc(entry.Text("name"));
      const std::string key = MatchKey(name);
      if (std::ranges::any_of(*data_.procedures,
                              [&](const ProcedureRow& r) { return MatchKey(r.name) == key; }))
        Wrong("lĩnh vực «" + name + "» có hai lần", "the field \"" + name + "\" is there twice");
      data_.procedures->push_back(ReadRow(entry, name, name));
    }
  }

  // All columns but the sums, which are computed where they are not said.
  ProcedureRow ReadRow(DataReader entry, const std::string& name, const std::string& where) {
    ProcedureRow row{name, {}};
    for (const std::string& column : rules_.procedures.columns)
      if (Has(entry, column) || !IsSum(column)) row.figures[column] = Count(entry, column, where);
    for (const Identity& identity : rules_.procedures.identities) {
      if (row.figures.contains(identity.total)) continue;
      std::int64_t total = 0;
      for (const std::string& part : identity.parts) total += row.figures[part];
      row.figures[identity.total] = total;
    }
    return row;
  }

  bool IsSum(const std::string& column) const {
    return std::ranges::any_of(rules_.procedures.identities,
                               [&](const Identity& identity) { return identity.total == column; });
  }

  std::int64_t Count(DataReader& reader, const std::string& key, const std::string& where) {
    const double number = reader.Number(key, 0, kMostCount);
    if (number != std::trunc(number))
      Wrong(fmt::format("{}: {} = {} phải là số nguyên", where, key, number),
            fmt::format("{}: {} = {} must be a whole number", where, key, number));
    return static_cast<std::int64_t>(number);
  }

  void ReadIndicators(DataReader reader) {
    for (const IndicatorRule& rule : rules_.indicators) {
      if (!Has(reader, rule.id)) continue;
      const double score = reader.Number(rule.id, 0, rule.most);
      const std::optional<std::int64_t> hundredths = Hundredths(score);
      if (!hundredths)
        Wrong(fmt::format("indicators: {} = {} có quá hai chữ số thập phân", rule.id, score),
              fmt::format("indicators: {} = {} has more than two decimals", rule.id, score));
      data_.indicators[rule.id] = hundredths.value_or(0);
    }
  }

  void ReadProgress(DataReader& root) {
    int number = 0;
    for (DataReader& entry : root.Items("progress")) {
      ++number;
      const Message where{fmt::format("progress, mục {}", number), fmt::format("progress, item {}", number)};
      std::map<std::string, std::string, std::less<>> texts;
      for (const auto& [column, words] : rules_.progress.columns) {
        if (!Has(entry, column)) continue;
        const bool count = column == "table" || column == "row";
        texts[column] = count ? fmt::to_string(static_cast<long>(entry.Number(column, 1, kMostCount)))
                              : CollapseSpace(ToNfc(entry.Text(column)));
      }
      Result<ProgressEntry> read =
          ProgressEntryOf([&](const char* column) { return texts.contains(column) ? texts[column] : ""; },
                          file_, where, rules_.progress);
      if (read)
        data_.progress.push_back(std::move(*read));
      else
        Wrong(read.error().message.vi, read.error().message.en);
    }
  }

  void Wrong(const std::string& vi, const std::string& en) {
    if (wrong_.vi.empty()) wrong_ = {vi, en};
  }

  const std::string& file_;
  const ReportRules& rules_;
  ReportData& data_;
  Message wrong_;  // the first fault
};

Status ParseJsonData(std::string_view bytes, const std::string& file, const ReportRules& rules,
                     ReportData* data) {
  try {
    return DataParser(file, rules, data).Parse(bytes);
  } catch (const TooLarge&) {
    Error error =
        DataError(file, {"lồng nhau quá sâu hoặc quá nhiều giá trị", "nested too deep or too many values"});
    error.code = ErrorCode::kLimit;
    return Fail(std::move(error));
  } catch (const TwiceNamed& twice) {
    return Fail(DataError(
        file, {"khóa «" + twice.key + "» có hai lần", "the key \"" + twice.key + "\" is there twice"}));
  } catch (const nlohmann::json::exception& e) {
    Error error = DataError(file, {"không phải JSON đúng", "not well-formed JSON"});
    error.cause = e.what();
    return Fail(std::move(error));
  }
}

}  // namespace

Status ParseReportData(std::string_view bytes, const std::string& file, const ReportRules& rules,
                       ReportData* data) {
  if (data->file.empty()) data->file = file;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && bytes[first] == '{') return ParseJsonData(bytes, file, rules, data);
  Result<std::vector<ProgressEntry>> entries = ParseProgressCsv(bytes, file, rules.progress);
  if (!entries) return Fail(entries.error());
  std::ranges::move(*entries, std::back_inserter(data->progress));
  return {};
}

}  // namespace vanthu::report
