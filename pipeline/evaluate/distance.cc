#include "pipeline/evaluate/distance.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "pipeline/base/unicode.h"

namespace vanthu::evaluate {
namespace {

constexpr std::size_t kBits = 64;

// Where each symbol stands in the pattern: (block, bits) by ascending block. Memory is linear in the pattern.
class Occurrences {
 public:
  explicit Occurrences(const Sequence& pattern) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      std::vector<Entry>& list = lists_[pattern[i]];
      if (list.empty() || list.back().block != i / kBits) list.push_back({i / kBits, 0});
      list.back().bits |= std::uint64_t{1} << (i % kBits);
    }
  }

  // Calls visit(block, bits) for every block of the pattern in order.
  template <typename Visit>
  void EachBlock(int symbol, std::size_t blocks, const Visit& visit) const {
    const auto found = lists_.find(symbol);
    const std::vector<Entry>* list = found == lists_.end() ? nullptr : &found->second;
    std::size_t next = 0;
    for (std::size_t block = 0; block < blocks; ++block) {
      std::uint64_t bits = 0;
      if (list != nullptr && next < list->size() && (*list)[next].block == block) bits = (*list)[next++].bits;
      visit(block, bits);
    }
  }

 private:
  struct Entry {
    std::size_t block;
    std::uint64_t bits;
  };
  std::unordered_map<int, std::vector<Entry>> lists_;
};

// The vertical differences of 64 rows of the distance table: +1 where a bit of `plus`, -1 where one of
// `minus` is set.
struct Block {
  std::uint64_t plus = ~std::uint64_t{0};
  std::uint64_t minus = 0;

  // One column on. `in` and the value returned: the horizontal difference above the block and at the bit
  // `last`.
  int Advance(std::uint64_t equal, int in, std::uint64_t last) {
    const std::uint64_t vertical = equal | minus;
    if (in < 0) equal |= 1;
    const std::uint64_t horizontal = (((equal & plus) + plus) ^ plus) | equal;
    std::uint64_t up = minus | ~(horizontal | plus);
    std::uint64_t down = plus & horizontal;
    const int out = (up & last) != 0 ? 1 : (down & last) != 0 ? -1 : 0;
    up = (up << 1) | (in > 0 ? 1 : 0);
    down = (down << 1) | (in < 0 ? 1 : 0);
    plus = down | ~(vertical | up);
    minus = up & vertical;
    return out;
  }
};

std::size_t CommonPrefix(const Sequence& a, const Sequence& b) {
  const std::size_t most = std::min(a.size(), b.size());
  std::size_t n = 0;
  while (n < most && a[n] == b[n]) ++n;
  return n;
}

}  // namespace

int Symbols::NumberOf(std::string symbol) {
  return numbers_.emplace(std::move(symbol), static_cast<int>(numbers_.size())).first->second;
}

Sequence Symbols::Clusters(std::string_view text) {
  Sequence out;
  for (std::string& cluster : GraphemeClusters(text)) out.push_back(NumberOf(std::move(cluster)));
  return out;
}

Sequence Symbols::Words(std::string_view text) {
  Sequence out;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    if (end > start) out.push_back(NumberOf(std::string(text.substr(start, end - start))));
    start = end + 1;
  }
  return out;
}

std::size_t EditDistance(const Sequence& a, const Sequence& b) {
  if (a.empty() || b.empty()) return a.size() + b.size();
  const std::size_t blocks = (a.size() + kBits - 1) / kBits;
  const std::uint64_t last = std::uint64_t{1} << ((a.size() - 1) % kBits);
  const Occurrences occurrences(a);
  std::vector<Block> column(blocks);
  std::size_t distance = a.size();
  for (const int symbol : b) {
    int difference = 1;  // the table's first row: 0, 1, 2, ...
    occurrences.EachBlock(symbol, blocks, [&](std::size_t block, std::uint64_t bits) {
      difference = column[block].Advance(bits, difference,
                                         block + 1 == blocks ? last : std::uint64_t{1} << (kBits - 1));
    });
    distance = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(distance) + difference);
  }
  return distance;
}

