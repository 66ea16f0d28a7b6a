#include "pipeline/layout/typed_rules.h"

#include <algorithm>
#include <cmath>

#include "pipeline/base/unicode.h"
#include "pipeline/layout/ink.h"

namespace vanthu::layout {
namespace {

constexpr std::size_t kLeast = 5;  // signs: "--" and "___" occur in text
// A page has a handful; more are drawn tables or an attack, and stay text.
constexpr std::size_t kMost = 100;

bool IsRule(const Word& w) {
  if (w.text.size() < kLeast || std::string_view("_-=\xe2").find(w.text.front()) == std::string_view::npos)
    return false;
  const std::u32string codes = ToCodePoints(w.text);
  return codes.size() >= kLeast &&
         std::u32string_view(U"_-=\u2013\u2014\u2015\u2500").find(codes[0]) != std::u32string_view::npos &&
         std::all_of(codes.begin(), codes.end(), [&](char32_t c) { return c == codes[0]; });
}

}  // namespace

void TakeTypedRules(std::vector<Word>& words, std::vector<Ruling>& rules) {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < words.size(); ++i)
    if (IsRule(words[i])) found.push_back(i);
  if (found.empty() || found.size() > kMost) return;
  std::vector<std::size_t> taken;
  for (const std::size_t i : found) {
    const Word& w = words[i];
    const double near = 3 * SizeOf(w);
    const bool beside = std::any_of(words.begin(), words.end(), [&](const Word& o) {
      return &o != &w && std::abs(BaselineOf(o) - BaselineOf(w)) < 0.33 * SizeOf(w) &&
             OverlapX(o.box, w.box) > -near && !IsRule(o);
    });
    if (beside) continue;
    Ruling r;
    // Underscores are drawn below the baseline, dashes a quarter of the size above it.
    r.position_pt = BaselineOf(w) + (w.text.front() == '_' ? 0.1 : -0.25) * SizeOf(w);
    r.start_pt = w.box.x0;
    r.end_pt = w.box.x1;
    r.confidence = w.confidence;
    rules.push_back(r);
    taken.push_back(i);
  }
  for (auto i = taken.rbegin(); i != taken.rend(); ++i)
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(*i));
}

}  // namespace vanthu::layout
