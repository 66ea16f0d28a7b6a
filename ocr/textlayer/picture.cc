// Input: a JPEG or a raster. Output: bytes for a PDF image. Method: a JPEG's header is read by libjpeg and
// compared with what intake said, and its end must be there, since a viewer shows whatever a broken file
// leaves; a raster of black and white alone is coded as fax group 4 (libtiff), any other as JPEG. Accuracy:
// group 4 is lossless. Where it fails: a JPEG damaged in the middle passes (only decoding it all would show
// that).
#include "ocr/textlayer/picture.h"

#include <tiffio.h>

#include <algorithm>
#include <cstring>
#include <memory>

#include <fmt/format.h>

#include "ocr/textlayer/jpeg_encoder.h"
#include "ocr/textlayer/jpeg_errors.h"

namespace vanthu::ocr {
namespace {

// For print that is read, not admired: below 75 rings show around letters, above 85 the file grows for
// nothing seen. A guess, checked by eye on 200-dpi scans.
constexpr int kJpegQuality = 80;

Error Broken(const std::string& cause) {
  Error error;
  error.code = ErrorCode::kDamaged;
  error.message = {"ảnh JPEG của trang bị hỏng", "the page's JPEG is broken"};
  error.advice = {"Quét lại trang này", "Scan this page again"};
  error.cause = cause;
  return error;
}

Error NotForPdfA(const std::string& cause) {
  Error error;
  error.code = ErrorCode::kNotAccepted;
  error.message = {"ảnh JPEG thuộc loại mà PDF/A không nhận nguyên trạng",
                   "PDF/A cannot hold this kind of JPEG as it is"};
  error.cause = cause;
  return error;
}

struct JpegHeader {
  int width_px = 0;
  int height_px = 0;
  int components = 0;
  int precision = 0;
  bool arithmetic = false;
  bool stored_as_rgb = false;
  bool adobe_marker = false;
};

// False with errors.message set, where libjpeg refuses the header.
bool ReadHeader(const std::string& bytes, JpegHeader& header, JpegErrors& errors) {
  jpeg_decompress_struct state;
  state.err = jpeg_std_error(&errors.manager);
  errors.manager.error_exit = JumpBack;
  errors.manager.emit_message = Silent;
  if (setjmp(errors.back) != 0) {
    jpeg_destroy_decompress(&state);
    return false;
  }
  jpeg_create_decompress(&state);
  jpeg_mem_src(&state, reinterpret_cast<const unsigned char*>(bytes.data()),
               static_cast<unsigned long>(bytes.size()));
  jpeg_read_header(&state, TRUE);
  header = {static_cast<int>(state.image_width),
            static_cast<int>(state.image_height),
            state.num_components,
            state.data_precision,
            state.arith_code != 0,
            state.jpeg_color_space == JCS_RGB,
            state.saw_Adobe_marker != 0};
  jpeg_destroy_decompress(&state);
  return true;
}

// Some writers pad the file after its end marker: looked for in the last bytes only.
bool HasEnd(const std::string& bytes) {
  constexpr std::size_t kPadding = 1024;
  const std::size_t from = bytes.size() > kPadding ? bytes.size() - kPadding : 0;
  return bytes.find("\xFF\xD9", from) != std::string::npos;
}

Result<Picture> FromJpeg(ArchivePage& page) {
  Picture picture;
  JpegErrors errors;
  JpegHeader header;
  if (!ReadHeader(*page.jpeg, header, errors)) return Fail(Broken(errors.message));
  if (header.width_px != page.jpeg_width_px || header.height_px != page.jpeg_height_px)
    return Fail(Broken(fmt::format("{}x{} px, said to be {}x{}", header.width_px, header.height_px,
                                   page.jpeg_width_px, page.jpeg_height_px)));
  if (header.components != page.jpeg_components)
    return Fail(Broken(fmt::format("{} components, said to be {}", header.components, page.jpeg_components)));
  if (header.components != 1 && header.components != 3)
    return Fail(NotForPdfA(fmt::format("{} components", header.components)));
  if (header.precision != 8) return Fail(NotForPdfA(fmt::format("{} bits", header.precision)));
  if (header.arithmetic) return Fail(NotForPdfA("arithmetic coding"));
  if (!HasEnd(*page.jpeg)) return Fail(Broken("no end marker"));
  picture.width_px = header.width_px;
  picture.height_px = header.height_px;
  picture.components = header.components;
  picture.plain_rgb = header.stored_as_rgb && !header.adobe_marker;
  picture.bytes = std::move(*page.jpeg);
  picture.to_page = page.jpeg_to_page;
  return picture;
}

bool IsBlackAndWhite(const Raster& raster) {
  return raster.channels == 1 && std::all_of(raster.pixels.begin(), raster.pixels.end(),
                                             [](std::uint8_t value) { return value == 0 || value == 255; });
}

// libtiff's client procedures over a string.
struct TiffMemory {
  std::string bytes;
  std::size_t at = 0;
};

tmsize_t ReadMemory(thandle_t handle, void* data, tmsize_t size) {
  auto* memory = static_cast<TiffMemory*>(handle);
  const std::size_t got = std::min(static_cast<std::size_t>(size),
                                   memory->bytes.size() - std::min(memory->at, memory->bytes.size()));
  std::memcpy(data, memory->bytes.data() + memory->at, got);
  memory->at += got;
  return static_cast<tmsize_t>(got);
}

tmsize_t WriteMemory(thandle_t handle, void* data, tmsize_t size) {
  auto* memory = static_cast<TiffMemory*>(handle);
  const auto length = static_cast<std::size_t>(size);
  if (memory->bytes.size() < memory->at + length) memory->bytes.resize(memory->at + length);
  std::memcpy(memory->bytes.data() + memory->at, data, length);
  memory->at += length;
  return size;
}

toff_t SeekMemory(thandle_t handle, toff_t offset, int whence) {
  auto* memory = static_cast<TiffMemory*>(handle);
  const std::size_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? memory->at : memory->bytes.size();
  memory->at = base + static_cast<std::size_t>(offset);
  return memory->at;
}

int CloseMemory(thandle_t) {
  return 0;
}
toff_t SizeOfMemory(thandle_t handle) {
  return static_cast<TiffMemory*>(handle)->bytes.size();
}

std::vector<std::uint8_t> PackedRow(const Raster& raster, int y) {
  std::vector<std::uint8_t> row(static_cast<std::size_t>((raster.width_px + 7) / 8));
  const std::uint8_t* pixels = raster.row(y);
  for (int x = 0; x < raster.width_px; ++x)
    if (pixels[x] == 0) row[static_cast<std::size_t>(x / 8)] |= static_cast<std::uint8_t>(0x80 >> (x % 8));
  return row;
}

// The group 4 data of one strip: what CCITTFaxDecode with /K -1 reads. Empty: libtiff refused.
std::string EncodeGroup4(const Raster& raster) {
  TiffMemory memory;
  const std::unique_ptr<TIFF, void (*)(TIFF*)> tiff(
      TIFFClientOpen("page", "w", &memory, ReadMemory, WriteMemory, SeekMemory, CloseMemory, SizeOfMemory,
                     nullptr, nullptr),
      TIFFClose);
  if (!tiff) return {};
  TIFFSetField(tiff.get(), TIFFTAG_IMAGEWIDTH, static_cast<std::uint32_t>(raster.width_px));
  TIFFSetField(tiff.get(), TIFFTAG_IMAGELENGTH, static_cast<std::uint32_t>(raster.height_px));
  TIFFSetField(tiff.get(), TIFFTAG_BITSPERSAMPLE, 1);
  TIFFSetField(tiff.get(), TIFFTAG_SAMPLESPERPIXEL, 1);
  TIFFSetField(tiff.get(), TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISWHITE);
  TIFFSetField(tiff.get(), TIFFTAG_FILLORDER, FILLORDER_MSB2LSB);
  TIFFSetField(tiff.get(), TIFFTAG_COMPRESSION, COMPRESSION_CCITTFAX4);
  TIFFSetField(tiff.get(), TIFFTAG_ROWSPERSTRIP, static_cast<std::uint32_t>(raster.height_px));
  for (int y = 0; y < raster.height_px; ++y) {
    std::vector<std::uint8_t> row = PackedRow(raster, y);
    if (TIFFWriteScanline(tiff.get(), row.data(), static_cast<std::uint32_t>(y), 0) < 0) return {};
  }
  if (TIFFFlushData(tiff.get()) == 0) return {};
  std::uint64_t* offsets = nullptr;
  std::uint64_t* sizes = nullptr;
  if (TIFFGetField(tiff.get(), TIFFTAG_STRIPOFFSETS, &offsets) == 0 ||
      TIFFGetField(tiff.get(), TIFFTAG_STRIPBYTECOUNTS, &sizes) == 0 || offsets == nullptr ||
      sizes == nullptr || offsets[0] > memory.bytes.size() || sizes[0] > memory.bytes.size() - offsets[0])
    return {};
  return memory.bytes.substr(offsets[0], sizes[0]);
}

Result<Picture> FromRaster(const ArchivePage& page) {
  const Raster& raster = *page.raster;
  if (Status whole = CheckRaster(raster); !whole) return Fail(whole.error());
  Picture picture;
  picture.width_px = raster.width_px;
  picture.height_px = raster.height_px;
  picture.components = raster.channels;
  picture.to_page = {page.width_pt, 0, 0, page.height_pt, 0, 0};
  if (IsBlackAndWhite(raster)) {
    picture.bytes = EncodeGroup4(raster);
    picture.bits = 1;
    picture.filter = PictureFilter::kCcitt;
    if (!picture.bytes.empty()) return picture;
    picture.bits = 8;
    picture.filter = PictureFilter::kDct;
  }
  Result<std::string> jpeg = EncodeJpeg(raster, kJpegQuality);
  if (!jpeg) return Fail(jpeg.error());
  picture.bytes = std::move(*jpeg);
  return picture;
}

}  // namespace

Result<Picture> MakePicture(ArchivePage& page) {
  if (page.jpeg.has_value() == page.raster.has_value()) {
    Error error;
    error.message = {"trang lưu trữ cần đúng một ảnh", "an archive page needs exactly one picture"};
    return Fail(std::move(error));
  }
  return page.jpeg ? FromJpeg(page) : FromRaster(page);
}

}  // namespace vanthu::ocr
