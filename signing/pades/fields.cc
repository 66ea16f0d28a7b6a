#include "signing/pades/fields.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "signing/pades/form_fields.h"
#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::File;
using pdf::Object;
using pdf::Ref;

constexpr std::size_t kMostNodes = 1'000'000;   // fields, widgets and pages, of all revisions together
constexpr std::size_t kMostPageLists = 8;       // revisions whose pages are listed for signatures taken out
constexpr std::int64_t kDefaultPermission = 2;  // ISO 32000-1, table 254

bool IsTouched(const FormState& state, const pdf::Entries& written) {
  return std::any_of(written.begin(), written.end(),
                     [&state](const auto& entry) { return state.objects.contains(entry.first); });
}

bool SameRoot(const File& file, std::size_t a, std::size_t b) {
  const Object one(file.revisions()[a].trailer);
  const Object two(file.revisions()[b].trailer);
  return one["Root"] == two["Root"];
}

// Follows every field through the revisions.
class History {
 public:
  explicit History(const File& file) : file_(file) {}

  std::vector<SignatureField> Read() {
    std::size_t allowance = kMostNodes;
    FormState state;
    bool whole = true;
    for (std::size_t revision = 0; revision <= file_.last(); ++revision) {
      const bool must = revision == 0 || revision == file_.last() ||
                        !SameRoot(file_, revision - 1, revision) ||
                        IsTouched(state, file_.revisions()[revision].entries);
      if (!must) continue;
      state = ReadForm(file_, revision, allowance);
      whole = whole && state.whole;
      Enter(state, revision);
    }
    if (!whole) {
      SignatureField unknown;
      unknown.revision = file_.last();
      out_.push_back(std::move(unknown));
    }
    FindPages();
    return std::move(out_);
  }

 private:
  struct Held {
    std::size_t index = 0;  // in out_
    Object value;           // as written
  };

  void Enter(const FormState& state, std::size_t revision) {
    std::map<std::string, Held> now;
    for (const FormField& field : state.fields) {
      // A field is known by its object, as its name can be changed; written in place, by its name.
      std::string key = field.ref.number > 0 ? std::to_string(field.ref.number) : "/" + field.name;
      while (now.contains(key)) key += '+';
      const auto before = held_.find(key);
      if (before != held_.end()) {
        SignatureField& known = out_[before->second.index];
        if (before->second.value == field.value && known.dictionary == field.resolved) {
          now.emplace(std::move(key), before->second);
          held_.erase(before);
          continue;
        }
        known.changed_later = true;
        held_.erase(before);
      }
      now.emplace(std::move(key), Held{out_.size(), field.value});
      out_.push_back(Made(field, revision));
    }
    for (const auto& [key, gone] : held_) out_[gone.index].gone_later = true;
    held_ = std::move(now);
  }

  SignatureField Made(const FormField& field, std::size_t revision) const {
    SignatureField out;
    out.name = field.name;
    out.field = field.ref;
    if (field.value.AsRef() != nullptr) out.value = *field.value.AsRef();
    out.dictionary = field.resolved;
    out.revision = revision;
    const Object filter = file_.Get(field.resolved, "SubFilter", revision);
    if (filter.AsName() != nullptr) out.sub_filter = filter.AsName()->text;
    out.is_timestamp = field.resolved["Type"].IsName("DocTimeStamp") || out.sub_filter == "ETSI.RFC3161";
    widgets_.push_back(WidgetsOf(field));
    return out;
  }

  // The numbers of a field's widgets: itself or its kids.
  static std::vector<int> WidgetsOf(const FormField& field) {
    std::vector<int> out;
    if (field.ref.number > 0) out.push_back(field.ref.number);
    constexpr std::size_t kMost = 16;  // a signature has one
    if (const Array* kids = field.dictionary["Kids"].AsArray())
      for (std::size_t i = 0; i < kids->size() && i < kMost; ++i)
        if (const Ref* ref = (*kids)[i].AsRef()) out.push_back(ref->number);
    return out;
  }

  // Annotation to page, first page first.
  std::map<int, int> ListAnnotations(std::size_t revision, const std::set<int>& wanted) const {
    std::map<int, int> out;
    const auto pages = file_.Pages(revision);
    if (!pages) return out;
    for (std::size_t i = 0; i < pages->size(); ++i) {
      const Object annotations = file_.Get(Object((*pages)[i].dictionary), "Annots", revision);
      if (annotations.AsArray() == nullptr) continue;
      for (const Object& item : *annotations.AsArray())
        if (item.AsRef() != nullptr && wanted.contains(item.AsRef()->number))
          out.try_emplace(item.AsRef()->number, static_cast<int>(i));
    }
    return out;
  }

