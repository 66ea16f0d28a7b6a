#include "ocr/textlayer/jpeg_encoder.h"

#include <cmath>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>

#include "ocr/textlayer/jpeg_errors.h"

namespace vanthu::ocr {
namespace {

// libjpeg's own bound on a side; keeps width x height x channels far from overflow.
constexpr int kLongestSidePx = 65500;

// False with errors.message set. `out` is malloc'ed by libjpeg.
bool CompressJpeg(const Raster& raster, int quality, unsigned char*& out, unsigned long& size,
                  JpegErrors& errors) {
  jpeg_compress_struct state;
  state.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = JumpBack;
  errors.manager.emit_message = Silent;
  if (setjmp(errors.back) != 0) {
    jpeg_destroy_compress(&state);
    return false;
  }
  jpeg_create_compress(&state);
  jpeg_mem_dest(&state, &out, &size);
  state.image_width = static_cast<JDIMENSION>(raster.width_px);
  state.image_height = static_cast<JDIMENSION>(raster.height_px);
  state.input_components = raster.channels;
  state.in_color_space = raster.channels == 3 ? JCS_RGB : JCS_GRAYSCALE;
  jpeg_set_defaults(&state);
  jpeg_set_quality(&state, quality, TRUE);
  state.optimize_coding = TRUE;
  if (raster.dpi.value >= 1 && raster.dpi.value <= 65535) {
    state.density_unit = 1;  // dots an inch
    state.X_density = state.Y_density = static_cast<UINT16>(std::lround(raster.dpi.value));
  }
  jpeg_start_compress(&state, TRUE);
  while (state.next_scanline < state.image_height) {
    // libjpeg only reads the row; its interface is older than const.
    JSAMPROW row = const_cast<JSAMPROW>(raster.row(static_cast<int>(state.next_scanline)));
    jpeg_write_scanlines(&state, &row, 1);
  }
  jpeg_finish_compress(&state);
  jpeg_destroy_compress(&state);
  return true;
}

}  // namespace

Status CheckRaster(const Raster& raster) {
  const bool whole = raster.width_px > 0 && raster.height_px > 0 && raster.width_px <= kLongestSidePx &&
                     raster.height_px <= kLongestSidePx && (raster.channels == 1 || raster.channels == 3) &&
                     raster.pixels.size() == static_cast<std::size_t>(raster.width_px) *
                                                 static_cast<std::size_t>(raster.height_px) *
                                                 static_cast<std::size_t>(raster.channels);
  if (whole) return {};
  Error error;
  error.code = ErrorCode::kLimit;
  error.message = {"ảnh của trang rỗng hoặc quá lớn", "the page's picture is empty or too big"};
  error.cause = fmt::format("{}x{} px, {} channels", raster.width_px, raster.height_px, raster.channels);
  return Fail(std::move(error));
}

Result<std::string> EncodeJpeg(const Raster& raster, int quality) {
  if (Status whole = CheckRaster(raster); !whole) return Fail(whole.error());
  JpegErrors errors;
  unsigned char* bytes = nullptr;
  unsigned long size = 0;
  const bool done = CompressJpeg(raster, quality, bytes, size, errors);
  const std::unique_ptr<unsigned char, void (*)(void*)> owned(bytes, std::free);
  if (!done) {
    Error error;
    error.message = {"không nén được ảnh của trang", "the page's picture cannot be compressed"};
    error.cause = errors.message;
    return Fail(std::move(error));
  }
  return std::string(reinterpret_cast<const char*>(bytes), size);
}

}  // namespace vanthu::ocr
