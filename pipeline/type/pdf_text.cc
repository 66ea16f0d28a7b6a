#include "pipeline/type/pdf_text.h"

#include <cmath>

#include <fmt/format.h>

#include "pipeline/type/pdf_syntax.h"

namespace vanthu::type {
namespace {

void AppendCode(std::string& out, std::uint16_t code) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  out += kDigits[code >> 12];
  out += kDigits[code >> 8 & 15];
  out += kDigits[code >> 4 & 15];
  out += kDigits[code & 15];
}

}  // namespace

std::string FontName(Face face) {
  return fmt::format("/F{}", static_cast<int>(face));
}

void AppendOperator(std::string& out, std::initializer_list<double> operands, const char* op) {
  for (const double operand : operands) {
    AppendNumber(out, operand);
    out += ' ';
  }
  out += op;
  out += '\n';
}

void PdfText::SetFont(Face face, double size_pt) {
  if (face_ == face && size_ == size_pt) return;
  Close();
  face_ = face;
  size_ = size_pt;
  units_ = shaper_.Metrics(face).units_per_em;
  out_ += FontName(face) + ' ';
  AppendOperator(out_, {size_}, "Tf");
}

void PdfText::Glyphs(const ShapedWord& word, std::uint32_t first, std::uint32_t count) {
  if (!face_) return;
  if (!open_) Open();
  const std::vector<GlyphCode>& codes = shaper_.Codes(*face_);
  for (std::uint32_t i = first; i < first + count; ++i) {
    const Glyph& glyph = word.glyphs[i];
    if (glyph.y_offset != 0) Rise(glyph.y_offset);
    if (glyph.x_offset != 0) Shift(-glyph.x_offset * 1000.0 / units_);
    AppendCode(out_, glyph.code);
    const int rest = glyph.x_offset + codes[glyph.code - 1U].width - glyph.advance;
    if (rest != 0) Shift(rest * 1000.0 / units_);
    if (glyph.y_offset != 0) Rise(0);
  }
}

Status PdfText::Spaces(int count, double stretch_pt) {
  if (count == 0 || !face_) return {};
  const Result<std::uint16_t> code = shaper_.SpaceCode(*face_);
  if (!code) return Fail(code.error());
  if (!open_) Open();
  for (int i = 0; i < count; ++i) {
    AppendCode(out_, *code);
    if (stretch_pt > 0) Shift(-stretch_pt * 1000 / size_);
  }
  return {};
}

void PdfText::Open() {
  out_ += "[<";
  open_ = true;
}

void PdfText::Close() {
  if (open_) out_ += ">]TJ\n";
  open_ = false;
}

void PdfText::Shift(double thousandths) {  // to the left: ISO 32000-1, 9.4.3
  out_ += '>';
  AppendNumber(out_, std::round(thousandths * 100) / 100);
  out_ += '<';
}

void PdfText::Rise(int units) {
  Close();
  AppendOperator(out_, {static_cast<double>(units) * size_ / units_}, "Ts");
  Open();
}

}  // namespace vanthu::type
