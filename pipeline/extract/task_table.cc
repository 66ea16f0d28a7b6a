#include "pipeline/extract/task_table.h"

#include <algorithm>
#include <cctype>

#include "pipeline/base/unicode.h"
#include "pipeline/extract/folded.h"
#include "pipeline/extract/labelled.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/row_label.h"
#include "pipeline/extract/row_numbers.h"

namespace vanthu::extract {
namespace {

// Guesses.
constexpr double kDitto = 0.9;
constexpr double kMended = 0.75;  // a number told by its neighbours
constexpr double kInCell = 0.97;  // labels inside a cell
constexpr double kWentOn = 0.85;  // a row without content joined to the one above

struct Group {
  int level = 0;
  std::string text;
  Evidence evidence;
};

class TableReader {
 public:
  TableReader(const Table& table, int index, const TaskColumns& columns, const std::string& caption,
              const std::optional<DefaultYear>& default_year, const TaskRules& rules)
      : table_(table),
        grid_(table),
        index_(index),
        columns_(columns),
        caption_(caption),
        default_year_(default_year),
        rules_(rules) {
    if (columns.year != 0) default_year_ = DefaultYear{columns.year, 1};
    for (const int column : ColumnsOf(columns, Role::kContent)) content_ = column;
    const std::vector<int> ordinals = ColumnsOf(columns, Role::kOrdinal);
    if (!ordinals.empty()) mended_ = MendRowNumbers(grid_, ordinals.front(), columns.header_rows);
  }

  std::vector<TracedTask> Run() {
    if (content_ < 0 || grid_.rows() == 0) return {};
    StartWithCaption();
    for (int row = columns_.header_rows; row < table_.rows; ++row) {
      if (IsEmpty(row) || IsColumnNumberRow(grid_, row) || RepeatsHeading(row) || IsTotalOrRemark(row))
        continue;
      if (ReadGroup(row)) continue;
      ReadTask(row);
    }
    return std::move(tasks_);
  }

 private:
  const Cell* At(int row, int column) const { return grid_.At(row, column); }
  Role RoleAt(int column) const { return columns_.roles[static_cast<std::size_t>(column)]; }

  // The cells of a row, each once, that begin in it and are not empty.
  std::vector<const Cell*> Own(int row) const {
    std::vector<const Cell*> out;
    for (int column = 0; column < table_.columns; ++column) {
      const Cell* cell = At(row, column);
      if (cell == nullptr || cell->row != row || cell->col != column || Trim(cell->text).empty()) continue;
      out.push_back(cell);
    }
    return out;
  }

  bool IsEmpty(int row) const { return Own(row).empty(); }

  bool RepeatsHeading(int row) const {
    for (int heading = 0; heading < columns_.header_rows; ++heading)
      if (SameTexts(row, heading)) return true;
    return false;
  }

  bool SameTexts(int row, int other) const {
    int same = 0;
    int filled = 0;
    for (int column = 0; column < table_.columns; ++column) {
      const Cell* a = At(row, column);
      const Cell* b = At(other, column);
      if (a == nullptr || b == nullptr || a->text.empty()) continue;
      ++filled;
      if (FoldKey(a->text) == FoldKey(b->text)) ++same;
    }
    return filled >= 2 && (5 * same >= 4 * filled || (same >= 4 && 10 * same >= 7 * filled));
  }

  static bool BeginsWith(const std::string& key, const std::vector<std::string>& starts) {
    return std::any_of(starts.begin(), starts.end(), [&](const std::string& start) {
      return key.compare(0, start.size(), start) == 0 &&
             (key.size() == start.size() || key[start.size()] == ' ' ||
              std::ispunct(static_cast<unsigned char>(key[start.size()])) != 0 ||
              std::ispunct(static_cast<unsigned char>(start.back())) != 0);
    });
  }

  bool IsTotalOrRemark(int row) const {
    const std::vector<const Cell*> own = Own(row);
    const std::string key = FoldKey(own.front()->text);
    // "Cộng" and "Công an" differ by their marks alone
    if (BeginsWith(MatchKey(own.front()->text), rules_.columns.totals) && key.size() < 40) return true;
    return own.size() == 1 && BeginsWith(key, rules_.columns.remarks);
  }

