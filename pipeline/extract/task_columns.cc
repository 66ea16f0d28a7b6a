#include "pipeline/extract/task_columns.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "pipeline/base/unicode.h"
#include "pipeline/extract/deadline.h"
#include "pipeline/extract/folded.h"

namespace vanthu::extract {
namespace {

constexpr int kMostColumns = 60;           // a wider grid is statistics
constexpr std::size_t kMostHeading = 200;  // bytes; what is longer is no heading

// Guesses.
constexpr double kInherited = 0.95;       // columns of the table before
constexpr double kOnlyTextColumn = 0.92;  // content by being the only text
constexpr double kDeadlineInNote = 0.91;

struct Choice {
  Role role = Role::kUnknown;
  int strength = 0;
  std::size_t at = 0;
  std::size_t length = 0;
  double certainty = 1;

  bool operator<(const Choice& other) const {
    if (strength != other.strength) return strength < other.strength;
    if (at != other.at) return at > other.at;
    return length < other.length;
  }
};

bool StartsWord(const std::string& key, std::size_t i) {
  return key[i] != ' ' && (i == 0 || std::isalnum(static_cast<unsigned char>(key[i - 1])) == 0);
}

Choice ChooseRole(const std::string& text, bool recognised, const ColumnRules& rules) {
  Choice best;
  if (text.empty() || text.size() > kMostHeading) return best;
  const std::string key = FoldKey(text);
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!StartsWord(key, i)) continue;
    for (const RolePhrase& phrase : rules.phrases) {
      const KeywordMatch match = MatchKeywordAt(key, i, phrase.key, recognised);
      if (!match) continue;
      // "TT" numbers rows only where nothing else stands in the heading
      if (phrase.role == Role::kOrdinal && key.size() > match.end - i + 2) continue;
      const Choice choice{phrase.role, phrase.strength, i, match.end - i, match.certainty};
      if (best < choice) best = choice;
    }
  }
  return best;
}

struct Heading {
  std::string leaf;  // the lowest level
  std::string all;   // all levels, from above
  bool recognised = false;
};

// Of a scan: signs only below the headings, two at least the number of their own column; the others were read
// badly ("am" for a bold "(1)").
bool IsWornNumberRow(const TableGrid& grid, int row) {
  constexpr std::size_t kMark = 4;
  int right = 0;
  for (int column = 0; column < grid.columns(); ++column) {
    const Cell* cell = grid.At(row, column);
    if (cell == nullptr || cell->row != row || cell->col != column) continue;
    if (ToCodePoints(cell->text).size() > kMark || (!cell->text.empty() && cell->source != Source::kOcr))
      return false;
    std::string digits;
    for (const char c : cell->text)
      if (c >= '0' && c <= '9') digits += c;
    right += digits == std::to_string(column + 1) ? 1 : 0;
  }
  return right >= 2 && 3 * right >= grid.columns();
}

Heading HeadingOf(const TableGrid& grid, int column, int header_rows) {
  Heading out;
  const Cell* last = nullptr;
  for (int row = 0; row < header_rows; ++row) {
    if (IsColumnNumberRow(grid, row) || (row > 0 && IsWornNumberRow(grid, row))) continue;
    const Cell* cell = grid.At(row, column);
    if (cell == nullptr || cell == last || cell->text.empty()) continue;
    last = cell;
    out.leaf = CollapseSpace(cell->text);
    out.all += (out.all.empty() ? "" : " ") + out.leaf;
    out.recognised = out.recognised || cell->source == Source::kOcr;
  }
  return out;
}

bool IsNumeric(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == '%' || c == ' ' || c == '-' || c == '/';
  });
}

class Reader {
 public:
  Reader(const Table& table, const TaskColumns* before, const TaskRules& rules)
      : table_(table), grid_(table), before_(before), rules_(rules) {}

  std::optional<TaskColumns> Run() {
    if (table_.columns < 2 || table_.columns > kMostColumns || grid_.rows() < 1) return std::nullopt;
    out_.header_rows = HeaderRows();
    if (out_.header_rows == 0 && !FromContentRow()) return Inherit();
    ReadHeadings();
    FindMarks();
    SettleWeakRoles();
    SettleSpan();
    SettleContent();
    if (!HoldsTasks()) return std::nullopt;
    Single(Role::kDeadline);
    Single(Role::kProduct);
    Single(Role::kOrdinal, true);
    ReadDeadlineHeading();
    return out_;
  }

