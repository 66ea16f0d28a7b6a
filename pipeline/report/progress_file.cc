#include "pipeline/report/progress_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "pipeline/base/unicode.h"

namespace vanthu::report {
namespace {

constexpr std::size_t kMostRows = 200'000;
constexpr std::size_t kMostColumns = 100;

Error At(const std::string& file, const Message& where, const Message& what) {
  return DataError(file, {where.vi + ": " + what.vi, where.en + ": " + what.en});
}

bool IsOneOf(const std::string& word, const std::vector<std::string>& words) {
  const std::string key = MatchKey(word), plain = SearchKey(word);
  return std::ranges::any_of(words,
                             [&](const std::string& one) { return one == key || SearchKey(one) == plain; });
}

// "2026-03-14", "14/3/2026".
std::optional<Date> ParseDay(const std::string& text) {
  if (const std::optional<Date> iso = ParseIsoDate(text)) return iso;
  int numbers[3] = {0, 0, 0};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (int i = 0; i < 3; ++i) {
    const auto [stop, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc() || stop - at > 4 || (i < 2 && (stop == end || *stop != '/')))
      return std::nullopt;
    at = i < 2 ? stop + 1 : stop;
  }
  constexpr int kFirstYear = 1900, kLastYear = 2199;
  if (at != end || numbers[2] < kFirstYear || numbers[2] > kLastYear) return std::nullopt;
  return MakeDate(numbers[2], numbers[1], numbers[0]);
}

std::optional<int> ParseCount(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return std::nullopt;
  return number;
}

Text Filled(const std::string& text) {
  return text.empty() ? Text() : Text(text);
}

// One record of the file; false at its end. Null: a quote that is never closed.
class CsvReader {
 public:
  explicit CsvReader(std::string_view bytes) : rest_(bytes) {
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    const std::string_view head = rest_.substr(0, rest_.find('\n'));
    for (const char candidate : {';', '\t'})
      if (std::ranges::count(head, candidate) > std::ranges::count(head, separator_)) separator_ = candidate;
  }

  int line() const { return line_; }  // where the last record began

  std::optional<bool> Next(std::vector<std::string>* fields) {
    fields->clear();
    if (rest_.empty()) return false;
    line_ = next_line_;
    while (true) {
      std::string field;
      if (rest_.starts_with('"')) {
        if (!Quoted(&field)) return std::nullopt;
      }
      while (!rest_.empty() && rest_.front() != separator_ && rest_.front() != '\n') Take(&field);
      if (field.ends_with('\r')) field.pop_back();
      fields->push_back(CollapseSpace(ToNfc(field)));
      if (rest_.empty()) return true;
      const bool goes_on = rest_.front() == separator_;
      Take(nullptr);
      if (!goes_on) return true;
      if (rest_.empty()) {
        fields->emplace_back();
        return true;
      }
    }
  }

 private:
  void Take(std::string* field) {
    if (rest_.front() == '\n') ++next_line_;
    if (field != nullptr) *field += rest_.front();
    rest_.remove_prefix(1);
  }
  bool Quoted(std::string* field) {
    rest_.remove_prefix(1);
    while (!rest_.empty()) {
      if (rest_.starts_with("\"\"")) {
        *field += '"';
        rest_.remove_prefix(2);
      } else if (rest_.front() == '"') {
        rest_.remove_prefix(1);
        return true;
      } else {
        Take(field);
      }
    }
    return false;
  }

