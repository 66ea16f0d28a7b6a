// Text is counted in the produced file, by a reader that is not ours: no shape of table loses a letter, and
// none takes long.
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include <ctime>
#include <map>
#include <memory>
#include <random>

#include "pipeline/base/unicode.h"
#include "random_document.h"
#include "sample_document.h"

namespace vanthu::templates {
namespace {

using Counts = std::map<char32_t, int>;

Counts LettersOf(const std::string& utf8) {
  Counts counts;
  for (const char32_t c : ToCodePoints(ToNfc(utf8)))
    if (c > U' ' && c != 0xA0) ++counts[c];
  return counts;
}

std::string PopplerText(const std::string& pdf) {
  const std::unique_ptr<poppler::document> document(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
  std::string out;
  for (int i = 0; document && i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    const poppler::byte_array text = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    out.append(text.begin(), text.end());
  }
  return out;
}

Document RandomTables(unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(500 + random() % 5000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % 251);
  return RandomDocument(bytes);
}

TEST(ProducedText, HoldsEveryLetterOfAnyDocumentWithinASecond) {
  int set = 0;
  for (unsigned seed = 1000; seed < 1040; ++seed) {
    const Document document = RandomTables(seed);
    const std::clock_t begin = std::clock();
    const Result<std::string> pdf = SetPdf(document, TestFonts(), {});
    const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
#if !defined(__SANITIZE_ADDRESS__)
    EXPECT_LT(seconds, 1.0) << "seed " << seed;
#endif
    if (!pdf) continue;
    ++set;
    // Page numbers and repeated headers come beside the text: no letter may be fewer.
    Counts shown = LettersOf(PopplerText(*pdf));
    for (const auto& [letter, count] : LettersOf(SetText(document).value()))
      EXPECT_GE(shown[letter], count) << "seed " << seed << " U+" << std::hex << static_cast<int>(letter);
  }
  EXPECT_GT(set, 20);
}

// One cell whose text is several pages long, under a header higher than half a page, and a word wider than
// any line.
TEST(ProducedText, ACellAHeaderAndAWordLargerThanAPageEndInTime) {
  std::string words;
  for (int i = 0; i < 4000; ++i) words += "chữ" + std::to_string(i) + " ";
  for (const int header_words : {0, 4000}) {
    Document document = LongTable(2);
    Table& table = std::get<Table>(document.sections[0].blocks[0]);
    table.cells.back().paragraphs = {Text(words + std::string(5000, 'w'))};
    if (header_words > 0) table.cells[1].paragraphs = {Text(words)};
    const std::clock_t begin = std::clock();
    const Result<std::string> pdf = SetPdf(document, TestFonts(), {});
#if !defined(__SANITIZE_ADDRESS__)
    EXPECT_LT(static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC, 1.0);
#endif
    if (!pdf) {
      EXPECT_EQ(pdf.error().code, ErrorCode::kLimit);
      continue;
    }
    Counts shown = LettersOf(PopplerText(*pdf));
    for (const auto& [letter, count] : LettersOf(SetText(document).value())) EXPECT_GE(shown[letter], count);
  }
}

}  // namespace
}  // namespace vanthu::templates
