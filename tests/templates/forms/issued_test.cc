// What is issued from records: all ten forms and the five plans, looked at in the produced file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "decree_check.h"
#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/record/json.h"
#include "samples.h"
#include "structure_check.h"
#include "templates/engine/engine.h"

namespace vanthu::templates {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;

std::string NameOf(const testing::TestParamInfo<Sample>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Issued : public testing::TestWithParam<Sample> {};
INSTANTIATE_TEST_SUITE_P(Samples, Issued, testing::ValuesIn(Samples()), NameOf);

TEST_P(Issued, LooksAsTheDecreeWants) {
  EXPECT_THAT(CheckDecree(PdfOf(DocumentOf(GetParam()))), IsEmpty());
}

TEST_P(Issued, IsTaggedAsReadersNeedIt) {
  const std::string pdf = PdfOf(DocumentOf(GetParam()));
  EXPECT_THAT(StructureFaults(pdf), IsEmpty());
}

// The checker is no yes-man: each of these is one change of a good file that keeps every length.
TEST(StructureCheck, TellsWhatIsOff) {
  const std::string good = PdfOf(DocumentOf(SampleOf("thanh-xa-2023")));
  const auto faults_with = [&](const std::string& from, const std::string& to) {
    EXPECT_EQ(from.size(), to.size());
    std::string pdf = good;
    const std::size_t at = pdf.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    if (at != std::string::npos) pdf.replace(at, from.size(), to);
    return StructureFaults(pdf);
  };
  EXPECT_THAT(faults_with("/Scope/Column", "/Skope/Column"), Contains("a TH without a scope"));
  EXPECT_THAT(faults_with("/S/H2", "/S/H4"), Contains(HasSubstr("a heading of level 4")));
  EXPECT_THAT(faults_with("/S/TBody", "/S/TBoby"), Contains("an element of type TBoby"));
  EXPECT_THAT(faults_with("/S/TD", "/S/LI"), Contains("LI in TR"));
  EXPECT_THAT(faults_with("/S/LBody", "/S/LBodi"), Contains("a list's item is not its mark and its body"));
  EXPECT_THAT(faults_with("/Tabs/S", "/Tabs/R"), Contains("page 1: tab order"));
  EXPECT_THAT(faults_with("/ColSpan 5", "/ColSpan 4"), Contains("a table's rows differ in length"));
}

std::string ToNfd(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeString decomposed =
      icu::Normalizer2::getNFDInstance(status)->normalize(icu::UnicodeString::fromUTF8(text), status);
  EXPECT_TRUE(U_SUCCESS(status));
  std::string out;
  decomposed.toUTF8String(out);
  EXPECT_NE(out, text);
  return out;
}

// The same text in decomposed letters is the same document.
TEST_P(Issued, DecomposedLettersGiveTheSameBytes) {
  const Result<Record> decomposed = record::ParseJson(ToNfd(RecordText(GetParam())));
  ASSERT_TRUE(decomposed.has_value());
  const Record record = RecordOf(GetParam());
  EXPECT_EQ(PdfOf(DocumentOf(GetParam(), *decomposed), *decomposed),
            PdfOf(DocumentOf(GetParam(), record), record));
}

// Each of the checker's eyes: a document that is off in one thing is told so.
Document Report() {
  return DocumentOf(SampleOf("bao-cao"));
}

template <typename Change>
void ForEachParagraph(Document& document, Change change) {
  for (Section& section : document.sections)
    for (Block& block : section.blocks) {
      if (auto* paragraph = std::get_if<Paragraph>(&block)) change(*paragraph);
      if (auto* columns = std::get_if<Columns>(&block))
        for (Column& column : columns->columns)
          for (ColumnItem& item : column.items)
            if (auto* paragraph = std::get_if<Paragraph>(&item)) change(*paragraph);
    }
}

std::string TextOf(const Paragraph& paragraph) {
  std::string out;
  for (const Run& run : paragraph.runs) out += run.text;
  return out;
}

// The paragraph that begins so, changed.
template <typename Change>
Document With(const char* sample, const std::string& start, Change change) {
  Document document = DocumentOf(SampleOf(sample));
  int changed = 0;
  ForEachParagraph(document, [&](Paragraph& paragraph) {
    if (!TextOf(paragraph).starts_with(start)) return;
    change(paragraph);
    ++changed;
  });
  EXPECT_GT(changed, 0) << start;
  return document;
}

struct Wrong {
  const char* told;  // what the checker must say
  Document document;
};

TEST(DecreeCheck, TellsWhatIsOff) {
  const auto text = [](const char* what) {
    return [what](Paragraph& p) {
      p.runs = {templates::Run{what, p.runs[0].bold, p.runs[0].italic, false, {}}};
    };
  };
  const auto size = [](double pt) { return [pt](Paragraph& p) { p.size_pt = pt; }; };
  const auto rule = [](double share) { return [share](Paragraph& p) { p.rule_share = share; }; };
  const auto bold = [](bool on) {
    return [on](Paragraph& p) {
      for (templates::Run& run : p.runs) run.bold = on;
    };
  };
  const auto italic = [](bool on) {
    return [on](Paragraph& p) {
      for (templates::Run& run : p.runs) run.italic = on;
    };
  };
  const auto align = [](Align how) { return [how](Paragraph& p) { p.align = how; }; };
  std::vector<Wrong> all;
  const auto add = [&](const char* told, Document document) { all.push_back({told, std::move(document)}); };
  const auto margins = [&](const char* told, Margins changed) {
    Document document = Report();
    document.margins = changed;
    add(told, std::move(document));
  };
  margins("lề trái hẹp hơn", {56.7, 56.7, 80, 51});
  margins("lề phải hẹp hơn", {56.7, 56.7, 85.1, 38});
  margins("lề phải rộng hơn", {56.7, 56.7, 85.1, 60});
  margins("lề trên hẹp hơn", {50, 56.7, 85.1, 51});
  add("Quốc hiệu: cỡ chữ", With("bao-cao", "CỘNG HÒA", size(11)));
  add("Quốc hiệu: phải đậm", With("bao-cao", "CỘNG HÒA", bold(false)));
  add("Tiêu ngữ: đường kẻ", With("bao-cao", "Độc lập", rule(0.5)));
  add("tên cơ quan: đường kẻ", With("bao-cao", "SỞ NỘI VỤ", rule(1)));
  add("trích yếu: đường kẻ", With("bao-cao", "Kết quả thực hiện số", rule(0.9)));
  add("trích yếu: không có đường kẻ", With("bao-cao", "Kết quả thực hiện số", rule(0)));
  add("số, ký hiệu không đúng", With("bao-cao", "Số:", text("Số: 7/BC-SNV")));
  add("số, ký hiệu không đúng", With("bao-cao", "Số:", text("Số: 07 / BC-SNV")));
  add("ngày tháng không đúng", With("bao-cao", "Hòa An, ngày", text("Hòa An, ngày 5 tháng 6 năm 2026")));
  add("ngày tháng không đúng", With("bao-cao", "Hòa An, ngày", text("Hòa An, ngày 05 tháng 1 năm 2026")));
  add("ngày tháng không đúng", With("bao-cao", "Hòa An, ngày", text("Hòa An, ngày 05 tháng 06 năm 2026")));
  add("ngày tháng: phải nghiêng", With("bao-cao", "Hòa An, ngày", italic(false)));
  add("không cùng dòng với Số",
      With("bao-cao", "Hòa An, ngày", [](Paragraph& p) { p.space_before_pt += 3; }));
  add("tên loại: phải in hoa", With("bao-cao", "BÁO CÁO", text("Báo cáo")));
  add("tên loại: không ở giữa", With("bao-cao", "BÁO CÁO", align(Align::kLeft)));
  add("dòng đầu đoạn lùi",
      With("bao-cao", "Thực hiện Kế hoạch", [](Paragraph& p) { p.first_indent_pt = 20; }));
  add("không canh đều", With("bao-cao", "Thực hiện Kế hoạch", align(Align::kLeft)));
  add("cách dòng", With("bao-cao", "Thực hiện Kế hoạch", [](Paragraph& p) { p.line_spacing = 1.7; }));
  add("cách đoạn", With("bao-cao", "- Tổng số", [](Paragraph& p) { p.space_after_pt = 2; }));
  add("Nơi nhận: cỡ chữ", With("bao-cao", "Nơi nhận:", size(13)));
  add("nơi nhận: cỡ chữ", With("bao-cao", "- Như trên", size(12)));
  add("- Lưu:", With("bao-cao", "- Lưu:", text("- Lưu: VT;")));
  add("không ngang hàng", With("bao-cao", "Nơi nhận:", [](Paragraph& p) { p.space_before_pt = 8; }));
  add("chức vụ: phải đậm", With("bao-cao", "KT. GIÁM", bold(false)));
  add("họ tên người ký", With("bao-cao", "Nguyễn Thị", text("NGUYỄN THỊ HUYỀN")));
  add("tên phụ lục: phải in hoa", With("bao-cao", "KẾT QUẢ SỐ HÓA", text("Kết quả")));
  add("số phụ lục", With("phu-luc", "Phụ lục I", text("Phụ lục 1")));
  add("kèm theo: phải nghiêng", With("phu-luc", "(Kèm theo", italic(false)));
  add("căn cứ phải kết thúc",
      With("quyet-dinh", "Căn cứ Nghị định", text("Căn cứ Nghị định số 118/2025/NĐ-CP.")));
  add("căn cứ: phải nghiêng", With("quyet-dinh", "Căn cứ Luật", italic(false)));
  add("trích yếu công văn cách", With("cong-van", "V/v", [](Paragraph& p) { p.space_before_pt = 0; }));
  add("dưới dấu hai chấm", With("cong-van", "- Các sở", [](Paragraph& p) { p.indent_pt = 170; }));
  add("nơi kính gửi: sai dấu", With("cong-van", "- Các sở", text("- Các sở, ban, ngành.")));
  add("khung độ khẩn", With("cong-van", "KHẨN", [](Paragraph& p) { p.frame->width_pt = 113; }));
  add("không có khung", With("cong-van", "KHẨN", [](Paragraph& p) { p.frame.reset(); }));
  add("màu đỏ", With("cong-van", "KHẨN", [](Paragraph& p) { p.runs[0].red = false; }));
  Document numbered = DocumentOf(SampleOf("thanh-xa-2023"));
  numbered.sections[0].number_first_page = true;
  add("trang đầu không được hiện số", std::move(numbered));
  Document small = DocumentOf(SampleOf("thanh-xa-2023"));
  small.page_number_pt = 11;
  add("số trang: cỡ chữ", std::move(small));
  for (const Wrong& wrong : all)
    EXPECT_THAT(CheckDecree(PdfOf(wrong.document)), Contains(HasSubstr(wrong.told))) << wrong.told;
}

// An outside program's output; empty where it cannot be run.
std::string OutputOf(const std::string& command) {
  std::string out;
  FILE* pipe = popen((command + " 2>/dev/null").c_str(), "r");
  if (pipe == nullptr) return out;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
    out.append(buffer.data(), got);
  pclose(pipe);
  return out;
}

class Folder {
 public:
  Folder() : path_(fs::temp_directory_path() / ("vanthu-issued-" + std::to_string(getpid()))) {
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::vector<std::string> Words(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char32_t c : ToCodePoints(text)) {
    if (c == U' ' || c == U'\n' || c == U'\t' || c == U'\f' || c == 0xA0) {
      if (!word.empty()) words.push_back(std::move(word));
      word.clear();
    } else {
      word += FromCodePoints(std::u32string(1, c));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

// The file's text without spaces and what ends a page and looks like its number, which is painted last.
std::string LettersOf(const std::string& pages) {
  std::string out;
  std::istringstream in(pages);
  for (std::string page; std::getline(in, page, '\f');) {
    std::vector<std::string> words = Words(page);
    const std::size_t feed = page.find_last_of('\n', page.size() < 2 ? 0 : page.size() - 2);
    const std::string last = feed == std::string::npos ? page : page.substr(feed + 1);
    if (!words.empty() && Words(last).size() == 1 &&
        last.find_first_not_of("0123456789\n") == std::string::npos)
      words.pop_back();
    for (const std::string& word : words) out += word;
  }
  return out;
}

std::map<char32_t, int> CountOf(const std::string& text) {
  std::map<char32_t, int> out;
  for (const char32_t c : ToCodePoints(text)) ++out[c];
  return out;
}

// pdftotext in the file's own order: NFC, no U+FFFD, every letter of the document, its paragraphs in reading
// order. Rows of tables that a page's end divides come back cell by cell on either side.
TEST_P(Issued, PdftotextGivesEveryWordInOrder) {
  if (OutputOf("command -v pdftotext").empty()) GTEST_SKIP() << "SKIPPED: pdftotext is not installed";
  const Folder folder;
  const Document document = DocumentOf(GetParam());
  const std::string path = (folder.path() / "a.pdf").string();
  ASSERT_TRUE(WriteFileAtomically(path, PdfOf(document)).has_value());
  const std::string text = OutputOf("pdftotext -raw -enc UTF-8 " + path + " -");
  EXPECT_EQ(ToNfc(text), text);
  EXPECT_EQ(text.find("\xEF\xBF\xBD"), std::string::npos);
  const std::string read = LettersOf(text);
  const Result<std::string> told = SetText(document);
  ASSERT_TRUE(told.has_value());
  std::istringstream lines(*told);
  std::size_t at = 0;
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    std::string letters;
    for (const std::string& word : Words(line)) letters += word;
    all += letters;
    if (line.find('\t') != std::string::npos) continue;
    const std::size_t found = read.find(letters, at);
    EXPECT_NE(found, std::string::npos) << "after byte " << at << ": " << line;
    if (found != std::string::npos) at = found + letters.size();
  }
  std::map<char32_t, int> have = CountOf(text);
  for (const auto& [letter, count] : CountOf(all))
    EXPECT_GE(have[letter], count) << FromCodePoints(std::u32string(1, letter));
}

// PDFBox's preflight knows PDF/A-1b alone. A document set so must pass; of the others it may say only what
// parts 2 and 3 allow and part 1 does not.
const std::map<std::string, const char*>& AllowedCodes() {
  static const std::map<std::string, const char*> codes = {
      {"1.4.7", "EmbeddedFiles in the name dictionary: PDF/A-3 holds attachments"},
      {"1.2.9", "EF in a file specification: PDF/A-3 holds attachments"},
      {"3.1.11", "no CIDSet: optional since PDF/A-2 (ISO 19005-2, 6.2.11.4.2)"},
      {"7.11.2", "pdfaid:part is 2 or 3"}};
  return codes;
}

constexpr char kPreflight[] =
    "java -XX:TieredStopAtLevel=1 -cp /usr/share/java/preflight.jar:/usr/share/java/pdfbox2.jar:"
    "/usr/share/java/xmpbox.jar:/usr/share/java/fontbox2.jar:/usr/share/java/commons-logging.jar:"
    "/usr/share/java/javax.activation.jar:/usr/share/java/jaxb-api.jar "
    "org.apache.pdfbox.preflight.Validator_A1b ";

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Preflight, Part1PassesAndTheOthersDepartOnlyWhereTheyMay) {
  if (OutputOf("command -v java").empty() || !fs::exists("/usr/share/java/preflight.jar"))
    GTEST_SKIP() << "SKIPPED: libpdfbox2-java or a Java runtime is not installed";
  const Folder folder;
  for (const Sample& sample : Samples()) {
    const Record record = RecordOf(sample);
    const Document document = DocumentOf(sample, record);
    for (const auto& [suffix, pdf] : {std::pair(".1b.pdf", PdfOf(document, true)),
                                      {".2a.pdf", PdfOf(document)},
                                      {".3a.pdf", PdfOf(document, record)}})
      ASSERT_TRUE(WriteFileAtomically(folder.path() / (sample.name + suffix), pdf).has_value());
  }
  OutputOf(kPreflight + ("xml batch " + folder.path().string()));
  int reports = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder.path())) {
    if (entry.path().extension() != ".xml") continue;
    ++reports;
    const std::string report = ReadAll(entry.path()), name = entry.path().filename().string();
    const bool part1 = name.find(".1b.") != std::string::npos;
    EXPECT_THAT(report,
                HasSubstr(part1 ? "<isValid type=\"PDF/A1-b\">true" : "<isValid type=\"PDF/A1-b\">false"))
        << name;
    const std::regex code("<code>([0-9.]+)</code>");
    for (std::sregex_iterator it(report.begin(), report.end(), code), end; it != end; ++it)
      EXPECT_TRUE(!part1 && AllowedCodes().contains((*it)[1].str())) << name << ": " << (*it)[1] << "\n"
                                                                     << report;
  }
  EXPECT_EQ(reports, static_cast<int>(3 * Samples().size()));
  // As a clerk would run it: 0 is valid.
  const std::string one = (folder.path() / "cong-van.1b.pdf").string();
  EXPECT_EQ(std::system((kPreflight + one + " >/dev/null 2>&1").c_str()), 0);
}

}  // namespace
}  // namespace vanthu::templates