  // ---- groups

  void StartWithCaption() {
    const std::string label = LabelIn(caption_);
    if (label.empty() || LevelOf(label) == kUnnumbered || LevelOf(label) >= kBullet) return;
    Evidence evidence;
    evidence.page = table_.pages.empty() ? 0 : table_.pages.front();
    evidence.confidence = columns_.certainty;
    groups_.push_back({kCaption, caption_, evidence});
  }

  bool IsValueColumn(int column) const {
    const Role role = RoleAt(column);
    return role == Role::kLead || role == Role::kCoordinate || role == Role::kDeadline ||
           role == Role::kStart || role == Role::kEnd || role == Role::kProduct || role == Role::kMark;
  }

  bool ReadGroup(int row) {
    std::string label;
    const Cell* text = nullptr;
    int texts = 0;
    int label_columns = 0;
    for (const Cell* cell : Own(row)) {
      const bool ordinal = RoleAt(cell->col) == Role::kOrdinal && cell->colspan == 1 &&
                           (IsOrdinalText(cell->text) || LevelOf(cell->text) != kUnnumbered ||
                            (cell->source == Source::kOcr && cell->text.size() <= 4));
      if (ordinal) {
        if (label.empty()) label = LabelText(*cell);
        ++label_columns;
        continue;
      }
      text = cell;
      ++texts;
    }
    if (texts != 1) return false;
    // a cell that reaches down from above belongs to tasks
    for (int column = 0; column < table_.columns; ++column)
      if (const Cell* cell = At(row, column);
          cell != nullptr && cell->row < row && !cell->text.empty() && RoleAt(column) != Role::kOrdinal)
        return false;
    if (!IsGroup(row, *text, label, label_columns)) return false;
    AddGroup(label, *text);
    return true;
  }

  bool IsGroup(int row, const Cell& text, const std::string& label, int label_columns) const {
    int covered_values = 0;
    int values = 0;
    for (int column = 0; column < table_.columns; ++column) {
      if (!IsValueColumn(column)) continue;
      ++values;
      if (column >= text.col && column < text.col + text.colspan) ++covered_values;
    }
    const int rest = table_.columns - label_columns;
    if (text.colspan >= 2 && (2 * text.colspan > rest || covered_values == values)) return true;
    if (text.colspan == 1 && text.col != content_ && RoleAt(text.col) != Role::kGroup &&
        RoleAt(text.col) != Role::kMission && RoleAt(text.col) != Role::kOrdinal &&
        RoleAt(text.col) != Role::kGoal)
      return false;
    const int level = label.empty() ? LevelOf(LabelIn(text.text)) : LevelOf(label);
    if (level == kRoman || level == kCapital || level == kPart) return true;
    // a heading above numbered rows: no values of its own, deeper rows below that have them
    const int next = NextRow(row);
    if (next < 0 || !HasValues(next)) return false;
    const std::string next_label = LabelOf(next);
    if (level == kUnnumbered)
      return label.empty() && text.bold.value_or(false) && LevelOf(next_label) != kUnnumbered;
    if (next_label.empty() || next_label == "-" || next_label == "+") return true;
    return LevelOf(next_label) > level;
  }

  int NextRow(int row) const {
    for (int next = row + 1; next < table_.rows; ++next)
      if (!IsEmpty(next) && !IsColumnNumberRow(grid_, next) && !RepeatsHeading(next)) return next;
    return -1;
  }

  bool HasValues(int row) const {
    const std::vector<const Cell*> own = Own(row);
    return std::any_of(own.begin(), own.end(), [&](const Cell* cell) { return IsValueColumn(cell->col); });
  }

  std::string LabelOf(int row) const {
    for (const int column : ColumnsOf(columns_, Role::kOrdinal))
      if (const Cell* cell = At(row, column); cell != nullptr && !Trim(cell->text).empty())
        return LabelText(*cell);
    return {};
  }

