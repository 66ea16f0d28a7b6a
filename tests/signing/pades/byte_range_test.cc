#include "signing/pades/byte_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "signing/pdf/update.h"
#include "tests/signing/outside.h"
#include "tests/signing/pades/unsealed.h"
#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing {
namespace {

using Problems = std::vector<RangeProblem>;

SignedRange Checked(const std::string& bytes, std::size_t which = 0) {
  const auto file = pdf::File::Parse(bytes);
  EXPECT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  if (!file) return {};
  const auto fields = FindSignatures(*file);
  EXPECT_GT(fields.size(), which);
  return fields.size() > which ? CheckRange(*file, fields[which]) : SignedRange();
}

TEST(CheckRange, FindsASoundSignatureSound) {
  const std::string bytes = Unsealed().Bytes();
  const SignedRange range = Checked(bytes);
  EXPECT_EQ(range.problems, Problems());
  EXPECT_EQ(range.end, bytes.size());
  EXPECT_EQ(range.revision, std::optional<std::size_t>(0));
  EXPECT_TRUE(range.covers_file);
  EXPECT_EQ(range.contents, std::string("\x30\x03\x02\x01\x07", 5));
  EXPECT_EQ(bytes[range.first_end], '<');
  EXPECT_EQ(bytes[range.second_begin - 1], '>');
  EXPECT_EQ(range.First(bytes).size() + range.Second(bytes).size() + (range.second_begin - range.first_end),
            bytes.size());
}

TEST(CheckRange, SaysThatLaterBytesAreNotCovered) {
  const std::string first = Unsealed().Bytes();
  const std::string all = Appended(first, "(later)");
  const SignedRange range = Checked(all);
  EXPECT_EQ(range.problems, Problems());
  EXPECT_EQ(range.revision, std::optional<std::size_t>(0));
  EXPECT_FALSE(range.covers_file);
  EXPECT_EQ(range.end, first.size());
}

TEST(CheckRange, AllowsTheLineEndAfterEofToBeLeftOut) {
  Unsealed pdf;
  pdf.end_before = 1;
  EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems());
  EXPECT_TRUE(Checked(pdf.Bytes()).covers_file);
  EXPECT_EQ(Checked(Appended(pdf.Bytes(), "(later)")).problems, Problems());
}

TEST(CheckRange, RefusesMissingEntries) {
  for (const char* range :
       {"", "/ByteRange null", "/ByteRange[0 1 2]", "/ByteRange[0 1 2 3 4]", "/ByteRange(x)",
        "/ByteRange[0 1.0 2 3]", "/ByteRange[null null null null]", "/ByteRange 1 0 R"}) {
    Unsealed pdf;
    pdf.range = range;
    EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems{RangeProblem::kNoByteRange}) << range;
  }
  for (const char* contents : {"/Contents null", "/Contents<>", "/Contents<00000000>", "/Contents 1 0 R"}) {
    Unsealed pdf;
    pdf.contents = contents;
    EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(RangeProblem::kNoContents)) << contents;
  }
  for (const char* filter : {"", "/SubFilter null", "/SubFilter(x)"}) {
    Unsealed pdf;
    pdf.sub_filter = filter;
    EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems{RangeProblem::kNoSubFilter}) << filter;
  }
}

TEST(CheckRange, RefusesAValueThatIsNoDictionary) {
  for (const char* value : {"null", "(signed)", "1", "[ ]", "99 0 R"}) {
    pdf::HandWritten file;
    file.AddPage();
    file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>");
    file.Add(4, "<</FT/Sig/T(S)/V " + std::string(value) + ">>");
    file.End();
    const SignedRange range = Checked(file.bytes);
    EXPECT_EQ(range.problems,
              (Problems{RangeProblem::kNoSubFilter, RangeProblem::kNoContents, RangeProblem::kNoByteRange}))
        << value;
  }
}

struct Shift {
  long long first, length, second, rest;
  RangeProblem problem;
};

TEST(CheckRange, RefusesWrongNumbers) {
  for (const Shift& shift : {
           Shift{1, -1, 0, 0, RangeProblem::kNotFromStart},
           Shift{-1, 1, 0, 0, RangeProblem::kNegative},
           Shift{0, -100'000, 0, 0, RangeProblem::kNegative},
           Shift{0, 0, 0, 1, RangeProblem::kNegative},
           Shift{0, 0, 0, 9'223'372'036'854'000'000, RangeProblem::kNegative},
           Shift{0, 0, -30, 30, RangeProblem::kOverlap},
           Shift{0, -1, 0, 0, RangeProblem::kGapNotContents},
           Shift{0, 1, 0, 0, RangeProblem::kGapNotContents},
           Shift{0, 0, 1, -1, RangeProblem::kGapNotContents},
           Shift{0, 0, -1, 1, RangeProblem::kGapNotContents},
           Shift{0, 0, 0, -3, RangeProblem::kNotAtRevisionEnd},
       }) {
    Unsealed pdf;
    pdf.shift = {shift.first, shift.length, shift.second, shift.rest};
    EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(shift.problem))
        << shift.first << ' ' << shift.length << ' ' << shift.second << ' ' << shift.rest;
  }
}

