// A raster as a JPEG file.
#pragma once

#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/raster.h"

namespace vanthu::ocr {

// kLimit: a raster that is empty, larger than a JPEG can be, or has other pixels than it says.
Status CheckRaster(const Raster& raster);

// Baseline JPEG, grey or RGB (as YCbCr, colour at half the resolution), its resolution in the JFIF header;
// quality 1 to 100 by libjpeg's scale. Errors as CheckRaster.
Result<std::string> EncodeJpeg(const Raster& raster, int quality);

}  // namespace vanthu::ocr
