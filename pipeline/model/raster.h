// A picture in memory: 8 bits a channel, rows without padding, top row first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "pipeline/model/geometry.h"

namespace vanthu {

struct Raster {
  int width_px = 0;
  int height_px = 0;
  int channels = 1;                  // 1 grey, 3 RGB
  Dpi dpi;                           // of both axes; intake resamples pictures whose axes differ
  std::vector<std::uint8_t> pixels;  // height x width x channels

  bool empty() const { return pixels.empty(); }
  const std::uint8_t* row(int y) const {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px) *
                               static_cast<std::size_t>(channels);
  }
  std::uint8_t* row(int y) {
    return pixels.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px) *
                               static_cast<std::size_t>(channels);
  }
};

}  // namespace vanthu
