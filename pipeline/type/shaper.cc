// Input: a word and a face. Output: glyph codes with their advances. Method: HarfBuzz, left to right, without
// kerning and ligatures, as word processors set Times New Roman by default: lines end where a typist's would,
// and letters stay letters for whoever copies text. Where it fails: right-to-left scripts are not reordered.
#include "pipeline/type/shaper.h"

#include <fmt/format.h>

#include "pipeline/base/refusal.h"
#include "pipeline/base/unicode.h"
#include "pipeline/type/font_set.h"

namespace vanthu::type {
namespace {

constexpr std::size_t kMostCodes = 65535;  // of a two-byte encoding
constexpr const char* kZeroWidthSpace = "\xE2\x80\x8B";

bool IsPrivate(char32_t c) {
  return (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
}

// The text of each glyph's cluster: from its first byte to the next cluster's.
std::vector<std::string> ClusterTexts(const hb_glyph_info_t* infos, unsigned count, std::string_view word) {
  std::vector<std::string> texts(count);
  std::size_t end = word.size();
  for (unsigned i = count; i-- > 0;) {
    const std::size_t begin = infos[i].cluster;
    const bool first = i == 0 || infos[i - 1].cluster != infos[i].cluster;
    if (!first) {
      // One character drawn with several glyphs: the first stands for it. PDF/A wants text for the others
      // too.
      texts[i] = kZeroWidthSpace;
      continue;
    }
    texts[i] = std::string(word.substr(begin, end - begin));
    end = begin;
  }
  return texts;
}

bool DividesAfter(const std::string& text) {
  return text.size() == 1 && std::string_view("/-_.,;:@\\&=?").find(text[0]) != std::string_view::npos;
}

}  // namespace

void Shaper::DestroyBuffer::operator()(hb_buffer_t* buffer) const {
  hb_buffer_destroy(buffer);
}

Shaper::Shaper(const FontSet& fonts) : fonts_(fonts), buffer_(hb_buffer_create()) {}

Shaper::~Shaper() = default;

const FaceMetrics& Shaper::Metrics(Face face) const {
  return fonts_.Of(face).metrics;
}

Status Shaper::CheckCharacters(Face face, std::string_view word) const {
  const OpenFace& font = fonts_.Of(face);
  for (const char32_t c : ToCodePoints(word)) {
    hb_codepoint_t glyph = 0;
    const bool has = hb_font_get_nominal_glyph(font.font.get(), c, &glyph) != 0 && glyph != 0;
    // U+FFFD is what broken bytes became, and nobody knows what a private character means: ISO
    // 19005-2, 6.2.11.7.
    if (has && c != 0xFFFD && !IsPrivate(c)) continue;
    const std::string named =
        fmt::format("U+{:04X} \"{}\"", static_cast<std::uint32_t>(c), FromCodePoints({&c, 1}));
    return Fail(Refusal(ErrorCode::kMissingResource,
                        {"phông chữ không có ký tự " + named + fmt::format(" trong từ \"{}\"", word),
                         "the font lacks the character " + named + fmt::format(" of the word \"{}\"", word)},
                        font.postscript_name,
                        {"Sửa ký tự này trong hồ sơ, hoặc chọn phông khác bằng --font-dir",
                         "Correct the character in the record, or choose other fonts with --font-dir"}));
  }
  return {};
}

Result<std::uint16_t> Shaper::CodeOf(Face face, std::uint32_t glyph, std::string_view text) {
  const auto at = static_cast<std::size_t>(face);
  std::string key(reinterpret_cast<const char*>(&glyph), sizeof glyph);
  key += text;
  const auto found = code_of_[at].find(key);
  if (found != code_of_[at].end()) return found->second;
  if (codes_[at].size() >= kMostCodes)
    return Fail(Refusal(ErrorCode::kLimit,
                        {"văn bản dùng quá nhiều ký tự khác nhau", "too many different characters"}));
  const int width = hb_font_get_glyph_h_advance(fonts_.Of(face).font.get(), glyph);
  codes_[at].push_back({glyph, width, std::string(text)});
  const auto code = static_cast<std::uint16_t>(codes_[at].size());
  code_of_[at].emplace(std::move(key), code);
  return code;
}

Result<ShapedWord> Shaper::ShapeNew(Face face, std::string_view word) {
  const OpenFace& font = fonts_.Of(face);
  if (Status checked = CheckCharacters(face, word); !checked) return Fail(checked.error());
  hb_buffer_t* buffer = buffer_.get();
  hb_buffer_reset(buffer);
  hb_buffer_set_cluster_level(buffer, HB_BUFFER_CLUSTER_LEVEL_CHARACTERS);
  hb_buffer_add_utf8(buffer, word.data(), static_cast<int>(word.size()), 0, static_cast<int>(word.size()));
  hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
  hb_buffer_set_script(buffer, HB_SCRIPT_LATIN);
  hb_buffer_set_language(buffer, hb_language_from_string("vi", 2));
  static constexpr hb_feature_t kOff[] = {
      {HB_TAG('k', 'e', 'r', 'n'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('l', 'i', 'g', 'a'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END},
      {HB_TAG('c', 'l', 'i', 'g'), 0, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END}};
  hb_shape(font.font.get(), buffer, kOff, std::size(kOff));
  unsigned count = 0;
  const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
  const hb_glyph_position_t* positions = hb_buffer_get_glyph_positions(buffer, &count);
  const std::vector<std::string> texts = ClusterTexts(infos, count, word);
  ShapedWord shaped;
  shaped.glyphs.reserve(count);
  for (unsigned i = 0; i < count; ++i) {
    const Result<std::uint16_t> code = CodeOf(face, infos[i].codepoint, texts[i]);
    if (!code) return Fail(code.error());
    Glyph glyph;
    glyph.code = *code;
    // A combining mark stays with its base.
    glyph.starts_cluster = texts[i] != kZeroWidthSpace && positions[i].x_advance != 0;
    glyph.divides_after = DividesAfter(texts[i]);
    glyph.advance = positions[i].x_advance;
    glyph.x_offset = positions[i].x_offset;
    glyph.y_offset = positions[i].y_offset;
    shaped.advance += glyph.advance;
    shaped.glyphs.push_back(glyph);
  }
  return shaped;
}

Result<const ShapedWord*> Shaper::Shape(Face face, std::string_view word) {
  Words& words = words_[static_cast<std::size_t>(face)];
  if (const auto found = words.find(word); found != words.end()) return &found->second;
  Result<ShapedWord> shaped = ShapeNew(face, word);
  if (!shaped) return Fail(shaped.error());
  return &words.emplace(std::string(word), std::move(*shaped)).first->second;
}

double Shaper::SpaceWidth(Face face, double size_pt) {
  const Result<const ShapedWord*> space = Shape(face, " ");
  if (!space) return size_pt / 4;
  return (*space)->advance * size_pt / fonts_.Of(face).metrics.units_per_em;
}

Result<std::uint16_t> Shaper::SpaceCode(Face face) {
  const Result<const ShapedWord*> space = Shape(face, " ");
  if (!space) return Fail(space.error());
  return (*space)->glyphs.empty() ? std::uint16_t{0} : (*space)->glyphs[0].code;
}

}  // namespace vanthu::type
