#include "signing/pades/fields.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/signing/pades/unsealed.h"
#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing {
namespace {

std::vector<SignatureField> Found(const std::string& bytes) {
  const auto file = pdf::File::Parse(bytes);
  EXPECT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  return file ? FindSignatures(*file) : std::vector<SignatureField>();
}

// A form over `fields`, without its end.
pdf::HandWritten Form(const std::string& fields) {
  pdf::HandWritten file;
  file.AddPage();
  file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields" + fields + ">>>>");
  return file;
}

TEST(FindSignatures, FindsNoneWhereThereIsNone) {
  pdf::HandWritten bare;
  EXPECT_TRUE(Found(bare.AddPage().End().bytes).empty());
  pdf::HandWritten empty_place = Form("[4 0 R]");
  empty_place.Add(4, "<</FT/Sig/T(S)>>");
  EXPECT_TRUE(Found(empty_place.End().bytes).empty());
  pdf::HandWritten text = Form("[4 0 R]");
  text.Add(4, "<</FT/Tx/T(S)/V(hello)>>");
  EXPECT_TRUE(Found(text.End().bytes).empty());
}

TEST(FindSignatures, ReadsWhatAFieldSays) {
  const auto found = Found(Unsealed().Bytes());
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].name, "S");
  EXPECT_EQ(found[0].field, (pdf::Ref{4, 0}));
  EXPECT_EQ(found[0].value, std::optional(pdf::Ref{5, 0}));
  EXPECT_EQ(found[0].sub_filter, "ETSI.CAdES.detached");
  EXPECT_EQ(found[0].page, 0);
  EXPECT_FALSE(found[0].is_timestamp);
  EXPECT_FALSE(found[0].gone_later);
  EXPECT_FALSE(found[0].changed_later);
}

TEST(FindSignatures, InheritsKindAndName) {
  pdf::HandWritten file = Form("[4 0 R]");
  file.Add(4, "<</FT/Sig/T(Ký)/Kids[5 0 R 6 0 R]>>");
  file.Add(5, "<</T(a)/Parent 4 0 R/V 7 0 R>>");
  file.Add(6, "<</T<FEFF1EA5>/Parent 4 0 R/V<</Type/DocTimeStamp>>/Kids[8 0 R]>>");
  file.Add(7, "<</Type/Sig/SubFilter/ETSI.RFC3161>>");
  file.Add(8, "<</Type/Annot/Subtype/Widget/Parent 6 0 R>>");
  const auto found = Found(file.End().bytes);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].name, "KÃ½.a");  // PDFDocEncoding: the test's own UTF-8 is two letters there
  EXPECT_EQ(found[1].name, "KÃ½.ấ");
  EXPECT_TRUE(found[0].is_timestamp);
  EXPECT_TRUE(found[1].is_timestamp);
}

TEST(FindSignatures, OverlooksNothingThatStandsInAValue) {
  for (const char* value : {"null", "99 0 R", "(x)", "<<>>"}) {
    pdf::HandWritten file = Form("[4 0 R]");
    file.Add(4, "<</FT/Sig/T(S)/V " + std::string(value) + ">>");
    EXPECT_EQ(Found(file.End().bytes).size(), 1U) << value;
  }
  pdf::HandWritten kindless = Form("[4 0 R]");
  kindless.Add(4, "<</T(S)/V<</ByteRange[0 1 2 3]>>>>");
  EXPECT_EQ(Found(kindless.End().bytes).size(), 1U);
  pdf::HandWritten unlisted = Form("[]");
  unlisted.Add(3, "<</Type/Page/Parent 2 0 R/Annots[4 0 R]>>");
  unlisted.Add(4, "<</Type/Annot/Subtype/Widget/FT/Sig/T(S)/V<</Type/Sig>>>>");
  const auto found = Found(unlisted.End().bytes);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].page, 0);
}

TEST(FindSignatures, EndsWithCircles) {
  pdf::HandWritten file = Form("[4 0 R 4 0 R]");
  file.Add(4, "<</FT/Sig/T(S)/V<</Type/Sig>>/Kids[4 0 R 5 0 R]>>");
  file.Add(5, "<</T(x)/Kids[4 0 R]/V 5 0 R>>");
  EXPECT_EQ(Found(file.End().bytes).size(), 2U);
}

TEST(FindSignatures, KnowsTheRevisionOfEach) {
  pdf::HandWritten file = Unsealed().File();
  file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 6 0 R]>>>>");
  file.Add(6, "<</FT/Sig/T(later)/V 7 0 R>>");
  file.Add(7, "<</Type/Sig/SubFilter/adbe.pkcs7.detached>>");
  const auto found = Found(file.End().bytes);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].revision, 0U);
  EXPECT_EQ(found[1].revision, 1U);
  EXPECT_FALSE(found[0].gone_later);
  EXPECT_FALSE(found[0].changed_later);
}

