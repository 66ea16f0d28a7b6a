// Edit distance and longest common subsequence of sequences of symbols (grapheme clusters or words as
// numbers).
//
// Method: bit-parallel, 64 symbols a step, any length: Myers 1999 in Hyyrö's block form (2003) for the
// distance, Hyyrö 2004 for the subsequence. Exact. Cost: |a| x |b| / 64 steps; two texts of 30,000 clusters
// take about 0.05 s. Internal to the room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vanthu::evaluate {

using Sequence = std::vector<int>;

// Numbers for symbols: equal symbols, equal numbers. Not thread-safe.
class Symbols {
 public:
  Sequence Clusters(std::string_view text);  // grapheme clusters, as they stand
  Sequence Words(std::string_view text);     // between single spaces

 private:
  int NumberOf(std::string symbol);
  std::unordered_map<std::string, int> numbers_;
};

std::size_t EditDistance(const Sequence& a, const Sequence& b);
std::size_t CommonSubsequence(const Sequence& a, const Sequence& b);

// EditDistance over the longer length: 0 equal, 1 all different.
double RelativeDistance(const Sequence& a, const Sequence& b);
// 2 LCS / (|a| + |b|); two empty texts are alike.
double SubsequenceSimilarity(const Sequence& a, const Sequence& b);

// One step of a best alignment: an index in a and in b, -1 where there is none.
struct Step {
  int a = -1;
  int b = -1;
};
// A shortest edit script, equal steps included; empty if |a| x |b| is over 64 million (its table would not
// fit).
std::vector<Step> Align(const Sequence& a, const Sequence& b);

}  // namespace vanthu::evaluate
