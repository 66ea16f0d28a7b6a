#include "pipeline/extract/task_prose.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "pipeline/base/unicode.h"
#include "pipeline/extract/labelled.h"
#include "pipeline/extract/row_label.h"
#include "pipeline/extract/task_items.h"
#include "pipeline/extract/traced.h"

namespace vanthu::extract {
namespace {

// Guesses.
constexpr double kInline = 0.97;        // "(Chủ trì: …; thời gian: …)"
constexpr double kSentence = 0.85;      // who and when out of a running sentence: doubtful by nature
constexpr std::size_t kMostLead = 200;  // bytes between the sentence's begin and its verb

bool IsLetter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool Recognised(const Paragraph& paragraph) {
  for (const Line& line : paragraph.lines)
    for (const Word& word : line.words)
      if (word.source == Source::kOcr) return true;
  return false;
}

// The text of a line with its fields; `head` ends where the first label begins.
struct ReadLine {
  Traced traced;
  std::vector<Labelled> fields;
  std::size_t head = 0;
};

void FindFields(ReadLine* line, const ProseRules& rules, bool recognised) {
  const std::string& key = line->traced.key();
  line->fields = FindLabelled(line->traced.folded(), rules.labels, recognised);
  line->head = line->fields.empty() ? key.size() : line->fields.front().label_begin;
  // a bracket that opens before the first label ends the last value
  if (line->fields.empty()) return;
  std::size_t before = line->head;
  while (before > 0 && key[before - 1] == ' ') --before;
  if (before > 0 && (key[before - 1] == '(' || key[before - 1] == '[')) {
    line->head = before - 1;
    Labelled& last = line->fields.back();
    int depth = 0;
    for (std::size_t i = last.begin; i < last.end; ++i) {
      if (key[i] == '(' || key[i] == '[') ++depth;
      if ((key[i] == ')' || key[i] == ']') && depth-- == 0) last.end = i;
    }
  }
}

// The value as written; between labels of one line its closing sign belongs to the line.
std::string ValueOf(const ReadLine& line, const Labelled& field) {
  std::string out = line.traced.Slice(field.begin, field.end);
  const bool last = field.end >= line.traced.key().size();
  while (!last && !out.empty() &&
         (out.back() == ';' || out.back() == ',' || out.back() == ' ' || out.back() == '-'))
    out.pop_back();
  return out;
}

bool IsListMarkOnly(const std::string& text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return IsLetter(c) || static_cast<unsigned char>(c) >= 0xC0; });
}

// Text before the first label, without what leads over to it.
std::string HeadOf(const ReadLine& line) {
  std::string out = line.traced.Slice(0, line.head);
  while (!out.empty() && (out.back() == ' ' || out.back() == '(' || out.back() == '-')) out.pop_back();
  return IsListMarkOnly(out) ? std::string() : out;
}

class LabelledReader {
 public:
  LabelledReader(const std::optional<DefaultYear>& default_year, const TaskRules& rules, const Mapper& mapper)
      : default_year_(default_year), rules_(rules), mapper_(mapper) {}

  std::vector<ProseTask> Run(const TextItem& root) {
    for (const auto& child : root.children) Visit(*child);
    return std::move(tasks_);
  }

 private:
  // A task being put together from the lines of an item.
  struct Draft {
    TracedTask traced;
    std::vector<std::string> content;
    std::set<Role> roles;
    const Paragraph* first = nullptr;
    Role open = Role::kUnknown;  // a label without a value on its line: the lines below give it
  };

  void Visit(const TextItem& item) {
    const std::size_t before = tasks_.size();
    for (const auto& child : item.children) Visit(*child);
    const bool children_have_tasks = tasks_.size() > before;
    std::vector<ProseTask> own = Read(item, children_have_tasks);
    tasks_.insert(tasks_.begin() + static_cast<std::ptrdiff_t>(before), std::make_move_iterator(own.begin()),
                  std::make_move_iterator(own.end()));
  }

