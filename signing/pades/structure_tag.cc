// Input: a tagged document and a new widget. Output: a Form element at the end of the document's first
// element, found by the parent tree. Method: the number tree grows by one leaf entry at its end, whose key is
// the tree's next
// (/ParentTreeNextKey, else one past the greatest /Limits or key seen). Source: ISO 32000-1, 14.7.4; ISO
// 14289-1, 7.18.
#include "signing/pades/structure_tag.h"

#include <algorithm>
#include <cstdint>

#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::Dictionary;
using pdf::Object;

constexpr int kMostDepth = 16;  // of a number tree
constexpr int kMostKey = 1 << 30;

// The rightmost leaf's greatest key; -1 of an empty tree.
std::int64_t GreatestKey(const Draft& draft, const Object& node, int depth) {
  const Dictionary dictionary = draft.DictionaryOf(node);
  std::int64_t greatest = -1;
  if (const auto nums = dictionary.find("Nums"); nums != dictionary.end()) {
    const Array pairs = draft.ArrayOf(nums->second);
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2)
      if (const std::int64_t* key = pairs[i].AsInteger()) greatest = std::max(greatest, *key);
  }
  if (const auto kids = dictionary.find("Kids"); kids != dictionary.end() && depth < kMostDepth) {
    const Array nodes = draft.ArrayOf(kids->second);
    if (!nodes.empty()) greatest = std::max(greatest, GreatestKey(draft, nodes.back(), depth + 1));
  }
  return greatest;
}

// Appends the pair to the root's own leaf, or as a new leaf.
void Append(Draft& draft, Dictionary& tree, std::int64_t key, pdf::Ref element) {
  if (const auto kids = tree.find("Kids"); kids != tree.end()) {
    const Dictionary leaf{{"Limits", Object(Array{Object(key), Object(key)})},
                          {"Nums", Object(Array{Object(key), Object(element)})}};
    Array nodes = draft.ArrayOf(kids->second);
    nodes.emplace_back(draft.update().Add(Object(leaf)));
    draft.Put(tree, "Kids", Object(std::move(nodes)));
    return;
  }
  Array pairs = draft.ArrayOf(tree.contains("Nums") ? tree.at("Nums") : Object());
  pairs.emplace_back(key);
  pairs.emplace_back(element);
  draft.Put(tree, "Nums", Object(std::move(pairs)));
}

Array KidsOf(const Draft& draft, const Object& kids) {
  if (kids.IsNull()) return {};
  const Object now = draft.Now(kids);
  return now.AsArray() != nullptr ? *now.AsArray() : Array{kids};
}

// The element that the new one goes into: the root's first, as a document has one that holds all.
std::optional<pdf::Ref> DocumentElement(const Draft& draft, const Dictionary& root) {
  const auto kids = root.find("K");
  if (kids == root.end()) return std::nullopt;
  const Array elements = KidsOf(draft, kids->second);
  const pdf::Ref* ref = elements.empty() ? nullptr : elements.front().AsRef();
  if (ref == nullptr || draft.Now(elements.front())["S"].AsName() == nullptr) return std::nullopt;
  return *ref;
}

}  // namespace

std::optional<int> TagWidget(Draft& draft, pdf::Ref widget, pdf::Ref page,
                             const std::string& alternate_name) {
  const Object catalog = draft.Catalog();
  const Object marked = draft.Now(catalog["MarkInfo"])["Marked"];
  const pdf::Ref* root_ref = catalog["StructTreeRoot"].AsRef();
  if (marked.AsBool() == nullptr || !*marked.AsBool() || root_ref == nullptr) return std::nullopt;
  Dictionary root = draft.DictionaryOf(Object(*root_ref));
  const std::optional<pdf::Ref> parent = DocumentElement(draft, root);
  if (!parent || !root.contains("ParentTree")) return std::nullopt;

  const auto next = static_cast<std::int64_t>(draft.Now(root["ParentTreeNextKey"]).Number());
  const std::int64_t key = std::max(next, GreatestKey(draft, root["ParentTree"], 0) + 1);
  if (key < 0 || key >= kMostKey) return std::nullopt;

  const Dictionary reference{
      {"Type", Object(pdf::Name{"OBJR"})}, {"Obj", Object(widget)}, {"Pg", Object(page)}};
  const pdf::Ref element =
      draft.update().Add(Object(Dictionary{{"Type", Object(pdf::Name{"StructElem"})},
                                           {"S", Object(pdf::Name{"Form"})},
                                           {"P", Object(*parent)},
                                           {"Pg", Object(page)},
                                           {"Alt", Object(pdf::TextString(alternate_name))},
                                           {"K", Object(reference)}}));
  Dictionary document = draft.DictionaryOf(Object(*parent));
  Array elements = KidsOf(draft, document["K"]);
  elements.emplace_back(element);
  document.insert_or_assign("K", Object(std::move(elements)));
  draft.Change(*parent, Object(std::move(document)));

  Dictionary tree = draft.DictionaryOf(root["ParentTree"]);
  Append(draft, tree, key, element);
  draft.Put(root, "ParentTree", Object(std::move(tree)));
  root.insert_or_assign("ParentTreeNextKey", Object(key + 1));
  draft.Change(*root_ref, Object(std::move(root)));
  return static_cast<int>(key);
}

}  // namespace vanthu::signing
