// Issue and read again: a gold record becomes a PDF, and what is extracted from its pages is the same record.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;

constexpr std::pair<const char*, const char*> kPlans[] = {{"an-thanh-2026", "ke-hoach"},
                                                          {"hung-thinh-2025", "phu-luc"},
                                                          {"kien-an-2023", "ke-hoach"},
                                                          {"thanh-mien-2024", "ke-hoach"},
                                                          {"thanh-xa-2023", "ke-hoach"}};

TEST(Render, WhatIsIssuedReadsAsTheRecord) {
  const Scratch scratch;
  const fs::path results = scratch / "results";
  for (const auto& [plan, form] : kPlans) {
    const std::string pdf = (scratch / (std::string(plan) + ".pdf")).string();
    // Without the record in it: the pages alone are read (attached_record_test.cc has the other half).
    const Outcome rendered = RunVanthu(
        {"render", Sample(std::string(plan) + ".json").string(), "--form", form, "--no-record", "-o", pdf});
    ASSERT_EQ(rendered.exit_code, 0) << plan << rendered.err;
    EXPECT_LE(RunVanthu({"extract", pdf, "-o", (results / (std::string(plan) + ".json")).string()}).exit_code,
              1);
  }
  const Outcome scored = RunVanthu(
      {"evaluate", "--truth", Sample("").string(), "--result", results.string(), "--format", "json"});
  ASSERT_EQ(scored.exit_code, 0) << scored.err;
  const json total = json::parse(scored.out).at("total");
  const json& tasks = total.at("tasks");
  EXPECT_EQ(total.at("header_signer").at("normalised").at("f1").get<double>(), 1);
  EXPECT_EQ(tasks.at("rows").at("recall").get<double>(), 1);
  EXPECT_EQ(tasks.at("whole").at("recall").get<double>(), 1);
  EXPECT_EQ(tasks.at("deadlines").at("f1").get<double>(), 1);
  EXPECT_EQ(total.at("tables").at("adjacency").at("f1").get<double>(), 1);
}

TEST(Render, TheSameInputGivesTheSameBytes) {
  const Scratch scratch;
  const std::string record = Sample("thanh-xa-2023.json").string();
  for (const char* name : {"a.pdf", "b.pdf"})
    ASSERT_EQ(RunVanthu({"render", record, "--form", "ke-hoach", "-o", (scratch / name).string()}).exit_code,
              0);
  EXPECT_EQ(ReadAll(scratch / "a.pdf"), ReadAll(scratch / "b.pdf"));
}

TEST(Render, TheXmlFormOfARecordGivesTheSamePages) {
  const Scratch scratch;
  const std::string pdf = (scratch / "a.pdf").string(), xml = (scratch / "a.xml").string(),
                    again = (scratch / "b.pdf").string();
  ASSERT_EQ(RunVanthu({"render", Sample("kien-an-2023.json").string(), "--form", "ke-hoach", "--no-record",
                       "-o", pdf})
                .exit_code,
            0);
  ASSERT_LE(RunVanthu({"extract", pdf, "--format", "xml", "-o", xml}).exit_code, 1);
  ASSERT_EQ(RunVanthu({"render", xml, "--form", "ke-hoach", "-o", again}).exit_code, 0);
  EXPECT_EQ(RunVanthu({"text", pdf}).out, RunVanthu({"text", again}).out);
}

TEST(Render, RefusesWithTheExitCodesOfTheContract) {
  const Scratch scratch;
  const std::string record = Sample("thanh-xa-2023.json").string(), out = (scratch / "x.pdf").string();
  const Outcome unknown = RunVanthu({"render", record, "--form", "ke-hoch", "-o", out});
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("ke-hoach"));
  EXPECT_EQ(RunVanthu({"render", record, "-o", out}).exit_code, 2);
  EXPECT_EQ(
      RunVanthu({"render", (scratch / "none.json").string(), "--form", "ke-hoach", "-o", out}).exit_code, 3);
  WriteAll(scratch / "bad.json", "{\"schema\": 1}");
  EXPECT_EQ(RunVanthu({"render", (scratch / "bad.json").string(), "--form", "ke-hoach", "-o", out}).exit_code,
            3);
  // A công văn needs addressees, which a plan has not.
  const Outcome missing = RunVanthu({"render", record, "--form", "cong-van", "-o", out});
  EXPECT_EQ(missing.exit_code, 3);
  EXPECT_THAT(missing.err, HasSubstr("addressees"));
  WriteAll(scratch / "form.xml",
           "<template xmlns=\"urn:vanthu:form:1\" id=\"a\" title=\"b\"><part>\n<p><v "
           "path=\"header.subjet\"/></p></part></template>");
  const Outcome bad_form =
      RunVanthu({"render", record, "--form", (scratch / "form.xml").string(), "-o", out});
  EXPECT_EQ(bad_form.exit_code, 3);
  EXPECT_THAT(bad_form.err, HasSubstr("dòng 2"));
  fs::create_directory(scratch / "fonts");
  EXPECT_EQ(RunVanthu({"render", record, "--form", "ke-hoach", "--font-dir", (scratch / "fonts").string(),
                       "-o", out})
                .exit_code,
            4);
  EXPECT_FALSE(fs::exists(out));
}