  std::string_view rest_;
  char separator_ = ',';
  int line_ = 1, next_line_ = 1;
};

// The column of the rules that each field of the head names; empty where it names none.
std::vector<std::string> ColumnsOf(const std::vector<std::string>& head, const ProgressWords& words) {
  std::vector<std::string> columns;
  for (const std::string& field : head) {
    const auto found = std::ranges::find_if(
        words.columns, [&](const auto& column) { return IsOneOf(field, column.second); });
    columns.push_back(found == words.columns.end() ? "" : found->first);
  }
  return columns;
}

Status CheckHead(const std::vector<std::string>& head, const std::vector<std::string>& columns,
                 const std::string& file) {
  const Message where{"dòng tiêu đề", "the head row"};
  for (std::size_t i = 0; i < head.size(); ++i) {
    if (columns[i].empty() && !head[i].empty())
      return Fail(
          At(file, where,
             {fmt::format("không có cột «{}»", head[i]), fmt::format("there is no column \"{}\"", head[i])}));
    if (!columns[i].empty() && std::ranges::count(columns, columns[i]) > 1)
      return Fail(At(file, where,
                     {fmt::format("cột «{}» có hai lần", head[i]),
                      fmt::format("the column \"{}\" is there twice", head[i])}));
  }
  for (const char* needed : {"document", "status"})
    if (std::ranges::find(columns, needed) == columns.end())
      return Fail(
          At(file, where,
             {fmt::format("thiếu cột «{}»", needed), fmt::format("the column \"{}\" is missing", needed)}));
  return {};
}

}  // namespace

Error DataError(const std::string& file, Message message) {
  Error error;
  error.code = ErrorCode::kNotAccepted;
  error.file = file;
  error.message = std::move(message);
  error.advice = {"Sửa tệp số liệu rồi chạy lại (vanthu report --help)",
                  "Mend the data file and run again (vanthu report --help)"};
  return error;
}

Result<ProgressEntry> ProgressEntryOf(const std::function<std::string(const char* column)>& text,
                                      const std::string& file, const Message& where,
                                      const ProgressWords& words) {
  ProgressEntry entry;
  entry.file = file;
  entry.where = where;
  const auto refuse = [&](const char* column, const Message& what) {
    return Fail(At(file, where,
                   {fmt::format("«{}» {}: {}", column, text(column), what.vi),
                    fmt::format("\"{}\" {}: {}", column, text(column), what.en)}));
  };
  entry.document = text("document");
  if (entry.document.empty()) return refuse("document", {"phải có", "must be there"});
  for (const auto& [column, member] :
       {std::pair{"date", &ProgressEntry::date}, std::pair{"done_on", &ProgressEntry::done_on}}) {
    if (text(column).empty()) continue;
    entry.*member = ParseDay(text(column));
    if (!(entry.*member))
      return refuse(column, {"phải là ngày, ví dụ 14/3/2026 hoặc 2026-03-14",
                             "must be a date, such as 2026-03-14 or 14/3/2026"});
  }
  for (const auto& [column, member] :
       {std::pair{"table", &ProgressEntry::table}, std::pair{"row", &ProgressEntry::row}}) {
    if (text(column).empty()) continue;
    entry.*member = ParseCount(text(column));
    if (!(entry.*member)) return refuse(column, {"phải là số từ 1", "must be a number from 1"});
  }
  entry.ordinal = Filled(text("ordinal"));
  entry.group = Filled(text("group"));
  entry.content = Filled(text("content"));
  entry.result = Filled(text("result"));
  const std::string status = text("status");
  if (IsOneOf(status, words.done)) {
    entry.progress = Progress::kDone;
    if (!entry.done_on)
      return refuse("done_on", {"việc đã hoàn thành phải có ngày hoàn thành",
                                "what is done must say on which day it was"});
  } else if (IsOneOf(status, words.in_progress)) {
    entry.progress = Progress::kInProgress;
  } else if (!IsOneOf(status, words.not_started)) {
    return refuse("status",
                  {fmt::format("phải là một trong: {}, {}, {}", fmt::join(words.done, ", "),
                               fmt::join(words.in_progress, ", "), fmt::join(words.not_started, ", ")),
                   fmt::format("must be one of: {}, {}, {}", words.done.front(), words.in_progress.front(),
                               words.not_started.front())});
  }
  if (entry.progress != Progress::kDone && entry.done_on)
    return refuse("done_on", {"có ngày hoàn thành nhưng trạng thái là chưa hoàn thành",
                              "there is a day on which it was done, but the status says that it is not"});
  return entry;
}

Result<std::vector<ProgressEntry>> ParseProgressCsv(std::string_view bytes, const std::string& file,
                                                    const ProgressWords& words) {
  CsvReader reader(bytes);
  std::vector<ProgressEntry> entries;
  std::vector<std::string> fields, columns;
  while (true) {
    const std::optional<bool> more = reader.Next(&fields);
    const Message where{fmt::format("dòng {}", reader.line()), fmt::format("line {}", reader.line())};
    if (!more) return Fail(At(file, where, {"dấu ngoặc kép không đóng", "a quotation mark is not closed"}));
    if (!*more) break;
    if (std::ranges::all_of(fields, [](const std::string& field) { return field.empty(); })) continue;
    if (fields.size() > kMostColumns || entries.size() >= kMostRows) {
      Error error = At(file, where, {"tệp quá lớn", "the file is too large"});
      error.code = ErrorCode::kLimit;
      return Fail(std::move(error));
    }
    if (columns.empty()) {
      columns = ColumnsOf(fields, words);
      if (Status checked = CheckHead(fields, columns, file); !checked) return Fail(checked.error());
      continue;
    }
    if (fields.size() > columns.size())
      return Fail(At(file, where, {"nhiều ô hơn dòng tiêu đề", "more fields than the head row"}));
    const auto text = [&](const char* column) {
      const auto found = std::ranges::find(columns, column);
      const auto at = static_cast<std::size_t>(found - columns.begin());
      return at < fields.size() ? fields[at] : std::string();
    };
    Result<ProgressEntry> entry = ProgressEntryOf(text, file, where, words);
    if (!entry) return Fail(entry.error());
    entries.push_back(std::move(*entry));
  }
  if (columns.empty()) return Fail(DataError(file, {"tệp không có dòng nào", "the file has no line"}));
  return entries;
}

}  // namespace vanthu::report