  // The drafts of an item, in order. Each begins with content; labels follow.
  struct Drafts {
    std::vector<Draft> own;
    std::vector<Draft> bullets;  // bullets that say who and when themselves
  };

  std::vector<ProseTask> Read(const TextItem& item, bool children_have_tasks) {
    Drafts drafts;
    drafts.own.emplace_back();
    drafts.own.back().first = item.paragraph;
    Take(item, {item.title, item.paragraph}, true, &drafts);
    for (const ItemLine& line : item.lines) Take(item, line, false, &drafts);
    if (!children_have_tasks) TakeChildren(item, &drafts);
    std::vector<ProseTask> out;
    for (Draft& draft : drafts.own) {
      if (IsTask(draft.roles))
        Finish(item, &draft, &out, false);
      else if (!out.empty() && draft.roles.empty())  // lines after the labels, and no further label
        for (const std::string& line : draft.content) out.back().traced.task.content += "\n" + line;
    }
    for (Draft& draft : drafts.bullets) Finish(item, &draft, &out, true);
    return out;
  }

  // Sub-items without tasks of their own are lines of this one.
  void TakeChildren(const TextItem& item, Drafts* drafts) {
    for (const auto& child : item.children) {
      Take(item, {child->whole, child->paragraph}, false, drafts);
      for (const ItemLine& line : child->lines) Take(item, line, false, drafts);
      TakeChildren(*child, drafts);
    }
  }

  void Take(const TextItem& item, const ItemLine& source, bool title, Drafts* drafts) {
    ReadLine line;
    line.traced = Traced(*source.paragraph);
    FindFields(&line, rules_.prose, Recognised(*source.paragraph));
    std::string head = HeadOf(line);
    if (title && head.compare(0, item.label.size(), item.label) == 0)
      head = std::string(Trim(std::string_view(head).substr(item.label.size())));
    Draft& draft = drafts->own.back();
    if (line.fields.empty()) {
      if (draft.open != Role::kUnknown && LabelIn(source.text) != "-") {
        Set(draft.open, source.text, EvidenceOf(*source.paragraph, mapper_, 1), &draft, true);
        return;
      }
      draft.open = Role::kUnknown;
      AddContent(title ? head : source.text, *source.paragraph, drafts);
      return;
    }
    if (!title && !head.empty() && IsTask(RolesOf(line))) {
      Draft bullet;
      bullet.first = source.paragraph;
      bullet.content.push_back(head.substr(ListMarkLength(head)));
      SetFields(line, &bullet, kInline);
      drafts->bullets.push_back(std::move(bullet));
      return;
    }
    if (!head.empty()) AddContent(head, *source.paragraph, drafts);
    SetFields(line, &drafts->own.back(), head.empty() ? 1 : kInline);
  }

  static std::set<Role> RolesOf(const ReadLine& line) {
    std::set<Role> out;
    for (const Labelled& field : line.fields) out.insert(field.role);
    return out;
  }

  // Something with a lead and one more thing said of it, or a date and a product.
  static bool IsTask(const std::set<Role>& roles) {
    const bool lead = roles.count(Role::kLead) > 0;
    const bool deadline = roles.count(Role::kDeadline) > 0;
    const bool product = roles.count(Role::kProduct) > 0;
    return lead ? deadline || product || roles.count(Role::kCoordinate) > 0 : deadline && product;
  }

  // New content after labels: what went before is a task, and another may begin.
  static void AddContent(const std::string& text, const Paragraph& paragraph, Drafts* drafts) {
    if (text.empty()) return;
    if (IsTask(drafts->own.back().roles)) {
      if (text.front() == '(') return;  // "(Kèm theo Phụ lục …)"
      drafts->own.emplace_back();
      drafts->own.back().first = &paragraph;
    }
    drafts->own.back().content.push_back(text);
  }

