#include "signing/pades/changes.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "signing/pades/byte_range.h"
#include "tests/cpu_time.h"
#include "tests/signing/later_revisions.h"
#include "tests/signing/outside.h"

namespace vanthu::signing {
namespace {

using ::testing::HasSubstr;
using testing::Judged;
using testing::LaterRevision;
using ::testing::Not;
using testing::Reference;

constexpr std::size_t kSigned = 1;  // revision of a Sample

std::string All(const std::vector<Change>& changes) {
  std::string text;
  for (const Change& change : changes)
    text += fmt::format("\n  {} object {} revision {}: {}", change.allowed ? "allowed" : "SUSPICIOUS",
                        change.object.number, change.revision, change.message.en);
  return text;
}

class Later : public ::testing::TestWithParam<LaterRevision> {};

std::string NameOf(const ::testing::TestParamInfo<LaterRevision>& info) {
  std::string name;
  for (const char c : info.param.name) name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  return name;
}

void ExpectBadRange(const pdf::File& file) {
  for (const SignatureField& field : FindSignatures(file)) {
    const SignedRange range = CheckRange(file, field);
    EXPECT_FALSE(range.problems.empty());
  }
}

TEST_P(Later, IsJudged) {
  const LaterRevision& later = GetParam();
  const std::string bytes = later.Make();
  const auto file = pdf::File::Parse(bytes);
  ASSERT_EQ(file.has_value(), later.judged != Judged::kRefused)
      << (file ? "parsed" : file.error().message.en);
  if (!file) return;
  if (later.judged == Judged::kDigest) return;  // the verifier's, by the CMS alone
  if (later.judged == Judged::kBadRange) return ExpectBadRange(*file);
  const ChangesAfter after = JudgeChanges(*file, kSigned);
  const Changes expected = later.judged == Judged::kNone      ? Changes::kNone
                           : later.judged == Judged::kAllowed ? Changes::kAllowed
                                                              : Changes::kSuspicious;
  EXPECT_EQ(after.verdict, expected) << All(after.changes);
  // Every verdict has its reason, and none that is at odds with it.
  const bool has_fault = std::any_of(after.changes.begin(), after.changes.end(),
                                     [](const Change& change) { return !change.allowed; });
  EXPECT_EQ(has_fault, after.verdict == Changes::kSuspicious);
  EXPECT_EQ(after.changes.empty(), after.verdict == Changes::kNone) << All(after.changes);
  for (const Change& change : after.changes) {
    EXPECT_FALSE(change.message.vi.empty());
    EXPECT_GE(change.revision, kSigned);
  }
}

INSTANTIATE_TEST_SUITE_P(Honest, Later, ::testing::ValuesIn(testing::HonestRevisions()), NameOf);
INSTANTIATE_TEST_SUITE_P(Pages, Later, ::testing::ValuesIn(testing::PageAttacks()), NameOf);
INSTANTIATE_TEST_SUITE_P(Forms, Later, ::testing::ValuesIn(testing::FormAttacks()), NameOf);
INSTANTIATE_TEST_SUITE_P(Certifications, Later, ::testing::ValuesIn(testing::CertificationAttacks()), NameOf);
INSTANTIATE_TEST_SUITE_P(Structures, Later, ::testing::ValuesIn(testing::StructureAttacks()), NameOf);
INSTANTIATE_TEST_SUITE_P(Signatures, Later, ::testing::ValuesIn(testing::SignatureAttacks()), NameOf);

// The reasons that people read, one of each kind.
TEST(Changes, SaysWhatWasChanged) {
  const auto reason = [](const std::vector<LaterRevision>& all, const std::string& name) {
    for (const LaterRevision& later : all)
      if (later.name == name) {
        const std::string bytes = later.Make();
        const auto file = pdf::File::Parse(bytes);
        return file ? All(JudgeChanges(*file, kSigned).changes) : "refused";
      }
    return std::string("no such file");
  };
  EXPECT_THAT(reason(testing::PageAttacks(), "ISA: content overwritten"), HasSubstr("content of page 1"));
  EXPECT_THAT(reason(testing::PageAttacks(), "replace: font overwritten"), HasSubstr("(/Font)"));
  EXPECT_THAT(reason(testing::PageAttacks(), "replace: appearance overwritten, value kept"),
              HasSubstr("without its value"));
  EXPECT_THAT(reason(testing::CertificationAttacks(), "SSA: unsigned field over text"),
              HasSubstr("not signed, but draws on page 1"));
  EXPECT_THAT(reason(testing::CertificationAttacks(), "EAA: FreeText over text"),
              HasSubstr("covers content of page 1"));
}

// The signature of the second revision is judged from there on.
TEST(Changes, AreJudgedFromTheRevisionThatIsAskedFor) {
  testing::Sample sample;
  sample.maker.SetData(sample.content1, "BT ET");
  sample.AddSignatureField("chu_ky_2");
  sample.Close();
  const auto file = pdf::File::Parse(sample.maker.bytes());
  ASSERT_TRUE(file);
  EXPECT_EQ(JudgeChanges(*file, 1).verdict, Changes::kSuspicious);
  EXPECT_EQ(JudgeChanges(*file, 2).verdict, Changes::kNone);
  EXPECT_EQ(JudgeChanges(*file, 7).verdict, Changes::kNone);
}

TEST(Shadows, AreWarnedOf) {
  const auto warnings = [](const testing::SampleOptions& options) {
    const testing::Sample sample(options);
    const auto file = pdf::File::Parse(sample.maker.bytes());
    return file ? All(FindShadows(*file, kSigned)) : "refused";
  };
  testing::SampleOptions twin;
  twin.twin = true;
  EXPECT_THAT(warnings({}), HasSubstr("annotation over text"));
  EXPECT_THAT(warnings({}), HasSubstr("catalog without use"));
  EXPECT_THAT(warnings(twin), HasSubstr("no cross-reference names"));
  EXPECT_THAT(warnings({}), Not(HasSubstr("no cross-reference names")));
  testing::Sample field;
  field.maker.SetData(field.text_appearance, "BT /F1 10 Tf 2 4 Td (Ke Gian) Tj ET");
  field.Close();
  const auto file = pdf::File::Parse(field.maker.bytes());
  EXPECT_THAT(All(FindShadows(*file, 2)), HasSubstr("another text than its value"));
  EXPECT_THAT(All(FindShadows(*file, 1)), Not(HasSubstr("another text than its value")));
}

// Much to compare, much to follow: an answer in time, whichever.
TEST(Changes, AreJudgedInTime) {
  testing::Sample sample;
  std::vector<int> chain;
  for (int i = 0; i < 20'000; ++i) chain.push_back(sample.maker.Add({{"Type", "/X"}}));
  for (std::size_t i = 0; i < chain.size(); ++i)
    sample.maker.Put(chain[i], "Next",
                     testing::References({chain[(i + 1) % chain.size()], chain[(i * 7 + 3) % chain.size()],
                                          chain[(i * 13 + 5) % chain.size()]}));
  std::string fonts = "<</Font<</F1 " + Reference(sample.font);
  for (std::size_t i = 0; i < 2000; ++i) fonts += fmt::format("/G{} {} 0 R", i, chain[i]);
  sample.PutForm("DR", fonts + ">>>>");
  sample.maker.Put(sample.page1, "Resources", fonts + ">>>>");
  sample.Close();
  sample.maker.Put(chain.back(), "Type", "/Y");
  sample.Close();
  const double seconds = CpuSecondsOf([&] {
    const auto file = pdf::File::Parse(sample.maker.bytes());
    ASSERT_TRUE(file);
    EXPECT_EQ(JudgeChanges(*file, 2).verdict, Changes::kSuspicious);
  });
  EXPECT_LT(seconds, 2 * kTimeFactor);
}

// Real documents with two to five signatures by several tools, all honest; skipped where they are not.
TEST(Changes, OfReceivedDocumentsAreAllowed) {
  const char* folder = std::getenv("VANTHU_RECEIVED_DIR");
  if (folder == nullptr) GTEST_SKIP() << "VANTHU_RECEIVED_DIR names no folder of received documents";
  int signed_files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string bytes = ReadBytes(entry.path());
    const auto file = pdf::File::Parse(bytes);
    ASSERT_TRUE(file) << entry.path() << " " << file.error().message.en;
    const auto signatures = FindSignatures(*file);
    signed_files += signatures.empty() ? 0 : 1;
    for (const SignatureField& signature : signatures) {
      const ChangesAfter after = JudgeChanges(*file, signature.revision);
      EXPECT_NE(after.verdict, Changes::kSuspicious) << entry.path() << signature.name << All(after.changes);
      const auto shadows = FindShadows(*file, signature.revision);
      EXPECT_TRUE(shadows.empty()) << entry.path() << All(shadows);
    }
  }
  EXPECT_GT(signed_files, 0);
}

}  // namespace
}  // namespace vanthu::signing
