// Input: two grids. Output: similarity of their trees table > (thead, tbody) > tr > td.
// Method: Zhong, ShafieiBavani, Jimeno Yepes: "Image-based table recognition: data, model, and evaluation",
// ECCV 2020; the distance by Zhang and Shasha (1989), exact. Inserting or deleting a node costs 1; renaming
// costs 1 if tag or span differ, else, between cells, the share of clusters in which their texts differ.
#include "pipeline/evaluate/teds.h"

#include <algorithm>

namespace vanthu::evaluate {
namespace {

enum class Tag { kTable, kHead, kBody, kRow, kCell };

struct TreeNode {
  Tag tag = Tag::kTable;
  int rowspan = 1, colspan = 1;
  int text = -1;      // number in CellTexts
  int leftmost = -1;  // postorder index of the leftmost leaf below (or itself)
};

// Postorder, as Zhang and Shasha need it.
struct Tree {
  std::vector<TreeNode> nodes;
  std::vector<int> key_roots;  // ascending: nodes that have a left sibling, and the root
};

class TreeBuilder {
 public:
  TreeBuilder(const Grid& grid, const std::vector<int>& texts) : grid_(grid), texts_(texts) {}

  Tree Build() {
    const int first = Count();
    if (grid_.header_rows > 0) AddRows(Tag::kHead, 0, grid_.header_rows);
    if (grid_.header_rows < grid_.rows) AddRows(Tag::kBody, grid_.header_rows, grid_.rows);
    Add({Tag::kTable, 1, 1, -1, -1}, first);
    std::vector<int> last(tree_.nodes.size(), -1);  // the highest node with each leftmost leaf is a key root
    for (int i = 0; i < Count(); ++i)
      last[static_cast<std::size_t>(tree_.nodes[static_cast<std::size_t>(i)].leftmost)] = i;
    for (const int node : last)
      if (node >= 0) tree_.key_roots.push_back(node);
    std::sort(tree_.key_roots.begin(), tree_.key_roots.end());
    return std::move(tree_);
  }

 private:
  int Count() const { return static_cast<int>(tree_.nodes.size()); }

  // `first`: Count() before the node's children were added.
  void Add(TreeNode node, int first) {
    node.leftmost = first < Count() ? first : Count();
    tree_.nodes.push_back(node);
  }

  void AddRows(Tag tag, int from, int to) {
    const int first = Count();
    for (int row = from; row < to; ++row) {
      const int first_cell = Count();
      for (; next_ < grid_.cells.size() && grid_.cells[next_].row == row; ++next_) {
        const GridCell& cell = grid_.cells[next_];
        Add({Tag::kCell, cell.rowspan, cell.colspan, texts_[next_], -1}, Count());
      }
      Add({Tag::kRow, 1, 1, -1, -1}, first_cell);
    }
    Add({tag, 1, 1, -1, -1}, first);
  }

  const Grid& grid_;
  const std::vector<int>& texts_;
  std::size_t next_ = 0;
  Tree tree_;
};

class TreeDistance {
 public:
  TreeDistance(const Tree& a, const Tree& b, CellTexts& names)
      : a_(a.nodes),
        b_(b.nodes),
        names_(names),
        trees_(a_.size() * b_.size(), 0),
        forest_((a_.size() + 1) * (b_.size() + 1), 0) {
    for (const int i : a.key_roots)
      for (const int j : b.key_roots) Compute(static_cast<std::size_t>(i), static_cast<std::size_t>(j));
  }

  double Value() const { return trees_.back(); }

 private:
  double Rename(const TreeNode& a, const TreeNode& b) const {
    if (a.tag != b.tag || a.rowspan != b.rowspan || a.colspan != b.colspan) return 1;
    return a.tag == Tag::kCell ? names_.Distance(a.text, b.text) : 0;
  }

  double& Forest(std::size_t i, std::size_t j) { return forest_[i * (b_.size() + 1) + j]; }

  // Distances of all subtrees whose leftmost leaf is that of key root i and of key root j.
  void Compute(std::size_t i, std::size_t j) {
    const std::size_t first_a = static_cast<std::size_t>(a_[i].leftmost),
                      first_b = static_cast<std::size_t>(b_[j].leftmost);
    Forest(0, 0) = 0;
    for (std::size_t x = 1; x <= i - first_a + 1; ++x) Forest(x, 0) = static_cast<double>(x);
    for (std::size_t y = 1; y <= j - first_b + 1; ++y) Forest(0, y) = static_cast<double>(y);
    for (std::size_t x = 1; x <= i - first_a + 1; ++x) {
      for (std::size_t y = 1; y <= j - first_b + 1; ++y) {
        const TreeNode& node_a = a_[first_a + x - 1];
        const TreeNode& node_b = b_[first_b + y - 1];
        const std::size_t left_a = static_cast<std::size_t>(node_a.leftmost),
                          left_b = static_cast<std::size_t>(node_b.leftmost);
        double& tree = trees_[(first_a + x - 1) * b_.size() + first_b + y - 1];
        double best = std::min(Forest(x - 1, y), Forest(x, y - 1)) + 1;
        if (left_a == first_a && left_b == first_b) {
          best = std::min(best, Forest(x - 1, y - 1) + Rename(node_a, node_b));
          tree = best;
        } else {
          best = std::min(best, Forest(left_a - first_a, left_b - first_b) + tree);
        }
        Forest(x, y) = best;
      }
    }
  }

  const std::vector<TreeNode>& a_;
  const std::vector<TreeNode>& b_;
  CellTexts& names_;
  std::vector<double> trees_, forest_;
};

}  // namespace

double TreeSimilarity(const Grid& gold, const Grid& result, CellTexts& names) {
  const Tree a = TreeBuilder(gold, names.NumbersOf(gold)).Build();
  const Tree b = TreeBuilder(result, names.NumbersOf(result)).Build();
  return 1 -
         TreeDistance(a, b, names).Value() / static_cast<double>(std::max(a.nodes.size(), b.nodes.size()));
}

}  // namespace vanthu::evaluate
