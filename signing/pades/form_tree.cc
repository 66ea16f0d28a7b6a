#include "signing/pades/form_tree.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostNodes = 100'000;  // a guess: the largest forms of tax offices have some thousand
constexpr std::size_t kLongestName = 300;    // every node below carries it
constexpr int kDeepest = 64;                 // a guess; names of more than ten parts are unknown

class TreeReader {
 public:
  TreeReader(const pdf::File& file, std::size_t revision) : file_(file), revision_(revision) {}

  FormTree Read() {
    tree_.dictionary = file_.Get(file_.Catalog(revision_), "AcroForm", revision_);
    const pdf::Object fields = file_.Get(tree_.dictionary, "Fields", revision_);
    if (const pdf::Array* array = fields.AsArray())
      for (const pdf::Object& field : *array) {
        Visit(field, {}, 0);
        if (const pdf::Ref* ref = field.AsRef()) tree_.root.push_back(ref->number);
      }
    return std::move(tree_);
  }

 private:
  void Visit(const pdf::Object& object, const FormNode& parent, int depth) {
    const pdf::Ref* ref = object.AsRef();
    if (ref == nullptr) {
      if (!object.IsNull()) tree_.odd = true;
      return;
    }
    const pdf::Object dictionary = file_.At(*ref, revision_);
    if (dictionary.IsNull()) return;
    if (dictionary.AsDictionary() == nullptr || dictionary.AsStream() != nullptr || depth > kDeepest ||
        tree_.nodes.size() >= kMostNodes || tree_.nodes.contains(ref->number)) {
      tree_.odd = true;
      return;
    }
    FormNode node = parent;  // what is inherited
    node.ref = *ref;
    node.parent = parent.ref.number;
    node.is_widget = dictionary["Subtype"].IsName("Widget");
    const pdf::Object partial = Get(dictionary, "T");
    if (const pdf::String* part = partial.AsString()) {
      node.owner = ref->number;
      node.name = parent.name.empty() ? part->bytes : parent.name + "." + part->bytes;
      if (node.name.size() > kLongestName) {
        node.name.resize(kLongestName);
        tree_.odd = true;
      }
    } else if (node.owner == 0) {
      node.owner = ref->number;
    }
    const pdf::Object type = Get(dictionary, "FT");
    if (type.AsName() != nullptr) node.type = type.AsName()->text;
    if (!Get(dictionary, "V").IsNull()) node.value = dictionary["V"];
    const pdf::Object flags = Get(dictionary, "Ff");
    if (flags.AsInteger() != nullptr) node.flags = *flags.AsInteger();
    const pdf::Object kids = Get(dictionary, "Kids");
    node.kids.clear();
    const pdf::Array none;
    const pdf::Array& below = kids.AsArray() != nullptr ? *kids.AsArray() : none;
    for (const pdf::Object& kid : below)
      if (const pdf::Ref* kid_ref = kid.AsRef()) node.kids.push_back(kid_ref->number);
    tree_.nodes.emplace(ref->number, node);
    node.kids.clear();  // not inherited
    for (const pdf::Object& kid : below) Visit(kid, node, depth + 1);
  }

  pdf::Object Get(const pdf::Object& dictionary, std::string_view key) const {
    return file_.Get(dictionary, key, revision_);
  }

  const pdf::File& file_;
  std::size_t revision_;
  FormTree tree_;
};

}  // namespace

FormTree ReadFormTree(const pdf::File& file, std::size_t revision) {
  return TreeReader(file, revision).Read();
}

}  // namespace vanthu::signing