 private:
  Role& RoleAt(int column) { return out_.roles[static_cast<std::size_t>(column)]; }
  int StrengthAt(int column) const { return strengths_[static_cast<std::size_t>(column)]; }
  bool Has(Role role) const {
    return std::find(out_.roles.begin(), out_.roles.end(), role) != out_.roles.end();
  }

  // As layout says, and further while a heading reaches below or a row numbers the columns.
  int HeaderRows() const {
    int rows = std::clamp(table_.header_rows, 0, table_.rows);
    for (const Cell& cell : table_.cells)
      if (cell.row < rows && cell.colspan < table_.columns)
        rows = std::max(
            rows, cell.rowspan < table_.rows ? std::min(table_.rows, cell.row + cell.rowspan) : table_.rows);
    while (rows > 0 && rows < table_.rows && IsColumnNumberRow(grid_, rows)) ++rows;
    return rows;
  }

  // A first row that reads as headings although layout did not see it as such.
  bool FromContentRow() {
    int strong = 0;
    for (int column = 0; column < table_.columns; ++column) {
      const Cell* cell = grid_.At(0, column);
      if (cell == nullptr || cell->col != column || cell->text.empty()) continue;
      const Choice choice = ChooseRole(cell->text, cell->source == Source::kOcr, rules_.columns);
      // a heading is little more than its phrase
      if (choice.strength == 3 && cell->text.size() < 60) ++strong;
    }
    if (strong < 2 || 2 * strong < table_.columns) return false;
    out_.header_rows = 1;
    for (const Cell& cell : table_.cells)
      if (cell.row == 0) out_.header_rows = std::min(table_.rows, std::max(out_.header_rows, cell.rowspan));
    while (out_.header_rows < table_.rows && IsColumnNumberRow(grid_, out_.header_rows)) ++out_.header_rows;
    return true;
  }

  std::optional<TaskColumns> Inherit() const {
    if (before_ == nullptr || static_cast<int>(before_->roles.size()) != table_.columns) return std::nullopt;
    // the numbering column must number here too
    for (const int column : ColumnsOf(*before_, Role::kOrdinal)) {
      int filled = 0;
      int ordinals = 0;
      for (int row = 0; row < table_.rows; ++row) {
        const Cell* cell = grid_.At(row, column);
        if (cell == nullptr || cell->text.empty() || cell->row != row || cell->colspan > 1) continue;
        ++filled;
        if (IsOrdinalText(cell->text)) ++ordinals;
      }
      if (2 * ordinals < filled) return std::nullopt;
    }
    TaskColumns out = *before_;
    out.header_rows = 0;
    out.certainty = std::min(out.certainty, kInherited);
    return out;
  }

  void ReadHeadings() {
    for (int column = 0; column < table_.columns; ++column) {
      const Heading heading = HeadingOf(grid_, column, out_.header_rows);
      Choice choice = ChooseRole(heading.leaf, heading.recognised, rules_.columns);
      if (choice.strength == 0) {
        // a heading crossed by a false line on one page is whole where it is repeated
        for (const int row : RepeatedHeadings()) {
          const Cell* cell = grid_.At(row, column);
          if (cell != nullptr)
            choice =
                std::max(choice, ChooseRole(CollapseSpace(cell->text), heading.recognised, rules_.columns));
        }
      }
      if (choice.strength < 3) {
        // "Đơn vị" over "Chủ trì": the upper level helps where the lower says little
        const Choice whole = ChooseRole(heading.all, heading.recognised, rules_.columns);
        if (choice.strength < whole.strength) choice = whole;
      }
      out_.roles.push_back(choice.role);
      strengths_.push_back(choice.strength);
      if (choice.role != Role::kUnknown) out_.certainty = std::min(out_.certainty, choice.certainty);
    }
  }

  // Body rows that say most of what the heading says.
  std::vector<int> RepeatedHeadings() const {
    std::vector<int> out;
    for (int row = out_.header_rows; row < grid_.rows(); ++row) {
      int same = 0;
      int filled = 0;
      for (int column = 0; column < grid_.columns(); ++column) {
        const Cell* cell = grid_.At(row, column);
        const Cell* heading = grid_.At(out_.header_rows - 1, column);
        if (cell == nullptr || heading == nullptr || cell->row != row || cell->text.empty()) continue;
        ++filled;
        if (cell->text == heading->text) ++same;
      }
      if (same >= 3 && 10 * same >= 7 * filled) out.push_back(row);
    }
    return out;
  }