std::size_t CommonSubsequence(const Sequence& a, const Sequence& b) {
  if (a.empty() || b.empty()) return 0;
  const std::size_t blocks = (a.size() + kBits - 1) / kBits;
  const Occurrences occurrences(a);
  std::vector<std::uint64_t> column(blocks, ~std::uint64_t{0});  // a cleared bit: one more in the subsequence
  for (const int symbol : b) {
    std::uint64_t carry = 0;
    occurrences.EachBlock(symbol, blocks, [&](std::size_t block, std::uint64_t bits) {
      const std::uint64_t value = column[block];
      const std::uint64_t matches = value & bits;
      const std::uint64_t sum = value + matches;
      const std::uint64_t total = sum + carry;
      carry = (sum < value || total < sum) ? 1 : 0;
      column[block] = total | (value & ~bits);
    });
  }
  std::size_t length = 0;
  for (std::size_t block = 0; block < blocks; ++block) {
    const std::size_t used = std::min(kBits, a.size() - block * kBits);
    const std::uint64_t mask = used == kBits ? ~std::uint64_t{0} : (std::uint64_t{1} << used) - 1;
    length += static_cast<std::size_t>(std::popcount(~column[block] & mask));
  }
  return length;
}

double RelativeDistance(const Sequence& a, const Sequence& b) {
  if (a.empty() && b.empty()) return 0;
  return static_cast<double>(EditDistance(a, b)) / static_cast<double>(std::max(a.size(), b.size()));
}

double SubsequenceSimilarity(const Sequence& a, const Sequence& b) {
  if (a.empty() && b.empty()) return 1;
  return 2 * static_cast<double>(CommonSubsequence(a, b)) / static_cast<double>(a.size() + b.size());
}

std::vector<Step> Align(const Sequence& a, const Sequence& b) {
  constexpr std::size_t kMaxTable = std::size_t{64} << 20;
  const std::size_t prefix = CommonPrefix(a, b);
  const std::size_t rows = a.size() - prefix, columns = b.size() - prefix;
  if ((rows + 1) * (columns + 1) > kMaxTable) return {};
  enum Move : std::uint8_t { kDiagonal, kUp, kLeft };
  std::vector<std::uint8_t> moves((rows + 1) * (columns + 1), kLeft);
  std::vector<std::size_t> previous(columns + 1), current(columns + 1);
  for (std::size_t j = 0; j <= columns; ++j) previous[j] = j;
  for (std::size_t i = 1; i <= rows; ++i) {
    current[0] = i;
    moves[i * (columns + 1)] = kUp;
    for (std::size_t j = 1; j <= columns; ++j) {
      const std::size_t diagonal = previous[j - 1] + (a[prefix + i - 1] == b[prefix + j - 1] ? 0 : 1);
      const std::size_t up = previous[j] + 1, left = current[j - 1] + 1;
      current[j] = std::min({diagonal, up, left});
      moves[i * (columns + 1) + j] = current[j] == diagonal ? kDiagonal : current[j] == up ? kUp : kLeft;
    }
    std::swap(previous, current);
  }
  std::vector<Step> steps;
  for (std::size_t i = rows, j = columns; i > 0 || j > 0;) {
    const std::uint8_t move = moves[i * (columns + 1) + j];
    const int in_a = static_cast<int>(prefix + i) - 1, in_b = static_cast<int>(prefix + j) - 1;
    steps.push_back({move == kLeft ? -1 : in_a, move == kUp ? -1 : in_b});
    if (move != kLeft) --i;
    if (move != kUp) --j;
  }
  for (std::size_t i = prefix; i-- > 0;) steps.push_back({static_cast<int>(i), static_cast<int>(i)});
  std::reverse(steps.begin(), steps.end());
  return steps;
}

}  // namespace vanthu::evaluate
