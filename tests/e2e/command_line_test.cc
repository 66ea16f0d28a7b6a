// The command line's promises, on the running program: exit codes, help, languages, and what goes to stderr.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using namespace std::chrono_literals;

const char* const kVerbs[] = {"extract", "tables", "text", "digitise", "search", "demo", "evaluate"};

class CommandLineTest : public testing::Test {
 protected:
  std::string Path(const std::string& name) const { return (scratch_ / name).string(); }

  // A page of text and of more commands than are followed: it is read in part, which is an error finding.
  std::string PutPartlyRead() {
    std::string commands = "BT /F 13 Tf 72 700 Td (So: 25/KH-UBND) Tj ET\n";
    while (commands.size() < 10'000'000) commands += "q Q ";
    WriteAll(scratch_ / "mot-phan.pdf",
             PdfOf({"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 5 0 R >> "
                    ">> /Contents 4 0 R >>",
                    Stream("/Filter /FlateDecode", Deflate(commands)),
                    "<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>"}));
    return Path("mot-phan.pdf");
  }

  Scratch scratch_;
};

TEST_F(CommandLineTest, EveryVerbHasExamplesAndRefusesUnknownOptions) {
  for (const char* verb : kVerbs) {
    const Outcome help = RunVanthu({verb, "--help"});
    EXPECT_EQ(help.exit_code, 0) << verb;
    EXPECT_THAT(help.out, AllOf(HasSubstr("Ví dụ:\n  "), HasSubstr(std::string("vanthu ") + verb),
                                HasSubstr("--log-level")))
        << verb;
    EXPECT_THAT(RunVanthu({verb, "--help", "--lang", "en"}).out, HasSubstr("Examples:\n  ")) << verb;
    const Outcome unknown = RunVanthu({verb, "--khong-co"});
    EXPECT_EQ(unknown.exit_code, 2) << verb;
    EXPECT_EQ(unknown.out, "") << verb;
    EXPECT_THAT(unknown.err, HasSubstr(std::string("Xem: vanthu ") + verb + " --help")) << verb;
  }
  // With all that a verb requires, so that nothing but the option is wrong.
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"extract", "x.pdf", "--khong-co"},
                                             {"tables", "x.pdf", "--khong-co"},
                                             {"text", "x.pdf", "--khong-co"},
                                             {"digitise", "x.pdf", "--store", "kho", "--khong-co"},
                                             {"search", "--store", "kho", "x", "--khong-co"},
                                             {"evaluate", "--truth", "a", "--result", "b", "--khong-co"},
                                             {"demo", "--khong-co"}}) {
    const Outcome outcome = RunVanthu(arguments);
    EXPECT_EQ(outcome.exit_code, 2) << arguments[0];
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("không có tuỳ chọn"), HasSubstr("--khong-co"))) << arguments[0];
  }
}

TEST_F(CommandLineTest, WrongUsageIsToldInBothLanguages) {
  EXPECT_THAT(RunVanthu({"extract"}).err, HasSubstr("thiếu lệnh hoặc tuỳ chọn bắt buộc"));
  EXPECT_THAT(RunVanthu({"extract", "--lang", "en"}).err, HasSubstr("an option is missing"));
  EXPECT_THAT(RunVanthu({"text", "a.pdf", "--format", "docx"}).err, HasSubstr("giá trị không hợp lệ"));
  EXPECT_EQ(RunVanthu({"text", "a.pdf", "--log-level", "loud"}).exit_code, 2);
}

TEST_F(CommandLineTest, ExtractExitsOneForErrorFindingsOnly) {
  const Outcome partly = RunVanthu({"extract", PutPartlyRead()});
  EXPECT_EQ(partly.exit_code, 1) << partly.err;
  const json record = json::parse(partly.out);
  bool error = false;
  for (const json& finding : record.at("findings")) error = error || finding.at("severity") == "error";
  EXPECT_TRUE(error) << partly.out;
  EXPECT_THAT(partly.err, HasSubstr("mot-phan.pdf, trang 1: "));  // why, for who sees the exit code alone

  // Its number is blank, a warning: nothing that makes the record wrong.
  const Outcome warned = RunVanthu({"extract", Sample("an-thanh-2026.pdf").string()});
  EXPECT_EQ(warned.exit_code, 0) << warned.err;
  EXPECT_FALSE(json::parse(warned.out).at("findings").empty());
  EXPECT_EQ(warned.err, "");
}

