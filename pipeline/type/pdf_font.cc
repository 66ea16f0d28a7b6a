// Input: the codes used of a face. Output: a Type 0 font with a subset of its TrueType program. Method: a
// code stands for a pair of glyph and text, so ToUnicode is exact even where two characters share a glyph;
// CIDToGIDMap leads from codes to the subset's glyphs. A CIDSet for PDF/A-1 only: 2 and 3 do not ask for one
// (ISO 19005-2, 6.2.11.4.2). Widths with three decimals, so that what a viewer adds up is what was laid out.
#include "pipeline/type/pdf_font.h"

#include <algorithm>

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/type/font_set.h"
#include "pipeline/type/pdf_syntax.h"

namespace vanthu::type {
namespace {

// ISO 32000-1, 9.6.4: six capitals that name the subset; made of its content, so that two subsets of one face
// differ.
std::string SubsetTag(const std::string& program) {
  const std::string hash = Sha256Hex(program);
  std::string tag;
  for (std::size_t i = 0; i < 6; ++i)
    tag += static_cast<char>('A' + (hash[i] <= '9' ? hash[i] - '0' : hash[i] - 'a' + 10));
  return tag;
}

std::string ToUnicode(const std::vector<GlyphCode>& codes) {
  std::string out =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
      "/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n";
  constexpr std::size_t kMostInBlock = 100;  // limit of a CMap block
  for (std::size_t first = 0; first < codes.size(); first += kMostInBlock) {
    const std::size_t last = std::min(first + kMostInBlock, codes.size());
    out += fmt::format("{} beginbfchar\n", last - first);
    for (std::size_t i = first; i < last; ++i)
      out += fmt::format("<{:04X}><{}>\n", i + 1, Utf16Hex(codes[i].text));
    out += "endbfchar\n";
  }
  return out + "endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n";
}

std::string GlyphMap(const std::vector<std::uint32_t>& glyphs) {
  std::string out(2, '\0');  // code 0: .notdef
  for (const std::uint32_t glyph : glyphs) {
    out += static_cast<char>(glyph >> 8 & 0xFF);
    out += static_cast<char>(glyph & 0xFF);
  }
  return out;
}

std::string Widths(const std::vector<GlyphCode>& codes, double units) {
  std::string out = "[1[";
  for (const GlyphCode& code : codes) {
    AppendNumber(out, code.width * 1000 / units);
    out += ' ';
  }
  return out + "]]";
}

// A bit for each CID, the first the highest: ISO 32000-1, table 124. All of 0 .. codes are there.
std::string CidSet(std::size_t codes) {
  std::string out((codes + 1 + 7) / 8, '\xFF');
  if (const std::size_t used = (codes + 1) % 8; used != 0) out.back() = static_cast<char>(0xFF << (8 - used));
  return out;
}

std::string Descriptor(Face face, const OpenFace& font, const std::string& name, int program, int cid_set) {
  const FaceMetrics& m = font.metrics;
  const double scale = 1000.0 / m.units_per_em;
  const bool bold = face == Face::kBold || face == Face::kBoldItalic;
  const bool italic = face == Face::kItalic || face == Face::kBoldItalic;
  // ISO 32000-1, table 123: 2 serif, 4 symbolic (a subset without a standard encoding), 64 italic.
  const int flags = 2 + 4 + (italic ? 64 : 0);
  std::string box;
  for (const int side : m.box) box += Number(side * scale) + ' ';
  // StemV: Times New Roman's, which no TrueType table holds; viewers use it only for a missing program.
  return fmt::format(
      "<</Type/FontDescriptor/FontName/{}/Flags {}/FontBBox[{}]/ItalicAngle {}/Ascent {}/Descent "
      "{}/CapHeight {}"
      "/StemV {}/FontFile2 {} 0 R{}>>",
      name, flags, box, Number(m.italic_angle_deg), Number(m.ascent * scale), Number(-m.descent * scale),
      Number(m.cap_height * scale), bold ? 136 : 82, program,
      cid_set == 0 ? "" : fmt::format("/CIDSet {} 0 R", cid_set));
}

}  // namespace

Result<int> WriteFont(Face face, const Shaper& shaper, bool with_cid_set, PdfObjects& file) {
  const OpenFace& font = shaper.Fonts().Of(face);
  const std::vector<GlyphCode>& codes = shaper.Codes(face);
  std::vector<std::uint32_t> glyphs;
  glyphs.reserve(codes.size());
  for (const GlyphCode& code : codes) glyphs.push_back(code.glyph);
  Result<FontSubset> subset = CutSubset(font, glyphs);
  if (!subset) return Fail(subset.error());
  const std::string name = SubsetTag(subset->program) + "+" + font.postscript_name;

  const int program = file.AddStream(fmt::format("/Length1 {}", subset->program.size()), subset->program);
  const int cid_set = with_cid_set ? file.AddStream("", CidSet(codes.size())) : 0;
  const int descriptor = file.Add(Descriptor(face, font, name, program, cid_set));
  const int map = file.AddStream("", GlyphMap(subset->new_glyphs));
  const int unicode = file.AddStream("", ToUnicode(codes));
  const int descendant =
      file.Add(fmt::format("<</Type/Font/Subtype/CIDFontType2/BaseFont/{}/CIDSystemInfo<</Registry(Adobe)/"
                           "Ordering(Identity)/Supplement 0>>"
                           "/FontDescriptor {} 0 R/CIDToGIDMap {} 0 R/DW 1000/W{}>>",
                           name, descriptor, map, Widths(codes, font.metrics.units_per_em)));
  return file.Add(fmt::format(
      "<</Type/Font/Subtype/Type0/BaseFont/{}/Encoding/Identity-H/DescendantFonts[{} 0 R]/ToUnicode {} 0 R>>",
      name, descendant, unicode));
}

}  // namespace vanthu::type
