// The structure tree of a tagged document: a new signature's widget needs an element there (PDF/UA: ISO
// 14289-1, 7.18.4), and nothing else may change: it is what a screen reader reads.
//
// Decided: elements stay with all entries; at the end of any element's kids there may come new elements of
// type Form that hold nothing but references to new signatures' widgets. The parent tree keeps every pair and
// may gain pairs for these elements.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "signing/pades/change_review.h"

namespace vanthu::signing {
namespace {

// ISO 32000-1, table 323, without ActualText, which replaces what is there.
constexpr std::array kElementKeys = {
    std::string_view("Type"), std::string_view("S"),   std::string_view("P"), std::string_view("Pg"),
    std::string_view("K"),    std::string_view("Alt"), std::string_view("T"), std::string_view("Lang"),
    std::string_view("ID"),   std::string_view("R")};
constexpr std::size_t kMostPairs = 2'000'000;
constexpr int kDeepest = 32;  // of a number tree

using ParentTree = std::map<std::int64_t, pdf::Object>;

class StructureRule {
 public:
  explicit StructureRule(ChangeReview& review) : review_(review) {}

  void Judge() {
    const pdf::Object first = review_.file.Catalog(review_.before);
    const pdf::Object second = review_.file.Catalog(review_.after);
    if (review_.elements.empty()) {  // none, or it stayed
      review_.Require(first["StructTreeRoot"], second["StructTreeRoot"], "StructTreeRoot", Changed(), {});
      return;
    }
    const pdf::Ref* root = first["StructTreeRoot"].AsRef();
    const pdf::Ref* now = second["StructTreeRoot"].AsRef();
    if (root == nullptr || now == nullptr || *root != *now) {
      review_.Suspect(Changed(), {});
      return;
    }
    root_ = root->number;
    for (const int element : review_.elements) JudgeElement({element, 0});
    JudgeParents(review_.file.At(*root, review_.before), review_.file.At(*root, review_.after));
  }

 private:
  static Message Changed() {
    return {"cấu trúc thẻ của tài liệu (cho trình đọc màn hình) đã bị thay",
            "the document's structure (what screen readers read) was changed"};
  }

  void JudgeElement(pdf::Ref ref) {
    const pdf::Object first = review_.file.At(ref, review_.before);
    const pdf::Object second = review_.file.At(ref, review_.after);
    const bool is_root = ref.number == root_;
    for (const std::string& key : KeysOf(first, second)) {
      if (key == "K")
        JudgeKids(first[key], second[key], ref);
      else if (!is_root || (key != "ParentTree" && key != "ParentTreeNextKey"))
        review_.Require(first[key], second[key], key, Changed(), ref);
    }
    if (second.AsStream() != nullptr) review_.Suspect(Changed(), ref);
  }

  static std::vector<pdf::Object> ListOf(const pdf::Object& kids) {
    if (const pdf::Array* array = kids.AsArray()) return *array;
    return kids.IsNull() ? std::vector<pdf::Object>{} : std::vector<pdf::Object>{kids};
  }

  // An array may be an object of its own; an element that is referred to is one kid.
  std::vector<pdf::Object> KidsOf(const pdf::Object& kids, std::size_t revision) const {
    const pdf::Object resolved = review_.file.Resolve(kids, revision);
    return resolved.AsArray() != nullptr ? ListOf(resolved) : ListOf(kids);
  }

  void JudgeKids(const pdf::Object& first, const pdf::Object& second, pdf::Ref holder) {
    const auto old_kids = KidsOf(first, review_.before);
    const auto new_kids = KidsOf(second, review_.after);
    bool same = old_kids.size() <= new_kids.size();
    for (std::size_t i = 0; same && i < old_kids.size(); ++i)
      same = review_.pair.Same(old_kids[i], new_kids[i], "Obj");
    for (std::size_t i = old_kids.size(); same && i < new_kids.size(); ++i)
      same = IsNewForm(new_kids[i], holder);
    if (!same) review_.Suspect(Changed(), holder);
  }

