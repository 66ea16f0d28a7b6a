#include <optional>

#include "pipeline/intake/picture_codec.h"

namespace vanthu::intake {
namespace {

// EXIF 2.3, 4.6: a small TIFF. Only the first directory is read, and only four of its tags.
class ExifReader {
 public:
  explicit ExifReader(std::string_view bytes) : bytes_(bytes) {}

  bool Open() {
    if (bytes_.size() < 8) return false;
    if (bytes_.substr(0, 2) == "II")
      little_ = true;
    else if (bytes_.substr(0, 2) != "MM")
      return false;
    return Number(2, 2) == 42u;
  }

  std::optional<std::uint32_t> Number(std::size_t at, std::size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) return std::nullopt;
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const std::size_t k = little_ ? size - 1 - i : i;
      value = value << 8 | static_cast<unsigned char>(bytes_[at + k]);
    }
    return value;
  }

  double Rational(std::size_t at) const {
    const auto over = Number(at, 4), under = Number(at + 4, 4);
    return over && under && *under != 0 ? static_cast<double>(*over) / *under : 0;
  }

 private:
  std::string_view bytes_;
  bool little_ = false;
};

}  // namespace

void ReadExif(std::string_view tiff, PictureInfo& info) {
  ExifReader reader(tiff);
  if (!reader.Open()) return;
  const auto directory = reader.Number(4, 4);
  const auto count = directory ? reader.Number(*directory, 2) : std::nullopt;
  if (!count) return;
  constexpr std::uint32_t kOrientation = 0x0112, kX = 0x011A, kY = 0x011B, kUnit = 0x0128;
  constexpr std::size_t kEntry = 12;
  double x = 0, y = 0, per_inch = 1;
  for (std::uint32_t i = 0; i < *count; ++i) {
    const std::size_t at = std::size_t{*directory} + 2 + i * kEntry;
    const auto tag = reader.Number(at, 2), small = reader.Number(at + 8, 2),
               offset = reader.Number(at + 8, 4);
    if (!tag || !small || !offset) return;
    if (*tag == kOrientation && *small >= 1 && *small <= 8) info.orientation = static_cast<int>(*small);
    if (*tag == kX) x = reader.Rational(*offset);
    if (*tag == kY) y = reader.Rational(*offset);
    if (*tag == kUnit) per_inch = *small == 3 ? 2.54 : *small == 2 ? 1.0 : 0.0;
  }
  constexpr double kAbsurd = 1e5;
  if (info.dpi_x == 0 && x > 0 && y > 0 && x < kAbsurd && y < kAbsurd) {
    info.dpi_x = x * per_inch;
    info.dpi_y = y * per_inch;
  }
}

}  // namespace vanthu::intake