TEST(CheckRange, RefusesAGapOfOtherThings) {
  Unsealed pdf;
  pdf.contents = "/Contents(0\x03\x02\x01\x07)";  // a literal string
  EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(RangeProblem::kGapNotContents));
  pdf.contents = "/Contents<30030201070>";  // half a byte too many
  EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(RangeProblem::kGapNotContents));
  pdf.contents = "/Contents<3003020107 0000\n00>";
  EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems());
}

// The gap is a signature's hexadecimal string, but another dictionary's: what is hashed is not what this one
// stands in.
TEST(CheckRange, RefusesTheGapOfAnotherDictionary) {
  Unsealed pdf;
  pdf.before_contents = "/Copy<3003020107000000>";  // the same digits
  pdf.gap_at = "/Copy";
  EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(RangeProblem::kContentsElsewhere));
  pdf.before_contents = "/Copy<3003020108000000>";
  EXPECT_THAT(Checked(pdf.Bytes()).problems, testing::Contains(RangeProblem::kContentsElsewhere));
}

TEST(CheckRange, RefusesPaddingThatCarriesSomething) {
  Unsealed pdf;
  pdf.contents = "/Contents<300302010700FF00>";
  EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems{RangeProblem::kPaddingNotZero});
  pdf.contents = "/Contents<3080020107000000000000>";  // BER, indefinite: ends with two zeros of its own
  const SignedRange range = Checked(pdf.Bytes());
  EXPECT_EQ(range.problems, Problems());
  EXPECT_EQ(range.contents, std::string("\x30\x80\x02\x01\x07\x00\x00", 7));
}

std::string Hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    out += kDigits[static_cast<unsigned char>(c) >> 4];
    out += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return out;
}

// As PDFBox signs an encrypted file: `value` over the beginning of zeros that were encrypted. One byte of
// what is left of them can be made another.
std::string SignedOverEncryptedZeros(const std::string& bytes, std::string_view value, bool tampered) {
  const auto file = pdf::File::Parse(bytes);
  if (!file) throw std::logic_error("no file to sign");
  pdf::Update update(*file);
  const pdf::Ref signature = update.Reserve();
  const pdf::Ref field = update.Reserve();
  std::string kept =
      file->Encrypted(pdf::Object(pdf::String{std::string(1000, '\0')}), signature).AsString()->bytes;
  kept.replace(0, value.size(), value);
  if (tampered) kept[kept.size() / 2] ^= 1;
  const std::string contents = "<" + Hex(kept) + ">";
  const std::string place(60, ' ');
  update.WriteRaw(signature, "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached/ByteRange[" +
                                 place + "]/Contents" + contents + ">>");
  const std::string number = std::to_string(signature.number);
  update.WriteRaw(field, "<</FT/Sig/Type/Annot/Subtype/Widget/Rect[0 0 0 0]/V " + number + " 0 R>>");
  pdf::Dictionary catalog = *file->Catalog(0).AsDictionary();
  pdf::Dictionary form;
  form["Fields"] = pdf::Object(pdf::Array{pdf::Object(field)});
  catalog["AcroForm"] = pdf::Object(std::move(form));
  const pdf::Object trailer(file->revisions()[0].trailer);
  update.Write(*trailer["Root"].AsRef(), pdf::Object(std::move(catalog)));
  std::string out = bytes + std::move(update).Finish();
  const std::size_t begin = out.find(contents);
  const std::size_t end = begin + contents.size();
  std::string range =
      "0 " + std::to_string(begin) + " " + std::to_string(end) + " " + std::to_string(out.size() - end);
  range.resize(place.size(), ' ');
  out.replace(out.find(place), place.size(), range);
  return out;
}

