#include "signing/pades/revision_pair.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vanthu::signing {
namespace {

// Values looked at; 10 million take some three seconds. Received documents have up to 50,000, and a file of
// 500,000 objects some five million.
constexpr std::int64_t kMostSteps = 10'000'000;
// Pairs that comparisons left undecided: those before a difference was found, to be looked at again.
constexpr std::size_t kMostUndecided = 500'000;
constexpr int kDeepest = 200;  // arrays in arrays without a reference between
// ISO 32000-1, annex C: what is behind the fifth digit of a page's size no viewer draws; tools that write a
// page anew print 591.36 as 591.35999.
constexpr double kSameNumber = 1e-5;

// What a difference is named after.
constexpr std::array kParts = {
    std::string_view("Font"),    std::string_view("XObject"),    std::string_view("ExtGState"),
    std::string_view("Pattern"), std::string_view("Shading"),    std::string_view("ColorSpace"),
    std::string_view("AP"),      std::string_view("Contents"),   std::string_view("Annots"),
    std::string_view("A"),       std::string_view("AA"),         std::string_view("OpenAction"),
    std::string_view("Names"),   std::string_view("Properties"), std::string_view("StructTreeRoot"),
    std::string_view("MediaBox")};

// Keys by which one object points back to a field or a widget.
constexpr std::array kBackKeys = {
    std::string_view("Parent"), std::string_view("Kids"), std::string_view("Obj"),
    std::string_view("Popup"),  std::string_view("IRT"),  std::string_view("Fields"),
    std::string_view("T"),      std::string_view("CO"),   std::string_view("Data")};

template <std::size_t N>
std::string_view Find(const std::array<std::string_view, N>& all, std::string_view key) {
  const auto* found = std::find(all.begin(), all.end(), key);
  return found != all.end() ? *found : std::string_view();
}

std::uint64_t Pair(pdf::Ref before, pdf::Ref after) {
  return (static_cast<std::uint64_t>(static_cast<std::uint32_t>(before.number)) << 32) |
         static_cast<std::uint32_t>(after.number);
}

bool IsNumber(const pdf::Object& object) {
  return object.AsInteger() != nullptr || object.IsReal();
}

bool SameNumber(double a, double b) {
  return std::abs(a - b) <= kSameNumber * std::max({1.0, std::abs(a), std::abs(b)});
}

}  // namespace

RevisionPair::RevisionPair(const pdf::File& file, std::size_t before, std::size_t after)
    : file_(file), before_(before), after_(after), steps_left_(kMostSteps) {
  const auto& revisions = file.revisions();
  for (std::size_t i = before + 1; i <= after && i < revisions.size(); ++i)
    for (const auto& [number, entry] : revisions[i].entries) touched_.insert(number);
  // The catalog is judged entry by entry; a certifying signature points back to it (/Reference ... /Data).
  const auto root = revisions[before].trailer.find("Root");
  if (root != revisions[before].trailer.end() && root->second.AsRef() != nullptr)
    own_rule_.insert(root->second.AsRef()->number);
}

bool RevisionPair::Spend() {
  return --steps_left_ >= 0;
}

bool RevisionPair::Known(pdf::Ref before, pdf::Ref after) {
  const std::uint64_t pair = Pair(before, after);
  if (!known_.insert(pair).second) return true;
  trail_.push_back(pair);
  return false;
}

std::optional<RevisionPair::Difference> RevisionPair::Compare(const pdf::Object& before,
                                                              const pdf::Object& after, std::string_view key,
                                                              pdf::Ref holder) {
  trail_.clear();
  open_.clear();
  pdf::Ref object = holder;
  std::string_view part = Find(kParts, key);
  if (undecided_ > kMostUndecided) return Difference{holder, part, true};
  bool same = SameValue(before, after, {part, key}, 0);
  while (same && !open_.empty()) {
    const Step step = open_.back();
    open_.pop_back();
    object = step.after;
    part = step.part;
    const pdf::Object first = file_.At(step.before, before_);
    const bool shared = step.before == step.after && !Touched(step.before.number);
    const pdf::Object second = shared ? first : file_.At(step.after, after_);
    if (first.IsNull()) missing_.insert(step.before.number);
    if (second.IsNull()) missing_.insert(step.after.number);
    if (shared)
      Follow(first, {step.part, step.key}, 0);
    else
      same = SameValue(first, second, {step.part, step.key}, 0);
    if (steps_left_ < 0) same = false;
  }
  if (same) return std::nullopt;
  undecided_ += trail_.size();
  for (const std::uint64_t pair : trail_) known_.erase(pair);
  return Difference{object, part, steps_left_ < 0};
}

