// Words to glyphs, each distinct word of a face shaped once. One Shaper serves one document (or one update to
// one), and one thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/type/fonts.h"

struct hb_buffer_t;

namespace vanthu::type {

// Lengths in font units. `code` is what the PDF's strings hold: one for each pair of glyph and text, so that
// the way back to text is never ambiguous.
struct Glyph {
  std::uint16_t code = 0;
  bool starts_cluster = false;  // a line may be divided before it where a word is wider than the line
  bool divides_after = false;   // and better after a "/" or "-" than elsewhere
  std::int32_t advance = 0;
  std::int32_t x_offset = 0;
  std::int32_t y_offset = 0;
};

struct ShapedWord {
  std::vector<Glyph> glyphs;
  std::int32_t advance = 0;
};

struct GlyphCode {
  std::uint32_t glyph = 0;  // of the font file
  std::int32_t width = 0;   // the font's own, in font units
  std::string text;         // what it stands for, UTF-8
};

class Shaper {
 public:
  explicit Shaper(const FontSet& fonts);  // which must outlive it
  Shaper(const Shaper&) = delete;
  Shaper& operator=(const Shaper&) = delete;
  ~Shaper();

  // `word`: NFC. The pointer holds as long as the Shaper. kMissingResource: the character that the face
  // lacks.
  Result<const ShapedWord*> Shape(Face face, std::string_view word);

  // Of code 1, 2, ...: code 0 is .notdef and never used.
  const std::vector<GlyphCode>& Codes(Face face) const { return codes_[static_cast<std::size_t>(face)]; }
  const FaceMetrics& Metrics(Face face) const;
  const FontSet& Fonts() const { return fonts_; }
  double SpaceWidth(Face face, double size_pt);  // in points
  // The code of the space; 0 where the face has none.
  Result<std::uint16_t> SpaceCode(Face face);

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Words = std::unordered_map<std::string, ShapedWord, Hash, std::equal_to<>>;

  struct DestroyBuffer {
    void operator()(hb_buffer_t* buffer) const;
  };

  Status CheckCharacters(Face face, std::string_view word) const;
  Result<std::uint16_t> CodeOf(Face face, std::uint32_t glyph, std::string_view text);
  Result<ShapedWord> ShapeNew(Face face, std::string_view word);

  const FontSet& fonts_;
  std::array<Words, kFaces> words_;
  std::array<std::vector<GlyphCode>, kFaces> codes_;
  std::array<std::unordered_map<std::string, std::uint16_t>, kFaces> code_of_;  // by glyph number and text
  std::unique_ptr<hb_buffer_t, DestroyBuffer> buffer_;
};

}  // namespace vanthu::type
