#include "pipeline/layout/stamped.h"

#include <algorithm>
#include <cmath>

#include "pipeline/layout/ink.h"

namespace vanthu::layout {
namespace {

// A number, a day, a month: "565", "15", "02a".
bool IsFilling(const Word& w) {
  return w.text.size() <= 8 &&
         std::any_of(w.text.begin(), w.text.end(), [](char c) { return c >= '0' && c <= '9'; }) &&
         std::none_of(w.text.begin(), w.text.end(), [](char c) { return c == ':' || c == '+'; });
}

// Nothing else of the stamps stands beside it.
bool StandsAlone(const std::vector<Word>& stamped, std::size_t i) {
  const Word& w = stamped[i];
  const double near = 2 * SizeOf(w);
  return std::none_of(stamped.begin(), stamped.end(), [&](const Word& other) {
    return &other != &w && OverlapY(other.box, w.box) > 0 && OverlapX(other.box, w.box) > -near;
  });
}

bool Fill(Row& row, const Word& w) {
  if (std::abs(BaselineOf(w) - row.baseline_pt) > 0.7 * row.size_pt) return false;
  const auto next = std::find_if(row.words.begin(), row.words.end(),
                                 [&](const Word& o) { return o.box.centre_x() > w.box.centre_x(); });
  if (next == row.words.begin()) return false;  // a gap has text before it
  const double from = std::prev(next)->box.x1;
  const double to = next == row.words.end() ? from + 4 * row.size_pt : next->box.x0;
  const double slack = 0.5 * row.size_pt;
  if (w.box.x0 < from - slack || w.box.x1 > to + slack || w.box.x0 - from > 5 * row.size_pt) return false;
  row.words.insert(next, w);
  row.box = Union(row.box, w.box);
  return true;
}

}  // namespace

void FillGaps(std::vector<Row>& rows, std::vector<Word>& stamped) {
  // A signature has a dozen words; more than this is no stamp.
  constexpr std::size_t kMostStamped = 500;
  if (stamped.size() > kMostStamped) return;
  std::vector<Word> rest;
  for (std::size_t i = 0; i < stamped.size(); ++i) {
    const bool filled =
        IsFilling(stamped[i]) && StandsAlone(stamped, i) &&
        std::any_of(rows.begin(), rows.end(), [&](Row& row) { return Fill(row, stamped[i]); });
    if (!filled) rest.push_back(stamped[i]);
  }
  stamped = std::move(rest);
}

}  // namespace vanthu::layout
