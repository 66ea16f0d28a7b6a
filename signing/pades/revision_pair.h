// Two revisions of a file, and whether what one shows is what the other shows.
//
// Input: any two objects, one of each revision. Output: whether they are the same in structure, references
// followed on both sides in step, or the place where they part. Method: bisimulation - a pair of objects is
// held the same until a difference is found; every pair is looked at once in the life of a RevisionPair, so
// that the work grows with the objects and not with the paths between them, and ends at a limit.
// Objects that rules of their own judge (pages, structure elements; fields and widgets where something points
// back to them) are the same when they are the same object: what changed in them is said by their rule.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "signing/pdf/file.h"

namespace vanthu::signing {

class RevisionPair {
 public:
  // `file` must outlive this. before <= after.
  RevisionPair(const pdf::File& file, std::size_t before, std::size_t after);

  const pdf::File& file() const { return file_; }
  std::size_t before() const { return before_; }
  std::size_t after() const { return after_; }

  // Written or freed by a revision after `before`.
  bool Touched(int number) const { return touched_.contains(number); }
  const std::unordered_set<int>& touched() const { return touched_; }

  // Dictionaries of `before` that are equal anywhere by their number: pages, elements of the structure. Their
  // rules let nothing change in them that would make another font or picture of them.
  void AddOwnRule(const std::set<int>& numbers) { own_rule_.insert(numbers.begin(), numbers.end()); }
  // Field and widget dictionaries of `before`, and the catalog (a signature's /Data): equal by number where a
  // key points back to them (Parent, Obj,
  // ...); anywhere else they are compared like all objects, or a field that is also drawn by a page would be
  // free to change.
  void SetFields(std::unordered_set<int> fields) { fields_ = std::move(fields); }

  struct Difference {
    pdf::Ref object;        // the innermost object that differs; as `after` has it
    std::string_view part;  // the best known name of what it belongs to: "Font", "XObject", ...; may be empty
    bool limit = false;     // too much to compare: not known to be the same
  };
  std::optional<Difference> Compare(const pdf::Object& before, const pdf::Object& after,
                                    std::string_view key = {}, pdf::Ref holder = {});
  bool Same(const pdf::Object& before, const pdf::Object& after, std::string_view key = {}) {
    return !Compare(before, after, key);
  }

  // Numbers that were to be compared and are null.
  const std::unordered_set<int>& missing() const { return missing_; }

  pdf::Object Before(const pdf::Object& object) const { return file_.Resolve(object, before_); }
  pdf::Object After(const pdf::Object& object) const { return file_.Resolve(object, after_); }

 private:
  struct Step {
    pdf::Ref before;
    pdf::Ref after;
    std::string_view part;
    std::string_view key;
  };
  // Where a value stands: what it is part of, and the key that leads to it.
  struct Place {
    std::string_view part;
    std::string_view key;
  };
  bool SameValue(const pdf::Object& before, const pdf::Object& after, Place place, int depth);
  bool SameReference(pdf::Ref before, pdf::Ref after, Place place);
  bool SameDictionary(const pdf::Dictionary& before, const pdf::Dictionary& after, Place place, int depth,
                      bool is_stream);
  bool SameAbsent(const pdf::Object& value, std::size_t revision) const;
  bool Known(pdf::Ref before, pdf::Ref after);
  bool Spend();
  void Follow(const pdf::Object& object, Place place, int depth);

  const pdf::File& file_;
  std::size_t before_;
  std::size_t after_;
  std::unordered_set<int> touched_;
  std::unordered_set<int> own_rule_;
  std::unordered_set<int> fields_;
  std::unordered_set<std::uint64_t> known_;  // pairs held the same
  std::vector<std::uint64_t> trail_;         // ... of the comparison that runs
  std::vector<Step> open_;
  std::unordered_set<int> missing_;
  std::int64_t steps_left_;
  std::size_t undecided_ = 0;
};

}  // namespace vanthu::signing
