#include "signing/pades/form_fields.h"

#include <algorithm>
#include <utility>

#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::File;
using pdf::Object;
using pdf::Ref;

constexpr std::size_t kMostName_bytes = 1024;  // guess; a full name grows with the tree's depth
constexpr std::size_t kMostFields = 10'000;    // with a value; guess

struct Node {
  Object object;  // a reference, or the field itself
  std::shared_ptr<const std::string> parent_name;
  bool parent_is_signature = false;
};

class FormReader {
 public:
  FormReader(const File& file, std::size_t revision, std::size_t& allowance)
      : file_(file), revision_(revision), allowance_(allowance) {}

  FormState Read() {
    const Object catalog = Follow(file_.revisions()[revision_].trailer.find("Root")->second);
    const Object form = Follow(catalog["AcroForm"]);
    Push(Follow(form["Fields"]), "", false);
    Walk();
    Push(Widgets(), "", false);
    Walk();
    return std::move(state_);
  }

 private:
  // The object, and the numbers on the way noted.
  Object Follow(Object object) {
    for (int i = 0; i < 32 && object.AsRef() != nullptr; ++i) {
      const Ref ref = *object.AsRef();
      state_.objects.insert(ref.number);
      object = file_.At(ref, revision_);
    }
    return object.AsRef() == nullptr ? object : Object();
  }

  void Push(const Object& list, const std::string& name, bool is_signature) {
    const Array* kids = list.AsArray();
    if (kids == nullptr) return;
    const auto shared = std::make_shared<const std::string>(name);
    for (auto kid = kids->rbegin(); kid != kids->rend(); ++kid) {
      if (allowance_ == 0) {
        state_.whole = false;
        return;
      }
      --allowance_;
      open_.push_back({*kid, shared, is_signature});
    }
  }

  void Walk() {
    while (!open_.empty()) {
      Node node = std::move(open_.back());
      open_.pop_back();
      const Ref* ref = node.object.AsRef();
      if (ref == nullptr || seen_.insert(ref->number).second) Visit(node, ref != nullptr ? *ref : Ref());
    }
  }

  void Visit(const Node& node, Ref ref) {
    const Object field = Follow(node.object);
    const pdf::Dictionary* entries = field.AsDictionary();
    if (entries == nullptr) return;
    std::string name = *node.parent_name;
    if (const Object part = Follow(field["T"]); part.AsString() != nullptr) {
      if (!name.empty()) name += '.';
      name += pdf::Utf8Of(part);
    }
    if (name.size() > kMostName_bytes) {
      state_.whole = false;
      return;
    }
    const Object kind = Follow(field["FT"]);
    const bool is_signature = kind.IsNull() ? node.parent_is_signature : kind.IsName("Sig");
    if (const auto value = entries->find("V"); value != entries->end()) {
      FormField out{name, ref, field, value->second, Follow(value->second)};
      if (state_.fields.size() >= kMostFields)
        state_.whole = false;
      else if (is_signature || LooksSigned(out.resolved))
        state_.fields.push_back(std::move(out));
    }
    Push(Follow(field["Kids"]), name, is_signature);
  }

  static bool LooksSigned(const Object& value) {
    return value["Type"].IsName("Sig") || value["Type"].IsName("DocTimeStamp") ||
           !value["ByteRange"].IsNull();
  }

  // Widgets that the form's tree did not lead to: those with a value or a kind of their own.
  Object Widgets() {
    Array out;
    const auto pages = file_.Pages(revision_);
    if (!pages) return {};
    state_.whole = state_.whole && pages->size() <= allowance_;
    allowance_ -= std::min(allowance_, pages->size());
    for (const File::PageNode& page : *pages) {
      state_.objects.insert(page.ref.number);
      const Object annotations = Follow(Object(page.dictionary)["Annots"]);
      if (annotations.AsArray() == nullptr) continue;
      for (const Object& item : *annotations.AsArray()) {
        if (allowance_ == 0) {
          state_.whole = false;
          return Object(std::move(out));
        }
        --allowance_;
        if (item.AsRef() != nullptr && seen_.contains(item.AsRef()->number)) continue;
        const Object widget = Follow(item);
        if (widget["Subtype"].IsName("Widget") && (!widget["FT"].IsNull() || !widget["V"].IsNull()))
          out.push_back(item);
      }
    }
    return Object(std::move(out));
  }

  const File& file_;
  std::size_t revision_;
  std::size_t& allowance_;
  FormState state_;
  std::vector<Node> open_;
  std::unordered_set<int> seen_;
};

}  // namespace

FormState ReadForm(const pdf::File& file, std::size_t revision, std::size_t& allowance) {
  if (!file.revisions()[revision].trailer.contains("Root")) return {};
  return FormReader(file, revision, allowance).Read();
}

}  // namespace vanthu::signing