  std::vector<const Cell*> Body(int column) const {
    std::vector<const Cell*> out;
    const Cell* last = nullptr;
    for (int row = out_.header_rows; row < table_.rows; ++row) {
      const Cell* cell = grid_.At(row, column);
      if (cell == nullptr || cell == last || cell->text.empty() || cell->colspan > 1) continue;
      last = cell;
      out.push_back(cell);
    }
    return out;
  }

  template <typename Test>
  double Share(int column, Test test) const {
    const std::vector<const Cell*> body = Body(column);
    if (body.empty()) return 0;
    const auto yes =
        std::count_if(body.begin(), body.end(), [&](const Cell* cell) { return test(cell->text); });
    return static_cast<double>(yes) / static_cast<double>(body.size());
  }

  // "Đơn vị" may be a unit of measure, "Tháng" a column of numbers: the cells below decide.
  void SettleWeakRoles() {
    const auto begins = [&](const std::string& text) { return BeginsOrganisation(text); };
    for (int column = 0; column < table_.columns; ++column) {
      if (StrengthAt(column) == 3) continue;
      if (RoleAt(column) == Role::kLead && (HasStrong(Role::kLead) || Share(column, begins) < 0.5))
        RoleAt(column) = Role::kUnknown;
      if (RoleAt(column) == Role::kDeadline &&
          (HasStrong(Role::kDeadline) ||
           Share(column, [&](const std::string& text) { return SaysWhen(text, column); }) < 0.5))
        RoleAt(column) = Role::kUnknown;
    }
  }

  bool HasStrong(Role role) const {
    for (std::size_t i = 0; i < out_.roles.size(); ++i)
      if (out_.roles[i] == role && strengths_[i] == 3) return true;
    return false;
  }

  bool BeginsOrganisation(const std::string& text) const {
    return BeginsWithOrganisation(std::string_view(text).substr(ListMarkLength(text)), rules_.organisations);
  }

  DeadlineReading Read(const std::string& text, int column) const {
    const std::string key = FoldKey(HeadingOf(grid_, column, out_.header_rows).all);
    const bool bare = IsOrdinalText(text) && text.size() < 6;
    const std::string prefix = !bare                                    ? ""
                               : key.find("quy") != std::string::npos   ? "quý "
                               : key.find("thang") != std::string::npos ? "tháng "
                                                                        : "";
    return ParseDeadline(prefix + text, DefaultYear{2000, 1}, rules_.deadlines);
  }

  bool SaysWhen(const std::string& text, int column) const {
    const DeadlineReading reading = Read(text, column);
    return reading.deadline.kind != DeadlineKind::kUnknown &&
           reading.deadline.kind != DeadlineKind::kRelative;
  }

  // Columns headed by a quarter, a month or a year that hold nothing but crosses.
  void FindMarks() {
    std::map<int, std::string> marks;
    for (int column = 0; column < table_.columns; ++column) {
      const Role role = RoleAt(column);
      if (role != Role::kUnknown && role != Role::kDeadline) continue;
      const Heading heading = HeadingOf(grid_, column, out_.header_rows);
      const std::string text = SpanIn(heading);
      if (text.empty()) continue;
      const auto is_mark = [&](const std::string& cell) {
        const std::string key = MatchKey(cell);
        return std::find(rules_.columns.marks.begin(), rules_.columns.marks.end(), key) !=
               rules_.columns.marks.end();
      };
      if (!Body(column).empty() && Share(column, is_mark) < 1) continue;
      marks[column] = text;
    }
    if (marks.size() < 2) return;
    for (const auto& [column, text] : marks) RoleAt(column) = Role::kMark;
    out_.marks = std::move(marks);
  }

