#include "pipeline/evaluate/gold.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"

namespace vanthu::evaluate {
namespace {

const Json& Null() {
  static const Json null;
  return null;
}

}  // namespace

std::string Comparable(const Json& value, Mode mode) {
  if (value.is_null()) return "";
  if (value.is_number()) return fmt::format("{}", value.get<double>());  // 80 and 80.0 are one number
  if (!value.is_string()) return value.dump(-1, ' ', false, Json::error_handler_t::replace);
  const std::string& text = value.get_ref<const std::string&>();
  return mode == Mode::kExact ? ToNfc(text) : MatchKey(text);
}

const Json& Member(const Json& object, const std::string& name) {
  if (!object.is_object()) return Null();
  const auto found = object.find(name);
  return found == object.end() ? Null() : *found;
}

const Json& Item(const Json& list, std::size_t index) {
  return list.is_array() && index < list.size() ? list[index] : Null();
}

std::string Shown(const Json& value) {
  constexpr std::size_t kMost = 120;
  std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  if (text.size() <= kMost) return text;
  std::size_t cut = kMost;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
    --cut;  // never inside a code point
  return text.substr(0, cut) + "…";
}

std::vector<const Json*> Gold::Accepted(const std::string& pointer, const Json& value) const {
  std::vector<const Json*> out{&value};
  const Json& alternatives = Member(Member(root_, "alternatives"), pointer);
  if (alternatives.is_array())
    for (const Json& alternative : alternatives) out.push_back(&alternative);
  return out;
}

bool Gold::IsOptional(const Json& item) {
  const Json& optional = Member(item, "optional");
  return optional.is_boolean() && optional.get<bool>();
}

bool Gold::IsRight(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const {
  const std::string value = Comparable(result, mode);
  const std::vector<const Json*> accepted = Accepted(pointer, gold);
  return std::any_of(accepted.begin(), accepted.end(),
                     [&](const Json* candidate) { return Comparable(*candidate, mode) == value; });
}

Tally Gold::ScoreValue(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const {
  const bool right = IsRight(pointer, gold, result, mode);
  const bool present = !Comparable(result, mode).empty();
  if (right) return present ? Tally{1, 1, 1} : Tally{};
  return {0, Comparable(gold, mode).empty() ? 0.0 : 1.0, present ? 1.0 : 0.0};
}

Tally Gold::ScoreList(const std::string& pointer, const Json& gold, const Json& result, Mode mode) const {
  std::vector<std::string> found;
  if (result.is_array())
    for (const Json& item : result)
      if (std::string text = Comparable(item, mode); !text.empty()) found.push_back(std::move(text));
  Tally best;
  bool first = true;
  for (const Json* variant : Accepted(pointer, gold)) {
    std::vector<std::string> left = found;
    Tally tally{0, 0, static_cast<double>(found.size())};
    for (std::size_t i = 0; variant->is_array() && i < variant->size(); ++i) {
      ++tally.expected;
      for (const Json* accepted : Accepted(pointer + "/" + std::to_string(i), (*variant)[i])) {
        const auto hit = std::find(left.begin(), left.end(), Comparable(*accepted, mode));
        if (hit == left.end()) continue;
        left.erase(hit);
        ++tally.matched;
        break;
      }
    }
    if (first || tally.F1() > best.F1()) best = tally;
    first = false;
  }
  return best;
}

}  // namespace vanthu::evaluate
