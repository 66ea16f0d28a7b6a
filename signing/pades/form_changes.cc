// The interactive form: what may be filled in, and what may be added.
//
// Decided, as Adobe and pyHanko do by default, for a document that is not certified and for P 2 and 3:
// - A field's value may change, and with it - only with it - the appearance of its widgets: a changed
//   appearance over an unchanged value shows what nobody entered (shadow attack "replace"). Size, place, font
//   and actions of a field stay. A field that readers cannot fill in (read-only, and not computed) stays.
// - A button's appearances stay; its state follows its value.
// - No new fields other than signatures; none is taken away.
// - What hold locks (FieldMDP, Lock) name, and anything at P 1, stays.
// - The form's own entries: default resources may grow, flags of signatures may be set; default appearances
//   and NeedAppearances, which make viewers draw anew, may change only where nothing but signatures would be
//   drawn.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "signing/pades/change_review.h"

namespace vanthu::signing {
namespace {

constexpr std::int64_t kReadOnly = 1;         // Ff, bit 1
constexpr std::int64_t kSignaturesExist = 3;  // SigFlags, bits 1 and 2

// `first` in `second`, in the same order.
bool IsSubsequence(const std::vector<int>& first, const std::vector<int>& second) {
  auto at = second.begin();
  for (const int item : first) {
    at = std::find(at, second.end(), item);
    if (at == second.end()) return false;
    ++at;
  }
  return true;
}

class FormRule {
 public:
  explicit FormRule(ChangeReview& review)
      : review_(review), first_(review.form_before), second_(review.form_after) {}

  void Judge() {
    if (first_.dictionary.IsNull() && second_.dictionary.IsNull()) return;
    if (second_.dictionary.AsDictionary() == nullptr || second_.dictionary.AsStream() != nullptr) {
      review_.Suspect({"biểu mẫu đã bị bỏ", "the form was taken out"}, {});
      return;
    }
    if (second_.odd && !review_.pair.Same(first_.dictionary, second_.dictionary))
      review_.Suspect({"cây ô của biểu mẫu không theo chuẩn", "the form's tree of fields is out of order"},
                      {});
    JudgeEntries();
    if (!IsSubsequence(first_.root, second_.root))
      review_.Suspect({"ô của biểu mẫu bị bỏ hoặc đổi chỗ", "fields of the form were taken out or moved"},
                      {});
    for (const auto& [number, node] : first_.nodes) JudgeNode(node);
    for (const auto& [number, node] : second_.nodes)
      if (!first_.nodes.contains(number)) JudgeNew(node);
  }

 private:
  // Only signatures have appearances that the form's defaults could change.
  bool HasOtherFields() const {
    return std::any_of(first_.nodes.begin(), first_.nodes.end(),
                       [](const auto& entry) { return entry.second.type != "Sig"; });
  }

  void JudgeEntries() {
    const pdf::Object& form = second_.dictionary;
    for (const std::string& key : KeysOf(first_.dictionary, form)) {
      const pdf::Object& old_value = first_.dictionary[key];
      const pdf::Object& new_value = form[key];
      if (key == "Fields" || review_.pair.Same(old_value, new_value, key)) continue;
      if (key == "DR") {
        JudgeResources(old_value, new_value);
      } else if (key == "SigFlags") {
        JudgeFlags(old_value, new_value);
      } else if (key == "NeedAppearances") {
        const pdf::Object set = review_.pair.After(new_value);
        if (HasOtherFields() || (set.AsBool() != nullptr && *set.AsBool()))
          review_.Suspect({"hình của các ô biểu mẫu sẽ được vẽ lại (NeedAppearances)",
                           "the fields' appearances are to be drawn anew (NeedAppearances)"},
                          {});
      } else if (key == "DA" || key == "Q") {
        if (HasOtherFields() && !review_.pair.Before(old_value).IsNull()) SuspectEntry(key);
      } else {
        SuspectEntry(key);
      }
    }
  }