  bool IsNewForm(const pdf::Object& kid, pdf::Ref parent) {
    const pdf::Ref* ref = kid.AsRef();
    const pdf::Object element = review_.pair.After(kid);
    if (ref == nullptr || !review_.file.At(*ref, review_.before).IsNull() || !element["S"].IsName("Form") ||
        element.AsStream() != nullptr || element["P"].AsRef() == nullptr || *element["P"].AsRef() != parent)
      return false;
    for (const auto& [key, value] : *element.AsDictionary())
      if (std::find(kElementKeys.begin(), kElementKeys.end(), key) == kElementKeys.end()) return false;
    const auto kids = KidsOf(element["K"], review_.after);
    const bool fits = std::all_of(kids.begin(), kids.end(), [&](const pdf::Object& item) {
      const pdf::Object reference = review_.pair.After(item);
      const pdf::Ref* widget = reference["Obj"].AsRef();
      return reference["Type"].IsName("OBJR") && widget != nullptr &&
             review_.new_widgets.contains(widget->number);
    });
    if (fits) new_forms_.insert(ref->number);
    return fits;
  }

  // --- the parent tree

  void JudgeParents(const pdf::Object& first, const pdf::Object& second) {
    const auto old_key = review_.Before(first, "ParentTreeNextKey").Number();
    const auto new_key = review_.After(second, "ParentTreeNextKey").Number();
    const auto old_tree = Flat(first["ParentTree"], review_.before);
    const auto new_tree = Flat(second["ParentTree"], review_.after);
    if (!old_tree || !new_tree || new_key < old_key) {
      review_.Suspect(Changed(), {});
      return;
    }
    for (const auto& [key, value] : *new_tree) {
      const auto old_value = old_tree->find(key);
      if (old_value == old_tree->end()) {
        if (value.AsRef() == nullptr || !new_forms_.contains(value.AsRef()->number))
          review_.Suspect(Changed(), {});
      } else {
        review_.Require(old_value->second, value, "ParentTree", Changed(), {});
      }
    }
    if (!std::all_of(old_tree->begin(), old_tree->end(),
                     [&](const auto& entry) { return new_tree->contains(entry.first); }))
      review_.Suspect(Changed(), {});
  }

  std::optional<ParentTree> Flat(const pdf::Object& root, std::size_t revision) const {
    ParentTree tree;
    std::set<int> seen;
    if (!AddNode(root, revision, 0, seen, tree)) return std::nullopt;
    return tree;
  }

  // False where it is no number tree (ISO 32000-1, 7.9.7).
  bool AddNode(const pdf::Object& object, std::size_t revision, int depth, std::set<int>& seen,
               ParentTree& tree) const {
    if (object.AsRef() != nullptr && !seen.insert(object.AsRef()->number).second) return false;
    const pdf::Object node = review_.file.Resolve(object, revision);
    if (node.IsNull()) return true;
    if (node.AsDictionary() == nullptr || node.AsStream() != nullptr || depth > kDeepest) return false;
    for (const auto& [key, value] : *node.AsDictionary())
      if (key != "Nums" && key != "Kids" && key != "Limits" && key != "Type") return false;
    const pdf::Object numbers = review_.file.Get(node, "Nums", revision);
    if (const pdf::Array* pairs = numbers.AsArray())
      for (std::size_t i = 0; i + 1 < pairs->size(); i += 2) {
        const pdf::Object key = review_.file.Resolve((*pairs)[i], revision);
        if (key.AsInteger() == nullptr || tree.size() >= kMostPairs ||
            !tree.emplace(*key.AsInteger(), (*pairs)[i + 1]).second)
          return false;
      }
    const pdf::Object kids = review_.file.Get(node, "Kids", revision);
    return kids.AsArray() == nullptr ||
           std::all_of(kids.AsArray()->begin(), kids.AsArray()->end(),
                       [&](const pdf::Object& kid) { return AddNode(kid, revision, depth + 1, seen, tree); });
  }

  ChangeReview& review_;
  int root_ = 0;
  std::set<int> new_forms_;
};

}  // namespace

void JudgeStructure(ChangeReview& review) {
  StructureRule(review).Judge();
}

}  // namespace vanthu::signing
