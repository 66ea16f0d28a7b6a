// A raster as a PNG file: for people to look at.
#pragma once

#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/raster.h"

namespace vanthu::intake {

// Grey or RGB. kLimit where the picture is too large for the format.
Result<std::string> EncodePng(const Raster& raster);

}  // namespace vanthu::intake