TEST(CheckRange, KnowsEncryptedZerosAsPadding) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  pdf::HandWritten page;
  page.AddPage().End();
  const std::string value = "\x30\x03\x02\x01\x07";
  for (const char* how : {"40 --", "128 --", "128 --use-aes=y --", "256 --"}) {
    SCOPED_TRACE(how);
    const Outside outside;
    const std::string path = outside.Path("encrypted.pdf");
    // The exit status is 3 where qpdf warns of a weak cipher.
    ASSERT_NE(outside
                  .Run("qpdf --allow-weak-crypto --encrypt '' owner " + std::string(how) + " " +
                       outside.Write("page.pdf", page.bytes) + " " + path)
                  .first,
              2);
    const std::string encrypted = ReadBytes(path);
    const SignedRange range = Checked(SignedOverEncryptedZeros(encrypted, value, false));
    EXPECT_EQ(range.problems, Problems());
    EXPECT_EQ(range.contents, value);
    EXPECT_EQ(Checked(SignedOverEncryptedZeros(encrypted, value, true)).problems,
              Problems{RangeProblem::kPaddingNotZero});
  }
}

TEST(CheckRange, RefusesASignatureOutsideWhatItSigns) {
  // Signs the first revision alone, but stands in the second.
  pdf::HandWritten file;
  file.AddPage().End();
  const std::size_t end = file.bytes.size();
  file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>");
  file.Add(4, "<</FT/Sig/T(S)/V 5 0 R>>");
  file.Add(5, "<</Type/Sig/SubFilter/ETSI.CAdES.detached/Contents<3003020107>/ByteRange[0 100 112 " +
                  std::to_string(end - 112) + "]>>");
  file.End();
  EXPECT_THAT(Checked(file.bytes).problems, testing::IsSupersetOf({RangeProblem::kDictionaryOutside}));
}

// An old signature dictionary that nothing referred to, brought to light by a later revision's field.
TEST(CheckRange, RefusesASignatureThatALaterFieldTookUp) {
  Unsealed pdf;
  pdf.field_value = "";
  pdf::HandWritten file = pdf.File();
  file.Add(4, "<</FT/Sig/T(S)/V 5 0 R>>");
  file.End();
  EXPECT_EQ(Checked(file.bytes).problems, Problems{RangeProblem::kDictionaryOutside});
}

TEST(CheckRange, RefusesASignatureInAnObjectStream) {
  pdf::HandWritten file("%PDF-1.5\n");
  file.AddPage();
  file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>");
  file.Add(4, "<</FT/Sig/T(S)/V 5 0 R>>");
  file.AddStream(6, "/Type/ObjStm/N 1/First 4",
                 "5 0 <</Type/Sig/SubFilter/x/Contents<3003020107>/ByteRange[0 10 22 100]>>");
  file.EndStream(7, {{5, {6, 0}}});
  EXPECT_THAT(Checked(file.bytes).problems, testing::Contains(RangeProblem::kEncoded));
}

TEST(CheckRange, KnowsASignatureWrittenInItsField) {
  Unsealed pdf;
  pdf.in_field = true;
  EXPECT_EQ(Checked(pdf.Bytes()).problems, Problems());
}

TEST(CheckRange, EveryProblemHasItsSentence) {
  for (int i = 0; i <= static_cast<int>(RangeProblem::kEncoded); ++i) {
    const Message message = Describe(static_cast<RangeProblem>(i));
    EXPECT_FALSE(message.vi.empty());
    EXPECT_NE(message.en, "what is signed is not valid") << i;
  }
}

// Real documents, where they are at hand.
TEST(CheckRange, FindsReceivedSignaturesSound) {
  const char* folder = std::getenv("VANTHU_RECEIVED_DIR");
  const std::filesystem::path received = folder != nullptr ? folder : "";
  if (folder == nullptr || !std::filesystem::is_directory(received))
    GTEST_SKIP() << "SKIPPED: VANTHU_RECEIVED_DIR names no folder of received documents";
  int found = 0;
  for (const auto& entry : std::filesystem::directory_iterator(received)) {
    if (entry.path().extension() != ".pdf") continue;
    const std::string bytes = ReadBytes(entry.path());
    const auto file = pdf::File::Parse(bytes);
    ASSERT_TRUE(file) << entry.path();
    const auto fields = FindSignatures(*file);
    for (std::size_t i = 0; i < fields.size(); ++i) {
      EXPECT_EQ(CheckRange(*file, fields[i]).problems, Problems()) << entry.path() << ' ' << fields[i].name;
      EXPECT_GE(fields[i].page, 0) << entry.path();
      ++found;
    }
    if (!Installed("pdfsig")) continue;
    const Outside outside;
    const std::string said = outside.Run("pdfsig -nocert '" + entry.path().string() + "'").second;
    std::size_t theirs = 0;
    for (std::size_t at = said.find("Signature #"); at != std::string::npos;
         at = said.find("Signature #", at + 1))
      ++theirs;
    EXPECT_EQ(fields.size(), theirs) << entry.path();
  }
  EXPECT_GT(found, 0);
}

}  // namespace
}  // namespace vanthu::signing
