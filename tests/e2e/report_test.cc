// The five samples in a store, a quarter's report of them with figures and progress from files.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <filesystem>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kHead =
    "\"record\": {\"header\": {\"issuing_agency\": \"ỦY BAN NHÂN DÂN XÃ THANH XÁ\", \"notation\": "
    "\"BC-UBND\", "
    "\"place\": \"Thanh Xá\", \"subject\": \"Kết quả kiểm soát thủ tục hành chính quý II năm 2023\"}, "
    "\"recipients\": [\"Lưu: VT\"], \"signer\": {\"block\": [\"CHỦ TỊCH\"], \"name\": \"Phạm Thị Mây\"}}";

// `received`: of the field Hộ tịch, whose other figures make 1,250.
std::string DataFile(int received) {
  return "{\"schema\": \"vanthu/report-data/1\", \"period\": \"2023-Q2\", " + std::string(kHead) +
         ", \"procedures\": [{\"name\": \"Hộ tịch\", \"received\": " + std::to_string(received) +
         ", \"online\": 800, \"direct\": 400, \"carried_over\": 50, \"early\": 700, \"on_time\": 490, "
         "\"overdue\": 10, "
         "\"in_time\": 48, \"late\": 2}], \"indicators\": {\"openness\": 17.85, \"progress\": 19.1, "
         "\"online_services\": "
         "11, \"online_payment\": 9.05, \"digitisation\": 20, \"satisfaction\": 17}}";
}

constexpr const char* kProgress =
    "Văn bản;Bảng;Hàng;Trạng thái;Ngày hoàn thành;Kết quả\n"
    "25/KH-UBND;2;2;hoàn thành;31/5/2023;Đã rà soát\n"
    "25/KH-UBND;2;3;hoàn thành;01/6/2023;\n";

// One line, one space between words: pages break lines where they like.
std::string TextOf(const fs::path& pdf) {
  const Outcome text = RunVanthu({"text", pdf.string()});
  std::string out;
  for (const char c : text.out)
    if (c != '\n' && c != '\t')
      out += c;
    else if (!out.ends_with(' '))
      out += ' ';
  return out;
}

// The bytes of the one embedded file, as our own writer puts them: compressed, their size said.
std::string AttachmentOf(const std::string& pdf) {
  const std::size_t at = pdf.find("/Type/EmbeddedFile");
  const std::size_t size_at = pdf.find("/Size ", at), begin = pdf.find("stream", at),
                    end = pdf.find("endstream", at);
  if (at == std::string::npos || size_at == std::string::npos || end == std::string::npos) return "";
  uLongf size = std::stoul(pdf.substr(size_at + 6, 12));
  std::string out(size, '\0');
  const std::size_t first = pdf.find('\n', begin) + 1;
  const int done = uncompress(reinterpret_cast<Bytef*>(out.data()), &size,
                              reinterpret_cast<const Bytef*>(pdf.data() + first), end - first);
  return done == Z_OK ? out : "";
}

class PeriodReport : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    shared_ = new Scratch;
    for (const char* plan :
         {"an-thanh-2026", "hung-thinh-2025", "kien-an-2023", "thanh-mien-2024", "thanh-xa-2023"}) {
      fs::create_directories(*shared_ / "in");
      fs::copy_file(Sample(std::string(plan) + ".pdf"), *shared_ / (std::string("in/") + plan + ".pdf"));
    }
    const Outcome digitised = RunVanthu(
        {"digitise", (*shared_ / "in").string(), "--store", (*shared_ / "kho").string(), "--quiet"});
    ASSERT_LE(digitised.exit_code, 1) << digitised.err;
    WriteAll(*shared_ / "so-lieu.json", DataFile(1250));
    WriteAll(*shared_ / "tien-do.csv", kProgress);
  }
  static void TearDownTestSuite() { delete shared_; }

  static std::string Path(const std::string& name) { return (*shared_ / name).string(); }
  static Outcome Report(const std::string& form, const std::string& out, std::vector<std::string> more = {},
                        const std::string& period = "2023-Q2") {
    std::vector<std::string> arguments = {"report", "--store", Path("kho"), "--period", period,
                                          "--form", form,      "-o",        Path(out)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunVanthu(arguments);
  }
  static std::vector<std::string> Data() {
    return {"--data", Path("so-lieu.json"), "--data", Path("tien-do.csv")};
  }

  static Scratch* shared_;
};

Scratch* PeriodReport::shared_ = nullptr;

