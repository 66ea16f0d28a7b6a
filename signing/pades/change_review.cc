#include "signing/pades/change_review.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostChanges = 100;
constexpr std::size_t kMostShown = 60;

}  // namespace

ChangeReview::ChangeReview(const pdf::File& pdf_file, std::size_t first, std::size_t second)
    : file(pdf_file),
      before(first),
      after(second),
      pair(pdf_file, first, second),
      form_before(ReadFormTree(pdf_file, first)),
      form_after(ReadFormTree(pdf_file, second)),
      permission(FindCertification(pdf_file, first).permission),
      locks(FindLocks(pdf_file, first)) {
  for (const FieldLock& lock : locks)
    if (lock.permission > 0)
      permission = permission > 0 ? std::min(permission, lock.permission) : lock.permission;
  std::unordered_set<int> fields;
  for (const auto& [number, node] : form_before.nodes) fields.insert(number);
  const pdf::Object root = pdf::Object(file.revisions()[before].trailer)["Root"];
  if (root.AsRef() != nullptr) fields.insert(root.AsRef()->number);
  pair.SetFields(std::move(fields));
  ReadPages();
  ReadStructure();
}

void ChangeReview::ReadPages() {
  auto first = file.Pages(before);
  auto second = file.Pages(after);
  if (!first || !second) {
    Suspect({"không đọc được cây trang", "the tree of pages cannot be read"}, {});
    return;
  }
  pages_before = std::move(*first);
  pages_after = std::move(*second);
  std::set<int> pages;
  for (const auto& page : pages_before)
    if (file.At(page.ref, before).AsStream() == nullptr) pages.insert(page.ref.number);
  pair.AddOwnRule(pages);
  for (std::size_t i = 0; i < pages_after.size(); ++i) {
    const pdf::Object annotations = After(pdf::Object(pages_after[i].dictionary), "Annots");
    if (const pdf::Array* array = annotations.AsArray())
      for (const pdf::Object& item : *array)
        if (const pdf::Ref* ref = item.AsRef()) page_of.emplace(ref->number, i);
  }
}

// Every element that is an object of its own; bounded by the number of objects.
void ChangeReview::ReadStructure() {
  const pdf::Object& first = file.Catalog(before)["StructTreeRoot"];
  if (first.AsRef() == nullptr || pair.Same(first, file.Catalog(after)["StructTreeRoot"])) return;
  std::vector<pdf::Object> open = {first};
  std::unordered_set<int> seen;
  while (!open.empty()) {
    const pdf::Object next = open.back();
    open.pop_back();
    if (const pdf::Array* kids = next.AsArray()) {
      for (const pdf::Object& kid : *kids) open.push_back(kid);
      continue;
    }
    const pdf::Ref* ref = next.AsRef();
    if (ref != nullptr && !seen.insert(ref->number).second) continue;
    const pdf::Object element = pair.Before(next);
    const bool is_element = element.AsDictionary() != nullptr && element.AsStream() == nullptr &&
                            (element["S"].AsName() != nullptr || element["Type"].IsName("StructTreeRoot"));
    if (element.AsArray() != nullptr)
      open.push_back(element);
    else if (is_element && (ref == nullptr || (ref->generation == 0 && elements.insert(ref->number).second)))
      open.push_back(element["K"]);
  }
  pair.AddOwnRule(elements);
}

void ChangeReview::Add(Message message, pdf::Ref object, bool allowed) {
  if (!allowed)
    result_.verdict = Changes::kSuspicious;
  else if (result_.verdict == Changes::kNone)
    result_.verdict = Changes::kAllowed;
  if (!said_.emplace(object.number, message.en).second) return;
  if (result_.changes.size() >= kMostChanges) {
    // What is suspicious goes before what is not.
    const auto last = std::find_if(result_.changes.rbegin(), result_.changes.rend(),
                                   [](const Change& change) { return change.allowed; });
    if (allowed || last == result_.changes.rend()) return;
    result_.changes.erase(std::next(last).base());
  }
  const auto place = object.number > 0 ? file.Find(object.number, after) : std::nullopt;
  result_.changes.push_back(
      {std::move(message), allowed, object, place ? std::max(place->revision, before) : after});
}

void ChangeReview::Allow(Message message, pdf::Ref object) {
  Add(std::move(message), object, true);
}
void ChangeReview::Suspect(Message message, pdf::Ref object) {
  Add(std::move(message), object, false);
}

void ChangeReview::Require(const pdf::Object& first, const pdf::Object& second, std::string_view key,
                           Message message, pdf::Ref holder) {
  const auto difference = pair.Compare(first, second, key, holder);
  if (!difference) return;
  if (difference->limit) {
    message = {"tệp quá lớn để so sánh hết các phiên bản",
               "the file is too large for its revisions to be compared to the end"};
  } else if (!difference->part.empty() && difference->part != key) {
    message.vi += fmt::format(" (/{})", difference->part);
    message.en += fmt::format(" (/{})", difference->part);
  }
  Suspect(std::move(message), difference->object.number > 0 ? difference->object : holder);
}

bool ChangeReview::Locked(const std::string& field_name) const {
  return std::any_of(locks.begin(), locks.end(), [&](const FieldLock& lock) {
    // A name stands for all fields below it (ISO 32000-1, 12.8.2.4).
    const bool listed = std::any_of(lock.fields.begin(), lock.fields.end(), [&](const std::string& name) {
      return field_name == name || field_name.starts_with(name + ".");
    });
    switch (lock.action) {
      case FieldLock::Action::kInclude:
        return listed;
      case FieldLock::Action::kExclude:
        return !listed;
      default:
        return true;
    }
  });
}

std::set<std::string, std::less<>> KeysOf(const pdf::Object& first, const pdf::Object& second) {
  std::set<std::string, std::less<>> keys;
  for (const pdf::Object* object : {&first, &second})
    if (const pdf::Dictionary* dictionary = object->AsDictionary())
      for (const auto& [key, value] : *dictionary) keys.insert(key);
  return keys;
}

std::string Shown(std::string_view text_string) {
  std::u32string text;
  for (const char32_t c : ToCodePoints(pdf::Utf8Of(pdf::String{std::string(text_string.substr(0, 1000))}))) {
    if (text.size() >= kMostShown) break;
    const bool printable = c >= 0x20 && c != 0x7F && (c < 0x80 || c > 0x9F) && (c < 0xE000 || c > 0xF8FF) &&
                           (c < 0x200B || c > 0x200F) && (c < 0x2028 || c > 0x202E);
    text += printable ? c : U'?';
  }
  return fmt::format("\"{}\"", FromCodePoints(text));
}

}  // namespace vanthu::signing