  void SetFields(const ReadLine& line, Draft* draft, double certainty) {
    for (const Labelled& field : line.fields) {
      const std::string value = ValueOf(line, field);
      const std::optional<Evidence> evidence = line.traced.EvidenceOf(
          value.empty() ? field.label_begin : field.begin, field.end, mapper_, certainty * field.certainty);
      draft->open = value.empty() ? field.role : Role::kUnknown;
      if (!value.empty()) Set(field.role, value, evidence.value_or(Evidence{}), draft, false);
    }
  }

  void Set(Role role, const std::string& value, const Evidence& evidence, Draft* draft, bool more) {
    Task& task = draft->traced.task;
    const auto join = [&](const Text& before) { return more && before ? *before + "\n" + value : value; };
    switch (role) {
      case Role::kLead:
      case Role::kCoordinate:
        AddOrganisations(value, evidence, role, rules_, &draft->traced);
        break;
      case Role::kDeadline:
        SetDeadline(value, evidence, default_year_, "", rules_, &draft->traced);
        break;
      case Role::kProduct:
        task.product = join(task.product);
        draft->traced.evidence["product"] = evidence;
        break;
      case Role::kNote:
        task.note = join(task.note);
        draft->traced.evidence["note"] = evidence;
        break;
      default:
        break;
    }
    draft->roles.insert(role);
  }

  void Finish(const TextItem& item, Draft* draft, std::vector<ProseTask>* out, bool bullet) {
    if (draft->content.empty() || draft->first == nullptr) return;
    ProseTask prose;
    prose.flow_index = item.flow_index;
    prose.traced = std::move(draft->traced);
    Task& task = prose.traced.task;
    for (const std::string& line : draft->content) task.content += (task.content.empty() ? "" : "\n") + line;
    if (!bullet && !item.label.empty()) {
      task.ordinal = BareLabel(item.label);
      prose.traced.evidence["ordinal"] = EvidenceOf(*item.paragraph, mapper_, 1);
    }
    std::vector<std::string> group;
    for (const TextItem* up = bullet ? &item : item.parent; up != nullptr && up->parent != nullptr;
         up = up->parent)
      group.insert(group.begin(), up->whole);
    task.group = std::move(group);
    prose.traced.evidence["content"] = EvidenceOf(*draft->first, mapper_, 1);
    task.page = prose.traced.evidence["content"].page;
    out->push_back(std::move(prose));
  }

  const std::optional<DefaultYear>& default_year_;
  const TaskRules& rules_;
  const Mapper& mapper_;
  std::vector<ProseTask> tasks_;
};

// ---- sentences

std::size_t FindAnyAt(const std::string& key, std::size_t i, const std::vector<std::string>& words) {
  if (i > 0 && IsLetter(key[i - 1])) return 0;
  for (const std::string& word : words)
    if (const KeywordMatch match = MatchKeywordAt(key, i, word, false)) return match.end;
  return 0;
}

class SentenceReader {
 public:
  SentenceReader(const std::optional<DefaultYear>& default_year, const TaskRules& rules, const Mapper& mapper)
      : default_year_(default_year), rules_(rules), mapper_(mapper) {}

  std::vector<ProseTask> Run(const TextItem& root) {
    for (const ItemLine& line : root.lines) TryLine(root, line, nullptr);
    for (const auto& child : root.children) Visit(*child);
    return std::move(tasks_);
  }

 private:
  struct Giver {
    std::string lead, coordinate;
    Evidence lead_evidence, coordinate_evidence;
  };

  void Visit(const TextItem& item) {
    const std::optional<Giver> giver = ReadGiver(*item.paragraph, item.label.size());
    TryLine(item, {item.title, item.paragraph}, giver ? &*giver : nullptr);
    // "Sở X có trách nhiệm:" and bullets
    const bool heads = giver && !item.title.empty() && item.title.back() == ':';
    for (const ItemLine& line : item.lines) TryLine(item, line, heads ? &*giver : nullptr);
    for (const auto& child : item.children) Visit(*child);
  }