TEST_F(PeriodReport, HasTheComputedFiguresOnItsPages) {
  const Outcome outcome = Report("bao-cao-tthc", "tthc.pdf", Data());
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const std::string text = TextOf(Path("tthc.pdf"));
  EXPECT_THAT(text, HasSubstr("từ ngày 15/3/2023 đến hết ngày 14/6/2023"));
  EXPECT_THAT(text, HasSubstr("Tiếp nhận 1.250 hồ sơ: trực tuyến 800 (66,67% số hồ sơ"));
  EXPECT_THAT(text, HasSubstr("Đã giải quyết 1.200 hồ sơ"));
  EXPECT_THAT(text, HasSubstr("trước và đúng hạn 99,17%"));
  // As the gold records have it: five tasks of Thanh Xá's plan by 31 May, twelve of Kiến An's.
  EXPECT_THAT(text, HasSubstr("theo dõi 17 nhiệm vụ: 17 đến hạn trong kỳ, 0 từ kỳ trước"));
  EXPECT_THAT(text, HasSubstr("hoàn thành 2 nhiệm vụ (11,76%), trong đó đúng hạn 1, quá hạn 1"));
  EXPECT_THAT(text, HasSubstr("chưa có báo cáo tiến độ 15"));
  EXPECT_THAT(outcome.err, HasSubstr("15 nhiệm vụ"));
}

TEST_F(PeriodReport, CarriesItsFiguresAndIsTheSameBytesEveryRun) {
  ASSERT_EQ(Report("bao-cao", "a.pdf", Data()).exit_code, 0);
  ASSERT_EQ(Report("bao-cao", "b.pdf", Data()).exit_code, 0);
  EXPECT_EQ(ReadAll(Path("a.pdf")), ReadAll(Path("b.pdf")));
  const std::string carried = AttachmentOf(ReadAll(Path("a.pdf")));
  EXPECT_THAT(carried, HasSubstr("<tasks_due>17</tasks_due>"));
  WriteAll(Path("record.xml"), carried);
  // Set again from what it carries, it is the same document.
  ASSERT_EQ(RunVanthu({"render", Path("record.xml"), "--form", "bao-cao", "-o", Path("c.pdf")}).exit_code, 0);
  EXPECT_EQ(ReadAll(Path("c.pdf")), ReadAll(Path("a.pdf")));
}

TEST_F(PeriodReport, FiguresThatDoNotAddUpStopIt) {
  WriteAll(Path("sai.json"), DataFile(1251));
  const Outcome outcome = Report("bao-cao-tthc", "sai.pdf", {"--data", Path("sai.json")});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("sai.json"));
  EXPECT_THAT(outcome.err, HasSubstr("«Hộ tịch»: 3=4+5+6"));
  EXPECT_FALSE(fs::exists(Path("sai.pdf")));
}

TEST_F(PeriodReport, TheIndicatorsAreATableOfPoints) {
  ASSERT_EQ(Report("bang-766", "766.pdf", Data()).exit_code, 0);
  const std::string text = TextOf(Path("766.pdf"));
  EXPECT_THAT(text, HasSubstr("17,85"));
  EXPECT_THAT(text, HasSubstr("Tổng điểm 100 94"));
}

TEST_F(PeriodReport, WithoutDataItIsADraft) {
  const Outcome outcome = Report("bao-cao", "nhap.pdf");
  EXPECT_EQ(outcome.exit_code, 1) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("bản nháp"));
  EXPECT_THAT(TextOf(Path("nhap.pdf")), HasSubstr("TÊN CƠ QUAN, TỔ CHỨC"));
}

TEST_F(PeriodReport, OfAnEmptyPeriodSaysSo) {
  WriteAll(Path("head.json"), "{\"schema\": \"vanthu/report-data/1\", " + std::string(kHead) + "}");
  const Outcome outcome = Report("bao-cao", "rong.pdf", {"--data", Path("head.json")}, "2019-H1");
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.err, HasSubstr("không có văn bản, nhiệm vụ nào trong kỳ 2019-H1"));
  EXPECT_THAT(TextOf(Path("rong.pdf")), HasSubstr("Trong kỳ có 0 văn bản"));
}

TEST_F(PeriodReport, RefusesAnUnknownPeriodWithExamples) {
  const Outcome outcome = Report("bao-cao", "x.pdf", {}, "2023-Q5");
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("2026-Q1"));
  EXPECT_EQ(RunVanthu({"report", "--store", Path("no"), "--period", "2023", "--form", "bao-cao", "-o",
                       Path("x.pdf")})
                .exit_code,
            3);
  EXPECT_FALSE(fs::exists(Path("x.pdf")));
}

}  // namespace
}  // namespace vanthu::e2e