  void SuspectEntry(const std::string& key) {
    review_.Suspect({fmt::format("mục {} của biểu mẫu đã bị thay", Shown("/" + key)),
                     fmt::format("the form's entry {} was changed", Shown("/" + key))},
                    {});
  }

  // What was there must stay as it was; new names may be added.
  void JudgeResources(const pdf::Object& old_value, const pdf::Object& new_value) {
    const pdf::Object first = review_.pair.Before(old_value);
    const pdf::Object second = review_.pair.After(new_value);
    for (const std::string& category : KeysOf(first, second)) {
      const pdf::Object old_part = review_.pair.Before(first[category]);
      const pdf::Object new_part = review_.pair.After(second[category]);
      if (old_part.AsDictionary() == nullptr) {
        if (!old_part.IsNull()) JudgeResource(old_part, new_part, category);
        continue;
      }
      for (const auto& [name, value] : *old_part.AsDictionary())
        JudgeResource(value, new_part[name], category);
    }
  }

  void JudgeResource(const pdf::Object& old_value, const pdf::Object& new_value, std::string_view category) {
    review_.Require(old_value, new_value, category,
                    {"phông hoặc hình có sẵn của biểu mẫu đã bị thay",
                     "a font or picture that the form's fields use was changed"},
                    {});
  }

  void JudgeFlags(const pdf::Object& old_value, const pdf::Object& new_value) {
    const auto first = static_cast<std::int64_t>(review_.pair.Before(old_value).Number());
    const pdf::Object resolved = review_.pair.After(new_value);
    const std::int64_t* second = resolved.AsInteger();
    if (second == nullptr || (first & ~*second) != 0 || (*second & ~(first | kSignaturesExist)) != 0)
      SuspectEntry("SigFlags");
  }

  // --- a field or widget that was there

  struct Subject {
    const FormNode& node;
    const FormNode& now;
    pdf::Object first;
    pdf::Object second;
    bool value_changed = false;
    bool newly_signed = false;
    bool frozen = false;  // locked, or P 1
    std::string name;
  };

  void JudgeNode(const FormNode& node) {
    const auto now = second_.nodes.find(node.ref.number);
    const std::string name = Shown(node.name);
    if (now == second_.nodes.end() || now->second.parent != node.parent) {
      review_.Suspect(
          {fmt::format("ô biểu mẫu {} đã bị bỏ", name), fmt::format("the form field {} was taken out", name)},
          node.ref);
      return;
    }
    Subject subject{node,
                    now->second,
                    review_.file.At(node.ref, review_.before),
                    review_.file.At(node.ref, review_.after),
                    false,
                    false,
                    review_.NoChanges() || review_.Locked(node.name),
                    name};
    subject.value_changed = ValueChanged(node.owner);
    if (subject.value_changed && node.type == "Sig") {
      if (!review_.pair.Before(node.value).IsNull()) {
        review_.Suspect({fmt::format("chữ ký {} đã bị thay", name),
                         fmt::format("signature {} was replaced or removed", name)},
                        node.ref);
        return;
      }
      subject.newly_signed = true;
      JudgeSigning(subject);
    } else if (subject.value_changed && node.owner == node.ref.number) {
      JudgeFilling(subject);
    }
    for (const std::string& key : KeysOf(subject.first, subject.second)) JudgeKey(subject, key);
  }

  // The field's, also for the widgets below it: what stands in a widget is nobody's value.
  bool ValueChanged(int owner) const {
    const auto now = second_.nodes.find(owner);
    return now != second_.nodes.end() &&
           !review_.pair.Same(first_.nodes.at(owner).value, now->second.value, "V");
  }

  void JudgeSigning(const Subject& subject) {
    // Its widgets are judged as those of new ones; the one in the same dictionary, or those below.
    if (subject.node.owner != subject.node.ref.number) return;
    if (subject.frozen && review_.Locked(subject.node.name))
      review_.Suspect({fmt::format("ô chữ ký bị khóa {} đã được ký", subject.name),
                       fmt::format("the locked signature field {} was signed", subject.name)},
                      subject.node.ref);
    JudgeNewSignature(review_, subject.now);
  }

