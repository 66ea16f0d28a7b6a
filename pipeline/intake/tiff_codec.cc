#include <tiffio.h>

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <cstring>

#include "pipeline/base/handle.h"
#include "pipeline/intake/picture_codec.h"

namespace vanthu::intake {
namespace {

// The file in memory, as libtiff's callbacks want it, and libtiff's first complaint.
struct TiffSource {
  std::string_view bytes;
  toff_t at = 0;
  std::string complaint;
};

tmsize_t ReadProc(thandle_t handle, void* out, tmsize_t size) {
  auto* source = static_cast<TiffSource*>(handle);
  if (size <= 0 || source->at >= source->bytes.size()) return 0;
  const std::size_t n =
      std::min<std::size_t>(static_cast<std::size_t>(size), source->bytes.size() - source->at);
  std::memcpy(out, source->bytes.data() + source->at, n);
  source->at += n;
  return static_cast<tmsize_t>(n);
}

tmsize_t WriteProc(thandle_t, void*, tmsize_t) {
  return 0;
}

toff_t SeekProc(thandle_t handle, toff_t offset, int whence) {
  auto* source = static_cast<TiffSource*>(handle);
  if (whence == SEEK_CUR) offset += source->at;
  if (whence == SEEK_END) offset += source->bytes.size();
  return source->at = offset;
}

int CloseProc(thandle_t) {
  return 0;
}
toff_t SizeProc(thandle_t handle) {
  return static_cast<TiffSource*>(handle)->bytes.size();
}

int Complain(TIFF*, void* user, const char* module, const char* format, va_list arguments) {
  auto* source = static_cast<TiffSource*>(user);
  if (!source->complaint.empty()) return 1;
  char text[200];
  std::vsnprintf(text, sizeof text, format, arguments);
  source->complaint = module != nullptr ? std::string(module) + ": " + text : text;
  return 1;
}

int Ignore(TIFF*, void*, const char*, const char*, va_list) {
  return 1;
}

using TiffHandle = Handle<TIFF, TIFFClose>;

TiffHandle OpenTiff(TiffSource& source) {
  const Handle<TIFFOpenOptions, TIFFOpenOptionsFree> options(TIFFOpenOptionsAlloc());
  // Handlers of this handle alone: the global ones print to stderr.
  TIFFOpenOptionsSetErrorHandlerExtR(options.get(), Complain, &source);
  TIFFOpenOptionsSetWarningHandlerExtR(options.get(), Ignore, nullptr);
  TIFFOpenOptionsSetMaxSingleMemAlloc(options.get(), tmsize_t{1} << 30);
  return TiffHandle(TIFFClientOpenExt("tiff", "rm", &source, ReadProc, WriteProc, SeekProc, CloseProc,
                                      SizeProc, nullptr, nullptr, options.get()));
}

PictureInfo InfoOf(TIFF* tiff) {
  PictureInfo info;
  std::uint32_t width = 0, height = 0;
  TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
  TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
  constexpr std::uint32_t kMaxSide = 1u << 24;
  info.width_px = static_cast<int>(std::min(width, kMaxSide));
  info.height_px = static_cast<int>(std::min(height, kMaxSide));
  std::uint16_t unit = RESUNIT_INCH, orientation = 1, samples = 1;
  float x = 0, y = 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_RESOLUTIONUNIT, &unit);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  const bool has_x = TIFFGetField(tiff, TIFFTAG_XRESOLUTION, &x) == 1,
             has_y = TIFFGetField(tiff, TIFFTAG_YRESOLUTION, &y) == 1;
  constexpr double kCmPerInch = 2.54;
  const double per_inch = unit == RESUNIT_CENTIMETER ? kCmPerInch : unit == RESUNIT_INCH ? 1.0 : 0.0;
  if (has_x && has_y && x > 0 && y > 0 && x < 1e6f && y < 1e6f) {
    info.dpi_x = x * per_inch;
    info.dpi_y = y * per_inch;
  }
  info.orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  info.components = samples;
  return info;
}

bool IsPage(TIFF* tiff) {
  std::uint32_t type = 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SUBFILETYPE, &type);
  return (type & (FILETYPE_REDUCEDIMAGE | FILETYPE_MASK)) == 0;
}

// Fax and line scans: one bit a pixel, in strips. A quarter of the time and a quarter of the memory of the
// general reader. False: not of this kind.
bool IsBilevelStrips(TIFF* tiff) {
  std::uint16_t bits = 0, samples = 0, photometric = 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  return bits == 1 && samples == 1 && TIFFIsTiled(tiff) == 0 &&
         (photometric == PHOTOMETRIC_MINISWHITE || photometric == PHOTOMETRIC_MINISBLACK);
}

