#include "signing/appearance/picture.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/refusal.h"
#include "pipeline/base/srgb_profile.h"
#include "pipeline/type/pdf_syntax.h"
#include "signing/appearance/picture_decode.h"

namespace vanthu::signing {
namespace {

constexpr double kLeastDpi = 50, kMostDpi = 2400;  // what a scanner or a drawing program may mean
constexpr double kAssumedDpi = 300;
constexpr double kMostDrawnDpi = 600;  // finer than office printers
constexpr double kPointsPerInch = 72;

bool Believable(double dpi) {
  return dpi >= kLeastDpi && dpi <= kMostDpi;
}

std::size_t Count(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

// Where pixel `i` of `small` begins among `large`.
int Begin(int i, int small, int large) {
  return static_cast<int>(static_cast<std::int64_t>(i) * large / small);
}

struct Sum {
  std::uint64_t colours[3] = {0, 0, 0};  // weighted by alpha
  std::uint64_t alpha = 0;
  std::uint64_t pixels = 0;
};

Sum SumOf(const Picture& picture, int x0, int y0, int x1, int y1) {
  Sum sum;
  for (int y = y0; y < y1; ++y) {
    for (int x = x0; x < x1; ++x) {
      const std::size_t at = Count(picture.width_px, y) + static_cast<std::size_t>(x);
      const std::uint64_t weight = picture.alpha.empty() ? 255 : picture.alpha[at];
      for (std::size_t c = 0; c < 3; ++c) sum.colours[c] += weight * picture.rgb[3 * at + c];
      sum.alpha += weight;
      ++sum.pixels;
    }
  }
  return sum;
}

// The pixels as the camera was held (EXIF 2.3, tag 274).
void TurnUpright(DecodedPicture& picture) {
  const int o = picture.orientation;
  if (o == 1) return;
  const bool swapped = o >= 5;
  const int width = swapped ? picture.height_px : picture.width_px;
  const int height = swapped ? picture.width_px : picture.height_px;
  std::vector<std::uint8_t> rgb(picture.rgb.size());
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const bool right = o == 2 || o == 3 || o == 7 || o == 8;   // counted from the right
      const bool bottom = o == 3 || o == 4 || o == 6 || o == 7;  // ... from the bottom
      const int u = swapped ? y : x, v = swapped ? x : y;
      const int from_x = right ? picture.width_px - 1 - u : u,
                from_y = bottom ? picture.height_px - 1 - v : v;
      const std::size_t from = Count(picture.width_px, from_y) + static_cast<std::size_t>(from_x);
      const std::size_t to = Count(width, y) + static_cast<std::size_t>(x);
      std::copy_n(&picture.rgb[3 * from], 3, &rgb[3 * to]);
    }
  }
  picture.rgb = std::move(rgb);
  picture.width_px = width;
  picture.height_px = height;
  if (swapped) std::swap(picture.dpi_x, picture.dpi_y);
}

std::string_view Chars(const std::vector<std::uint8_t>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

Result<Picture> ReadPicture(std::string_view bytes, const std::string& name, const PictureLimits& limits) {
  const auto fail = [&](Error error) {
    error.file = name;
    return Fail(std::move(error));
  };
  if (bytes.size() > limits.most_bytes)
    return fail(
        Refusal(ErrorCode::kLimit,
                {fmt::format("tệp ảnh có {} byte, giới hạn là {}", bytes.size(), limits.most_bytes),
                 fmt::format("the picture has {} bytes, the limit is {}", bytes.size(), limits.most_bytes)}));
  if (!IsPng(bytes) && !IsJpeg(bytes))
    return fail(Refusal(ErrorCode::kNotAccepted,
                        {"ảnh chữ ký hoặc con dấu phải là PNG hoặc JPEG",
                         "a picture of a signature or a seal must be PNG or JPEG"},
                        {},
                        {"Lưu ảnh dưới dạng PNG nền trong suốt", "Save the picture as a transparent PNG"}));
  Result<DecodedPicture> decoded =
      IsPng(bytes) ? DecodePng(bytes, limits.most_pixels) : DecodeJpeg(bytes, limits.most_pixels);
  if (!decoded) return fail(decoded.error());
  TurnUpright(*decoded);  // a JPEG's alone: those have no alpha
  Picture picture;
  picture.width_px = decoded->width_px;
  picture.height_px = decoded->height_px;
  picture.rgb = std::move(decoded->rgb);
  picture.alpha = std::move(decoded->alpha);
  const bool opaque =
      std::all_of(picture.alpha.begin(), picture.alpha.end(), [](std::uint8_t a) { return a == 255; });
  if (opaque) picture.alpha.clear();
  picture.size_assumed = !Believable(decoded->dpi_x) || !Believable(decoded->dpi_y);
  const double dpi_x = picture.size_assumed ? kAssumedDpi : decoded->dpi_x;
  const double dpi_y = picture.size_assumed ? kAssumedDpi : decoded->dpi_y;
  picture.width_pt = picture.width_px * kPointsPerInch / dpi_x;
  picture.height_pt = picture.height_px * kPointsPerInch / dpi_y;
  return picture;
}

Picture Flattened(Picture picture) {
  for (std::size_t i = 0; i < picture.alpha.size(); ++i) {
    const unsigned alpha = picture.alpha[i];
    for (std::size_t c = 0; c < 3; ++c)
      picture.rgb[3 * i + c] =
          static_cast<std::uint8_t>((picture.rgb[3 * i + c] * alpha + 255 * (255 - alpha) + 127) / 255);
  }
  picture.alpha.clear();
  return picture;
}

Picture Reduced(Picture picture, double drawn_width_pt, double drawn_height_pt) {
  const auto side = [](int pixels, double drawn_pt) {
    const double most = std::ceil(drawn_pt / kPointsPerInch * kMostDrawnDpi);
    return static_cast<int>(std::clamp(most, 1.0, static_cast<double>(pixels)));
  };
  const int width = side(picture.width_px, drawn_width_pt), height = side(picture.height_px, drawn_height_pt);
  if (width == picture.width_px && height == picture.height_px) return picture;
  Picture out = picture;
  out.width_px = width;
  out.height_px = height;
  out.rgb.assign(Count(width, height) * 3, 0);
  if (!picture.alpha.empty()) out.alpha.assign(Count(width, height), 0);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const Sum sum = SumOf(picture, Begin(x, width, picture.width_px), Begin(y, height, picture.height_px),
                            Begin(x + 1, width, picture.width_px), Begin(y + 1, height, picture.height_px));
      const std::size_t at = Count(width, y) + static_cast<std::size_t>(x);
      if (!out.alpha.empty())
        out.alpha[at] = static_cast<std::uint8_t>((sum.alpha + sum.pixels / 2) / sum.pixels);
      if (sum.alpha == 0) continue;
      for (std::size_t c = 0; c < 3; ++c)
        out.rgb[3 * at + c] = static_cast<std::uint8_t>((sum.colours[c] + sum.alpha / 2) / sum.alpha);
    }
  }
  return out;
}

int WritePicture(const Picture& picture, int colours, type::PdfObjects& objects) {
  const std::string size = fmt::format("/Type/XObject/Subtype/Image/Width {}/Height {}/BitsPerComponent 8",
                                       picture.width_px, picture.height_px);
  std::string mask;
  if (!picture.alpha.empty())
    mask =
        "/SMask " + type::Reference(objects.AddStream(size + "/ColorSpace/DeviceGray", Chars(picture.alpha)));
  return objects.AddStream(size + "/ColorSpace " + type::Reference(colours) + mask, Chars(picture.rgb));
}

Result<int> WriteColours(type::PdfObjects& objects) {
  const std::string profile = SrgbProfile();
  if (profile.empty())
    return Fail(Refusal(ErrorCode::kInternal, {"không tạo được hồ sơ màu", "no colour profile could be made"},
                        "lcms2"));
  const int stream = objects.AddStream("/N 3", profile);
  return objects.Add(fmt::format("[/ICCBased {} 0 R]", stream));
}

}  // namespace vanthu::signing