  void JudgeFilling(const Subject& subject) {
    const pdf::Object value = review_.pair.After(subject.now.value);
    const std::string& type = subject.node.type;
    const bool fits = value.IsNull() || (type == "Btn" && value.AsName() != nullptr) ||
                      (type == "Tx" && (value.AsString() != nullptr || value.AsStream() != nullptr)) ||
                      (type == "Ch" && (value.AsString() != nullptr || value.AsArray() != nullptr));
    const std::string& name = subject.name;
    if (subject.frozen)
      review_.Suspect({fmt::format("ô biểu mẫu bị khóa {} đã bị điền lại", name),
                       fmt::format("the locked form field {} was filled in", name)},
                      subject.node.ref);
    else if ((subject.node.flags & kReadOnly) != 0 && !IsComputed(subject.node.ref.number))
      review_.Suspect({fmt::format("ô biểu mẫu chỉ đọc {} đã bị thay", name),
                       fmt::format("the read-only form field {} was changed", name)},
                      subject.node.ref);
    else if (!fits)
      review_.Suspect({fmt::format("giá trị mới của ô biểu mẫu {} sai kiểu", name),
                       fmt::format("the new value of form field {} is of the wrong kind", name)},
                      subject.node.ref);
    else
      review_.Allow(
          {fmt::format("điền ô biểu mẫu {}", name), fmt::format("the form field {} was filled in", name)},
          subject.node.ref);
  }

  // In the form's calculation order.
  bool IsComputed(int number) {
    if (!computed_) {
      computed_.emplace();
      const pdf::Object order = review_.Before(first_.dictionary, "CO");
      if (order.AsArray() != nullptr)
        for (const pdf::Object& item : *order.AsArray())
          if (item.AsRef() != nullptr) computed_->insert(item.AsRef()->number);
    }
    return computed_->contains(number);
  }

  void JudgeKey(const Subject& subject, const std::string& key) {
    const pdf::Object& first = subject.first[key];
    const pdf::Object& second = subject.second[key];
    if (key == "Kids") {
      if (!IsSubsequence(subject.node.kids, subject.now.kids)) SuspectKey(subject, key);
      return;
    }
    if (review_.pair.Same(first, second, key)) return;
    if (!IsAllowed(subject, key)) SuspectKey(subject, key);
  }

  bool IsAllowed(const Subject& subject, const std::string& key) {
    const pdf::Object first = review_.pair.Before(subject.first[key]);
    const pdf::Object second = review_.pair.After(subject.second[key]);
    const bool was_absent = first.IsNull();
    const bool is_signature = subject.node.type == "Sig";
    if (key == "V" || key == "I" || key == "RV")
      return subject.value_changed && subject.node.owner == subject.node.ref.number &&
             (!is_signature || key == "V");
    if (key == "M") return second.AsString() != nullptr;
    if (key == "P") return was_absent && IsOwnPage(subject);
    if (key == "Ff") return OnlyAdds(first, second, HasLocks() ? kReadOnly : 0);
    if (subject.newly_signed) {
      // An empty place that is signed elsewhere is as a new one, and judged as such.
      if (key == "F" || key == "AP" || key == "DR" || key == "DA" || key == "MK" || key == "Rect" ||
          key == "TU")
        return true;
      return was_absent && (key == "Lock" || key == "SV" || key == "Type" || key == "NM");
    }
    if (is_signature || !subject.value_changed || subject.frozen) return false;
    if (key == "AS")
      return subject.node.type == "Btn" && second.AsName() != nullptr &&
             (second.IsName("Off") || !StateOf(subject, second.AsName()->text).IsNull());
    if (key == "AP") return subject.node.type != "Btn" && IsDrawing(second);
    return false;
  }

  // Acrobat makes the fields read-only that a signature locks.
  bool HasLocks() {
    if (!has_locks_) has_locks_ = !review_.locks.empty() || !FindLocks(review_.file, review_.after).empty();
    return *has_locks_;
  }

