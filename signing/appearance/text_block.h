// A few lines of text in a narrow place: wrapped at spaces, made smaller until they fit, never clipped.
// Private to the room.
//
// Method: the largest size, in steps of half a point, at which all lines fit into width and height with no
// word divided; at the least size words wider than the place are divided between clusters and the block grows
// downward. Upright Times-like letters, left-aligned, in the line height of the font.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/type/pdf_text.h"
#include "pipeline/type/shaper.h"

namespace vanthu::signing {

struct TextRoom {
  double width_pt = 0;
  double height_pt = 0;
  double size_pt = 10;
  double least_size_pt = 6;
};

class TextBlock {
 public:
  // `lines`: any UTF-8; set in NFC. kMissingResource: a character that the font lacks; kLimit: more than 2000
  // characters. `shaper` must outlive the block.
  static Result<TextBlock> Set(const std::vector<std::string>& lines, const TextRoom& room,
                               type::Shaper& shaper);

  double width_pt() const { return width_; }  // of the widest line
  double height_pt() const;
  double size_pt() const { return size_; }
  bool empty() const { return lines_.empty(); }

  // "BT ... ET", the block's top left at (x, top), y up.
  Status Draw(double x_pt, double top_pt, std::string& out) const;

 private:
  struct Part {  // of a word
    const type::ShapedWord* word = nullptr;
    std::uint32_t first = 0, count = 0;
    bool space_after = false;
  };
  using Line = std::vector<Part>;
  using Paragraph = std::vector<const type::ShapedWord*>;

  explicit TextBlock(type::Shaper& shaper) : shaper_(&shaper) {}
  bool Lay(const std::vector<Paragraph>& paragraphs, double size_pt, double width_pt, bool divide);
  void Divide(const type::ShapedWord& word, double width_pt);
  double WidthOf(const Part& part) const;
  double LineHeight() const;

  type::Shaper* shaper_;
  double size_ = 0;
  double width_ = 0;
  std::vector<Line> lines_;
};

}  // namespace vanthu::signing
