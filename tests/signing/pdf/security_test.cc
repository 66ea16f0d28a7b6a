#include "signing/pdf/security.h"

#include <gtest/gtest.h>

#include <string>

#include "signing/pdf/file.h"
#include "tests/signing/outside.h"
#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing::pdf {
namespace {

using Kind = Security::Kind;

// The /Encrypt that qpdf writes for `how`, opened.
Result<Security> Opened(const std::string& how, const std::string& password) {
  const Outside outside;
  HandWritten pdf;
  const std::string path = outside.Write("in.pdf", pdf.AddPage().End().bytes);
  EXPECT_NE(
      outside
          .Run("qpdf --allow-weak-crypto --encrypt u o " + how + " " + path + " " + outside.Path("out.pdf"))
          .first,
      2);
  const std::string bytes = ReadBytes(outside.Path("out.pdf"));
  ParseOptions options;
  options.password = "u";
  const auto file = File::Parse(bytes, options);
  EXPECT_TRUE(file);
  if (!file) return Fail(file.error());
  const Object trailer(file->revisions()[0].trailer);
  const Object id = (*trailer["ID"].AsArray())[0];
  return Security::Open(file->Get(trailer, "Encrypt", 0), id.AsString()->bytes, password);
}

TEST(Security, GivesBackWhatItEncrypted) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  for (const char* how : {"40 --", "128 --", "128 --use-aes=y --", "256 --"}) {
    SCOPED_TRACE(how);
    const auto security = Opened(how, "o");
    ASSERT_TRUE(security);
    for (const std::string& text :
         {std::string(), std::string("x"), std::string(16, 'y'), std::string(1000, '\0')}) {
      for (const Kind kind : {Kind::kString, Kind::kStream}) {
        const std::string coded = security->Encrypt(text, {7, 0}, kind);
        EXPECT_EQ(security->Decrypt(coded, {7, 0}, kind), text);
        EXPECT_EQ(security->Encrypt(text, {7, 0}, kind), coded);
        if (text.size() > 1) {
          EXPECT_NE(coded, text);
          EXPECT_NE(security->Encrypt(text, {8, 0}, kind), coded);
        }
      }
    }
  }
}

TEST(Security, BytesThatAreNoCipherTextComeOutEmpty) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const auto security = Opened("256 --", "u");
  ASSERT_TRUE(security);
  for (const std::size_t size : {0, 1, 16, 33, 47})
    EXPECT_EQ(security->Decrypt(std::string(size, 'x'), {7, 0}, Kind::kStream), "");
}

TEST(Security, LeavesWhatIsNeverEncrypted) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const auto all = Opened("256 --", "u");
  const auto open = Opened("256 --cleartext-metadata --", "u");
  ASSERT_TRUE(all && open);
  const Dictionary metadata{{"Type", Object(Name{"Metadata"})}};
  EXPECT_FALSE(all->Leaves(metadata));
  EXPECT_TRUE(open->Leaves(metadata));
  EXPECT_TRUE(all->Leaves({{"Type", Object(Name{"XRef"})}}));
  EXPECT_TRUE(all->Leaves({{"Filter", Object(Array{Object(Name{"Crypt"}), Object(Name{"FlateDecode"})})}}));
  EXPECT_FALSE(all->Leaves({{"Filter", Object(Name{"FlateDecode"})}}));
}

TEST(Security, RefusesWhatIsDamaged) {
  const auto code = [](Dictionary entries) {
    entries.emplace("Filter", Object(Name{"Standard"}));
    const auto opened = Security::Open(Object(std::move(entries)), "id", "");
    return opened ? ErrorCode::kInternal : opened.error().code;
  };
  EXPECT_EQ(code({{"V", Object(1)}, {"R", Object(2)}}), ErrorCode::kDamaged);
  EXPECT_EQ(code({{"V", Object(1)}, {"R", Object(2)}, {"P", Object(0)}, {"O", Object(String{"short"})}}),
            ErrorCode::kDamaged);
  const Object full(String{std::string(48, 'x')});
  EXPECT_EQ(code({{"V", Object(5)}, {"R", Object(6)}, {"P", Object(0)}, {"O", full}, {"U", full}}),
            ErrorCode::kDamaged);
  EXPECT_EQ(code({{"V", Object(1)}, {"R", Object(6)}, {"P", Object(0)}, {"O", full}, {"U", full}}),
            ErrorCode::kDamaged);
  EXPECT_EQ(code({{"V", Object(1)}, {"R", Object(2)}, {"P", Object(0)}, {"O", full}, {"U", full}}),
            ErrorCode::kPassword);
  EXPECT_EQ(code({{"V", Object(2)},
                  {"R", Object(3)},
                  {"P", Object(0)},
                  {"O", full},
                  {"U", full},
                  {"Length", Object(41)}}),
            ErrorCode::kDamaged);
}

}  // namespace
}  // namespace vanthu::signing::pdf
