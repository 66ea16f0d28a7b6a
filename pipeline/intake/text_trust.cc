#include "pipeline/intake/text_trust.h"

#include <algorithm>

#include "pipeline/base/syllable.h"

namespace vanthu::intake {
namespace {

constexpr double kPictureShare = 0.7;  // of the page: a scan fills it, a photograph in a report does not
constexpr std::size_t kStampWords =
    60;                        // more words than this over a picture are the page's own text (letterheads)
constexpr int kFewTokens = 8;  // too few to count shares
constexpr double kMaxUnmapped = 0.1;  // of the glyphs
constexpr double kMinValid = 0.85;    // digital pages measured: 0.99 and more; TCVN3 read as Latin-1: 0.6
constexpr double kMinMarked =
    0.25;  // Vietnamese prose measured: 0.75; below this it is foreign or has lost marks
constexpr double kMaxMixed = 0.05;  // words like "Nguy6n", of all words: recognisers' garbage 0.2, codes 0.02
constexpr double kMaxToneless =
    0.8;  // share of unmarked syllables: English prose measured 0.3, lost marks 0.95
constexpr std::size_t kMaxOutlined = 200;  // letters painted as drawings

bool CoversPage(const PageContent& content) {
  double covered = 0;
  for (const PaintedImage& image : content.images)
    if (image.annotation < 0) covered += image.box.area();  // scans in strips and layers add up
  return covered > kPictureShare * content.width_pt * content.height_pt;
}

bool IsLower(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= 0xDF && c < 0x250 && c != 0xF7);
}

// A digit between small letters: "Nguy6n", "c6ng". Codes ("2025a", "QH15") have their digits at an end.
bool IsMixed(const Word& word) {
  for (std::size_t i = 1; i + 1 < word.glyphs.size(); ++i) {
    const char32_t c = word.glyphs[i].code;
    if (c >= U'0' && c <= U'9' && IsLower(word.glyphs[i - 1].code) && IsLower(word.glyphs[i + 1].code))
      return true;
  }
  return false;
}

// A picture that may hold text which the trusted layer does not have: a pasted scan of a table.
bool HasLargePicture(const PageContent& content) {
  constexpr double kLargeShare = 0.2;  // of the page; a seal, a signature or a QR code takes 0.03
  return std::any_of(content.images.begin(), content.images.end(), [&](const PaintedImage& image) {
    return image.annotation < 0 && image.box.area() > kLargeShare * content.width_pt * content.height_pt;
  });
}

enum class Quality { kGood, kUnmapped, kGarbage, kUnmarked };

Quality QualityOf(const PageContent& content, const BuiltWords& built) {
  std::string text;
  std::size_t words = 0, mixed = 0;
  for (const Word& word : built.words) {
    if (word.source != Source::kText) continue;
    text += word.text;
    text += ' ';
    ++words;
    mixed += IsMixed(word) ? 1 : 0;
  }
  if (static_cast<double>(built.unmapped) > kMaxUnmapped * static_cast<double>(built.glyphs))
    return Quality::kUnmapped;
  const SyllableRate rate = RateSyllables(text);
  if (rate.tokens < kFewTokens) {
    const auto mapped = std::count_if(content.fonts.begin(), content.fonts.end(),
                                      [](const FontFace& face) { return face.unicode_map; });
    const bool sane = 2 * static_cast<std::size_t>(mapped) >= content.fonts.size();
    return sane && rate.valid * rate.tokens >= 0.5 * rate.tokens ? Quality::kGood : Quality::kGarbage;
  }
  if (rate.valid < kMinValid) return Quality::kGarbage;
  if (rate.marked >= kMinMarked) return Quality::kGood;
  if (static_cast<double>(mixed) > kMaxMixed * static_cast<double>(words)) return Quality::kGarbage;
  return rate.toneless > kMaxToneless ? Quality::kUnmarked : Quality::kGood;
}

void Refuse(TrustVerdict& verdict, const char* code, const char* message, int page) {
  verdict.layer = TextLayer::kRefused;
  verdict.findings.push_back({Severity::kInfo, code, message, page});
}

}  // namespace

TrustVerdict JudgeTextLayer(const PageContent& content, const BuiltWords& built, int page) {
  TrustVerdict verdict;
  const auto own = static_cast<std::size_t>(std::count_if(
      built.words.begin(), built.words.end(), [](const Word& word) { return word.source == Source::kText; }));
  verdict.picture = CoversPage(content) && own <= kStampWords;
  const bool hidden = content.hidden_glyphs + built.covered > 0;
  if (verdict.picture || own == 0) {
    // Nothing visible but a picture or drawings: the words, if any lie behind, were somebody's recogniser's.
    if (hidden && (verdict.picture || content.hidden_glyphs > 20))
      Refuse(verdict, "intake.layer.hidden",
             "Lớp chữ ẩn dưới ảnh quét không được dùng; trang được nhận dạng lại", page);
    return verdict;
  }
  verdict.layer = TextLayer::kTrusted;
  if (content.outlined_glyphs > kMaxOutlined && content.outlined_glyphs > built.glyphs) {
    Refuse(verdict, "intake.layer.outlined", "Phần lớn chữ của trang là hình vẽ; trang được nhận dạng lại",
           page);
    return verdict;
  }
  switch (QualityOf(content, built)) {
    case Quality::kGood:
      if (HasLargePicture(content))
        verdict.findings.push_back({Severity::kWarning, "intake.page.picture",
                                    "Trang có ảnh lớn; chữ trong ảnh (nếu có) không được đọc", page});
      break;
    case Quality::kUnmapped:
      Refuse(verdict, "intake.layer.unmapped", "Phông chữ không cho biết ký tự; trang được nhận dạng lại",
             page);
      break;
    case Quality::kGarbage:
      Refuse(verdict, "intake.layer.garbage",
             "Lớp chữ không phải tiếng Việt đúng chính tả; trang được nhận dạng lại", page);
      break;
    case Quality::kUnmarked:
      Refuse(verdict, "intake.layer.unmarked", "Lớp chữ mất dấu tiếng Việt; trang được nhận dạng lại", page);
      break;
  }
  return verdict;
}

}  // namespace vanthu::intake