  // The quarter, month or year that a heading names; empty if it names none.
  std::string SpanIn(const Heading& heading) const {
    const auto is_span = [&](const std::string& text) {
      const Deadline deadline = ParseDeadline(text, DefaultYear{2000, 1}, rules_.deadlines).deadline;
      return deadline.start && deadline.end;
    };
    if (heading.leaf.size() > 40 || heading.all == heading.leaf)
      return is_span(heading.leaf) ? heading.leaf : std::string();
    const std::string upper = heading.all.substr(0, heading.all.size() - heading.leaf.size());
    const std::string key = FoldKey(upper);
    std::string leaf = heading.leaf;
    if (IsOrdinalText(leaf))
      leaf = (key.find("quy") != std::string::npos     ? "quý "
              : key.find("thang") != std::string::npos ? "tháng "
                                                       : "") +
             leaf;
    if (!is_span(leaf)) return {};
    const Deadline year = ParseDeadline(upper, std::nullopt, rules_.deadlines).deadline;
    return year.kind == DeadlineKind::kYear && year.start
               ? leaf + " năm " + std::to_string(static_cast<int>(year.start->year()))
               : leaf;
  }

  // "Bắt đầu | Hoàn thành": what stands beside the start is the end.
  void SettleSpan() {
    const std::vector<int> starts = ColumnsOf(out_, Role::kStart);
    if (starts.empty() || Has(Role::kEnd)) return;
    const int next = starts.front() + 1;
    if (next < table_.columns && RoleAt(next) == Role::kDeadline) RoleAt(next) = Role::kEnd;
  }

  // Which column says what is to be done.
  void SettleContent() {
    std::vector<int> content = ColumnsOf(out_, Role::kContent);
    const std::vector<int> mission = ColumnsOf(out_, Role::kMission);
    // of two the left one is the wider: "Nội dung | Nhiệm vụ"
    if (content.size() == 1 && mission.size() == 1 && mission.front() > content.front()) {
      RoleAt(content.front()) = Role::kMission;
      RoleAt(mission.front()) = Role::kContent;
    } else if (content.empty() && !mission.empty()) {
      RoleAt(mission.back()) = Role::kContent;
    } else if (content.size() > 1) {
      for (std::size_t i = 0; i + 1 < content.size(); ++i)
        RoleAt(content[i]) = i + 2 == content.size() && !Has(Role::kMission) ? Role::kMission : Role::kGroup;
    }
    if (Has(Role::kContent)) return;
    const std::vector<int> goal = ColumnsOf(out_, Role::kGoal);
    if (!goal.empty() && (Has(Role::kLead) || Has(Role::kDeadline))) {
      RoleAt(goal.back()) = Role::kContent;
      return;
    }
    if (!Has(Role::kDeadline)) DeadlineFromNote();
    if (Has(Role::kDeadline)) OnlyTextColumn();
  }

  // "Cơ quan/đơn vị | Ghi chú", the notes all saying when
  void DeadlineFromNote() {
    for (const int column : ColumnsOf(out_, Role::kNote)) {
      if (Body(column).empty() ||
          Share(column, [&](const std::string& text) { return SaysWhen(text, column); }) < 0.8)
        continue;
      RoleAt(column) = Role::kDeadline;
      out_.certainty = std::min(out_.certainty, kDeadlineInNote);
      return;
    }
  }

  void OnlyTextColumn() {
    int best = -1;
    double longest = 0;
    int texts = 0;
    for (int column = 0; column < table_.columns; ++column) {
      const Role role = RoleAt(column);
      if (role != Role::kUnknown && role != Role::kGroup && !(role == Role::kLead && StrengthAt(column) < 3))
        continue;
      const std::vector<const Cell*> body = Body(column);
      if (body.empty() || Share(column, IsNumeric) > 0.5 || Share(column, IsOrdinalText) > 0.5) continue;
      double length = 0;
      for (const Cell* cell : body) length += static_cast<double>(cell->text.size());
      length /= static_cast<double>(body.size());
      ++texts;
      if (length > longest) {
        longest = length;
        best = column;
      }
    }
    if (best < 0) return;
    RoleAt(best) = Role::kContent;
    out_.certainty = std::min(out_.certainty, texts == 1 ? kOnlyTextColumn : 0.8);
  }

