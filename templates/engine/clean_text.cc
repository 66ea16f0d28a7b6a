#include "templates/engine/clean_text.h"

#include <algorithm>
#include <string_view>

#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

// Without ink and without meaning on paper: soft hyphen, zero-width spaces and joiners, marks of direction.
bool IsIgnorable(char32_t c) {
  return c == 0x00AD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         (c >= 0xFE00 && c <= 0xFE0F) || c == U'\r';
}

}  // namespace

std::string CleanRunText(const std::string& text) {
  std::string out = ToNfc(text);
  const auto is_plain = [](char byte) {
    const auto c = static_cast<unsigned char>(byte);
    return c != 0xC2 && c != 0xE2 && c != 0xEF && byte != '\r' && byte != '\t';  // lead bytes of those above
  };
  if (std::all_of(out.begin(), out.end(), is_plain)) return out;
  std::u32string points = ToCodePoints(out);
  std::erase_if(points, IsIgnorable);
  // Spaces of other widths break lines as the plain one does; U+00A0, U+2007 and U+202F hold words together.
  for (char32_t& c : points)
    if (c == U'\t' || (c >= 0x2000 && c <= 0x200A && c != 0x2007) || c == 0x3000 || c == 0x1680 ||
        c == 0x205F)
      c = U' ';
  for (char32_t& c : points)
    if (c == 0x2028 || c == 0x2029 || c == 0x0B || c == 0x0C || c == 0x85) c = U'\n';
  return FromCodePoints(points);
}

bool HasListMark(const Paragraph& paragraph) {
  if (paragraph.runs.empty()) return false;
  const std::string text = CleanRunText(paragraph.runs.front().text);
  for (const std::string_view mark : {"- ", "+ ", "• ", "* ", "– "})
    if (text.starts_with(mark)) return text.find_first_not_of(" \n", mark.size()) != std::string::npos;
  return false;
}

}  // namespace vanthu::templates
