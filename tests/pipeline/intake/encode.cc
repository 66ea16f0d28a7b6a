#include "tests/pipeline/intake/encode.h"

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <jpeglib.h>

#include <png.h>
#include <tiffio.h>

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu::test {

Raster Sample(int width_px, int height_px, int channels) {
  Raster raster;
  raster.width_px = width_px;
  raster.height_px = height_px;
  raster.channels = channels;
  raster.pixels.assign(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) *
                           static_cast<std::size_t>(channels),
                       255);
  for (int y = 0; y < height_px / 8; ++y)
    std::fill_n(raster.row(y), width_px / 4 * channels, std::uint8_t{0});
  return raster;
}

int CornerOf(const Raster& raster) {
  const int x0 = raster.width_px / 16, x1 = raster.width_px - 1 - x0;
  const int y0 = raster.height_px / 16, y1 = raster.height_px - 1 - y0;
  const int at[4][2] = {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}};
  int found = -1;
  for (int i = 0; i < 4; ++i) {
    if (raster.row(at[i][1])[at[i][0] * raster.channels] > 100) continue;
    if (found >= 0) return -1;
    found = i;
  }
  return found;
}

std::string EncodeJpeg(const Raster& raster, const JpegForm& form) {
  jpeg_compress_struct encoder{};
  jpeg_error_mgr errors{};
  encoder.err = jpeg_std_error(&errors);
  jpeg_create_compress(&encoder);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  jpeg_mem_dest(&encoder, &out, &size);
  encoder.image_width = static_cast<JDIMENSION>(raster.width_px);
  encoder.image_height = static_cast<JDIMENSION>(raster.height_px);
  encoder.input_components = form.cmyk ? 4 : raster.channels;
  encoder.in_color_space = form.cmyk ? JCS_CMYK : raster.channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&encoder);
  if (form.dpi > 0) {
    encoder.density_unit = 1;
    encoder.X_density = encoder.Y_density = static_cast<UINT16>(form.dpi);
  }
  jpeg_start_compress(&encoder, TRUE);
  if (form.orientation > 0) {
    const unsigned char exif[] = {
        'E', 'x', 'i', 'f',  0,    0, 'M', 'M', 0, 42, 0, 0, 0,
        8,   0,   1,   0x01, 0x12, 0, 3,   0,   0, 0,  1, 0, static_cast<unsigned char>(form.orientation),
        0,   0,   0,   0,    0,    0};
    jpeg_write_marker(&encoder, JPEG_APP0 + 1, exif, sizeof exif);
  }
  std::vector<unsigned char> row;
  for (int y = 0; y < raster.height_px; ++y) {
    row.assign(raster.row(y), raster.row(y) + raster.width_px * raster.channels);
    if (form.cmyk) {
      row.clear();
      // Inverted inks: white paper is 255 everywhere; black is K = 0.
      for (int x = 0; x < raster.width_px; ++x)
        row.insert(row.end(), {255, 255, 255, raster.row(y)[x * raster.channels]});
    }
    JSAMPROW rows[] = {row.data()};
    jpeg_write_scanlines(&encoder, rows, 1);
  }
  jpeg_finish_compress(&encoder);
  jpeg_destroy_compress(&encoder);
  std::string bytes(reinterpret_cast<char*>(out), size);
  std::free(out);
  return bytes;
}

namespace {

void Append(png_structp png, png_bytep data, png_size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))->append(reinterpret_cast<char*>(data), size);
}

}  // namespace

