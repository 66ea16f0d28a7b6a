#include "pipeline/intake/picture.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace vanthu::intake {
namespace {

constexpr double kA4LongIn = 11.693, kA4ShortIn = 8.268;
constexpr double kMinDpi = 50, kMaxDpi = 2400;
constexpr double kMaxSideIn = 24, kMinSideIn = 4.1;  // A2 and A6, with room for a scanner's border
constexpr double kShapeTolerance = 0.04;             // scanners cut up to half an inch of a side

bool NearA(double aspect) {
  return std::abs(aspect / std::sqrt(2.0) - 1) < kShapeTolerance;
}

// The long side of A5, A4 and A3, in inches.
bool IsASheet(double long_in) {
  for (const double side : {8.268, 11.693, 16.535})
    if (std::abs(long_in / side - 1) < kShapeTolerance) return true;
  return false;
}

bool Believable(const PictureInfo& info) {
  if (!(info.dpi_x >= kMinDpi && info.dpi_x <= kMaxDpi && info.dpi_y >= kMinDpi && info.dpi_y <= kMaxDpi))
    return false;
  if (info.dpi_x > 4 * info.dpi_y || info.dpi_y > 4 * info.dpi_x) return false;
  const double w = info.width_px / info.dpi_x, h = info.height_px / info.dpi_y;
  const double long_in = std::max(w, h);
  if (long_in > kMaxSideIn || long_in < kMinSideIn) return false;
  const bool placeholder = info.dpi_x == info.dpi_y && (info.dpi_x == 72 || info.dpi_x == 96);
  return !(placeholder && NearA(long_in / std::min(w, h)) && !IsASheet(long_in));
}

}  // namespace

Resolution ResolutionOf(const PictureInfo& info) {
  if (Believable(info)) return {info.dpi_x, info.dpi_y, false};
  const double longer = std::max(info.width_px, info.height_px),
               shorter = std::min(info.width_px, info.height_px);
  double dpi = std::max(longer / kA4LongIn, shorter / kA4ShortIn);
  if (NearA(longer / std::max(1.0, shorter))) dpi = longer / kA4LongIn;
  dpi = std::max(dpi, 1.0);
  return {dpi, dpi, true};
}

Raster Upright(Raster raster, int orientation) {
  if (orientation <= 1 || orientation > 8) return raster;
  const int w = raster.width_px, h = raster.height_px, n = raster.channels;
  const bool turned = orientation >= 5;
  Raster out;
  out.width_px = turned ? h : w;
  out.height_px = turned ? w : h;
  out.channels = n;
  out.dpi = raster.dpi;
  out.pixels.resize(raster.pixels.size());
  for (int y = 0; y < out.height_px; ++y) {
    std::uint8_t* to = out.row(y);
    for (int x = 0; x < out.width_px; ++x, to += n) {
      int sx = x, sy = y;
      switch (orientation) {
        case 2:
          sx = w - 1 - x;
          break;
        case 3:
          sx = w - 1 - x, sy = h - 1 - y;
          break;
        case 4:
          sy = h - 1 - y;
          break;
        case 5:
          sx = y, sy = x;
          break;
        case 6:
          sx = y, sy = h - 1 - x;
          break;
        case 7:
          sx = w - 1 - y, sy = h - 1 - x;
          break;
        default:
          sx = w - 1 - y, sy = x;
          break;
      }
      const std::uint8_t* from = raster.row(sy) + static_cast<std::ptrdiff_t>(sx) * n;
      std::copy(from, from + n, to);
    }
  }
  return out;
}

Affine UprightAffine(int orientation, double width, double height) {
  switch (orientation) {
    case 2:
      return {-width, 0, 0, height, width, 0};
    case 3:
      return {-width, 0, 0, -height, width, height};
    case 4:
      return {width, 0, 0, -height, 0, height};
    case 5:
      return {0, height, width, 0, 0, 0};
    case 6:
      return {0, height, -width, 0, width, 0};
    case 7:
      return {0, -height, -width, 0, width, height};
    case 8:
      return {0, -height, width, 0, 0, height};
    default:
      return {width, 0, 0, height, 0, 0};
  }
}

namespace {

// One output row or column position: source interval [from, to) when reducing, two neighbours when enlarging.
void ResampleRow(const float* in, int in_size, int channels, std::uint8_t* out, int out_size) {
  const double scale = static_cast<double>(in_size) / out_size;
  for (int x = 0; x < out_size; ++x)
    for (int c = 0; c < channels; ++c) {
      float value = 0;
      if (scale > 1) {
        const double from = x * scale, to = std::min<double>(in_size, (x + 1) * scale);
        float weight = 0;
        for (int i = static_cast<int>(from); i < std::ceil(to); ++i) {
          const auto w = static_cast<float>(std::min<double>(i + 1, to) - std::max<double>(i, from));
          value += w * in[i * channels + c];
          weight += w;
        }
        value /= std::max(weight, 1e-6f);
      } else {
        const double at = std::clamp((x + 0.5) * scale - 0.5, 0.0, in_size - 1.0);
        const int i = static_cast<int>(at), k = std::min(i + 1, in_size - 1);
        const auto t = static_cast<float>(at - i);
        value = in[i * channels + c] * (1 - t) + in[k * channels + c] * t;
      }
      out[x * channels + c] = static_cast<std::uint8_t>(std::clamp(value + 0.5f, 0.0f, 255.0f));
    }
}

}  // namespace

Raster Resample(const Raster& raster, int width_px, int height_px) {
  if (raster.empty()) return raster;
  width_px = std::max(1, width_px);
  height_px = std::max(1, height_px);
  if (width_px == raster.width_px && height_px == raster.height_px) return raster;
  Raster out;
  out.width_px = width_px;
  out.height_px = height_px;
  out.channels = raster.channels;
  out.dpi = raster.dpi;
  const std::size_t in_row =
      static_cast<std::size_t>(raster.width_px) * static_cast<std::size_t>(raster.channels);
  out.pixels.resize(static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px) *
                    static_cast<std::size_t>(raster.channels));
  std::vector<float> row(in_row);
  const double scale = static_cast<double>(raster.height_px) / height_px;
  for (int y = 0; y < height_px; ++y) {
    std::fill(row.begin(), row.end(), 0.0f);
    const auto add = [&](int source, float weight) {
      const std::uint8_t* from = raster.row(source);
      for (std::size_t i = 0; i < in_row; ++i) row[i] += weight * static_cast<float>(from[i]);
    };
    if (scale > 1) {
      const double from = y * scale, to = std::min<double>(raster.height_px, (y + 1) * scale);
      for (int i = static_cast<int>(from); i < std::ceil(to); ++i)
        add(i, static_cast<float>((std::min<double>(i + 1, to) - std::max<double>(i, from)) / (to - from)));
    } else {
      const double at = std::clamp((y + 0.5) * scale - 0.5, 0.0, raster.height_px - 1.0);
      const int i = static_cast<int>(at);
      const auto t = static_cast<float>(at - i);
      add(i, 1 - t);
      if (t > 0) add(std::min(i + 1, raster.height_px - 1), t);
    }
    ResampleRow(row.data(), raster.width_px, raster.channels, out.row(y), width_px);
  }
  return out;
}

}  // namespace vanthu::intake
