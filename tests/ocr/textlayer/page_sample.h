// Pages as intake and the recogniser would hand them in.
#pragma once

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "ocr/textlayer/picture.h"
#include "ocr/textlayer/textlayer.h"

namespace vanthu::ocr {

inline Word At(const std::string& text, double x0, double y0, double x1, double y1, int rotation_deg = 0) {
  Word word;
  word.text = text;
  word.box = {x0, y0, x1, y1};
  word.rotation_deg = rotation_deg;
  return word;
}

// Stripes and a gradient: something that a wrong placement or a wrong component order would show.
inline Raster Drawing(int width_px, int height_px, int channels) {
  Raster raster{width_px, height_px, channels, {200}, {}};
  raster.pixels.resize(static_cast<std::size_t>(width_px * height_px * channels));
  for (int y = 0; y < height_px; ++y)
    for (int x = 0; x < width_px; ++x)
      for (int c = 0; c < channels; ++c)
        raster.row(y)[x * channels + c] = static_cast<std::uint8_t>(c == 0   ? x * 255 / width_px
                                                                    : c == 1 ? y * 255 / height_px
                                                                             : 40);
  return raster;
}

inline Raster BlackAndWhite(int width_px, int height_px) {
  Raster raster{width_px, height_px, 1, {200}, {}};
  raster.pixels.resize(static_cast<std::size_t>(width_px * height_px), 255);
  for (int y = 0; y < height_px / 2; ++y)
    for (int x = 0; x < width_px / 3; ++x) raster.row(y)[x] = 0;
  return raster;
}

inline std::string Jpeg(int width_px, int height_px, int channels) {
  ArchivePage page;
  page.raster = Drawing(width_px, height_px, channels);
  return MakePicture(page)->bytes;
}

// An A4 page of the raster kind with one line of words.
inline ArchivePage RasterPage() {
  ArchivePage page;
  page.width_pt = 595;
  page.height_pt = 842;
  page.raster = Drawing(300, 424, 3);
  page.words = {At("Kế", 100, 100, 115, 114), At("hoạch", 119, 100, 150, 114), At("số", 154, 100, 166, 114)};
  return page;
}

inline ArchiveInfo Info() {
  return {"Kế hoạch <25> & \"phụ lục\"", std::string(64, 'a'), "2026-01-31T08:00:00+07:00"};
}

// The copy as a string.
inline Result<std::string> Build(int page_count, const std::function<Result<ArchivePage>(int)>& next,
                                 const ArchiveInfo& info) {
  std::stringbuf out(std::ios_base::out);
  if (Status built = BuildArchivePdf(page_count, next, info, out); !built) return Fail(built.error());
  return std::move(out).str();
}

inline Result<std::string> OnePage(const ArchivePage& page) {
  return Build(
      1, [&page](int) -> Result<ArchivePage> { return page; }, Info());
}

// A disk with room for `left` bytes.
class FullDisk : public std::streambuf {
 public:
  explicit FullDisk(std::streamsize left) : left_(left) {}

 protected:
  std::streamsize xsputn(const char*, std::streamsize size) override {
    const std::streamsize taken = std::min(size, left_);
    left_ -= taken;
    at_ += taken;
    return taken;
  }
  int_type overflow(int_type c) override {
    const char byte = traits_type::to_char_type(c);
    return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
  }
  pos_type seekoff(off_type, std::ios_base::seekdir, std::ios_base::openmode) override { return at_; }
  pos_type seekpos(pos_type to, std::ios_base::openmode) override { return to; }

 private:
  std::streamsize left_;
  std::streamoff at_ = 0;
};

}  // namespace vanthu::ocr
