// libjpeg's header wants these before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>

#include "pipeline/intake/picture_codec.h"

namespace vanthu::intake {
namespace {

using namespace std::string_view_literals;

// libjpeg reports errors by a call that must not return. Between setjmp and longjmp only the functions below
// run, which own no C++ object: all memory is the caller's or libjpeg's.
struct JpegSession {
  jpeg_decompress_struct decoder;
  jpeg_error_mgr errors;
  std::jmp_buf escape;
  std::array<char, JMSG_LENGTH_MAX> message;
  bool truncated;
};

void Escape(j_common_ptr decoder) {
  auto* session = static_cast<JpegSession*>(decoder->client_data);
  decoder->err->format_message(decoder, session->message.data());
  std::longjmp(session->escape, 1);
}

// Warnings of lost data are errors for us: a scan that ends half way must not pass for a document.
void Listen(j_common_ptr decoder, int level) {
  auto* session = static_cast<JpegSession*>(decoder->client_data);
  if (level >= 0) return;
  const int code = decoder->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) session->truncated = true;
  if (session->message[0] == '\0') decoder->err->format_message(decoder, session->message.data());
  // A file of nothing but bad markers must not keep us for hours.
  constexpr long kMaxWarnings = 10'000;
  if (++decoder->err->num_warnings > kMaxWarnings) Escape(decoder);
}

void Silent(j_common_ptr) {}

void Start(JpegSession* session, const unsigned char* bytes, std::size_t size) {
  session->message[0] = '\0';
  session->truncated = false;
  session->decoder.err = jpeg_std_error(&session->errors);
  session->errors.error_exit = Escape;
  session->errors.emit_message = Listen;
  session->errors.output_message = Silent;
  session->decoder.client_data = session;
  jpeg_create_decompress(&session->decoder);
  session->decoder.client_data = session;
  constexpr long kMaxMemory = 1L << 30;  // progressive files keep all coefficients
  session->decoder.mem->max_memory_to_use = kMaxMemory;
  jpeg_mem_src(&session->decoder, bytes, static_cast<unsigned long>(size));
}

bool ReadHeader(JpegSession* session, const unsigned char* bytes, std::size_t size) {
  if (setjmp(session->escape) != 0) return false;
  Start(session, bytes, size);
  jpeg_save_markers(&session->decoder, JPEG_APP0 + 1, 0xFFFF);
  return jpeg_read_header(&session->decoder, TRUE) == JPEG_HEADER_OK;
}

bool StartDecoding(JpegSession* session, unsigned denominator) {
  if (setjmp(session->escape) != 0) return false;
  jpeg_decompress_struct& d = session->decoder;
  d.scale_num = 1;
  d.scale_denom = denominator;
  d.dct_method = JDCT_ISLOW;
  switch (d.jpeg_color_space) {
    case JCS_GRAYSCALE:
      d.out_color_space = JCS_GRAYSCALE;
      break;
    case JCS_CMYK:
    case JCS_YCCK:
      d.out_color_space = JCS_CMYK;
      break;
    default:
      d.out_color_space = JCS_RGB;
      break;
  }
  return jpeg_start_decompress(&d) != 0;
}

// `rows` holds output_height rows of `stride` bytes.
bool DecodeRows(JpegSession* session, unsigned char* rows, std::size_t stride) {
  if (setjmp(session->escape) != 0) return false;
  jpeg_decompress_struct& d = session->decoder;
  while (d.output_scanline < d.output_height) {
    JSAMPROW row = rows + stride * d.output_scanline;
    if (jpeg_read_scanlines(&d, &row, 1) == 0) return false;
  }
  return jpeg_finish_decompress(&d) != 0;
}

// Owns the decoder's memory.
class Jpeg {
 public:
  explicit Jpeg(std::string_view bytes) {
    std::memset(&session_, 0, sizeof session_);
    open_ = ReadHeader(&session_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  ~Jpeg() { jpeg_destroy_decompress(&session_.decoder); }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;
  bool open() const { return open_; }
  JpegSession& session() { return session_; }
  jpeg_decompress_struct& decoder() { return session_.decoder; }
  Error Damaged() const { return DamagedPicture("JPEG", session_.message.data()); }

 private:
  JpegSession session_;
  bool open_ = false;
};

PictureInfo InfoOf(const jpeg_decompress_struct& d) {
  PictureInfo info;
  info.width_px = static_cast<int>(d.image_width);
  info.height_px = static_cast<int>(d.image_height);
  info.components = d.num_components;
  constexpr double kCmPerInch = 2.54;
  const double unit = d.density_unit == 2 ? kCmPerInch : d.density_unit == 1 ? 1.0 : 0.0;
  if (d.saw_JFIF_marker && d.X_density > 1 && d.Y_density > 1) {
    info.dpi_x = d.X_density * unit;
    info.dpi_y = d.Y_density * unit;
  }
  constexpr std::string_view kExif = "Exif\0\0"sv;
  for (const jpeg_marker_struct* marker = d.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (marker->marker == JPEG_APP0 + 1 && data.substr(0, kExif.size()) == kExif) {
      ReadExif(data.substr(kExif.size()), info);
      break;
    }
  }
  return info;
}

// Adobe's programs store CMYK inverted; without their marker it is as printed.
void CmykToRgb(const std::vector<std::uint8_t>& cmyk, bool inverted, Raster& raster) {
  const std::size_t count = cmyk.size() / 4;
  raster.pixels.resize(count * 3);
  for (std::size_t i = 0; i < count; ++i) {
    const unsigned key = inverted ? cmyk[4 * i + 3] : 255u - cmyk[4 * i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const unsigned ink = inverted ? cmyk[4 * i + c] : 255u - cmyk[4 * i + c];
      raster.pixels[3 * i + c] = static_cast<std::uint8_t>(ink * key / 255);
    }
  }
}

}  // namespace

Result<PictureInfo> InspectJpeg(std::string_view bytes) {
  Jpeg jpeg(bytes);
  if (!jpeg.open()) return Fail(jpeg.Damaged());
  return InfoOf(jpeg.decoder());
}

Result<Raster> DecodeJpeg(std::string_view bytes, int min_long_px, const DecodeLimits& limits) {
  Jpeg jpeg(bytes);
  if (!jpeg.open()) return Fail(jpeg.Damaged());
  const std::int64_t width = jpeg.decoder().image_width, height = jpeg.decoder().image_height;
  unsigned denominator = 1;
  const auto fits = [&](unsigned d) { return (width / d) * (height / d) <= limits.max_pixels; };
  while (denominator < 8 && min_long_px > 0 && std::max(width, height) / (2 * denominator) >= min_long_px)
    denominator *= 2;
  while (denominator < 8 && !fits(denominator)) denominator *= 2;
  if (!fits(denominator)) return Fail(TooManyPixels(width, height, limits.max_pixels));
  if (!StartDecoding(&jpeg.session(), denominator)) return Fail(jpeg.Damaged());
  const jpeg_decompress_struct& d = jpeg.decoder();
  const auto channels = static_cast<std::size_t>(d.output_components);
  if (channels != 1 && channels != 3 && channels != 4) return Fail(jpeg.Damaged());
  Raster raster;
  raster.width_px = static_cast<int>(d.output_width);
  raster.height_px = static_cast<int>(d.output_height);
  raster.channels = channels == 1 ? 1 : 3;
  const std::size_t stride = channels * d.output_width;
  std::vector<std::uint8_t> rows(stride * d.output_height);
  if (!DecodeRows(&jpeg.session(), rows.data(), stride) || jpeg.session().truncated)
    return Fail(jpeg.Damaged());
  if (channels == 4)
    CmykToRgb(rows, d.saw_Adobe_marker != 0, raster);
  else
    raster.pixels = std::move(rows);
  return raster;
}

}  // namespace vanthu::intake