  // A numbering cell as read, or as its neighbours say.
  std::string LabelText(const Cell& cell) const {
    const auto found = mended_.find(&cell);
    return found == mended_.end() ? CollapseSpace(cell.text) : found->second;
  }

  bool WasMended(int row) const {
    for (const int column : ColumnsOf(columns_, Role::kOrdinal))
      if (mended_.count(At(row, column)) > 0) return true;
    return false;
  }

  void AddGroup(const std::string& label, const Cell& cell) {
    const std::string own = MendedHeading(cell, label);
    const std::string shown = label.empty() ? LabelIn(own) : label;
    int level = shown.empty() ? kUnnumbered : LevelOf(shown);
    if (level == kUnnumbered && BeginsWith(FoldKey(own), rules_.columns.group_words)) level = kPart;
    if (level == kUnnumbered && IsUpperCase(own)) level = kCapital;
    while (!groups_.empty() && groups_.back().level >= level) groups_.pop_back();
    const bool mended = WasMended(cell.row) || own != CollapseSpace(cell.text);
    groups_.push_back({level, label.empty() ? own : label + " " + own,
                       EvidenceOf(cell, columns_.certainty * (mended ? kMended : 1))});
    carried_.clear();
    row_went_on_ = false;
  }

  // "H. THỰC HIỆN …", read by a recogniser as the second of its kind, is "II. THỰC HIỆN …".
  std::string MendedHeading(const Cell& cell, const std::string& label) const {
    std::string out = CollapseSpace(cell.text);
    const auto found = mended_.find(&cell);
    if (!label.empty() || found == mended_.end()) return out;
    const std::size_t end = std::min(out.find(' '), out.size());
    const bool stop = end > 0 && out[end - 1] == '.';
    out.replace(0, end, found->second + (stop ? "." : ""));
    return out;
  }

  // ---- tasks

  static std::string Text(const Cell* cell) {
    return cell == nullptr ? std::string() : std::string(Trim(cell->text));
  }

  bool IsDitto(const std::string& text) const {
    const std::string key = FoldKey(text);
    return std::find(rules_.columns.ditto.begin(), rules_.columns.ditto.end(), key) !=
           rules_.columns.ditto.end();
  }

  void ReadTask(int row) {
    const Cell* content = At(row, content_);
    const bool own_content = content != nullptr && content->row == row;
    if (own_content && Text(content).empty()) {
      const Cell* wider = WiderContent(row);
      if (wider == nullptr) {
        GoOn(row);
        return;
      }
      content = wider;
    } else if (!own_content && !HasValues(row)) {
      return;  // nothing new beside a spanning content
    }
    if (content == nullptr || Text(content).empty()) return;
    LeaveGroups(LevelOf(LabelOf(row)));
    TracedTask traced;
    Task& task = traced.task;
    task.content = Text(content);
    Note("content", *content, &traced);
    task.page = content->places.empty() ? (table_.pages.empty() ? 0 : table_.pages.front())
                                        : content->places.front().page;
    task.table = index_;
    task.row = row;
    for (const Group& group : groups_) task.group.push_back(group.text);
    if (!groups_.empty()) traced.evidence["group"] = groups_.back().evidence;
    for (int column = 0; column < table_.columns; ++column) {
      const Cell* cell = At(row, column);
      if (cell == nullptr || cell == content || (column > 0 && At(row, column - 1) == cell)) continue;
      ReadValue(row, column, *cell, &traced);
    }
    ReadSpan(row, &traced);
    ReadMarks(row, &traced);
    tasks_.push_back(std::move(traced));
    row_went_on_ = true;
  }

  // "2" after "1.1" is no part of the group "1".
  void LeaveGroups(int level) {
    if (level == kUnnumbered) return;
    while (!groups_.empty() && groups_.back().level >= kArabic && groups_.back().level >= level)
      groups_.pop_back();
  }

  // The mission or goal that begins in a row whose content is empty.
  const Cell* WiderContent(int row) const {
    for (const Role role : {Role::kMission, Role::kGoal})
      for (const int column : ColumnsOf(columns_, role))
        if (const Cell* cell = At(row, column); cell != nullptr && cell->row == row && !Text(cell).empty())
          return cell;
    return nullptr;
  }