std::string EncodePng(const Raster& raster, PngKind kind, int dpi) {
  std::string bytes;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_set_write_fn(png, &bytes, Append, nullptr);
  const int type = kind == PngKind::kRgb || kind == PngKind::kDeep ? PNG_COLOR_TYPE_RGB
                   : kind == PngKind::kAlpha                       ? PNG_COLOR_TYPE_RGB_ALPHA
                   : kind == PngKind::kPalette                     ? PNG_COLOR_TYPE_PALETTE
                                                                   : PNG_COLOR_TYPE_GRAY;
  const int bits = kind == PngKind::kDeep ? 16 : kind == PngKind::kBit ? 1 : 8;
  png_set_IHDR(png, info, static_cast<png_uint_32>(raster.width_px),
               static_cast<png_uint_32>(raster.height_px), bits, type, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  const png_color palette[2] = {{0, 0, 0}, {255, 255, 255}};
  if (kind == PngKind::kPalette) png_set_PLTE(png, info, palette, 2);
  if (dpi > 0) {
    const auto per_metre = static_cast<png_uint_32>(dpi / 0.0254 + 0.5);
    png_set_pHYs(png, info, per_metre, per_metre, PNG_RESOLUTION_METER);
  }
  png_write_info(png, info);
  for (int y = 0; y < raster.height_px; ++y) {
    std::vector<png_byte> row;
    for (int x = 0; x < raster.width_px; ++x) {
      const png_byte v = raster.row(y)[x * raster.channels];
      switch (kind) {
        case PngKind::kRgb:
          row.insert(row.end(), {v, v, v});
          break;
        case PngKind::kDeep:
          row.insert(row.end(), {v, v, v, v, v, v});
          break;
        case PngKind::kAlpha:
          row.insert(row.end(), {0, 0, 0, static_cast<png_byte>(255 - v)});
          break;
        case PngKind::kPalette:
          row.push_back(v > 100 ? 1 : 0);
          break;
        case PngKind::kBit:
          if (x % 8 == 0) row.push_back(0);
          row.back() = static_cast<png_byte>(row.back() | (v > 100 ? 0x80 >> (x % 8) : 0));
          break;
        default:
          row.push_back(v);
          break;
      }
    }
    png_write_row(png, row.data());
  }
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return bytes;
}

std::string EncodeTiff(const std::vector<std::pair<Raster, TiffForm>>& pages) {
  const TemporaryFile file("", ".tif");
  TIFF* tiff = TIFFOpen(file.path().c_str(), "w");
  if (tiff == nullptr) throw std::runtime_error("cannot write a TIFF");
  for (const auto& [raster, form] : pages) {
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, raster.width_px);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, raster.height_px);
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, form.bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, form.samples);
    TIFFSetField(tiff, TIFFTAG_COMPRESSION, form.compression);
    const int photometric = form.samples >= 3
                                ? form.compression == COMPRESSION_JPEG ? PHOTOMETRIC_YCBCR : PHOTOMETRIC_RGB
                            : form.bits == 1 ? PHOTOMETRIC_MINISWHITE
                                             : PHOTOMETRIC_MINISBLACK;
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
    if (form.compression == COMPRESSION_JPEG && form.samples >= 3)
      TIFFSetField(tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
    if (form.samples == 4) {
      const std::uint16_t alpha = EXTRASAMPLE_ASSOCALPHA;
      TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, &alpha);
    }
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, form.orientation);
    TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, 16);
    if (form.thumbnail) TIFFSetField(tiff, TIFFTAG_SUBFILETYPE, FILETYPE_REDUCEDIMAGE);
    if (form.dpi_x > 0) {
      TIFFSetField(tiff, TIFFTAG_XRESOLUTION, form.dpi_x);
      TIFFSetField(tiff, TIFFTAG_YRESOLUTION, form.dpi_y);
      TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
    }
    for (int y = 0; y < raster.height_px; ++y) {
      std::vector<std::uint8_t> row;
      for (int x = 0; x < raster.width_px; ++x) {
        const std::uint8_t v = raster.row(y)[x * raster.channels];
        if (form.bits == 1) {
          if (x % 8 == 0) row.push_back(0);
          row.back() = static_cast<std::uint8_t>(row.back() | (v < 100 ? 0x80 >> (x % 8) : 0));
          continue;
        }
        for (int s = 0; s < form.samples; ++s)
          for (int b = 0; b < form.bits / 8; ++b) row.push_back(s == 3 ? 255 : v);
      }
      TIFFWriteScanline(tiff, row.data(), static_cast<std::uint32_t>(y), 0);
    }
    TIFFWriteDirectory(tiff);
  }
  TIFFClose(tiff);
  std::string bytes;
  if (FILE* in = std::fopen(file.path().c_str(), "rb"); in != nullptr) {
    char buffer[4096];
    for (std::size_t n; (n = std::fread(buffer, 1, sizeof buffer, in)) > 0;) bytes.append(buffer, n);
    std::fclose(in);
  }
  return bytes;
}

}  // namespace vanthu::test