  void FindPages() {
    std::set<int> wanted;
    for (const auto& widgets : widgets_) wanted.insert(widgets.begin(), widgets.end());
    if (wanted.empty()) return;
    std::map<std::size_t, std::map<int, int>> known;
    known.emplace(file_.last(), ListAnnotations(file_.last(), wanted));
    for (std::size_t i = 0; i < widgets_.size(); ++i) {
      SignatureField& field = out_[i];
      for (const std::size_t revision : {file_.last(), field.revision}) {
        if (field.page >= 0) break;
        if (!known.contains(revision) && known.size() < kMostPageLists)
          known.emplace(revision, ListAnnotations(revision, wanted));
        const auto list = known.find(revision);
        if (list == known.end()) continue;
        for (const int widget : widgets_[i])
          if (const auto place = list->second.find(widget); field.page < 0 && place != list->second.end())
            field.page = place->second;
      }
    }
  }

  const File& file_;
  std::vector<SignatureField> out_;
  mutable std::vector<std::vector<int>> widgets_;  // beside out_
  std::map<std::string, Held> held_;
};

// The transform of `method` in a signature's /Reference.
Object TransformOf(const File& file, const Object& signature, std::string_view method, std::size_t revision) {
  const Object references = file.Get(signature, "Reference", revision);
  if (references.AsArray() == nullptr) return {};
  constexpr std::size_t kMost = 16;
  for (std::size_t i = 0; i < references.AsArray()->size() && i < kMost; ++i) {
    Object reference = file.Resolve((*references.AsArray())[i], revision);
    if (file.Get(reference, "TransformMethod", revision).IsName(method)) return reference;
  }
  return {};
}

int PermissionOf(const Object& value) {
  const std::int64_t* permission = value.AsInteger();
  return permission != nullptr && *permission >= 1 && *permission <= 3 ? static_cast<int>(*permission) : 0;
}

// Table 233 and table 256 name the same entries. An action that is none locks all.
FieldLock ReadLock(const File& file, const Object& lock, std::size_t revision) {
  FieldLock out;
  const Object action = file.Get(lock, "Action", revision);
  if (action.IsName("Include")) out.action = FieldLock::Action::kInclude;
  if (action.IsName("Exclude")) out.action = FieldLock::Action::kExclude;
  const Object fields = file.Get(lock, "Fields", revision);
  if (const Array* names = fields.AsArray())
    for (const Object& name : *names) out.fields.push_back(pdf::Utf8Of(file.Resolve(name, revision)));
  out.permission = PermissionOf(file.Get(lock, "P", revision));
  return out;
}

}  // namespace

std::vector<SignatureField> FindSignatures(const pdf::File& file) {
  return History(file).Read();
}

Certification FindCertification(const pdf::File& file, std::size_t revision) {
  Certification out;
  const Object permissions = file.Get(file.Catalog(revision), "Perms", revision);
  const Object& named = permissions["DocMDP"];
  if (named.IsNull()) return out;
  if (named.AsRef() != nullptr) out.value = *named.AsRef();
  const Object signature = file.Resolve(named, revision);
  const Object transform = TransformOf(file, signature, "DocMDP", revision);
  const Object permission = file.Get(file.Get(transform, "TransformParams", revision), "P", revision);
  out.permission = permission.IsNull() ? static_cast<int>(kDefaultPermission) : PermissionOf(permission);
  if (out.permission == 0) out.permission = 1;  // what cannot be read allows nothing
  return out;
}

std::vector<FieldLock> FindLocks(const pdf::File& file, std::size_t revision) {
  std::vector<FieldLock> out;
  std::size_t allowance = kMostNodes;
  const FormState state = ReadForm(file, revision, allowance);
  for (const FormField& field : state.fields) {
    if (field.resolved.AsDictionary() == nullptr) continue;
    const Object lock = file.Get(field.dictionary, "Lock", revision);
    if (lock.AsDictionary() != nullptr) out.push_back(ReadLock(file, lock, revision));
    const Object transform = TransformOf(file, field.resolved, "FieldMDP", revision);
    const Object parameters = file.Get(transform, "TransformParams", revision);
    if (parameters.AsDictionary() != nullptr) out.push_back(ReadLock(file, parameters, revision));
  }
  return out;
}

}  // namespace vanthu::signing
