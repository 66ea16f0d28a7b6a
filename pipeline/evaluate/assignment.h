// The best one-to-one assignment of rows to columns of a cost table.
//
// Method: Hungarian algorithm with potentials (Kuhn 1955, Jonker and Volgenant's shortest paths), exact,
// O(n^2 m). Internal to the room.
#pragma once

#include <vector>

namespace vanthu::evaluate {

// cost[row][column], all rows of one length. For each row its column, or -1: pairs that cost `forbidden` or
// more are left apart, and no other assignment has a smaller sum of min(cost, forbidden).
std::vector<int> BestAssignment(const std::vector<std::vector<double>>& cost, double forbidden);

}  // namespace vanthu::evaluate