bool DecodeBilevel(TIFF* tiff, Raster& raster) {
  std::uint16_t photometric = 0;
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  const std::uint8_t zero = photometric == PHOTOMETRIC_MINISWHITE ? 255 : 0;
  const auto line_size = static_cast<std::size_t>(std::max<tmsize_t>(TIFFScanlineSize(tiff), 0));
  if (line_size < (static_cast<std::size_t>(raster.width_px) + 7) / 8) return false;
  std::vector<std::uint8_t> line(line_size);
  raster.channels = 1;
  raster.pixels.resize(static_cast<std::size_t>(raster.width_px) *
                       static_cast<std::size_t>(raster.height_px));
  for (int y = 0; y < raster.height_px; ++y) {
    if (TIFFReadScanline(tiff, line.data(), static_cast<std::uint32_t>(y), 0) != 1) return false;
    std::uint8_t* out = raster.row(y);
    for (int x = 0; x < raster.width_px; ++x) {
      const bool bit = (line[static_cast<std::size_t>(x) / 8] >> (7 - x % 8) & 1) != 0;
      out[x] = bit ? static_cast<std::uint8_t>(255 - zero) : zero;
    }
  }
  return true;
}

// Everything else, through libtiff's own conversion to RGBA, on white.
bool DecodeGeneral(TIFF* tiff, Raster& raster) {
  const auto w = static_cast<std::size_t>(raster.width_px), h = static_cast<std::size_t>(raster.height_px);
  std::vector<std::uint32_t> rgba(w * h);
  // Rows as stored, top first; the caller turns them by the orientation tag. Stop at the first error.
  std::uint16_t orientation = ORIENTATION_TOPLEFT;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_ORIENTATION, &orientation);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, static_cast<std::uint16_t>(ORIENTATION_TOPLEFT));
  if (TIFFReadRGBAImageOriented(tiff, static_cast<std::uint32_t>(w), static_cast<std::uint32_t>(h),
                                rgba.data(), ORIENTATION_TOPLEFT, 1) != 1)
    return false;
  std::uint16_t samples = 1, photometric = 0;
  TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  const bool grey = photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE;
  raster.channels = grey ? 1 : 3;
  raster.pixels.resize(w * h * static_cast<std::size_t>(raster.channels));
  for (std::size_t i = 0; i < w * h; ++i) {
    const std::uint32_t p = rgba[i];
    const unsigned paper = 255u - TIFFGetA(p);  // libtiff gives colours already multiplied by alpha
    const unsigned channel[3] = {TIFFGetR(p) + paper, TIFFGetG(p) + paper, TIFFGetB(p) + paper};
    for (int c = 0; c < raster.channels; ++c)
      raster.pixels[i * static_cast<std::size_t>(raster.channels) + static_cast<std::size_t>(c)] =
          static_cast<std::uint8_t>(std::min(channel[c], 255u));
  }
  return true;
}

}  // namespace

Result<std::vector<TiffPage>> InspectTiff(std::string_view bytes, const DecodeLimits& limits) {
  TiffSource source{bytes, 0, {}};
  const TiffHandle tiff = OpenTiff(source);
  if (!tiff) return Fail(DamagedPicture("TIFF", source.complaint));
  std::vector<TiffPage> pages;
  int directory = 0;
  do {
    const PictureInfo info = InfoOf(tiff.get());
    if (IsPage(tiff.get()) && info.width_px > 0 && info.height_px > 0) pages.push_back({info, directory});
    // One more than the limit is enough to refuse the file; libtiff itself refuses loops of directories.
    if (static_cast<int>(pages.size()) > limits.max_pages || ++directory > limits.max_pages + 1) break;
  } while (TIFFReadDirectory(tiff.get()) == 1);
  if (pages.empty()) return Fail(DamagedPicture("TIFF", source.complaint));
  return pages;
}

Result<Raster> DecodeTiff(std::string_view bytes, const TiffPage& page, const DecodeLimits& limits) {
  const std::int64_t width = page.info.width_px, height = page.info.height_px;
  if (width * height > limits.max_pixels) return Fail(TooManyPixels(width, height, limits.max_pixels));
  TiffSource source{bytes, 0, {}};
  const TiffHandle tiff = OpenTiff(source);
  if (!tiff || TIFFSetDirectory(tiff.get(), static_cast<tdir_t>(page.directory)) != 1)
    return Fail(DamagedPicture("TIFF", source.complaint));
  Raster raster;
  raster.width_px = page.info.width_px;
  raster.height_px = page.info.height_px;
  const bool decoded =
      IsBilevelStrips(tiff.get()) ? DecodeBilevel(tiff.get(), raster) : DecodeGeneral(tiff.get(), raster);
  if (!decoded) return Fail(DamagedPicture("TIFF", source.complaint));
  return raster;
}

}  // namespace vanthu::intake
