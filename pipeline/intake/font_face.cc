#include "pipeline/intake/font_face.h"

#include <algorithm>
#include <array>
#include <string>

namespace vanthu::intake {
namespace {

bool IsSubsetTag(std::string_view name) {
  return name.size() > 7 && name[6] == '+' &&
         std::all_of(name.begin(), name.begin() + 6, [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string LowerAscii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

template <std::size_t N>
bool ContainsAny(const std::string& text, const std::array<std::string_view, N>& words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

// The PostScript naming habits of Adobe's, Microsoft's and the free families.
constexpr std::array<std::string_view, 5> kBoldWords = {"bold", "black", "heavy", "demi", "-bd"};
constexpr std::array<std::string_view, 3> kItalicWords = {"italic", "oblique", "-ital"};

// Families of the two legacy encodings. Source: names of the ABC (TCVN3) and VNI font packages as Vietnamese
// offices had them: ABC fonts start with ".Vn" and end in "H" when they draw capitals; VNI fonts start with
// "VNI-" or "VNI ".
LegacyEncoding LegacyOf(std::string_view name, const std::string& lower) {
  if (lower.rfind(".vn", 0) == 0 || lower.rfind("vntime", 0) == 0 || lower.rfind("vnarial", 0) == 0) {
    const std::size_t end = name.find_first_of(",-");
    const std::string_view family = name.substr(0, end);
    return !family.empty() && family.back() == 'H' ? LegacyEncoding::kTcvn3Capitals : LegacyEncoding::kTcvn3;
  }
  if (lower.rfind("vni-", 0) == 0 || lower.rfind("vni ", 0) == 0) return LegacyEncoding::kVni;
  return LegacyEncoding::kNone;
}

}  // namespace

FontFace FaceOf(std::string_view name) {
  if (IsSubsetTag(name)) name.remove_prefix(7);
  FontFace face;
  face.name = std::string(name.substr(0, 200));
  const std::string lower = LowerAscii(face.name);
  face.bold = ContainsAny(lower, kBoldWords);
  face.italic = ContainsAny(lower, kItalicWords);
  face.legacy = LegacyOf(name, lower);
  return face;
}

}  // namespace vanthu::intake