  bool HoldsTasks() const {
    if (!Has(Role::kContent)) return false;
    const bool someone = Has(Role::kLead) || Has(Role::kCoordinate);
    const bool some_time = Has(Role::kDeadline) || Has(Role::kMark) || (Has(Role::kStart) && Has(Role::kEnd));
    if (!someone && !some_time) return false;
    const std::vector<int> deadlines = ColumnsOf(out_, Role::kDeadline);
    if (!deadlines.empty()) {
      const int column = deadlines.front();
      // hours of a day: the programme of a meeting
      const double hours = Share(column, [&](const std::string& text) {
        const DeadlineReading reading = Read(text, column);
        return reading.clock_times && !reading.deadline.start && !reading.deadline.end;
      });
      if (hours >= 0.5) return false;
      if (!someone && Share(column, [&](const std::string& text) {
                        return Read(text, column).deadline.kind != DeadlineKind::kUnknown;
                      }) < 0.5)
        return false;
    }
    if (some_time) return true;
    int numeric = 0;
    for (int column = 0; column < table_.columns; ++column) {
      const Role role = out_.roles[static_cast<std::size_t>(column)];
      if ((role == Role::kUnknown || role == Role::kOther || role == Role::kProduct) &&
          Share(column, IsNumeric) >= 0.8)
        ++numeric;
    }
    return numeric < 2;  // statistics otherwise
  }

  // Of several columns of a role the strongest, then the first, keeps it.
  void Single(Role role, bool keep_second = false) {
    const std::vector<int> columns = ColumnsOf(out_, role);
    if (columns.size() < 2 || keep_second) return;
    int best = columns.front();
    for (const int column : columns)
      if (StrengthAt(column) > StrengthAt(best)) best = column;
    for (const int column : columns)
      if (column != best) RoleAt(column) = Role::kOther;
  }

  void ReadDeadlineHeading() {
    const std::vector<int> deadlines = ColumnsOf(out_, Role::kDeadline);
    if (deadlines.empty()) return;
    const std::string heading = HeadingOf(grid_, deadlines.front(), out_.header_rows).all;
    const std::string key = FoldKey(heading);
    if (key.find("thang") != std::string::npos)
      out_.deadline_unit = "tháng";
    else if (key.find("quy") != std::string::npos)
      out_.deadline_unit = "quý";
    const DeadlineReading reading = ParseDeadline(heading, std::nullopt, rules_.deadlines);
    if (reading.deadline.kind == DeadlineKind::kYear && reading.deadline.start)
      out_.year = static_cast<int>(reading.deadline.start->year());
  }

  const Table& table_;
  TableGrid grid_;
  const TaskColumns* before_;
  const TaskRules& rules_;
  TaskColumns out_;
  std::vector<int> strengths_;
};

}  // namespace

std::optional<TaskColumns> UnderstandColumns(const Table& table, const TaskColumns* before,
                                             const TaskRules& rules) {
  return Reader(table, before, rules).Run();
}

std::vector<int> ColumnsOf(const TaskColumns& columns, Role role) {
  std::vector<int> out;
  for (std::size_t i = 0; i < columns.roles.size(); ++i)
    if (columns.roles[i] == role) out.push_back(static_cast<int>(i));
  return out;
}

bool IsColumnNumberRow(const TableGrid& grid, int row) {
  int numbers = 0;
  int expected = 0;
  for (int column = 0; column < grid.columns(); ++column) {
    const Cell* cell = grid.At(row, column);
    if (cell == nullptr || cell->row != row || cell->col != column) continue;
    std::string text;
    for (const char c : FoldKey(cell->text))
      if (c != ' ' && c != '(' && c != ')' && c != '[' && c != ']') text += c;
    if (text.empty()) continue;
    text = text.substr(0, text.find('='));
    if (text.size() == 1 && text[0] >= 'a' && text[0] <= 'd' && numbers == expected) continue;  // "A B 1 2"
    if (text.size() > 2 || !IsNumeric(text)) return false;
    const int number = std::atoi(text.c_str());
    if (numbers > 0 && number != expected + 1) return false;
    if (numbers == 0 && number > 3) return false;
    expected = number;
    ++numbers;
  }
  return numbers >= 3 && 2 * numbers >= grid.columns();
}

bool IsOrdinalText(std::string_view text) {
  const std::string key = FoldKey(text);
  if (key.empty() || key.size() > 12) return false;
  if (key == "-" || key == "+" || key == "*") return true;
  const auto roman = [](char c) { return c == 'i' || c == 'v' || c == 'x' || c == 'l'; };
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto sign = [](char c) {
    return c == '.' || c == ')' || c == '(' || c == ' ' || c == '-' || c == '/';
  };
  int letters = 0;
  for (const char c : key) {
    if (digit(c) || sign(c)) continue;
    if (c < 'a' || c > 'z') return false;
    ++letters;
    if (letters > 1 && !roman(c)) return false;
  }
  return letters <= 5;
}

}  // namespace vanthu::extract