  void Note(const std::string& member, const Cell& cell, TracedTask* out) const {
    Evidence evidence = EvidenceOf(cell, columns_.certainty);
    if (cell.places.empty() && !table_.pages.empty()) evidence.page = table_.pages.front();
    out->evidence[member] = evidence;
  }

  void ReadValue(int row, int column, const Cell& cell, TracedTask* out) {
    Task& task = out->task;
    const Role role = RoleAt(column);
    std::string text = Text(&cell);
    if (role == Role::kGoal || role == Role::kMission || role == Role::kGroup) {
      ReadCarried(column, cell, text, out);
      return;
    }
    if (text.empty()) return;
    switch (role) {
      case Role::kOrdinal:
        ReadOrdinal(cell, text, &task, out);
        break;
      case Role::kLead:
      case Role::kCoordinate:
        if (IsDitto(text))
          Repeat(role, cell, out);
        else
          AddRoles(text, EvidenceFor(cell), role, out);
        break;
      case Role::kDeadline:
        if (IsDitto(text))
          Repeat(role, cell, out);
        else
          SetDeadline(text, EvidenceFor(cell), default_year_, columns_.deadline_unit, rules_, out);
        break;
      case Role::kProduct:
        if (IsDitto(text)) {
          Repeat(role, cell, out);
        } else {
          task.product = text;
          Note("product", cell, out);
        }
        break;
      case Role::kNote:
        task.note = task.note ? *task.note + "\n" + text : text;
        Note("note", cell, out);
        break;
      default:
        break;
    }
    (void)row;
  }

  Evidence EvidenceFor(const Cell& cell) const {
    Evidence evidence = EvidenceOf(cell, columns_.certainty);
    if (cell.places.empty() && !table_.pages.empty()) evidence.page = table_.pages.front();
    return evidence;
  }

  // Organisations of a column's cell; the cell may say itself who leads and who helps: "Chủ trì: A; phối hợp:
  // B", "A chủ trì, phối hợp với B".
  void AddRoles(const std::string& text, const Evidence& evidence, Role column, TracedTask* out) const {
    const Folded folded(text);
    std::vector<Labelled> parts = FindLabelled(folded, rules_.prose.labels, evidence.source == Source::kOcr);
    std::erase_if(parts, [](const Labelled& part) {
      return part.role != Role::kLead && part.role != Role::kCoordinate;
    });
    if (parts.empty()) parts = ChairAndPartners(folded);
    if (parts.empty()) return AddOrganisations(text, evidence, column, rules_, out);
    Evidence within = evidence;
    within.confidence *= kInCell;
    AddOrganisations(text.substr(0, folded.offset[parts.front().label_begin]), within, column, rules_, out);
    for (const Labelled& part : parts)
      AddOrganisations(folded.Slice(part.begin, part.end), within, part.role, rules_, out);
  }

  std::vector<Labelled> ChairAndPartners(const Folded& text) const {
    if (!BeginsWithOrganisation(text.text, rules_.organisations)) return {};
    for (std::size_t i = 1; i < text.key.size(); ++i) {
      if (IsLetterOrDigit(text.key[i - 1])) continue;
      const KeywordMatch chairs = MatchAnyAt(text.key, i, rules_.prose.chairs, false);
      if (!chairs) continue;
      const std::size_t next = text.key.find_first_not_of(" ,;", chairs.end);
      const KeywordMatch with =
          next < text.key.size() ? MatchAnyAt(text.key, next, rules_.prose.with, false) : KeywordMatch{};
      if (!with) return {};
      return {{Role::kLead, 0, 0, i, 1}, {Role::kCoordinate, next, with.end, text.key.size(), 1}};
    }
    return {};
  }

  // Goal, mission and group go on to the rows below that leave them empty.
  void ReadCarried(int column, const Cell& cell, const std::string& text, TracedTask* out) {
    const Cell* value = &cell;
    if (text.empty()) {
      const auto found = carried_.find(column);
      if (found == carried_.end()) return;
      value = found->second;
    } else {
      carried_[column] = value;
    }
    const std::string shown = Text(value);
    if (shown == out->task.content) return;
    switch (RoleAt(column)) {
      case Role::kGoal:
        out->task.goal = shown;
        Note("goal", *value, out);
        break;
      case Role::kMission:
        out->task.mission = shown;
        Note("mission", *value, out);
        break;
      default:
        out->task.group.push_back(CollapseSpace(shown));
        Note("group", *value, out);
        break;
    }
  }