TEST_F(CommandLineTest, AMissingModelIsItsOwnExitCode) {
  fs::create_directory(scratch_ / "empty");
  for (const char* verb : {"extract", "text", "tables"}) {
    const Outcome outcome = RunVanthu(
        {verb, Sample("hung-thinh-2025-scan.pdf").string(), "--tessdata", Path("empty"), "-o", Path("out")});
    EXPECT_EQ(outcome.exit_code, 4) << verb;
    EXPECT_THAT(outcome.err, AllOf(HasSubstr("vie.traineddata"), HasSubstr("tesseract-ocr-vie"))) << verb;
    EXPECT_FALSE(fs::exists(scratch_ / "out")) << verb;
  }
  // What needs no recognition does not ask for the model.
  EXPECT_EQ(
      RunVanthu({"extract", Sample("hung-thinh-2025.pdf").string(), "--tessdata", Path("empty")}).exit_code,
      0);
}

TEST_F(CommandLineTest, InterruptedIsItsOwnExitCode) {
  for (const char* verb : {"extract", "text", "tables"})
    for (const int signal : {SIGINT, SIGTERM}) {
      const pid_t program =
          StartVanthu({verb, Sample("hung-thinh-2025-scan.pdf").string(), "-o", Path("out.json")},
                      scratch_ / "stdout", scratch_ / "stderr");
      // One page of the scan takes seconds: the signal comes in the middle of the first.
      for (int i = 0; i < 600 && ChildrenOf(program).empty(); ++i) std::this_thread::sleep_for(20ms);
      ASSERT_FALSE(ChildrenOf(program).empty());
      ::kill(program, signal);
      EXPECT_EQ(WaitFor(program), 5) << verb << " " << signal;
      EXPECT_THAT(ReadAll(scratch_ / "stderr"), HasSubstr("đã dừng theo yêu cầu"));
      EXPECT_FALSE(fs::exists(scratch_ / "out.json"));
    }
}

TEST_F(CommandLineTest, VerbsThatOnlyReadEndAtOnceWhenInterrupted) {
  // Texts without a word in common: to compare them takes many seconds.
  fs::create_directory(scratch_ / "gold");
  fs::create_directory(scratch_ / "result");
  std::string gold, result;
  for (std::int64_t i = 0; i < 40'000; ++i) {
    gold += std::to_string(i * 7919 % 100'000) + " ";
    result += "x" + std::to_string(i * 104'729 % 100'000) + " ";
  }
  WriteAll(scratch_ / "gold/a.txt", gold);
  WriteAll(scratch_ / "result/a.txt", result);
  const pid_t program = StartVanthu({"evaluate", "--truth", Path("gold"), "--result", Path("result")},
                                    scratch_ / "stdout", scratch_ / "stderr");
  for (int i = 0; i < 600 && !Catches(program, SIGINT); ++i) std::this_thread::sleep_for(20ms);
  ASSERT_TRUE(Catches(program, SIGINT));
  std::this_thread::sleep_for(1s);
  const auto start = std::chrono::steady_clock::now();
  ::kill(program, SIGINT);
  EXPECT_EQ(WaitFor(program), 5);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 3s);
  EXPECT_EQ(ReadAll(scratch_ / "stdout"), "");
}

