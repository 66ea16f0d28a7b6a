#include "pipeline/report/rules.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "pipeline/base/data_file.h"
#include "pipeline/base/date.h"
#include "pipeline/base/unicode.h"

namespace vanthu::report {
namespace {

Error Wrong(const std::filesystem::path& file, const std::string& what) {
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.file = file.string();
  error.message = {"tệp quy tắc báo cáo sai ở «" + what + "»",
                   "the report rules are wrong at \"" + what + "\""};
  error.advice = {"Cài đặt lại chương trình hoặc sửa tệp này.",
                  "Install the program again, or mend the file."};
  return error;
}

// "previous 12-15", "03-14"; null for anything else and for a day that some year lacks.
std::optional<MonthDay> ParseMonthDay(std::string_view text) {
  constexpr std::string_view kPrevious = "previous ";
  MonthDay out;
  if (text.starts_with(kPrevious)) {
    out.previous_year = true;
    text.remove_prefix(kPrevious.size());
  }
  const std::optional<Date> date = ParseIsoDate("2001-" + std::string(text));  // a common year
  if (!date) return std::nullopt;
  out.month = static_cast<int>(static_cast<unsigned>(date->month()));
  out.day = static_cast<int>(static_cast<unsigned>(date->day()));
  return out;
}

Result<std::vector<PeriodRule>> ReadPeriods(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  std::vector<PeriodRule> periods;
  std::string wrong;
  std::set<std::string> codes;
  DataReader root = file->root();
  for (DataReader& entry : root.Items("periods")) {
    PeriodRule rule;
    const std::vector<std::string> keys = entry.Keys();
    // The year's own code is the empty text, which Text() would refuse.
    rule.code = std::ranges::find(keys, "code") == keys.end() ? "" : entry.Text("code");
    rule.name = entry.Text("name");
    for (const auto& [key, member] : {std::pair{"from", &PeriodRule::from}, std::pair{"to", &PeriodRule::to},
                                      std::pair{"due", &PeriodRule::due}}) {
      const std::string text = entry.Text(key);
      const std::optional<MonthDay> day = ParseMonthDay(text);
      if (day) rule.*member = *day;
      if (!day && wrong.empty()) wrong = rule.code + " " + key + ": " + text;
    }
    if (!codes.insert(rule.code).second && wrong.empty()) wrong = "code: " + rule.code;
    periods.push_back(std::move(rule));
  }
  if (Status checked = file->Check(); !checked) return Fail(checked.error());
  if (!wrong.empty()) return Fail(Wrong(path, wrong));
  return periods;
}

// "3=4+5+6" where column `first` is columns[0]; null where it names a column that is none.
std::optional<Identity> ParseIdentity(const std::string& text, int first,
                                      const std::vector<std::string>& columns) {
  Identity out{text, {}, {}};
  std::string_view rest = text;
  while (true) {
    int number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    const int at = number - first;
    if (error != std::errc() || at < 0 || at >= static_cast<int>(columns.size())) return std::nullopt;
    const std::string& column = columns[static_cast<std::size_t>(at)];
    const bool total = out.total.empty();
    if (total)
      out.total = column;
    else
      out.parts.push_back(column);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (rest.empty()) return out.parts.empty() ? std::nullopt : std::optional<Identity>(out);
    if (rest.front() != (total ? '=' : '+')) return std::nullopt;
    rest.remove_prefix(1);
  }
}

std::vector<std::string> Keys(std::vector<std::string> words) {
  for (std::string& word : words) word = MatchKey(word);
  return words;
}

void ReadProgress(DataReader reader, ProgressWords* words) {
  words->done = Keys(reader.Texts("done"));
  words->in_progress = Keys(reader.Texts("in_progress"));
  words->not_started = Keys(reader.Texts("not_started"));
  DataReader names = reader.Item("status_names");
  for (const char* status : {"on_time", "late", "in_progress", "overdue", "unreported"})
    words->status_names[status] = names.Text(status);
  DataReader columns = reader.Item("columns");
  for (const char* column :
       {"document", "date", "ordinal", "table", "row", "group", "content", "status", "done_on", "result"})
    words->columns[column] = Keys(columns.Texts(column));
}

void ReadDraft(DataReader reader, DraftWords* draft) {
  draft->issuing_agency = reader.Text("issuing_agency");
  draft->notation = reader.Text("notation");
  draft->place = reader.Text("place");
  draft->recipient = reader.Text("recipient");
  draft->position = reader.Text("position");
  draft->name = reader.Text("name");
  draft->type_code = reader.Text("type_code");
  draft->type_name = reader.Text("type_name");
  draft->subject = reader.Text("subject");
}

}  // namespace

Result<ReportRules> ReadReportRules(const std::filesystem::path& folder) {
  ReportRules rules;
  Result<std::vector<PeriodRule>> periods = ReadPeriods(folder / "periods.json");
  if (!periods) return Fail(periods.error());
  rules.periods = std::move(*periods);
  const std::filesystem::path path = folder / "report.json";
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  DataReader procedures = root.Item("procedures");
  rules.procedures.columns = procedures.Texts("columns");
  const int first = static_cast<int>(procedures.Number("first_column", 1, 100));
  std::string wrong;
  for (const std::string& text : procedures.Texts("identities")) {
    const std::optional<Identity> identity = ParseIdentity(text, first, rules.procedures.columns);
    if (identity) rules.procedures.identities.push_back(*identity);
    if (!identity && wrong.empty()) wrong = "identities: " + text;
  }
  constexpr double kMostPoints = 1000;
  for (DataReader& entry : root.Items("indicators"))
    rules.indicators.push_back({entry.Text("id"), entry.Text("name"), entry.Number("most", 0, kMostPoints)});
  ReadDraft(root.Item("draft"), &rules.draft);
  ReadProgress(root.Item("progress"), &rules.progress);
  rules.no_type = root.Text("no_type");
  rules.no_group = root.Text("no_group");
  rules.no_lead = root.Text("no_lead");
  if (Status checked = file->Check(); !checked) return Fail(checked.error());
  if (!wrong.empty()) return Fail(Wrong(path, wrong));
  return rules;
}

}  // namespace vanthu::report
