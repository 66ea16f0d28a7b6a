#include "pipeline/extract/ordinal.h"

#include <algorithm>

namespace vanthu::extract {
namespace {

constexpr int kMost = 99;  // more divisions than any document has

std::string ToRoman(int value) {
  constexpr struct {
    int value;
    const char* figure;
  } kFigures[] = {{90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
  std::string out;
  for (const auto& [size, figure] : kFigures)
    for (; value >= size; value -= size) out += figure;
  return out;
}

}  // namespace

std::optional<int> OrdinalValue(const std::string& label) {
  const bool arabic = !label.empty() && label.size() <= 2 &&
                      std::all_of(label.begin(), label.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (arabic) return std::stoi(label);
  for (int i = 1; i <= kMost; ++i)
    if (ToRoman(i) == label) return i;
  return std::nullopt;
}

std::string WithoutRepeat(const std::string& previous, const std::string& label) {
  const std::optional<int> value = OrdinalValue(label);
  if (previous != label || !value || *value >= kMost) return label;
  const bool roman = label.front() > '9';
  return roman ? ToRoman(*value + 1) : std::to_string(*value + 1);
}

}  // namespace vanthu::extract
