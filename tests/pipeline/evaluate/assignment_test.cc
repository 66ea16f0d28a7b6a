#include "pipeline/evaluate/assignment.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>

namespace vanthu::evaluate {
namespace {

TEST(BestAssignment, PrefersTheBestSumToTheBestPair) {
  // Greedy takes 0.0 and is left with 0.9; the best sum is 0.1 + 0.2.
  EXPECT_EQ(BestAssignment({{0.0, 0.1}, {0.2, 0.9}}, 1), (std::vector<int>{1, 0}));
}

TEST(BestAssignment, LeavesForbiddenPairsApart) {
  const std::vector<int> assigned = BestAssignment({{0.5, 0.1}, {0.9, 0.2}}, 0.3);
  EXPECT_EQ(assigned, (std::vector<int>{1, -1}));  // 0.1 + forbidden is less than 0.2 + forbidden
}

TEST(BestAssignment, TakesTablesOfAnyShape) {
  EXPECT_TRUE(BestAssignment({}, 1).empty());
  EXPECT_EQ(BestAssignment({{}, {}}, 1), (std::vector<int>{-1, -1}));
  EXPECT_EQ(BestAssignment({{0.3}, {0.1}, {0.2}}, 1), (std::vector<int>{-1, 0, -1}));
  EXPECT_EQ(BestAssignment({{0.3, 0.1, 0.2}}, 1), (std::vector<int>{1}));
}

TEST(BestAssignment, IsAsGoodAsTheBestOfAllPermutations) {
  std::mt19937 random(7);
  std::uniform_real_distribution<double> price(0, 1);
  for (int round = 0; round < 50; ++round) {
    std::vector<std::vector<double>> cost(5, std::vector<double>(5));
    for (auto& row : cost)
      for (double& value : row) value = price(random);
    constexpr double kForbidden = 0.6;
    std::vector<int> order(5);
    std::iota(order.begin(), order.end(), 0);
    double least = 1e9;
    do {
      double sum = 0;
      for (std::size_t i = 0; i < 5; ++i)
        sum += std::min(kForbidden, cost[i][static_cast<std::size_t>(order[i])]);
      least = std::min(least, sum);
    } while (std::next_permutation(order.begin(), order.end()));
    double sum = 0;
    const std::vector<int> assigned = BestAssignment(cost, kForbidden);
    for (std::size_t i = 0; i < 5; ++i)
      sum += assigned[i] < 0 ? kForbidden : cost[i][static_cast<std::size_t>(assigned[i])];
    EXPECT_NEAR(sum, least, 1e-9);
  }
}

}  // namespace
}  // namespace vanthu::evaluate
