// A document that was issued here is received again: its record is in it, and is believed only where the
// pages say the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

constexpr std::pair<const char*, const char*> kPlans[] = {{"an-thanh-2026", "ke-hoach"},
                                                          {"hung-thinh-2025", "phu-luc"},
                                                          {"kien-an-2023", "ke-hoach"},
                                                          {"thanh-mien-2024", "ke-hoach"},
                                                          {"thanh-xa-2023", "ke-hoach"}};

void Render(const fs::path& record, const std::string& form, const fs::path& pdf) {
  const Outcome rendered = RunVanthu({"render", record.string(), "--form", form, "-o", pdf.string()});
  ASSERT_EQ(rendered.exit_code, 0) << rendered.err;
}

// The objects of a PDF with one classic cross-reference table, by number.
std::map<int, std::string> ObjectsOf(const std::string& pdf) {
  const std::string head = " 0 obj\n", tail = "\nendobj\n";
  std::map<int, std::string> objects;
  std::size_t at = pdf.find(head);
  while (at != std::string::npos) {
    const int number = std::stoi(pdf.substr(pdf.rfind('\n', at) + 1));
    const std::size_t begin = at + head.size(), end = pdf.find(tail, begin);
    objects[number] = pdf.substr(begin, end - begin);
    at = pdf.find(head, end);
  }
  return objects;
}

std::string& AttachmentIn(std::map<int, std::string>& objects) {
  for (auto& [number, object] : objects)
    if (object.find("/Type/EmbeddedFile") < object.find("stream\n")) return object;
  throw std::logic_error("nothing attached");
}

// The pages of one document with the record of another: whole, in one revision, as if issued so.
std::string WithAttachmentOf(const std::string& pages, const std::string& other) {
  std::map<int, std::string> objects = ObjectsOf(pages), others = ObjectsOf(other);
  AttachmentIn(objects) = AttachmentIn(others);
  std::vector<std::string> ordered;
  for (auto& [number, object] : objects) ordered.push_back(std::move(object));
  return PdfOf(ordered);
}

// A plan whose attachment says another deadline in one cell than its page.
void MakeTampered(const Scratch& scratch, const fs::path& pdf) {
  json record = json::parse(ReadAll(Sample("thanh-xa-2023.json")));
  for (json& cell : record.at("tables").at(0).at("cells"))
    if (cell.at("text") == "Thường xuyên trong năm 2023") {
      cell["text"] = "Quý IV";
      break;
    }
  WriteAll(scratch / "other.json", record.dump());
  Render(Sample("thanh-xa-2023.json"), "ke-hoach", scratch / "honest.pdf");
  Render(scratch / "other.json", "ke-hoach", scratch / "other.pdf");
  WriteAll(pdf, WithAttachmentOf(ReadAll(scratch / "honest.pdf"), ReadAll(scratch / "other.pdf")));
}

TEST(AttachedRecord, IsTheRecordOfWhatWasIssuedHere) {
  const Scratch scratch;
  const fs::path results = scratch / "results";
  for (const auto& [plan, form] : kPlans) {
    const fs::path pdf = scratch / (std::string(plan) + ".pdf"),
                   out = results / (std::string(plan) + ".json");
    Render(Sample(std::string(plan) + ".json"), form, pdf);
    const Outcome extracted = RunVanthu({"extract", pdf.string(), "-o", out.string()});
    ASSERT_EQ(extracted.exit_code, 0) << extracted.err;
    const json record = json::parse(ReadAll(out));
    EXPECT_EQ(record.at("source").at("origin"), "attached-record") << plan;
    for (const json& finding : record.at("findings"))
      EXPECT_THAT(finding.at("code").get<std::string>(), Not(HasSubstr("attachment"))) << plan;
    bool attachment = false;
    for (const json& evidence : record.at("evidence"))
      attachment = attachment || (evidence.at("source") == "attachment" && !evidence.at("box").empty());
    EXPECT_TRUE(attachment) << plan;
  }
  const Outcome scored = RunVanthu(
      {"evaluate", "--truth", Sample("").string(), "--result", results.string(), "--format", "json"});
  ASSERT_EQ(scored.exit_code, 0) << scored.err;
  const json total = json::parse(scored.out).at("total");
  EXPECT_EQ(total.at("header_signer").at("normalised").at("f1").get<double>(), 1);
  EXPECT_EQ(total.at("tables").at("adjacency").at("f1").get<double>(), 1);
  const json& tasks = total.at("tasks");
  EXPECT_EQ(tasks.at("rows").at("f1").get<double>(), 1);
  EXPECT_EQ(tasks.at("whole").at("recall").get<double>(), 1);
  EXPECT_EQ(tasks.at("deadlines").at("f1").get<double>(), 1);
}

TEST(AttachedRecord, NeverWinsOverThePageSilently) {
  const Scratch scratch;
  const fs::path pdf = scratch / "tampered.pdf";
  MakeTampered(scratch, pdf);
  const Outcome extracted = RunVanthu({"extract", pdf.string()});
  EXPECT_EQ(extracted.exit_code, 1) << extracted.err;
  const json record = json::parse(extracted.out);
  EXPECT_EQ(record.at("source").at("origin"), "text");
  EXPECT_THAT(record.at("tables").dump(), Not(HasSubstr("Quý IV\"")));
  std::string told;
  for (const json& finding : record.at("findings"))
    if (finding.at("code") == "attachment.mismatch" && finding.at("severity") == "error")
      told += finding.at("message").get<std::string>();
  EXPECT_THAT(told, HasSubstr("/tables/0/cells/"));
  EXPECT_THAT(told, HasSubstr("“Thường xuyên trong năm 2023”"));
  EXPECT_THAT(told, HasSubstr("“Quý IV”"));
}

TEST(AttachedRecord, ThatContradictsItsPagesGoesToQuarantine) {
  const Scratch scratch;
  fs::create_directory(scratch / "in");
  MakeTampered(scratch, scratch / "in" / "tampered.pdf");
  fs::copy_file(scratch / "honest.pdf", scratch / "in" / "honest.pdf");
  const std::vector<std::string> command = {
      "digitise", (scratch / "in").string(), "--store", (scratch / "store").string(), "--jobs", "1"};
  const Outcome done = RunVanthu(command);
  EXPECT_EQ(done.exit_code, 1) << done.err;
  EXPECT_THAT(done.out, HasSubstr("1 tài liệu mới"));
  EXPECT_THAT(done.out, HasSubstr("1 vào diện cách ly"));
  EXPECT_THAT(done.err, HasSubstr("tampered.pdf"));
  EXPECT_THAT(done.err, HasSubstr("“Thường xuyên trong năm 2023”"));
  EXPECT_THAT(done.err, HasSubstr("“Quý IV”"));
}

}  // namespace
}  // namespace vanthu::e2e