// An object that both revisions share: only what it points to may have changed.
void RevisionPair::Follow(const pdf::Object& object, Place place, int depth) {
  if (!Spend() || depth > kDeepest) {
    steps_left_ = std::min<std::int64_t>(steps_left_, -1);
    return;
  }
  if (const pdf::Ref* ref = object.AsRef()) {
    SameReference(*ref, *ref, place);
  } else if (const pdf::Array* array = object.AsArray()) {
    for (const pdf::Object& item : *array) Follow(item, place, depth + 1);
  } else if (const pdf::Dictionary* dictionary = object.AsDictionary()) {
    for (const auto& [key, value] : *dictionary) {
      const std::string_view part = Find(kParts, key);
      Follow(value, {part.empty() ? place.part : part, key}, depth + 1);
    }
  }
}

bool RevisionPair::SameReference(pdf::Ref before, pdf::Ref after, Place place) {
  const bool own_rule = own_rule_.contains(before.number) ||
                        (fields_.contains(before.number) && !Find(kBackKeys, place.key).empty());
  if (own_rule) return before == after;
  // What another generation of a number is, viewers do not agree about.
  if (before.generation != after.generation) return false;
  if (!Known(before, after)) open_.push_back({before, after, place.part, Find(kBackKeys, place.key)});
  return true;
}

bool RevisionPair::SameValue(const pdf::Object& before, const pdf::Object& after, Place place, int depth) {
  if (!Spend() || depth > kDeepest) {
    steps_left_ = std::min<std::int64_t>(steps_left_, -1);
    return false;
  }
  const pdf::Ref* before_ref = before.AsRef();
  const pdf::Ref* after_ref = after.AsRef();
  if (before_ref != nullptr && after_ref != nullptr) return SameReference(*before_ref, *after_ref, place);
  if (before_ref != nullptr || after_ref != nullptr) {
    const pdf::Object first = Before(before);
    const pdf::Object second = After(after);
    // Still a reference: a chain without an end.
    if (first.AsRef() != nullptr || second.AsRef() != nullptr) return false;
    return SameValue(first, second, place, depth + 1);
  }
  if (IsNumber(before) && IsNumber(after)) return SameNumber(before.Number(), after.Number());
  if (const pdf::Array* first = before.AsArray()) {
    const pdf::Array* second = after.AsArray();
    if (second == nullptr || first->size() != second->size()) return false;
    for (std::size_t i = 0; i < first->size(); ++i)
      if (!SameValue((*first)[i], (*second)[i], place, depth + 1)) return false;
    return true;
  }
  const pdf::Stream* first_stream = before.AsStream();
  const pdf::Stream* second_stream = after.AsStream();
  if ((first_stream != nullptr) != (second_stream != nullptr)) return false;
  if (first_stream != nullptr && first_stream->data != second_stream->data) return false;
  if (const pdf::Dictionary* first = before.AsDictionary()) {
    const pdf::Dictionary* second = after.AsDictionary();
    return second != nullptr && SameDictionary(*first, *second, place, depth, first_stream != nullptr);
  }
  return before == after;
}

bool RevisionPair::SameAbsent(const pdf::Object& value, std::size_t revision) const {
  return file_.Resolve(value, revision).IsNull();
}

bool RevisionPair::SameDictionary(const pdf::Dictionary& before, const pdf::Dictionary& after, Place place,
                                  int depth, bool is_stream) {
  for (const auto& [key, value] : before) {
    if (is_stream && key == "Length") continue;  // the data were compared
    const auto other = after.find(key);
    if (other == after.end()) {
      if (!SameAbsent(value, before_)) return false;
      continue;
    }
    const std::string_view part = Find(kParts, key);
    if (!SameValue(value, other->second, {part.empty() ? place.part : part, key}, depth + 1)) return false;
  }
  for (const auto& [key, value] : after)
    if (!before.contains(key) && !(is_stream && key == "Length") && !SameAbsent(value, after_)) return false;
  return true;
}

}  // namespace vanthu::signing
