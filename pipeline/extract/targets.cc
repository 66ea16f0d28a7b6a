#include "pipeline/extract/targets.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <optional>

#include "pipeline/base/data_file.h"
#include "pipeline/extract/folded.h"
#include "pipeline/extract/organisation.h"

namespace vanthu::extract {
namespace {

constexpr std::size_t kMostBytes = 32768;     // of a paragraph or cell
constexpr std::size_t kMostTargets = 5000;    // of a document
constexpr std::size_t kMostNumbers = 200;     // of a paragraph or cell; more are statistics
constexpr std::size_t kLongestClause = 2000;  // chars on either side of its number
constexpr std::size_t kFewestLetters = 8;     // of a clause: a number with less around it is a statistic
constexpr double kOverHundred = 0.5;
constexpr double kClauseGuess = 0.92;  // where the clause begins and ends

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsLetter(char c) {
  return c >= 'a' && c <= 'z';
}

bool WordAt(const std::string& key, std::size_t i, const std::string& word, std::size_t* end) {
  if (i > 0 && (IsLetter(key[i - 1]) || IsDigit(key[i - 1]))) return false;
  const KeywordMatch match = MatchKeywordAt(key, i, word, false);
  if (match && end != nullptr) *end = match.end;
  return static_cast<bool>(match);
}

bool AnyIn(const std::string& key, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < key.size(); ++i)
    for (const std::string& word : words)
      if (WordAt(key, i, word, nullptr)) return true;
  return false;
}

// Does one of `words` end right before `at` (spaces between)? The longest one; its begin.
std::optional<std::size_t> WordBefore(const std::string& key, std::size_t at,
                                      const std::vector<std::string>& words) {
  std::size_t end = at;
  while (end > 0 && key[end - 1] == ' ') --end;
  for (const std::string& word : words) {
    if (word.size() > end) continue;
    const std::size_t begin = end - word.size();
    if (key.compare(begin, word.size(), word) != 0) continue;
    if (begin > 0 && (IsLetter(key[begin - 1]) || IsDigit(key[begin - 1]))) continue;
    return begin;
  }
  return std::nullopt;
}

struct Quantity {
  std::size_t begin = 0;  // of the digits, in the key
  std::size_t end = 0;    // after the unit
  double value = 0;
  std::string unit;
  std::string comparison = "=";
};

class ClauseReader {
 public:
  ClauseReader(std::string_view text, bool report, const TargetRules& rules)
      : folded_(text.substr(0, kMostBytes)), key_(folded_.key), report_(report), rules_(rules) {}

  std::vector<Target> Run() {
    FindQuantities();
    std::vector<Target> out;
    for (std::size_t i = 0; i < quantities_.size(); ++i) {
      const auto [begin, end] = ClauseOf(i);
      if (!IsTarget(begin, end)) continue;
      Target target;
      target.text = Shown(begin, end);
      target.value = quantities_[i].value;
      target.unit = quantities_[i].unit;
      target.comparison = quantities_[i].comparison;
      out.push_back(std::move(target));
    }
    return out;
  }

 private:
  // ---- numbers

  void FindQuantities() {
    for (std::size_t i = 0; i < key_.size(); ++i) {
      if (!IsDigit(key_[i])) continue;
      if (i > 0 &&
          (IsLetter(key_[i - 1]) || key_[i - 1] == '/' || key_[i - 1] == '.' || key_[i - 1] == ',')) {
        i = SkipNumber(i);
        continue;
      }
      Quantity quantity;
      quantity.begin = i;
      const std::size_t end = ReadNumber(i, &quantity.value);
      if (ReadUnit(end, &quantity) && ReadComparison(&quantity)) quantities_.push_back(quantity);
      i = std::max(end, i + 1) - 1;
      if (quantities_.size() >= kMostNumbers) return;
    }
  }

  std::size_t SkipNumber(std::size_t i) const {
    while (i + 1 < key_.size() && (IsDigit(key_[i + 1]) || key_[i + 1] == '.' || key_[i + 1] == ',')) ++i;
    return i;
  }