  // The first numbering column that says something; "1." is 1, "2. 2" is 2.
  void ReadOrdinal(const Cell& cell, const std::string& text, Task* task, TracedTask* out) const {
    const auto mended = mended_.find(&cell);
    if (task->ordinal || (mended == mended_.end() && !IsOrdinalText(text))) return;
    const std::string ordinal =
        mended != mended_.end() ? mended->second : BareLabel(text.substr(0, text.find_first_of(" \n")));
    if (ordinal.empty() || ordinal == "-" || ordinal == "+" || ordinal == "*") return;
    task->ordinal = ordinal;
    Note("ordinal", cell, out);
    if (mended == mended_.end()) return;
    out->evidence["ordinal"].confidence *= kMended;
    out->findings.push_back({Severity::kInfo, "task.ordinal.mended",
                             "số thứ tự đọc là “" + text + "”, lấy " + ordinal + " theo thứ tự của bảng",
                             task->page});
  }

  // "nt": what the row above says.
  void Repeat(Role role, const Cell& cell, TracedTask* out) const {
    if (tasks_.empty()) return;
    const Task& above = tasks_.back().task;
    Evidence evidence = EvidenceFor(cell);
    evidence.confidence *= kDitto;
    if (role == Role::kLead) {
      out->task.lead = above.lead;
      out->task.lead_normalised = above.lead_normalised;
      out->evidence["lead"] = evidence;
    } else if (role == Role::kCoordinate) {
      out->task.coordinate = above.coordinate;
      out->task.coordinate_normalised = above.coordinate_normalised;
      out->evidence["coordinate"] = evidence;
    } else if (role == Role::kDeadline) {
      out->task.deadline = above.deadline;
      out->evidence["deadline"] = evidence;
    } else {
      out->task.product = above.product;
      out->evidence["product"] = evidence;
    }
  }

  // "Bắt đầu" and "Kết thúc" in columns of their own.
  void ReadSpan(int row, TracedTask* out) const {
    const std::vector<int> starts = ColumnsOf(columns_, Role::kStart);
    const std::vector<int> ends = ColumnsOf(columns_, Role::kEnd);
    if (starts.empty() || ends.empty() || out->task.deadline) return;
    const Cell* start = At(row, starts.front());
    const Cell* end = At(row, ends.front());
    const std::string from = Text(start);
    const std::string to = Text(end);
    if (from.empty() && to.empty()) return;
    const DeadlineReading first = ParseDeadline(from, default_year_, rules_.deadlines);
    const DeadlineReading last = ParseDeadline(to, default_year_, rules_.deadlines);
    Deadline deadline;
    deadline.text = from.empty() ? to : to.empty() ? from : from + " - " + to;
    deadline.kind = DeadlineKind::kBetween;
    deadline.start = first.deadline.start ? first.deadline.start : first.deadline.end;
    deadline.end = last.deadline.end;
    Evidence evidence = EvidenceFor(from.empty() ? *end : *start);
    evidence.confidence *= std::min(from.empty() ? 1.0 : first.certainty, to.empty() ? 1.0 : last.certainty);
    if (!deadline.start && !deadline.end) deadline.kind = first.deadline.kind;
    out->task.deadline = deadline;
    out->evidence["deadline"] = evidence;
  }

  // Crosses under quarters, months or years.
  void ReadMarks(int row, TracedTask* out) const {
    if (columns_.marks.empty() || out->task.deadline) return;
    std::string text;
    const Cell* first = nullptr;
    for (const auto& [column, heading] : columns_.marks) {
      const Cell* cell = At(row, column);
      if (cell == nullptr || Text(cell).empty()) continue;
      if (first == nullptr) first = cell;
      text += (text.empty() ? "" : ", ") + heading;
    }
    if (first != nullptr) SetDeadline(text, EvidenceFor(*first), default_year_, "", rules_, out);
  }

