// Whether a word's ink is on the page as a viewer draws it. Private to the code that knows Poppler.
#pragma once

#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/geometry.h"
#include "pipeline/model/raster.h"

namespace vanthu::intake {

// One answer a box. `drawn`: the page with everything on it, RGB. `letters`: the same page, same size, its
// text alone, black on white, grey. Boxes in points of the page as a viewer shows it.
std::vector<bool> ShowsInk(const Raster& drawn, const Raster& letters, const std::vector<Box>& boxes);

}  // namespace vanthu::intake
