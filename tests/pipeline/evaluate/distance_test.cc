#include "pipeline/evaluate/distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/cpu_time.h"

namespace vanthu::evaluate {
namespace {

std::size_t TableDistance(const Sequence& a, const Sequence& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j)
      d[i][j] = i == 0   ? j
                : j == 0 ? i
                         : std::min({d[i - 1][j] + 1, d[i][j - 1] + 1,
                                     d[i - 1][j - 1] + (a[i - 1] != b[j - 1] ? 1 : 0)});
  return d[a.size()][b.size()];
}

std::size_t TableSubsequence(const Sequence& a, const Sequence& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1, 0));
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j)
      d[i][j] = a[i - 1] == b[j - 1] ? d[i - 1][j - 1] + 1 : std::max(d[i - 1][j], d[i][j - 1]);
  return d[a.size()][b.size()];
}

TEST(Symbols, CountsGraphemeClusters) {
  Symbols symbols;
  EXPECT_EQ(symbols.Clusters("Thủ tục").size(), 7u);
  EXPECT_EQ(symbols.Clusters("thu\xCC\x89"), symbols.Clusters("thu\xCC\x89"));
  EXPECT_EQ(symbols.Clusters("thu\xCC\x89").size(), 3u);  // u + hook above is one cluster
  EXPECT_EQ(symbols.Words(" một  hai một").size(), 3u);
}

TEST(EditDistance, OfKnownPairs) {
  Symbols symbols;
  const auto distance = [&](const char* a, const char* b) {
    return EditDistance(symbols.Clusters(a), symbols.Clusters(b));
  };
  EXPECT_EQ(distance("kitten", "sitting"), 3u);
  EXPECT_EQ(distance("", "ba"), 2u);
  EXPECT_EQ(distance("ba", ""), 2u);
  EXPECT_EQ(distance("hoà", "hòa"), 2u);
  EXPECT_EQ(distance("ủy", "ủy"), 0u);
}

TEST(EditDistance, EqualsTheWholeTableOnRandomTextsOfAllLengths) {
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    const auto text = [&] {
      Sequence out(random() % 200);  // over three blocks of 64
      for (int& symbol : out) symbol = static_cast<int>(random() % 4);
      return out;
    };
    const Sequence a = text(), b = text();
    ASSERT_EQ(EditDistance(a, b), TableDistance(a, b)) << a.size() << " " << b.size();
    ASSERT_EQ(CommonSubsequence(a, b), TableSubsequence(a, b)) << a.size() << " " << b.size();
  }
}

TEST(EditDistance, OfThirtyThousandClustersTakesLessThanTwoSeconds) {
  std::mt19937 random(2);
  Sequence a(30'000), b(30'000);
  for (int& symbol : a) symbol = static_cast<int>(random() % 90);
  for (int& symbol : b) symbol = static_cast<int>(random() % 90);
  std::size_t distance = 0;
  EXPECT_LT(CpuSecondsOf([&] { distance = EditDistance(a, b); }), 2 * kTimeFactor);
  EXPECT_GT(distance, 15'000u);
}

TEST(Align, GivesAScriptOfTheShortestLength) {
  Symbols symbols;
  const Sequence a = symbols.Clusters("Kế hoạch số 25"), b = symbols.Clusters("Ké hoach số 2 5!");
  const std::vector<Step> steps = Align(a, b);
  std::size_t cost = 0, next_a = 0, next_b = 0;
  for (const Step& step : steps) {
    if (step.a >= 0) {
      EXPECT_EQ(static_cast<std::size_t>(step.a), next_a++);
    }
    if (step.b >= 0) {
      EXPECT_EQ(static_cast<std::size_t>(step.b), next_b++);
    }
    const bool same = step.a >= 0 && step.b >= 0 &&
                      a[static_cast<std::size_t>(step.a)] == b[static_cast<std::size_t>(step.b)];
    cost += same ? 0 : 1;
  }
  EXPECT_EQ(next_a, a.size());
  EXPECT_EQ(next_b, b.size());
  EXPECT_EQ(cost, EditDistance(a, b));
}

TEST(Similarity, IsASymmetricShare) {
  Symbols symbols;
  const Sequence a = symbols.Clusters("abcd"), b = symbols.Clusters("bd"), none;
  EXPECT_DOUBLE_EQ(RelativeDistance(a, b), 0.5);               // two deletions of four
  EXPECT_DOUBLE_EQ(SubsequenceSimilarity(a, b), 2 * 2 / 6.0);  // "bd"
  EXPECT_DOUBLE_EQ(RelativeDistance(none, none), 0);
  EXPECT_DOUBLE_EQ(SubsequenceSimilarity(none, none), 1);
  EXPECT_DOUBLE_EQ(SubsequenceSimilarity(a, none), 0);
}

}  // namespace
}  // namespace vanthu::evaluate