TEST(Render, TheExtensionOrTheFormatSaysWhatIsWritten) {
  const Scratch scratch;
  const std::string record = Sample("thanh-xa-2023.json").string();
  const auto render = [&](const fs::path& out, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"render", record, "--form", "ke-hoach", "-o", out.string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunVanthu(arguments);
  };
  ASSERT_EQ(render(scratch / "a.docx").exit_code, 0);
  EXPECT_EQ(ReadAll(scratch / "a.docx").substr(0, 2), "PK");
  ASSERT_EQ(render(scratch / "a.txt").exit_code, 0);
  EXPECT_THAT(ReadAll(scratch / "a.txt"), HasSubstr("ỦY BAN NHÂN DÂN"));
  ASSERT_EQ(render(scratch / "odd", {"--format", "pdf"}).exit_code, 0);
  EXPECT_EQ(ReadAll(scratch / "odd").substr(0, 5), "%PDF-");
  WriteAll(scratch / "p-99.png", "not ours: no page before it");
  ASSERT_EQ(render(scratch / "p.png", {"--dpi", "30"}).exit_code, 0);
  EXPECT_EQ(ReadAll(scratch / "p-1.png").substr(1, 3), "PNG");
  EXPECT_TRUE(fs::exists(scratch / "p-2.png"));
  EXPECT_TRUE(fs::exists(scratch / "p-99.png"));
  ASSERT_EQ(render(scratch / "pages", {"--format", "png", "--dpi", "30"}).exit_code, 0);
  EXPECT_EQ(ReadAll(scratch / "pages" / "page-001.png").substr(1, 3), "PNG");
  for (const fs::directory_entry& entry : fs::directory_iterator(scratch / "pages"))
    EXPECT_EQ(entry.path().extension(), ".png");  // nothing of the work is left
  const Outcome unknown = render(scratch / "a.odt");
  EXPECT_EQ(unknown.exit_code, 2);
  EXPECT_THAT(unknown.err, HasSubstr("--format"));
  EXPECT_FALSE(fs::exists(scratch / "a.odt"));
}

TEST(Form, ListCheckNewAndPreview) {
  const Scratch scratch;
  EXPECT_THAT(RunVanthu({"form", "list"}).out, HasSubstr("ke-hoach\t"));
  EXPECT_EQ(RunVanthu({"form", "check", "ke-hoach", "quyet-dinh"}).exit_code, 0);
  const std::string own = (scratch / "Mau rieng.xml").string();
  ASSERT_EQ(RunVanthu({"form", "new", own, "--from", "thong-bao"}).exit_code, 0);
  EXPECT_THAT(ReadAll(own), HasSubstr("id=\"mau-rieng\""));
  EXPECT_EQ(RunVanthu({"form", "new", own}).exit_code, 2);  // never over a file that is there
  EXPECT_EQ(RunVanthu({"form", "check", own}).exit_code, 0);
  std::string text = ReadAll(own);
  text.replace(text.find("header.subject"), 14, "header.sujet");
  WriteAll(own, text);
  const Outcome checked = RunVanthu({"form", "check", own, "--lang", "en"});
  EXPECT_EQ(checked.exit_code, 3);
  EXPECT_THAT(checked.out, HasSubstr("did you mean \"subject\"?"));
  const fs::path pages = scratch / "pages";
  ASSERT_EQ(RunVanthu({"form", "preview", "ke-hoach", "-o", pages.string(), "--dpi", "30"}).exit_code, 0);
  EXPECT_EQ(ReadAll(pages / "page-001.png").substr(1, 3), "PNG");
}

}  // namespace
}  // namespace vanthu::e2e
