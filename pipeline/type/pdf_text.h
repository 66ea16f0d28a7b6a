// Shaped words as text operators. A face's name in the resources is "/F0" ... "/F3".
//
// Text is hexadecimal codes of two bytes; spaces are stretched inside TJ, since Tw does nothing for codes of
// two bytes (ISO 32000-1, 9.3.3).
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>

#include "pipeline/type/shaper.h"

namespace vanthu::type {

std::string FontName(Face face);

// "1 0 0 1 72 700 Tm\n"
void AppendOperator(std::string& out, std::initializer_list<double> operands, const char* op);

// Writes to `out`, between BT and ET that are the caller's. Both must outlive it. One thread.
class PdfText {
 public:
  PdfText(Shaper& shaper, std::string& out) : shaper_(shaper), out_(out) {}

  // Before every Glyphs and Spaces; writes only what changed.
  void SetFont(Face face, double size_pt);
  // The next SetFont writes the font again.
  void ForgetFont() { face_.reset(); }
  void Glyphs(const ShapedWord& word, std::uint32_t first, std::uint32_t count);
  // kMissingResource: the face has no space.
  Status Spaces(int count, double stretch_pt);
  // Ends the string that is open: before any other operator.
  void Close();

 private:
  void Open();
  void Shift(double thousandths);
  void Rise(int units);

  Shaper& shaper_;
  std::string& out_;
  bool open_ = false;
  std::optional<Face> face_;
  double size_ = 0;
  double units_ = 1000;
};

}  // namespace vanthu::type
