// The sample plans and, where they are at hand, the received documents: every word of the reading order is
// there.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "pipeline/base/unicode.h"
#include "pipeline/intake/intake.h"

namespace vanthu {
namespace {

namespace fs = std::filesystem;

const fs::path kSamples = fs::path(VANTHU_SOURCE_DIR) / "samples";
const fs::path kReceived = fs::path(VANTHU_SOURCE_DIR).parent_path() / "shared" / "received";

constexpr const char* kAbsent = "SKIPPED: ../shared/received is absent";

std::vector<Page> PagesOf(const fs::path& file) {
  std::vector<Page> pages;
  auto document = intake::OpenDocument(file, {});
  if (!document) {
    ADD_FAILURE() << Describe(document.error(), Language::kEnglish);
    return pages;
  }
  for (int i = 0; i < (*document)->page_count(); ++i) {
    auto page = (*document)->ReadPage(i);
    if (page)
      pages.push_back(std::move(*page));
    else
      ADD_FAILURE() << Describe(page.error(), Language::kEnglish);
  }
  return pages;
}

// Plans lie at samples/NAME.pdf or samples/NAME/NAME.pdf.
std::vector<fs::path> Plans(const char* suffix) {
  std::vector<fs::path> found;
  if (!fs::is_directory(kSamples)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(kSamples)) {
    if (entry.path().extension() != ".txt") continue;
    const fs::path pdf = entry.path().parent_path() / (entry.path().stem().string() + suffix);
    if (fs::exists(pdf)) found.push_back(pdf);
  }
  return found;
}

TEST(Plans, EveryLetterOfTheReadingOrder) {
  const std::vector<fs::path> plans = Plans(".pdf");
  ASSERT_FALSE(plans.empty());
  for (const fs::path& plan : plans) {
    std::map<char32_t, int>
        left;  // letters, not words: the reading order joins what a line end or a footnote mark parts
    for (const Page& page : PagesOf(plan)) {
      EXPECT_EQ(page.text_layer, TextLayer::kTrusted) << plan << page.index;
      for (const Word& word : page.words) {
        std::u32string glyphs;
        for (const Glyph& glyph : word.glyphs) {
          glyphs.push_back(glyph.code);
          ++left[glyph.code];
        }
        EXPECT_EQ(FromCodePoints(glyphs), word.text);
      }
    }
    std::ifstream in(fs::path(plan).replace_extension(".txt"));
    std::string missing;
    for (std::string word; in >> word;)
      for (const char32_t code : ToCodePoints(ToNfc(word)))
        if (--left[code] < 0) missing += word + " ";
    EXPECT_EQ(missing, "") << plan;
  }
}

TEST(Plans, ScansHaveNoLayerAndOneJpegAPage) {
  const std::vector<fs::path> scans = Plans("-scan.pdf");
  ASSERT_FALSE(scans.empty());
  for (const fs::path& scan : scans) {
    auto document = intake::OpenDocument(scan, {});
    ASSERT_TRUE(document);
    const auto page = (*document)->ReadPage(0);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->text_layer, TextLayer::kAbsent);
    EXPECT_TRUE(page->words.empty());
    const auto image = (*document)->SoleImage(0);
    ASSERT_TRUE(image);
    EXPECT_TRUE(image->has_value());
  }
}

TEST(Received, LayersAndStampedNumbers) {
  if (!fs::is_directory(kReceived)) GTEST_SKIP() << kAbsent;
  for (const auto& entry : fs::directory_iterator(kReceived)) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string name = entry.path().stem().string();
    const bool scan =
        name == "bg-03" || name == "bg-06" || name == "qn-bc23" || name == "qn-cv574" || name == "ld-gm560";
    for (const Page& page : PagesOf(entry.path())) {
      EXPECT_EQ(page.text_layer == TextLayer::kTrusted, !scan) << name << " " << page.index;
      EXPECT_EQ(page.text_layer == TextLayer::kRefused, name == "ld-gm560") << name;
      for (const Word& word : page.words) EXPECT_TRUE(!scan || word.source == Source::kAppearance) << name;
    }
  }
  const std::vector<Page> notice = PagesOf(kReceived / "qn-tb565.pdf");
  ASSERT_FALSE(notice.empty());
  for (const char* stamped : {"565", "15"})
    EXPECT_TRUE(std::any_of(notice[0].words.begin(), notice[0].words.end(), [&](const Word& word) {
      return word.text == stamped && word.source == Source::kAppearance;
    })) << stamped;
}

TEST(Received, RuledTable) {
  if (!fs::is_directory(kReceived)) GTEST_SKIP() << kAbsent;
  const std::vector<Page> pages = PagesOf(kReceived / "ld-pl1.pdf");
  ASSERT_EQ(pages.size(), 5u);
  const auto vertical = std::count_if(pages[1].rulings.begin(), pages[1].rulings.end(), [](const Ruling& r) {
    return !r.horizontal && r.end_pt - r.start_pt > 600;
  });
  EXPECT_EQ(vertical, 7);
  EXPECT_FALSE(pages[1].shadings.empty());
}

}  // namespace
}  // namespace vanthu
