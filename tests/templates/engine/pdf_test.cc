// The file: the same bytes always, readable by others, tagged, with the record inside.
#include <gmock/gmock.h>
#include <podofo/podofo.h>
#include <poppler-destination.h>
#include <poppler-document.h>
#include <poppler-embedded-file.h>
#include <poppler-page.h>

#include <array>
#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <sstream>

#include "laid_pages.h"
#include "pipeline/base/checksum.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "sample_document.h"
#include "tests/cpu_time.h"

namespace vanthu::templates {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Document WithRecord() {
  Document document = SamplePlan(40);
  document.attachment = Attachment{"record.xml", "application/xml", "Hồ sơ", "<record>Thanh Xá</record>"};
  return document;
}

std::string Set(const Document& document, bool compress = true) {
  EngineOptions options;
  options.compress = compress;
  const Result<std::string> pdf = SetPdf(document, TestFonts(), options);
  EXPECT_TRUE(pdf.has_value()) << (pdf ? "" : Describe(pdf.error(), Language::kEnglish));
  return pdf.value_or("");
}

std::unique_ptr<poppler::document> Open(const std::string& pdf) {
  return std::unique_ptr<poppler::document>(
      poppler::document::load_from_raw_data(pdf.data(), static_cast<int>(pdf.size())));
}

std::string TextOf(const std::string& pdf) {
  std::string out;
  const auto document = Open(pdf);
  for (int i = 0; document && i < document->pages(); ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    const poppler::byte_array text = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
    out.append(text.begin(), text.end());
  }
  return out;
}

std::vector<std::string> Words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

TEST(Pdf, TheSameBytesInAnyTimeZoneAndLocale) {
  const std::string first = Set(WithRecord());
  for (const auto& [zone, locale] :  // zones as rules: they need no tzdata
       {std::pair("<+07>-7", "vi_VN.UTF-8"), {"EST5EDT,M3.2.0,M11.1.0", "de_DE.UTF-8"}}) {
    setenv("TZ", zone, 1);
    tzset();
    setenv("LC_ALL", locale, 1);
    std::setlocale(LC_ALL, "");
    EXPECT_EQ(Set(WithRecord()), first);
    const Result<Fonts> again = OpenFonts({});
    ASSERT_TRUE(again.has_value());
    EXPECT_EQ(SetPdf(WithRecord(), *again, {}).value_or(""), first);
  }
  unsetenv("TZ");
  setenv("LC_ALL", "C.UTF-8", 1);
  std::setlocale(LC_ALL, "C");
  Document other = WithRecord();
  other.attachment->bytes += ' ';
  const std::string changed = Set(other);
  const auto id = [](const std::string& pdf) { return pdf.substr(pdf.rfind("/ID[")); };
  EXPECT_NE(id(changed), id(first));
}

TEST(Pdf, EveryWordComesBackInOrder) {
  const Document document = SamplePlan(0);
  const std::string read = TextOf(Set(document));
  EXPECT_EQ(ToNfc(read), read);
  EXPECT_EQ(read.find("\xEF\xBF\xBD"), std::string::npos);
  std::vector<std::string> words = Words(read);
  const std::vector<std::string> wanted = Words(*SetText(document));
  // Page numbers are the only other words.
  std::vector<std::string> rest;
  std::size_t at = 0;
  for (const std::string& word : words)
    if (at < wanted.size() && word == wanted[at])
      ++at;
    else
      rest.push_back(word);
  EXPECT_EQ(at, wanted.size()) << (at < wanted.size() ? wanted[at] : "");
  EXPECT_THAT(rest, testing::ElementsAre("2", "3", "4"));
}

TEST(Pdf, ThousandsOfRowsComeBack) {
  const Document document = LongTable(700);
  std::map<std::string, int> count;
  for (const std::string& word : Words(TextOf(Set(document)))) ++count[word];
  for (const std::string& word : Words(*SetText(document))) --count[word];
  for (const auto& [word, more] : count) EXPECT_GE(more, 0) << word;  // more: repeated headers, page numbers
}

TEST(Pdf, PodofoReadsItsObjects) {
  const std::string pdf = Set(WithRecord());
  PoDoFo::PdfMemDocument document;
  document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
  const PoDoFo::PdfDictionary& catalog = document.GetCatalog()->GetDictionary();
  for (const char* key : {"StructTreeRoot", "MarkInfo", "Lang", "ViewerPreferences", "OutputIntents",
                          "Metadata", "AF", "Names"})
    EXPECT_TRUE(catalog.HasKey(key)) << key;
  EXPECT_EQ(document.GetPageCount(), Open(pdf)->pages());
  EXPECT_EQ(document.GetPage(0)->GetObject()->GetDictionary().GetKey("Tabs")->GetName().GetName(), "S");
}

TEST(Pdf, TheRecordIsAttached) {
  const auto document = Open(Set(WithRecord()));
  ASSERT_TRUE(document);
  const auto files = document->embedded_files();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0]->name(), "record.xml");
  const auto data = files[0]->data();
  const std::string bytes = WithRecord().attachment->bytes;
  EXPECT_EQ(std::string(data.begin(), data.end()), bytes);
  EXPECT_EQ(files[0]->size(), static_cast<int>(bytes.size()));
  const std::array<unsigned char, 16> sum = Md5(bytes);
  const poppler::byte_array told = files[0]->checksum();
  EXPECT_EQ(std::string(told.begin(), told.end()), std::string(sum.begin(), sum.end()));
  const std::string plain = Set(WithRecord(), false);
  EXPECT_THAT(plain, HasSubstr("/AFRelationship/Source"));
  EXPECT_THAT(plain, HasSubstr("/AF["));
  EXPECT_THAT(plain, HasSubstr("/Subtype/application#2Fxml"));
  EXPECT_THAT(plain, HasSubstr("<pdfaid:part>3</pdfaid:part>"));
  EXPECT_THAT(Set(SamplePlan(1), false), HasSubstr("<pdfaid:part>2</pdfaid:part>"));
}

