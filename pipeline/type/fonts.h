// The four faces of one family, opened by path: never asked of fontconfig, whose answer depends on the
// machine.
//
// Errors: kMissingResource (absent, not the checked files, not TrueType, not to be embedded). Thread-safe;
// Fonts may be shared between threads.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::type {

enum class Face : std::uint8_t { kRegular, kBold, kItalic, kBoldItalic };
inline constexpr int kFaces = 4;

inline Face FaceOf(bool bold, bool italic) {
  return static_cast<Face>((bold ? 1 : 0) + (italic ? 2 : 0));
}

// In font units, y up.
struct FaceMetrics {
  int units_per_em = 1000;
  int ascent = 0;   // of the line: hhea
  int descent = 0;  // positive, below the baseline
  int line_gap = 0;
  int cap_height = 0;
  double italic_angle_deg = 0;
  std::array<int, 4> box{};  // x0, y0, x1, y1 of all glyphs

  double LineHeight() const { return static_cast<double>(ascent + descent + line_gap) / units_per_em; }
  double Ascent() const { return static_cast<double>(ascent) / units_per_em; }
};

class FontSet;  // the room's own

struct FontFile {
  std::string name;    // "Tinos-Regular.ttf"
  std::string sha256;  // lower-case hexadecimal
};

struct Fonts {
  std::vector<FontFile> files;  // regular, bold, italic, bold italic
  std::shared_ptr<const FontSet> faces;
};

// `font_dir` empty: Tinos of fonts-croscore, else Liberation Serif 2, each only where its SHA-256 is the
// known one. Otherwise that folder's Times New Roman (times.ttf ...), Tinos or Liberation Serif, whichever is
// complete, unchecked.
Result<Fonts> OpenFonts(const std::filesystem::path& font_dir);

}  // namespace vanthu::type