TEST_F(CommandLineTest, LogLevelsTellMoreOnStderrAndNothingElseOnStdout) {
  const std::string plan = Sample("an-thanh-2026.pdf").string();
  const Outcome plain = RunVanthu({"extract", plan});
  const Outcome info = RunVanthu({"extract", plan, "--log-level", "info"});
  const Outcome debug = RunVanthu({"extract", plan, "--log-level", "debug"});
  const Outcome quiet = RunVanthu({"extract", plan, "--log-level", "debug", "--quiet"});
  EXPECT_EQ(plain.err, "");
  EXPECT_THAT(info.err, AllOf(HasSubstr("an-thanh-2026.pdf: 8 trang, 0 bảng, 10 nhiệm vụ"),
                              HasSubstr("Số văn bản để trống"), Not(HasSubstr("dựng bố cục"))));
  for (const char* stage : {"mở tệp, 8 trang: 0.", "trang 8/8, lớp chữ: ", "dựng bố cục, ", "trích xuất, ",
                            "stdout: ", "an-thanh-2026.pdf: 8 trang"})
    EXPECT_THAT(debug.err, HasSubstr(stage));
  EXPECT_EQ(quiet.err, "");
  for (const Outcome* outcome : {&info, &debug, &quiet}) EXPECT_EQ(outcome->out, plain.out);
}

TEST_F(CommandLineTest, LogsAreInTheLanguageOfMessages) {
  const Outcome english =
      RunVanthu({"extract", Sample("thanh-xa-2023.pdf").string(), "--log-level", "debug", "--lang", "en"});
  EXPECT_THAT(english.err, AllOf(HasSubstr("opened, 9 pages"), HasSubstr("page 9/9, text layer: "),
                                 HasSubstr("extraction, 21 tasks"), Not(HasSubstr("trang"))));
}

TEST_F(CommandLineTest, QuietStillTellsErrors) {
  WriteAll(scratch_ / "hong.pdf", "%PDF-1.4\n");
  const Outcome outcome = RunVanthu({"extract", Path("hong.pdf"), "--quiet"});
  EXPECT_EQ(outcome.exit_code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("hong.pdf"));
}

TEST_F(CommandLineTest, ABatchTellsItsStagesToo) {
  const std::vector<std::string> command = {
      "digitise", Sample("an-thanh-2026.pdf").string(), "--store", Path("kho"), "--log-level", "debug"};
  const Outcome outcome = RunVanthu(command);
  EXPECT_EQ(outcome.exit_code, 0);
  for (const char* stage : {"mở tệp, 8 trang", "trích xuất, ", "lập bản lưu trữ: ", "ghi vào kho: "})
    EXPECT_THAT(outcome.err, HasSubstr(stage));
  EXPECT_THAT(outcome.out, Not(HasSubstr("mở tệp")));
}

TEST_F(CommandLineTest, EvaluateSpeaksTheLanguageAndExitsOneWhenResultsAreMissing) {
  fs::create_directory(scratch_ / "gold");
  fs::create_directory(scratch_ / "result");
  for (const char* folder : {"gold", "result"})
    fs::copy_file(Sample("thanh-xa-2023.json"), scratch_ / folder / "thanh-xa-2023.json");
  const std::vector<std::string> command = {"evaluate", "--truth", Path("gold"), "--result", Path("result")};
  const Outcome whole = RunVanthu(command);
  EXPECT_EQ(whole.exit_code, 0) << whole.err;
  EXPECT_THAT(whole.out, AllOf(HasSubstr("Bản ghi đúng trọn: 1 trên 1."), Not(HasSubstr("recall"))));

  fs::copy_file(Sample("kien-an-2023.json"), scratch_ / "gold/kien-an-2023.json");
  const Outcome missing = RunVanthu(command);
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.out, HasSubstr("không có kết quả cho kien-an-2023.json"));
  std::vector<std::string> english = command;
  english.insert(english.end(), {"--lang", "en"});
  EXPECT_THAT(RunVanthu(english).out,
              AllOf(HasSubstr("Whole records: 1 of 1."), HasSubstr("no result for kien-an-2023.json")));
  std::vector<std::string> machine = command;
  machine.insert(machine.end(), {"--format", "json"});
  const Outcome scores = RunVanthu(machine);
  EXPECT_EQ(scores.exit_code, 1);
  EXPECT_EQ(json::parse(scores.out).at("missing"), json({"kien-an-2023.json"}));
}

}  // namespace
}  // namespace vanthu::e2e