TEST(FindSignatures, TellsAFieldThatWasTakenOut) {
  for (const char* way : {"no field", "no value", "no form", "freed"}) {
    pdf::HandWritten file = Unsealed().File();
    const std::string how = way;
    if (how == "no field") file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>");
    if (how == "no value") file.Add(4, "<</FT/Sig/T(S)>>");
    if (how == "no form") file.Add(1, "<</Type/Catalog/Pages 2 0 R>>");
    if (how == "freed") file.Add(4, "null");
    if (how != "no value" && how != "freed") file.Add(3, "<</Type/Page/Parent 2 0 R>>");
    const auto found = Found(file.End().bytes);
    ASSERT_EQ(found.size(), 1U) << way;
    EXPECT_TRUE(found[0].gone_later) << way;
    EXPECT_EQ(found[0].page, 0) << way;
  }
}

TEST(FindSignatures, TellsAValueThatWasChanged) {
  pdf::HandWritten another = Unsealed().File();
  another.Add(4, "<</FT/Sig/T(S)/V 6 0 R>>");
  another.Add(6, "<</Type/Sig/SubFilter/ETSI.CAdES.detached>>");
  pdf::HandWritten same_number = Unsealed().File();
  same_number.Add(5, "<</Type/Sig/SubFilter/ETSI.CAdES.detached>>");
  for (pdf::HandWritten* file : {&another, &same_number}) {
    const auto found = Found(file->End().bytes);
    ASSERT_EQ(found.size(), 2U);
    EXPECT_TRUE(found[0].changed_later);
    EXPECT_EQ(found[1].revision, 1U);
    EXPECT_FALSE(found[1].changed_later);
  }
}

TEST(FindSignatures, ReportsAFormThatIsTooLarge) {
  std::string fields = "[";
  for (int i = 0; i < 1'100'000; ++i) fields += "9 0 R ";
  pdf::HandWritten file = Form(" 4 0 R");
  file.Add(4, fields + "]");
  const auto found = Found(file.End().bytes);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].dictionary.IsNull());
}

std::string Certified(const std::string& parameters) {
  pdf::HandWritten file;
  file.AddPage();
  file.Add(1, "<</Type/Catalog/Pages 2 0 R/Perms<</DocMDP 5 0 R>>/AcroForm<</Fields[4 0 R]>>>>");
  file.Add(4, "<</FT/Sig/T(S)/V 5 0 R>>");
  file.Add(5, "<</Type/Sig/Reference[<</TransformMethod/DocMDP/TransformParams<<" + parameters + ">>>>]>>");
  return file.End().bytes;
}

TEST(FindCertification, ReadsThePermission) {
  const auto permission = [](const std::string& bytes) {
    const auto file = pdf::File::Parse(bytes);
    EXPECT_TRUE(file);
    return FindCertification(*file, file->last()).permission;
  };
  EXPECT_EQ(permission(Certified("/P 1")), 1);
  EXPECT_EQ(permission(Certified("/P 3")), 3);
  EXPECT_EQ(permission(Certified("")), 2);
  EXPECT_EQ(permission(Certified("/P 7")), 1);
  EXPECT_EQ(permission(Certified("/P(x)")), 1);
  EXPECT_EQ(permission(Unsealed().Bytes()), 0);
  const std::string bytes = Certified("/P 2");
  const auto file = pdf::File::Parse(bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(FindCertification(*file, 0).value, std::optional(pdf::Ref{5, 0}));
}

TEST(FindLocks, ReadsTheLocksOfSignedFieldsAlone) {
  pdf::HandWritten file = Form("[4 0 R 5 0 R 6 0 R]");
  file.Add(4, "<</FT/Sig/T(a)/V<</Type/Sig>>/Lock<</Action/Include/Fields[(x)(y.z)]/P 1>>>>");
  file.Add(5, "<</FT/Sig/T(b)/Lock<</Action/All>>>>");
  file.Add(
      6,
      "<</FT/Sig/T(c)/V<</Type/Sig/Reference[<</TransformMethod/FieldMDP/TransformParams<</Action/Exclude"
      "/Fields[(k)]>>>>]>>>>");
  file.End();
  const auto parsed = pdf::File::Parse(file.bytes);
  ASSERT_TRUE(parsed);
  const auto locks = FindLocks(*parsed, 0);
  ASSERT_EQ(locks.size(), 2U);
  EXPECT_EQ(locks[0].action, FieldLock::Action::kInclude);
  EXPECT_EQ(locks[0].fields, (std::vector<std::string>{"x", "y.z"}));
  EXPECT_EQ(locks[0].permission, 1);
  EXPECT_EQ(locks[1].action, FieldLock::Action::kExclude);
  EXPECT_EQ(locks[1].permission, 0);
}

}  // namespace
}  // namespace vanthu::signing