  // Who is to act: an organisation at the sentence's begin, before "chủ trì" or a verb.
  std::optional<Giver> ReadGiver(const Paragraph& paragraph, std::size_t label_bytes) const {
    const Traced traced(paragraph);
    const std::string& key = traced.key();
    std::size_t at = label_bytes > 0 ? std::min(label_bytes, key.size()) : ListMarkLength(traced.text());
    at = std::min(at, key.size());
    while (at < key.size() && key[at] == ' ') ++at;
    if (at >= key.size()) return std::nullopt;
    if (const std::size_t end = FindAnyAt(key, at, rules_.prose.giving); end > 0) at = end;
    while (at < key.size() && key[at] == ' ') ++at;
    std::size_t verb = at;
    std::size_t chairs = 0;
    for (; verb < key.size() && verb - at < kMostLead; ++verb) {
      if (key[verb] == '.' || key[verb] == ';') return std::nullopt;
      verb = PastName(key, verb);
      chairs = FindAnyAt(key, verb, rules_.prose.chairs);
      if (chairs > 0 || key[verb] == ':' || IsVerb(traced.folded(), verb)) break;
    }
    if (verb >= key.size() || verb - at >= kMostLead || verb == at) return std::nullopt;
    const std::string lead = traced.Slice(at, verb);
    if (!BeginsWithOrganisation(lead, rules_.organisations)) return std::nullopt;
    Giver out;
    out.lead = lead;
    out.lead_evidence = traced.EvidenceOf(at, verb, mapper_, kSentence).value_or(Evidence{});
    if (chairs > 0) ReadPartners(traced, chairs, &out);
    return out;
  }

  // Names of bodies hold words that are verbs elsewhere: with a capital ("Văn phòng Đăng ký đất đai"), or in
  // a phrase of their own ("Ban Quản lý dự án đầu tư xây dựng").
  bool IsVerb(const Folded& text, std::size_t i) const {
    return text.shape[i] != 'U' && FindAnyAt(text.key, i, rules_.prose.verbs) > 0;
  }

  // Past the phrases of names that stand at i; the last character at most.
  std::size_t PastName(const std::string& key, std::size_t i) const {
    const std::size_t end = FindAnyAt(key, i, rules_.prose.in_names);
    return end > 0 ? std::min(end, key.size() - 1) : i;
  }

  // ", phối hợp với Y và các đơn vị liên quan xây dựng …"
  void ReadPartners(const Traced& traced, std::size_t at, Giver* out) const {
    const std::string& key = traced.key();
    while (at < key.size() && (key[at] == ' ' || key[at] == ',')) ++at;
    const std::size_t begin = at < key.size() ? FindAnyAt(key, at, rules_.prose.with) : 0;
    if (begin == 0) return;
    std::size_t end = begin;
    for (; end < key.size(); ++end) {
      end = PastName(key, end);
      if (key[end] == ':' || key[end] == ';' || key[end] == '.' || IsVerb(traced.folded(), end)) break;
    }
    out->coordinate = traced.Slice(begin, end);
    out->coordinate_evidence = traced.EvidenceOf(begin, end, mapper_, kSentence).value_or(Evidence{});
  }

  void TryLine(const TextItem& item, const ItemLine& line, const Giver* above) {
    if (line.paragraph == nullptr) return;
    const bool title = line.paragraph == item.paragraph;
    std::optional<Giver> own = title ? std::nullopt : ReadGiver(*line.paragraph, 0);
    const Giver* giver = own ? &*own : above;
    if (giver == nullptr) return;
    const Traced traced(*line.paragraph);
    const std::string& key = traced.key();
    std::optional<std::pair<std::size_t, std::size_t>> when;
    for (std::size_t i = 0; i < key.size(); ++i) {
      if (!IsLetter(key[i]) || FindAnyAt(key, i, rules_.prose.by) == 0) continue;
      const std::size_t end = ClauseEnd(key, i);
      if (IsDate(traced.Slice(i, end))) when = {i, end};
      i = std::max(i, end > 0 ? end - 1 : i);
    }
    if (!when) return;
    Add(item, line, *giver, traced, *when, title);
  }