  // "7.920" is seven thousand, "98,5" a fraction.
  std::size_t ReadNumber(std::size_t i, double* value) const {
    std::string digits;
    while (i < key_.size() && digits.size() < 15) {
      if (IsDigit(key_[i])) {
        digits += key_[i++];
        continue;
      }
      const bool group = key_[i] == '.' && i + 3 < key_.size() && IsDigit(key_[i + 1]) &&
                         IsDigit(key_[i + 2]) && IsDigit(key_[i + 3]) &&
                         (i + 4 >= key_.size() || !IsDigit(key_[i + 4]));
      const bool fraction = (key_[i] == ',' || key_[i] == '.') && i + 1 < key_.size() &&
                            IsDigit(key_[i + 1]) && digits.find('.') == std::string::npos;
      if (group)
        ++i;
      else if (fraction) {
        digits += '.';
        ++i;
      } else {
        break;
      }
    }
    *value = std::strtod(digits.c_str(), nullptr);
    return i;
  }

  bool ReadUnit(std::size_t i, Quantity* quantity) const {
    while (i < key_.size() && key_[i] == ' ') ++i;
    for (const std::string& unit : rules_.units) {
      if (key_.compare(i, unit.size(), unit) != 0) continue;
      quantity->unit = "%";
      quantity->end = i + unit.size();
      return true;
    }
    // things counted only where it is said that so many are to be reached
    for (const std::string& unit : rules_.counted) {
      std::size_t end = 0;
      if (!WordAt(key_, i, unit, &end)) continue;
      quantity->unit = folded_.Slice(i, end);
      quantity->end = end;
      return true;
    }
    return false;
  }

  bool ReadComparison(Quantity* quantity) const {
    std::size_t words_begin = quantity->begin;
    for (const Comparison& comparison : rules_.comparisons) {
      std::size_t at = quantity->end;
      while (at < key_.size() && key_[at] == ' ') ++at;
      const bool after =
          std::any_of(comparison.after.begin(), comparison.after.end(),
                      [&](const std::string& word) { return WordAt(key_, at, word, nullptr); });
      const std::optional<std::size_t> before = WordBefore(key_, quantity->begin, comparison.before);
      // "từ 30%" alone is a range's begin
      const bool from_only = before && !after && key_.compare(*before, 3, "tu ") == 0;
      if (!after && (!before || from_only)) continue;
      quantity->comparison = comparison.sign;
      if (before) words_begin = *before;
      if (after) break;
    }
    if (quantity->unit == "%") return true;
    return words_begin < quantity->begin && WordBefore(key_, words_begin, rules_.reached).has_value();
  }

  // ---- clauses

  bool IsStop(std::size_t i) const {
    if (key_[i] == ';' || folded_.text[folded_.offset[i]] == '\n') return true;
    if (key_[i] != '.') return false;
    return i + 1 >= key_.size() || key_[i + 1] == ' ' || folded_.text[folded_.offset[i + 1]] == '\n';
  }

  // The bracket that opens before and closes after `at`, if any.
  std::optional<std::pair<std::size_t, std::size_t>> BracketAround(std::size_t at, std::size_t begin,
                                                                   std::size_t end) const {
    std::size_t open = at;
    while (open > begin && key_[open] != '(') {
      if (key_[open] == ')') return std::nullopt;
      --open;
    }
    if (key_[open] != '(') return std::nullopt;
    std::size_t close = key_.find(')', at);
    if (close == std::string::npos) close = end;
    return std::pair{open, close};
  }

  std::pair<std::size_t, std::size_t> ClauseOf(std::size_t index) const {
    const Quantity& quantity = quantities_[index];
    std::size_t begin = quantity.begin;
    while (begin > 0 && quantity.begin - begin < kLongestClause && !IsStop(begin - 1)) --begin;
    std::size_t end = quantity.end;
    while (end < key_.size() && end - quantity.end < kLongestClause && !IsStop(end)) ++end;
    if (end < key_.size() && key_[end] == '.') ++end;  // a sentence keeps its full stop
    // a bracket with a subject of its own is a clause; "(đạt tỷ lệ 100%)" belongs to what stands before it
    std::size_t whole = begin;
    while (whole > 0 && quantity.begin - whole < kLongestClause && !IsSentenceStop(whole - 1)) --whole;
    if (const auto bracket = BracketAround(quantity.begin, whole, end)) {
      if (HasSubject(bracket->first + 1, bracket->second, quantity)) {
        begin = std::max(begin, bracket->first + 1);
        end = std::min(end, bracket->second);
        return Narrow(index, begin, end);
      }
      begin = std::min(begin, whole);
      end = std::max(end, std::min(key_.size(), bracket->second + 1));
      if (end < key_.size() && key_[end] == '.') ++end;
      return {begin, end};
    }
    return Narrow(index, begin, end);
  }

  bool IsSentenceStop(std::size_t i) const {
    return folded_.text[folded_.offset[i]] == '\n' || (key_[i] == '.' && IsStop(i)) ||
           (key_[i] == ';' && !InBracket(i));
  }

