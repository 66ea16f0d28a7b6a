#include "pipeline/intake/png.h"

#include <png.h>

#include <stdexcept>

namespace vanthu::intake {

Result<std::string> EncodePng(const Raster& raster) {
  if (raster.empty() || (raster.channels != 1 && raster.channels != 3))
    throw std::logic_error("EncodePng: no picture");
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(raster.width_px);
  image.height = static_cast<png_uint_32>(raster.height_px);
  image.format = raster.channels == 1 ? PNG_FORMAT_GRAY : PNG_FORMAT_RGB;
  image.flags = PNG_IMAGE_FLAG_FAST;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, raster.pixels.data(), 0, nullptr) == 0) {
    Error error;
    error.code = ErrorCode::kLimit;
    error.message = {"không ghi được ảnh PNG", "the picture cannot be written as PNG"};
    error.cause = image.message;
    png_image_free(&image);
    return Fail(std::move(error));
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace vanthu::intake