  // A row without content: what it says belongs to the row above.
  void GoOn(int row) {
    if (tasks_.empty() || !row_went_on_) return;
    TracedTask& above = tasks_.back();
    for (const Cell* cell : Own(row)) {
      const Role role = RoleAt(cell->col);
      const std::string text = Text(cell);
      Evidence evidence = EvidenceFor(*cell);
      evidence.confidence *= kWentOn;
      if (role == Role::kLead || role == Role::kCoordinate) {
        AddOrganisations(text, evidence, role, rules_, &above);
      } else if (role == Role::kDeadline) {
        const std::string whole = above.task.deadline ? above.task.deadline->text + "\n" + text : text;
        SetDeadline(whole, evidence, default_year_, columns_.deadline_unit, rules_, &above);
      } else if (role == Role::kProduct) {
        above.task.product = above.task.product ? *above.task.product + "\n" + text : text;
        above.evidence["product"] = evidence;
      } else if (role == Role::kNote) {
        above.task.note = above.task.note ? *above.task.note + "\n" + text : text;
        above.evidence["note"] = evidence;
      } else {
        continue;
      }
    }
    above.findings.push_back({Severity::kInfo, "task.row.joined",
                              "dòng không có nội dung riêng được ghép vào nhiệm vụ ở dòng trên",
                              above.task.page});
  }

  const Table& table_;
  TableGrid grid_;
  int index_;
  const TaskColumns& columns_;
  std::string caption_;
  std::optional<DefaultYear> default_year_;
  const TaskRules& rules_;
  int content_ = -1;
  std::vector<Group> groups_;
  std::map<const Cell*, std::string> mended_;  // numbers the recogniser got wrong
  std::map<int, const Cell*> carried_;         // goal, mission, group above, by column
  bool row_went_on_ = false;                   // the last row read was a task
  std::vector<TracedTask> tasks_;
};

}  // namespace

void SetDeadline(const std::string& text, const Evidence& evidence,
                 const std::optional<DefaultYear>& default_year, const std::string& unit,
                 const TaskRules& rules, TracedTask* out) {
  // "6" under "Tháng"
  const bool bare = !unit.empty() && IsOrdinalText(text) && text.size() < 6;
  DeadlineReading reading = ParseDeadline(bare ? unit + " " + text : text, default_year, rules.deadlines);
  reading.deadline.text = text;
  Evidence found = evidence;
  found.confidence *= reading.certainty;
  if (reading.impossible)
    out->findings.push_back({Severity::kWarning, "task.deadline.impossible",
                             "thời hạn “" + text + "” có ngày không tồn tại", evidence.page});
  else if (reading.deadline.kind == DeadlineKind::kUnknown)
    out->findings.push_back(
        {Severity::kInfo, "task.deadline.unknown", "không hiểu thời hạn “" + text + "”", evidence.page});
  out->task.deadline = std::move(reading.deadline);
  out->evidence["deadline"] = found;
}

void AddOrganisations(const std::string& text, const Evidence& evidence, Role role, const TaskRules& rules,
                      TracedTask* out) {
  const OrganisationsReading reading = SplitOrganisations(text, rules.organisations);
  const bool lead = role == Role::kLead;
  std::vector<std::string>& names = lead ? out->task.lead : out->task.coordinate;
  std::vector<Text>& normalised = lead ? out->task.lead_normalised : out->task.coordinate_normalised;
  for (const std::string& name : reading.names) {
    names.push_back(name);
    normalised.push_back(NormaliseOrganisation(name, rules.organisations));
  }
  if (reading.names.empty()) return;
  Evidence found = evidence;
  found.confidence *= reading.certainty;
  out->evidence.emplace(lead ? "lead" : "coordinate", found);
}

std::vector<TracedTask> TasksOfTable(const Table& table, int table_index, const TaskColumns& columns,
                                     const std::string& caption,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules) {
  return TableReader(table, table_index, columns, caption, default_year, rules).Run();
}

}  // namespace vanthu::extract
