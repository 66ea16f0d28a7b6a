#include "signing/pades/signing_field.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "signing/pades/fields.h"
#include "signing/pades/sign.h"
#include "tests/signing/pades/signed_document.h"
#include "tests/signing/sample_document.h"

namespace vanthu::signing {
namespace {

using pdf::File;

Result<PreparedSignature> Prepare(std::string document, const std::string& field) {
  SignaturePlan plan;
  plan.field = field;
  plan.reserved_bytes = 2048;
  return PrepareSignature(std::move(document), plan, {});
}

std::string SampleOf(const testing::SampleOptions& options) {
  return testing::Sample(options).maker.bytes();
}

TEST(SigningField, ANewFieldIsInFormAndPage) {
  const Result<PreparedSignature> prepared = Prepare(testing::PlainDocument(), "Chữ ký 1");
  ASSERT_TRUE(prepared) << prepared.error().message.en;
  const Result<File> file = File::Parse(prepared->document);
  ASSERT_TRUE(file);
  const std::vector<SignatureField> fields = FindSignatures(*file);
  ASSERT_EQ(fields.size(), 1u);
  EXPECT_EQ(fields[0].name, "Chữ ký 1");
  EXPECT_EQ(fields[0].page, 0);
  EXPECT_EQ(file->Get(file->Get(file->Catalog(1), "AcroForm", 1), "SigFlags", 1).Number(), 3);
  EXPECT_EQ(file->Pages(1)->front().dictionary.at("Annots").AsArray()->size(), 1u);
}

// Lists that stand in place, and lists that are objects of their own.
TEST(SigningField, GrowsTheListsWhereTheyStand) {
  for (const bool indirect : {false, true}) {
    testing::SampleOptions options;
    options.indirect_form = indirect;
    const std::string document = SampleOf(options);
    const Result<PreparedSignature> prepared = Prepare(document, "moi");
    ASSERT_TRUE(prepared) << prepared.error().message.en;
    EXPECT_TRUE(prepared->document.starts_with(document));
    const Result<File> file = File::Parse(prepared->document);
    ASSERT_TRUE(file);
    const std::size_t last = file->last();
    const auto fields = [&](std::size_t revision) {
      return file->Get(file->Get(file->Catalog(revision), "AcroForm", revision), "Fields", revision)
          .AsArray()
          ->size();
    };
    EXPECT_EQ(fields(last), fields(last - 1) + 1) << indirect;
    EXPECT_EQ(FindSignatures(*file).size(), 2u) << indirect;
  }
}

TEST(SigningField, AnEmptyFieldIsFilledOnce) {
  testing::Sample sample;
  const Result<File> before = File::Parse(sample.maker.bytes());
  ASSERT_TRUE(before);
  const pdf::Object empty = before->Now({sample.empty_signature, 0});
  const std::string name = empty["T"].AsString()->bytes;
  Result<PreparedSignature> prepared = Prepare(sample.maker.bytes(), name);
  ASSERT_TRUE(prepared) << prepared.error().message.en;
  const Result<File> file = File::Parse(prepared->document);
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->Now({sample.empty_signature, 0})["V"].IsNull());
  const Result<PreparedSignature> again = Prepare(prepared->document, name);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::kNotAccepted);
}

TEST(SigningField, CertifiedAndLockedDocumentsAreLeftAlone) {
  for (const int permission : {1, 2, 3}) {
    testing::SampleOptions options;
    options.certified = permission;
    EXPECT_EQ(Prepare(SampleOf(options), "moi").has_value(), permission != 1) << permission;
  }
  testing::SampleOptions locked;
  locked.lock = "/Action /Include /Fields [(moi)]";
  EXPECT_FALSE(Prepare(SampleOf(locked), "moi").has_value());
  EXPECT_TRUE(Prepare(SampleOf(locked), "khac").has_value());
}

TEST(SigningField, NamesThatAreFree) {
  const std::string document = Prepare(testing::PlainDocument(), "vanthu-signer-1")->document;
  EXPECT_EQ(FreeFieldName(*File::Parse(document), "vanthu-signer"), "vanthu-signer-2");
  EXPECT_EQ(FreeFieldName(*File::Parse(document), "vanthu-agency"), "vanthu-agency-1");
}

}  // namespace
}  // namespace vanthu::signing
