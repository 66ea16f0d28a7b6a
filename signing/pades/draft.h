// Objects of a document that one update changes in several steps, each written once. Private to the room.
#pragma once

#include <map>
#include <utility>

#include "signing/pdf/file.h"
#include "signing/pdf/update.h"

namespace vanthu::signing {

class Draft {
 public:
  Draft(const pdf::File& file, pdf::Update& update) : file_(file), update_(update) {}

  // The object as it is now, with what this draft has changed.
  pdf::Object Now(const pdf::Object& object) const {
    const pdf::Ref* ref = object.AsRef();
    if (ref == nullptr) return object;
    const auto changed = changed_.find(*ref);
    return changed != changed_.end() ? changed->second : file_.Resolve(object, file_.last());
  }
  pdf::Dictionary DictionaryOf(const pdf::Object& object) const {
    const pdf::Object now = Now(object);
    return now.AsDictionary() != nullptr ? *now.AsDictionary() : pdf::Dictionary();
  }
  pdf::Array ArrayOf(const pdf::Object& object) const {
    const pdf::Object now = Now(object);
    return now.AsArray() != nullptr ? *now.AsArray() : pdf::Array();
  }
  // The catalog's own object; a File has one.
  pdf::Ref CatalogRef() const {
    const auto root = file_.revisions().back().trailer.find("Root");
    return root != file_.revisions().back().trailer.end() && root->second.AsRef() != nullptr
               ? *root->second.AsRef()
               : pdf::Ref();
  }
  pdf::Object Catalog() const { return Now(pdf::Object(CatalogRef())); }
  void Change(pdf::Ref ref, pdf::Object object) { changed_[ref] = std::move(object); }
  // Puts `value` where `entry` of `dictionary` stands: into the object it refers to, else in place.
  void Put(pdf::Dictionary& dictionary, const std::string& key, pdf::Object value) {
    const auto entry = dictionary.find(key);
    const pdf::Ref* ref = entry != dictionary.end() ? entry->second.AsRef() : nullptr;
    if (ref != nullptr && !Now(entry->second).IsNull())
      Change(*ref, std::move(value));
    else
      dictionary.insert_or_assign(key, std::move(value));
  }
  void WriteAll() {
    for (const auto& [ref, object] : changed_) update_.Write(ref, object);
    changed_.clear();
  }
  pdf::Update& update() { return update_; }
  const pdf::File& file() const { return file_; }

 private:
  const pdf::File& file_;
  pdf::Update& update_;
  std::map<pdf::Ref, pdf::Object> changed_;
};

}  // namespace vanthu::signing
