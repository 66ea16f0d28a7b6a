// The distinct cell texts of tables, and how alike two of them are, each pair computed once. Internal to the
// room.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "pipeline/evaluate/distance.h"
#include "pipeline/evaluate/grid.h"

namespace vanthu::evaluate {

class CellTexts {
 public:
  int NumberOf(const std::string& text);
  // The number of each cell's key, in the order of grid.cells.
  std::vector<int> NumbersOf(const Grid& grid);

  bool IsEmpty(int number) const { return sequences_[static_cast<std::size_t>(number)].empty(); }
  std::size_t Length(int number) const { return sequences_[static_cast<std::size_t>(number)].size(); }
  double Distance(int a, int b);    // RelativeDistance
  double Similarity(int a, int b);  // SubsequenceSimilarity

 private:
  template <typename Compute>
  double Cached(std::unordered_map<std::uint64_t, double>& cache, int a, int b, const Compute& compute);

  Symbols symbols_;
  std::unordered_map<std::string, int> numbers_;
  std::vector<Sequence> sequences_;
  std::unordered_map<std::uint64_t, double> distances_, similarities_;
};

}  // namespace vanthu::evaluate
