// What reports count: documents with their days, text, doubts and tasks, and the days of quarantine.
#include "scratch.h"

namespace vanthu::archive {
namespace {

TEST(Listing, TellsOfEveryDocumentWhatReportsCount) {
  const Scratch scratch;
  {
    const auto store = scratch.Open();
    DocumentEntry late = Plan("late");
    late.record.header.date = MakeDate(2024, 1, 2);
    late.record.tasks.resize(1);
    late.record.tasks[0].content = "Ban hành kế hoạch";
    ExpectOk(store->Commit(late, "late.pdf"));
    ExpectOk(store->Commit(Plan("early"), "early.pdf"));
    DocumentEntry bare = Plan("bare");
    bare.record.header = {};
    bare.record.evidence.clear();
    bare.reading_text.clear();
    ExpectOk(store->Commit(bare, "bare.pdf"));
  }
  const auto store = scratch.Open(Access::kRead);
  const Result<std::vector<StoredDocument>> documents = store->Documents();
  ASSERT_TRUE(documents.has_value()) << Describe(documents.error(), Language::kEnglish);
  ASSERT_EQ(documents->size(), 3u);
  const StoredDocument &bare = (*documents)[0], &early = (*documents)[1], &late = (*documents)[2];
  EXPECT_FALSE(bare.date || bare.number || bare.issuing_agency || bare.searchable);
  EXPECT_EQ(bare.doubtful, 0);
  EXPECT_EQ(early.sha256, Sha256Hex("early"));
  EXPECT_EQ(early.date, MakeDate(2023, 3, 9));
  EXPECT_EQ(early.number, Text("25"));
  EXPECT_EQ(early.origin, "scan");
  EXPECT_EQ(early.pages, 3);
  EXPECT_EQ(early.doubtful, 1);
  EXPECT_TRUE(early.searchable);
  EXPECT_FALSE(early.has_tasks);
  EXPECT_TRUE(late.has_tasks);
  // Today in Vietnam: between yesterday and tomorrow of any clock.
  const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  ASSERT_TRUE(early.digitised.has_value());
  EXPECT_LE(std::chrono::abs(std::chrono::sys_days(*early.digitised) - today), std::chrono::days(1));
}

TEST(Listing, TellsTheDaysOfQuarantine) {
  const Scratch scratch;
  const auto store = scratch.Open();
  EXPECT_TRUE(store->QuarantineDays()->empty());
  ExpectOk(store->Quarantine({"/in/bad.pdf", Sha256Hex("bad"), {}}));
  EXPECT_EQ(store->QuarantineDays()->size(), 1u);
  EXPECT_TRUE(store->Documents()->empty());
}

}  // namespace
}  // namespace vanthu::archive
