// libjpeg's header wants these before it.
#include <cstddef>
#include <cstdio>

#include <jpeglib.h>

#include <jerror.h>

#include <png.h>

#include <array>
#include <csetjmp>
#include <cstring>

#include <fmt/format.h>

#include "pipeline/base/refusal.h"
#include "signing/appearance/picture_decode.h"

namespace vanthu::signing {
namespace {

Error Damaged(const char* format, std::string cause) {
  return Refusal(ErrorCode::kDamaged,
                 {fmt::format("ảnh {} bị hỏng hoặc bị cắt cụt", format),
                  fmt::format("the {} picture is damaged or cut off", format)},
                 std::move(cause), {"Dùng một bản ảnh khác", "Use another copy of the picture"});
}

Status CheckPixels(std::int64_t width, std::int64_t height, std::int64_t most) {
  if (width > 0 && height > 0 && width <= most && height <= most / width) return {};
  return Fail(Refusal(ErrorCode::kLimit,
                      {fmt::format("ảnh {} × {} điểm, giới hạn là {} điểm", width, height, most),
                       fmt::format("the picture has {} x {} pixels, the limit is {}", width, height, most)},
                      {}, {"Thu nhỏ ảnh", "Reduce the picture"}));
}

std::uint32_t BigEndian(std::string_view bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

// libpng's simplified reader does not tell the resolution: the pHYs chunk (PNG specification, 11.3.4.3).
void ReadPngResolution(std::string_view bytes, DecodedPicture& picture) {
  constexpr double kInchesPerMetre = 39.3701;
  constexpr std::size_t kSignature = 8, kOverhead = 12;
  for (std::size_t at = kSignature; at + kOverhead <= bytes.size();) {
    const std::uint32_t length = BigEndian(bytes, at);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (type == "IDAT" || length > bytes.size() - at - kOverhead) return;
    if (type == "pHYs" && length == 9) {
      if (bytes[at + 16] != 1) return;  // unit unknown: only the aspect
      picture.dpi_x = BigEndian(bytes, at + 8) / kInchesPerMetre;
      picture.dpi_y = BigEndian(bytes, at + 12) / kInchesPerMetre;
      return;
    }
    at += kOverhead + length;
  }
}

// EXIF 2.3, 4.6: a small TIFF; only the orientation of its first directory. A telephone that was held upright
// writes pixels that lie on their side.
int OrientationOf(std::string_view tiff) {
  const bool little = tiff.starts_with("II");
  const auto number = [&](std::size_t at, std::size_t size) -> std::uint32_t {
    if (at > tiff.size() || size > tiff.size() - at) return 0;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
      value = value << 8 | static_cast<unsigned char>(tiff[at + (little ? size - 1 - i : i)]);
    return value;
  };
  if ((!little && !tiff.starts_with("MM")) || number(2, 2) != 42) return 1;
  constexpr std::uint32_t kOrientation = 0x0112;
  constexpr std::size_t kEntry = 12;
  const std::size_t directory = number(4, 4);
  const std::uint32_t count = number(directory, 2);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::size_t at = directory + 2 + i * kEntry;
    if (number(at, 2) != kOrientation) continue;
    const std::uint32_t value = number(at + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

// The simplified reader keeps its longjmp to itself: errors come back as a value.
class Png {
 public:
  explicit Png(std::string_view bytes) {
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    open = png_image_begin_read_from_memory(&image, bytes.data(), bytes.size()) != 0;
  }
  ~Png() { png_image_free(&image); }
  Png(const Png&) = delete;
  Png& operator=(const Png&) = delete;

  png_image image;
  bool open = false;
};

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

// A picture that ends half way must not be drawn as whole; one of nothing but bad markers must not keep us.
void Listen(j_common_ptr decoder, int level) {
  auto* session = static_cast<JpegSession*>(decoder->client_data);
  if (level >= 0) return;
  const int code = decoder->err->msg_code;
  if (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER) session->truncated = true;
  constexpr long kMostWarnings = 1000;
  if (++decoder->err->num_warnings > kMostWarnings) Escape(decoder);
}

void Silent(j_common_ptr) {}

bool Start(JpegSession* session, const unsigned char* bytes, std::size_t size) {
  if (setjmp(session->escape) != 0) return false;
  session->decoder.err = jpeg_std_error(&session->errors);
  session->errors.error_exit = Escape;
  session->errors.emit_message = Listen;
  session->errors.output_message = Silent;
  session->decoder.client_data = session;
  jpeg_create_decompress(&session->decoder);
  constexpr long kMostMemory = 256L << 20;  // progressive files keep all coefficients
  session->decoder.mem->max_memory_to_use = kMostMemory;
  jpeg_mem_src(&session->decoder, bytes, static_cast<unsigned long>(size));
  jpeg_save_markers(&session->decoder, JPEG_APP0 + 1, 0xFFFF);
  return jpeg_read_header(&session->decoder, TRUE) == JPEG_HEADER_OK;
}

bool StartDecoding(JpegSession* session) {
  if (setjmp(session->escape) != 0) return false;
  jpeg_decompress_struct& d = session->decoder;
  const bool inks = d.jpeg_color_space == JCS_CMYK || d.jpeg_color_space == JCS_YCCK;
  d.out_color_space = inks ? JCS_CMYK : JCS_RGB;
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
    std::memset(&session, 0, sizeof session);
    open = Start(&session, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  ~Jpeg() { jpeg_destroy_decompress(&session.decoder); }
  Jpeg(const Jpeg&) = delete;
  Jpeg& operator=(const Jpeg&) = delete;
  Error Broken() const { return Damaged("JPEG", session.message.data()); }

  JpegSession session;
  bool open = false;
};

// Adobe's programs store CMYK inverted; without their marker it is as printed.
std::vector<std::uint8_t> RgbOfInks(const std::vector<std::uint8_t>& cmyk, bool inverted) {
  std::vector<std::uint8_t> rgb(cmyk.size() / 4 * 3);
  for (std::size_t i = 0; i < cmyk.size() / 4; ++i) {
    const unsigned key = inverted ? cmyk[4 * i + 3] : 255U - cmyk[4 * i + 3];
    for (std::size_t c = 0; c < 3; ++c) {
      const unsigned ink = inverted ? cmyk[4 * i + c] : 255U - cmyk[4 * i + c];
      rgb[3 * i + c] = static_cast<std::uint8_t>(ink * key / 255);
    }
  }
  return rgb;
}

}  // namespace

bool IsPng(std::string_view bytes) {
  return bytes.starts_with("\x89PNG\r\n\x1A\n");
}

bool IsJpeg(std::string_view bytes) {
  return bytes.starts_with("\xFF\xD8\xFF");
}

Result<DecodedPicture> DecodePng(std::string_view bytes, std::int64_t most_pixels) {
  Png png(bytes);
  if (!png.open) return Fail(Damaged("PNG", png.image.message));
  if (Status checked = CheckPixels(png.image.width, png.image.height, most_pixels); !checked)
    return Fail(checked.error());
  const bool transparent = (png.image.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  png.image.format = transparent ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  png.image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;  // scanners and drawing programs do not write linear light
  DecodedPicture picture;
  picture.width_px = static_cast<int>(png.image.width);
  picture.height_px = static_cast<int>(png.image.height);
  ReadPngResolution(bytes, picture);
  std::vector<std::uint8_t> pixels(PNG_IMAGE_SIZE(png.image));
  if (png_image_finish_read(&png.image, nullptr, pixels.data(), 0, nullptr) == 0)
    return Fail(Damaged("PNG", png.image.message));
  if (!transparent) {
    picture.rgb = std::move(pixels);
    return picture;
  }
  const std::size_t count = pixels.size() / 4;
  picture.rgb.resize(count * 3);
  picture.alpha.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    std::memcpy(&picture.rgb[3 * i], &pixels[4 * i], 3);
    picture.alpha[i] = pixels[4 * i + 3];
  }
  return picture;
}

Result<DecodedPicture> DecodeJpeg(std::string_view bytes, std::int64_t most_pixels) {
  Jpeg jpeg(bytes);
  if (!jpeg.open) return Fail(jpeg.Broken());
  const jpeg_decompress_struct& d = jpeg.session.decoder;
  if (Status checked = CheckPixels(d.image_width, d.image_height, most_pixels); !checked)
    return Fail(checked.error());
  DecodedPicture picture;
  using namespace std::string_view_literals;  // markers are gone when all is decoded
  constexpr std::string_view kExif = "Exif\0\0"sv;
  for (const jpeg_marker_struct* marker = d.marker_list; marker != nullptr; marker = marker->next) {
    const std::string_view data(reinterpret_cast<const char*>(marker->data), marker->data_length);
    if (data.starts_with(kExif)) picture.orientation = OrientationOf(data.substr(kExif.size()));
  }
  if (!StartDecoding(&jpeg.session)) return Fail(jpeg.Broken());
  const auto channels = static_cast<std::size_t>(d.output_components);
  if (channels != 3 && channels != 4) return Fail(Damaged("JPEG", "components"));
  const std::size_t stride = channels * d.output_width;
  std::vector<std::uint8_t> rows(stride * d.output_height);
  if (!DecodeRows(&jpeg.session, rows.data(), stride) || jpeg.session.truncated) return Fail(jpeg.Broken());
  picture.width_px = static_cast<int>(d.output_width);
  picture.height_px = static_cast<int>(d.output_height);
  picture.rgb = channels == 4 ? RgbOfInks(rows, d.saw_Adobe_marker != 0) : std::move(rows);
  constexpr double kCmPerInch = 2.54;
  const double unit = d.density_unit == 2 ? kCmPerInch : d.density_unit == 1 ? 1.0 : 0.0;
  if (d.saw_JFIF_marker != 0) {
    picture.dpi_x = d.X_density * unit;
    picture.dpi_y = d.Y_density * unit;
  }
  return picture;
}

}  // namespace vanthu::signing