  bool InBracket(std::size_t i) const {
    while (i > 0 && key_[i] != '(' && key_[i] != ')') --i;
    return key_[i] == '(';
  }

  // More words after the number than "đạt tỷ lệ" before it.
  bool HasSubject(std::size_t begin, std::size_t end, const Quantity& quantity) const {
    const auto letters = [&](std::size_t from, std::size_t to) {
      return std::count_if(key_.begin() + static_cast<std::ptrdiff_t>(from),
                           key_.begin() + static_cast<std::ptrdiff_t>(std::max(from, to)), IsLetter);
    };
    std::size_t after = end;
    // ", trừ …" qualifies what stands before the bracket
    const std::size_t comma = key_.find(',', quantity.end);
    if (comma < after) after = comma;
    const bool bare = WordAt(key_, SkipSpaces(begin), "dat", nullptr);
    return letters(quantity.end, after) >= static_cast<std::ptrdiff_t>(kFewestLetters) && !bare;
  }

  std::size_t SkipSpaces(std::size_t i) const {
    while (i < key_.size() && key_[i] == ' ') ++i;
    return i;
  }

  // Cuts a clause at commas before words that begin or end one, and between two numbers.
  std::pair<std::size_t, std::size_t> Narrow(std::size_t index, std::size_t begin, std::size_t end) const {
    const Quantity& quantity = quantities_[index];
    for (std::size_t i = begin; i < quantity.begin; ++i) {
      // two words and a comma are a list of verbs: "Phân loại, xử lý …"
      const bool long_enough = i > begin && Spaces(begin, i) >= 3;
      if (key_[i] == ',' && long_enough && AnyAt(SkipSpaces(i + 1), rules_.begins) > 0) begin = i + 1;
      if (const std::size_t after = AnyAt(i, rules_.opens); after > 0 && after < quantity.begin)
        begin = after;
    }
    for (std::size_t i = quantity.end; i < end; ++i) {
      const bool aside =
          key_[i] == '(' && key_.substr(i, key_.find(')', i) - i).find(',') != std::string::npos;
      if (aside || (key_[i] == ',' && AnyAt(SkipSpaces(i + 1), rules_.ends) > 0)) end = i;
    }
    if (index + 1 < quantities_.size() && quantities_[index + 1].begin < end)
      end = CutBetween(quantity.end, quantities_[index + 1].begin, end);
    if (index > 0 && quantities_[index - 1].end > begin)
      begin = CutBetween(quantities_[index - 1].end, quantity.begin, begin);
    return {begin, end};
  }

  std::ptrdiff_t Spaces(std::size_t begin, std::size_t end) const {
    return std::count(key_.begin() + static_cast<std::ptrdiff_t>(begin),
                      key_.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }

  // The end of the longest of `words` that stands at i; 0 = none.
  std::size_t AnyAt(std::size_t i, const std::vector<std::string>& words) const {
    std::size_t end = 0;
    for (const std::string& word : words)
      if (i < key_.size() && WordAt(key_, i, word, &end)) return end;
    return 0;
  }

  // The last comma or "và" between two numbers; `otherwise` if there is none.
  std::size_t CutBetween(std::size_t from, std::size_t to, std::size_t otherwise) const {
    for (std::size_t i = to; i-- > from;) {
      if (key_[i] == ',' || key_[i] == '(') return otherwise >= to ? i : i + 1;
      if (WordAt(key_, i, "va", nullptr)) return otherwise >= to ? i : i + 2;
    }
    return otherwise;
  }

  std::string Shown(std::size_t begin, std::size_t end) const {
    const auto trim = [&] {
      while (begin < end &&
             (key_[begin] == ' ' || key_[begin] == '-' || key_[begin] == '+' || key_[begin] == ',' ||
              key_[begin] == ':' || key_[begin] == ')' || key_[begin] == '*'))
        ++begin;
      while (end > begin && (key_[end - 1] == ' ' || key_[end - 1] == ';' || key_[end - 1] == ',')) --end;
    };
    trim();
    for (const std::string& word : rules_.lead_in) {
      std::size_t after = 0;
      if (WordAt(key_, begin, word, &after) && after < end && (key_[after] == ',' || key_[after] == ':'))
        begin = after + 1;
    }
    trim();
    begin += std::min(end - begin, NumberedLength(begin, end));
    return folded_.Slice(begin, end);
  }

  std::size_t NumberedLength(std::size_t begin, std::size_t end) const {
    return ListMarkLength(std::string_view(key_).substr(begin, end - begin));
  }

  bool IsTarget(std::size_t begin, std::size_t end) const {
    const auto letters = std::count_if(key_.begin() + static_cast<std::ptrdiff_t>(begin),
                                       key_.begin() + static_cast<std::ptrdiff_t>(end), IsLetter);
    if (letters < static_cast<std::ptrdiff_t>(kFewestLetters)) return false;
    const std::string clause = key_.substr(begin, end - begin);
    if (AnyIn(clause, rules_.past)) return false;
    return !report_ || AnyIn(clause, rules_.intended);
  }

  Folded folded_;
  const std::string& key_;
  bool report_;
  const TargetRules& rules_;
  std::vector<Quantity> quantities_;
};

class Finder {
 public:
  Finder(const Header& header, const Rules& rules, const Mapper& mapper, Notes* notes)
      : rules_(rules.tasks.targets), mapper_(mapper), notes_(notes) {
    report_ = header.type_code && std::find(rules_.reports.begin(), rules_.reports.end(),
                                            *header.type_code) != rules_.reports.end();
  }

