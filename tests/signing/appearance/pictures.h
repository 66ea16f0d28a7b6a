// Pictures made by the tests.
#pragma once

#include <png.h>

#include <array>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

namespace vanthu::signing {

// Red, green, blue, alpha of a pixel.
using Painter = std::function<std::array<std::uint8_t, 4>(int x, int y)>;

inline std::string PngOf(int width, int height, const Painter& paint) {
  std::vector<std::uint8_t> pixels;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (const std::uint8_t part : paint(x, y)) pixels.push_back(part);
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(width);
  image.height = static_cast<png_uint_32>(height);
  image.format = PNG_FORMAT_RGBA;
  png_alloc_size_t size = 0;
  if (png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr) == 0)
    throw std::runtime_error(image.message);
  std::string out(size, '\0');
  png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr);
  out.resize(size);
  return out;
}

// With a pHYs chunk after IHDR.
inline std::string WithResolution(const std::string& png, double dpi) {
  const auto per_metre = static_cast<std::uint32_t>(dpi * 39.3701 + 0.5);
  const auto big = [](std::uint32_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
    return out;
  };
  const std::string body = "pHYs" + big(per_metre) + big(per_metre) + '\x01';
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : body) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320 : 0);
  }
  constexpr std::size_t kAfterHeader = 8 + 25;
  return png.substr(0, kAfterHeader) + big(9) + body + big(~crc) + png.substr(kAfterHeader);
}

// Transparent, with a ring and a bar at the left of its top: it shows which way it is turned.
inline std::string SealPng(int side_px) {
  return PngOf(side_px, side_px, [side_px](int x, int y) -> std::array<std::uint8_t, 4> {
    const double dx = x - side_px / 2.0, dy = y - side_px / 2.0, r = std::hypot(dx, dy) / (side_px / 2.0);
    if (r > 0.85 && r < 0.98) return {200, 0, 0, 255};
    if (dx < 0 && dx > -side_px / 4.0 && dy < 0 && dy > -side_px / 4.0) return {0, 0, 200, 255};
    return {0, 0, 0, 0};
  });
}

}  // namespace vanthu::signing