  static std::size_t ClauseEnd(const std::string& key, std::size_t i) {
    for (; i < key.size(); ++i) {
      const bool number = i > 0 && i + 1 < key.size() &&
                          std::isdigit(static_cast<unsigned char>(key[i - 1])) != 0 &&
                          std::isdigit(static_cast<unsigned char>(key[i + 1])) != 0;
      if ((key[i] == ';' || key[i] == '(' || key[i] == ')' || key[i] == ',') && !number) return i;
      if (key[i] == '.' && !number) return i;
      if (key.compare(i, 4, " de ") == 0) return i;
    }
    return i;
  }

  // Only what says a day, a month, a quarter or how often.
  bool IsDate(const std::string& text) const {
    const Deadline deadline = ParseDeadline(text, default_year_, rules_.deadlines).deadline;
    switch (deadline.kind) {
      case DeadlineKind::kBy:
      case DeadlineKind::kOn:
      case DeadlineKind::kBetween:
      case DeadlineKind::kQuarter:
        return deadline.end.has_value();
      case DeadlineKind::kPeriodic:
        return deadline.recurrence.has_value();
      default:
        return false;
    }
  }

  // After the last item of a list, a paragraph without a sign of its own, below a sentence that has ended,
  // speaks of them all: "Nhận được Công văn này, yêu cầu các đơn vị …".
  static bool ClosesSection(const TextItem& item, const std::string& before, const ItemLine& line) {
    const bool last = item.parent != nullptr && item.parent->children.back().get() == &item &&
                      item.parent->children.size() > 1;
    return last && before.back() == '.' && ListMarkLength(line.text) == 0;
  }

  void Add(const TextItem& item, const ItemLine& line, const Giver& giver, const Traced& traced,
           std::pair<std::size_t, std::size_t> when, bool title) {
    ProseTask prose;
    prose.flow_index = item.flow_index;
    TracedTask& out = prose.traced;
    out.task.content = title ? item.title : line.text.substr(ListMarkLength(line.text));
    if (title && !item.label.empty()) {
      out.task.ordinal = BareLabel(item.label);
      out.evidence["ordinal"] = EvidenceOf(*line.paragraph, mapper_, 1);
      for (const ItemLine& below : item.lines) {
        if (ClosesSection(item, out.task.content, below)) break;
        out.task.content += "\n" + below.text;
      }
    }
    AddOrganisations(giver.lead, giver.lead_evidence, Role::kLead, rules_, &out);
    if (!giver.coordinate.empty())
      AddOrganisations(giver.coordinate, giver.coordinate_evidence, Role::kCoordinate, rules_, &out);
    SetDeadline(traced.Slice(when.first, when.second),
                traced.EvidenceOf(when.first, when.second, mapper_, kSentence).value_or(Evidence{}),
                default_year_, "", rules_, &out);
    out.evidence["content"] = EvidenceOf(*line.paragraph, mapper_, kSentence);
    out.task.page = out.evidence["content"].page;
    for (const TextItem* up = title ? item.parent : &item; up != nullptr && up->parent != nullptr;
         up = up->parent)
      out.task.group.insert(out.task.group.begin(), up->whole);
    tasks_.push_back(std::move(prose));
  }

  const std::optional<DefaultYear>& default_year_;
  const TaskRules& rules_;
  const Mapper& mapper_;
  std::vector<ProseTask> tasks_;
};

}  // namespace

std::vector<ProseTask> LabelledTasks(const DocumentLayout& document,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules,
                                     const Mapper& mapper) {
  return LabelledReader(default_year, rules, mapper).Run(*ReadItems(document));
}

std::vector<ProseTask> SentenceTasks(const DocumentLayout& document,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules,
                                     const Mapper& mapper) {
  return SentenceReader(default_year, rules, mapper).Run(*ReadItems(document));
}

}  // namespace vanthu::extract