  std::vector<Target> Run(const DocumentLayout& document, const std::vector<Table>& tables) {
    std::vector<bool> seen(tables.size());
    for (const FlowItem& item : document.flow) {
      if (item.paragraph && item.paragraph->region == Region::kBody)
        Take(item.paragraph->text, EvidenceOf(*item.paragraph, mapper_, kClauseGuess));
      if (!item.table || *item.table < 0 || static_cast<std::size_t>(*item.table) >= tables.size()) continue;
      seen[static_cast<std::size_t>(*item.table)] = true;
      TakeTable(tables[static_cast<std::size_t>(*item.table)]);
    }
    for (std::size_t i = 0; i < tables.size(); ++i)
      if (!seen[i]) TakeTable(tables[i]);
    return std::move(targets_);
  }

 private:
  void TakeTable(const Table& table) {
    for (const Cell& cell : table.cells)
      if (cell.row >= table.header_rows) Take(cell.text, EvidenceOf(cell, kClauseGuess));
  }

  void Take(const std::string& text, const Evidence& evidence) {
    if (text.find('%') == std::string::npos && text.size() < 12) return;
    for (Target& target : TargetsIn(text, report_, rules_)) {
      if (targets_.size() >= kMostTargets) return;
      target.page = evidence.page;
      Evidence found = evidence;
      // "459%" is a misread "45%" more often than it is meant
      if (evidence.source == Source::kOcr && target.unit == "%" && target.value > 100)
        found.confidence *= kOverHundred;
      notes_->evidence[ItemPointer("/targets", targets_.size())] = found;
      targets_.push_back(std::move(target));
    }
  }

  const TargetRules& rules_;
  const Mapper& mapper_;
  Notes* notes_;
  bool report_ = false;
  std::vector<Target> targets_;
};

}  // namespace

Result<TargetRules> ReadTargetRules(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  const auto folded = [](const std::vector<std::string>& texts) {
    std::vector<std::string> out;
    out.reserve(texts.size());
    for (const std::string& text : texts) out.push_back(FoldKey(text));
    std::stable_sort(out.begin(), out.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    return out;
  };
  TargetRules out;
  for (DataReader& entry : root.Items("comparisons")) {
    Comparison comparison;
    comparison.sign = entry.Text("sign");
    comparison.before = folded(entry.Texts("before"));
    comparison.after = folded(entry.OptionalTexts("after"));
    out.comparisons.push_back(std::move(comparison));
  }
  out.units = folded(root.Texts("units"));
  out.reached = folded(root.Texts("reached"));
  out.counted = folded(root.Texts("counted"));
  out.begins = folded(root.Texts("begins"));
  out.ends = folded(root.Texts("ends"));
  out.opens = folded(root.Texts("opens"));
  out.lead_in = folded(root.Texts("lead_in"));
  out.intended = folded(root.Texts("intended"));
  out.past = folded(root.Texts("past"));
  out.reports = root.Texts("reports");
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

std::vector<Target> TargetsIn(std::string_view text, bool report, const TargetRules& rules) {
  return ClauseReader(text, report, rules).Run();
}

std::vector<Target> FindTargets(const DocumentLayout& document, const std::vector<Table>& tables,
                                const Outline&, const Header& header, const Rules& rules,
                                const Mapper& mapper, Notes* notes) {
  return Finder(header, rules, mapper, notes).Run(document, tables);
}

}  // namespace vanthu::extract
