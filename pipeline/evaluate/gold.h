// A gold record and the other answers that its `alternatives` hold right. Internal to the room.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/evaluate/evaluate.h"

namespace vanthu::evaluate {

using Json = nlohmann::json;

enum class Mode { kExact, kNormalised };

// A value as compared: null and "" are "", text is NFC (exact) or MatchKey (normalised), numbers are written
// out.
std::string Comparable(const Json& value, Mode mode);

// The member or item, or null.
const Json& Member(const Json& object, const std::string& name);
const Json& Item(const Json& list, std::size_t index);

// How a value reads in a list of differences: quoted, cut after about 120 bytes.
std::string Shown(const Json& value);

class Gold {
 public:
  explicit Gold(Json root) : root_(std::move(root)) {}

  const Json& root() const { return root_; }
  // `value`, which stands at `pointer`, and the alternatives given for that pointer.
  std::vector<const Json*> Accepted(const std::string& pointer, const Json& value) const;
  static bool IsOptional(const Json& item);

  // One value: {matched, expected, found} of 0 or 1. Null where null is accepted counts nothing.
  Tally ScoreValue(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const;
  // True if the result holds the gold's value or an alternative, null included.
  bool IsRight(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const;
  // A list as a set of items with repetitions; the accepted variant that scores best.
  Tally ScoreList(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const;

 private:
  Json root_;
};

}  // namespace vanthu::evaluate