  static bool OnlyAdds(const pdf::Object& first, const pdf::Object& second, std::int64_t bits) {
    const auto before = static_cast<std::int64_t>(first.Number());
    return second.AsInteger() != nullptr && (before & ~*second.AsInteger()) == 0 &&
           (*second.AsInteger() & ~(before | bits)) == 0;
  }

  pdf::Object StateOf(const Subject& subject, const std::string& state) const {
    return review_.After(review_.After(review_.After(subject.second, "AP"), "N"), state);
  }

  bool IsOwnPage(const Subject& subject) const {
    const pdf::Ref* page = subject.second["P"].AsRef();
    const auto shown = review_.page_of.find(subject.node.ref.number);
    return page != nullptr && shown != review_.page_of.end() &&
           review_.pages_after[shown->second].ref == *page;
  }

  // One form XObject as the normal appearance and no other.
  bool IsDrawing(const pdf::Object& appearance) const {
    if (appearance.AsDictionary() == nullptr) return false;
    const pdf::Object normal = review_.After(appearance, "N");
    return appearance.AsDictionary()->size() == 1 && normal.AsStream() != nullptr &&
           review_.After(normal, "Subtype").IsName("Form");
  }

  void SuspectKey(const Subject& subject, const std::string& key) {
    if (key == "AP" || key == "AS")
      review_.Suspect({fmt::format("hình của ô {} đã bị thay mà giá trị không đổi", subject.name),
                       fmt::format("the appearance of field {} was changed without its value", subject.name)},
                      subject.node.ref);
    else
      review_.Suspect({fmt::format("mục {} của ô {} đã bị thay", Shown("/" + key), subject.name),
                       fmt::format("the entry {} of field {} was changed", Shown("/" + key), subject.name)},
                      subject.node.ref);
  }

  // --- a node that was not there

  void JudgeNew(const FormNode& node) {
    const auto parent = second_.nodes.find(node.parent);
    const bool has_old_parent = first_.nodes.contains(node.parent);
    const std::string name = Shown(node.name);
    if (node.owner != node.ref.number) {  // a widget: judged with its field where that is new
      if (has_old_parent)
        review_.Suspect({fmt::format("thêm hình mới cho ô có sẵn {}", name),
                         fmt::format("the field {} got one more place on a page", name)},
                        node.ref);
      return;
    }
    if (has_old_parent && first_.nodes.at(node.parent).type == "Sig" && parent != second_.nodes.end()) {
      review_.Suspect({fmt::format("thêm ô vào dưới chữ ký {}", name),
                       fmt::format("a field was put below the signature {}", name)},
                      node.ref);
      return;
    }
    if (names_.empty())
      for (const auto& [number, old] : first_.nodes) names_.insert(old.name);
    if (!node.name.empty() && names_.contains(node.name)) {
      review_.Suspect({fmt::format("ô mới trùng tên với ô có sẵn {}", name),
                       fmt::format("a new field has the name of the field {} that was there", name)},
                      node.ref);
    } else if (node.type == "Sig") {
      JudgeNewSignature(review_, node);
    } else if (node.is_widget || !node.type.empty() || !HasNewFields(node)) {
      review_.Suspect(
          {fmt::format("thêm ô biểu mẫu {}", name), fmt::format("the form field {} was added", name)},
          node.ref);
    }
  }

  // A name above new signatures, and nothing else.
  bool HasNewFields(const FormNode& node) const {
    return std::any_of(node.kids.begin(), node.kids.end(), [&](int kid) {
      const auto below = second_.nodes.find(kid);
      return below != second_.nodes.end() && below->second.owner == kid;
    });
  }

  ChangeReview& review_;
  const FormTree& first_;
  const FormTree& second_;
  std::set<std::string> names_;
  std::optional<std::set<int>> computed_;
  std::optional<bool> has_locks_;
};

}  // namespace

void JudgeForm(ChangeReview& review) {
  FormRule(review).Judge();
}

}  // namespace vanthu::signing
