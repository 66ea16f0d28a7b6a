// Painted edges -> rulings. Input: PageContent. Output: rulings in the page's own space, each as long as it
// is seen: dashes, dots and the pieces that generators paint cell by cell joined. Edges in their background's
// colour are left out. Method: pieces of one direction within 0.5 pt across are one line; along it they join
// where they touch, or where short pieces follow at a dash's distance. Fails: two real lines nearer than 0.5
// pt become one.
#pragma once

#include <vector>

#include "pipeline/intake/page_content.h"

namespace vanthu::intake {

std::vector<Ruling> BuildRulings(const PageContent& content);
// Opaque areas in another colour than the paper, that are no pictures and no page backgrounds.
std::vector<Box> BuildShadings(const PageContent& content);

}  // namespace vanthu::intake