TEST(Pdf, EveryLetterIsTaggedOrAnArtifactAndEveryTagIsOwned) {
  const std::string pdf = Set(SamplePlan(40), false);
  EXPECT_EQ(pdf.find("/CIDSet"), std::string::npos);
  // BDC and EMC alternate; text is shown only between them.
  const std::regex operators(R"((BDC|EMC|\]TJ)\n)");
  bool inside = false;
  int shown = 0;
  for (std::sregex_iterator it(pdf.begin(), pdf.end(), operators), end; it != end; ++it) {
    const std::string op = (*it)[1];
    if (op == "]TJ") {
      EXPECT_TRUE(inside);
      ++shown;
    } else {
      EXPECT_EQ(inside, op == "EMC");
      inside = op == "BDC";
    }
  }
  EXPECT_GT(shown, 300);
  for (const char* tag : {"/S/Document", "/S/Sect", "/S/H1", "/S/H2", "/S/L/", "/S/LI", "/S/Lbl", "/S/LBody",
                          "/S/Table", "/S/THead", "/S/TBody", "/S/TR", "/S/TH", "/S/TD", "/Scope/Column",
                          "/Scope/Row", "/ColSpan 5", "/Summary"})
    EXPECT_THAT(pdf, HasSubstr(tag));
}

int CountOf(const std::string& what, const std::string& text) {
  int count = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++count;
  return count;
}

