#include <png.h>

#include <cstring>

#include "pipeline/intake/picture_codec.h"

namespace vanthu::intake {
namespace {

// libpng's simplified reader keeps its longjmp to itself: errors come back as a value.
class Png {
 public:
  explicit Png(std::string_view bytes) {
    std::memset(&image_, 0, sizeof image_);
    image_.version = PNG_IMAGE_VERSION;
    open_ = png_image_begin_read_from_memory(&image_, bytes.data(), bytes.size()) != 0;
  }
  ~Png() { png_image_free(&image_); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;
  bool open() const { return open_; }
  png_image& image() { return image_; }
  Error Damaged() const { return DamagedPicture("PNG", image_.message); }

 private:
  png_image image_;
  bool open_ = false;
};

std::uint32_t BigEndian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// The simplified reader does not tell the resolution: find the pHYs chunk (PNG specification 11.3.4.3).
void ReadResolution(std::string_view bytes, PictureInfo& info) {
  constexpr double kInchesPerMetre = 39.3701;
  constexpr std::size_t kSignature = 8, kOverhead = 12;
  for (std::size_t at = kSignature; at + kOverhead <= bytes.size();) {
    const std::uint32_t length = BigEndian(bytes, at);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (type == "IDAT" || length > bytes.size() - at - kOverhead) return;
    if (type == "pHYs" && length == 9) {
      if (bytes[at + 16] != 1) return;  // unit unknown: only the aspect
      info.dpi_x = BigEndian(bytes, at + 8) / kInchesPerMetre;
      info.dpi_y = BigEndian(bytes, at + 12) / kInchesPerMetre;
      return;
    }
    at += kOverhead + length;
  }
}

}  // namespace

Result<PictureInfo> InspectPng(std::string_view bytes) {
  Png png(bytes);
  if (!png.open()) return Fail(png.Damaged());
  PictureInfo info;
  constexpr png_uint_32 kMaxSide = 1'000'000;  // libpng's own limit
  if (png.image().width > kMaxSide || png.image().height > kMaxSide)
    return Fail(TooManyPixels(png.image().width, png.image().height, 0));
  info.width_px = static_cast<int>(png.image().width);
  info.height_px = static_cast<int>(png.image().height);
  info.components = (png.image().format & PNG_FORMAT_FLAG_COLOR) != 0 ? 3 : 1;
  ReadResolution(bytes, info);
  return info;
}

Result<Raster> DecodePng(std::string_view bytes, const DecodeLimits& limits) {
  Png png(bytes);
  if (!png.open()) return Fail(png.Damaged());
  png_image& image = png.image();
  if (static_cast<std::int64_t>(image.width) * image.height > limits.max_pixels)
    return Fail(TooManyPixels(image.width, image.height, limits.max_pixels));
  const bool colour = (image.format & PNG_FORMAT_FLAG_COLOR) != 0;
  image.format = colour ? PNG_FORMAT_RGB : PNG_FORMAT_GRAY;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // scanners do not write linear light
  Raster raster;
  raster.width_px = static_cast<int>(image.width);
  raster.height_px = static_cast<int>(image.height);
  raster.channels = colour ? 3 : 1;
  raster.pixels.resize(PNG_IMAGE_SIZE(image));
  const png_color white = {255, 255, 255};
  if (png_image_finish_read(&image, &white, raster.pixels.data(), 0, nullptr) == 0)
    return Fail(png.Damaged());
  return raster;
}

}  // namespace vanthu::intake