// A list's item is its mark and its text: the mark's own letters are the mark's, and no others.
TEST(Pdf, MarksOfListItemsAreLabels) {
  Document document;
  document.title = "Danh sách";
  document.sections.resize(1);
  Paragraph item;
  item.role = Role::kListItem;
  item.align = Align::kJustified;
  for (const char* text : {"- Một.",
                           "+ Hai: lời đủ dài để xuống hàng, và hàng đầu được kéo giãn cho đầy bề rộng của "
                           "trang giấy như mọi đoạn văn khác.",
                           "Ba, không có dấu.", "-liền chữ"}) {
    item.runs = {{text, false, false, false, {}}};
    document.sections[0].blocks.emplace_back(item);
  }
  const std::string pdf = Set(document, false);
  EXPECT_EQ(CountOf("/S/L/", pdf), 1);
  EXPECT_EQ(CountOf("/S/LI/", pdf), 4);
  EXPECT_EQ(CountOf("/S/LBody/", pdf), 4);
  EXPECT_EQ(CountOf("/S/Lbl/", pdf), 2);
  EXPECT_EQ(CountOf("/Lbl<</MCID", pdf), 2);
  const std::regex label(
      R"(/Lbl<</MCID \d+>>BDC\nBT\n[^\[]*\[<[0-9A-F]{8}(>-?[0-9.]+<)?>\]TJ\nET\nEMC\n)");  // the mark and a
                                                                                           // space
  EXPECT_EQ(std::distance(std::sregex_iterator(pdf.begin(), pdf.end(), label), std::sregex_iterator()), 2);
  EXPECT_THAT(TextOf(pdf), AllOf(HasSubstr("- Một."), HasSubstr("+ Hai: lời"), HasSubstr("Ba, không")));
  // The text after a mark stands where it stood: its words come back at the same places as without tags.
  const auto parsed = Open(pdf);
  const std::unique_ptr<poppler::page> page(parsed->create_page(0));
  double right = 0;
  for (const poppler::text_box& box : page->text_list()) right = std::max(right, box.bbox().right());
  EXPECT_NEAR(right, 595.28 - document.margins.right_pt, 0.5);
}

TEST(Pdf, PlacesAreNamedDestinations) {
  const auto document = Open(Set(SamplePlan(0)));
  ASSERT_TRUE(document);
  const auto destinations = document->create_destination_map();
  ASSERT_TRUE(destinations.contains("place:signer"));
  const poppler::destination& place = destinations.at("place:signer");
  EXPECT_EQ(place.type(), poppler::destination::fit_r);
  EXPECT_NEAR(place.top() - place.bottom(), 70, 0.1);
}

// An outside program's verdict on a file; skipped, and said so, where it is not installed.
int Outside(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1").c_str());
}

TEST(Pdf, QpdfFindsNothingToSay) {
  if (Outside("command -v qpdf") != 0) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const auto path = std::filesystem::temp_directory_path() / ("vanthu-" + std::to_string(getpid()) + ".pdf");
  for (const Document& document : {WithRecord(), LongTable(300)}) {
    ASSERT_TRUE(WriteFileAtomically(path, Set(document)).has_value());
    EXPECT_EQ(Outside("qpdf --check " + path.string()), 0);
  }
  std::filesystem::remove(path);
}

TEST(Pdf, FiveThousandRowsInOneSecondAndTwiceAsManyInTwiceTheTime) {
  const auto seconds = [](int rows) {
    const Document document = LongTable(rows);
    return CpuSecondsOf([&] { EXPECT_FALSE(Set(document).empty()); });
  };
  seconds(100);  // fonts, caches
  const double five = seconds(5000), ten = seconds(10000);
  EXPECT_LT(five, 1.0 * kTimeFactor);
  EXPECT_LT(ten, 3.0 * five);  // 2.2 measured; room for a busy machine
}

TEST(Documents, WithoutTitleOrContentAreRefused) {
  EXPECT_FALSE(SetPdf({}, TestFonts(), {}).has_value());
  Document empty;
  empty.title = "Trống";
  EXPECT_FALSE(SetPdf(empty, TestFonts(), {}).has_value());
  Document language = SamplePlan(0);
  language.language = "vi)/X(";
  EXPECT_FALSE(SetPdf(language, TestFonts(), {}).has_value());
  Document margins = SamplePlan(0);
  margins.margins.left_pt = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(SetPdf(margins, TestFonts(), {}).has_value());
}

}  // namespace
}  // namespace vanthu::templates
