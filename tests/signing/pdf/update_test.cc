#include "signing/pdf/update.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "tests/signing/outside.h"
#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing::pdf {
namespace {

const std::string kSample = std::string(VANTHU_SOURCE_DIR) + "/samples/an-thanh-2026.pdf";

// The first page turned, a new object and a new stream.
std::string Updated(const std::string& bytes, int angle, const ParseOptions& options = {}) {
  const auto file = File::Parse(bytes, options);
  EXPECT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  if (!file) return bytes;
  const auto pages = file->Pages(file->last());
  EXPECT_TRUE(pages);
  if (!pages) return bytes;
  Update update(*file);
  Dictionary page = *file->Now(pages->front().ref).AsDictionary();
  page["Rotate"] = Object(angle);
  const Ref note = update.Add(Object(String{"Ghi chú: " + std::to_string(angle)}));
  const Ref data = update.Reserve();
  update.WriteStream(data, {{"Note", Object(note)}, {"Text", Object(String{"secret"})}},
                     std::string(5000, 'x'));
  page["PieceInfo"] = Object(Dictionary{{"Vanthu", Object(Dictionary{{"Private", Object(data)}})}});
  update.Write(pages->front().ref, Object(std::move(page)));
  return bytes + std::move(update).Finish();
}

void ExpectUpdated(const std::string& before, const std::string& bytes, int angle,
                   const ParseOptions& options = {}) {
  const auto old = File::Parse(before, options);
  ASSERT_TRUE(old);
  const auto file = File::Parse(bytes, options);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  ASSERT_EQ(bytes.substr(0, before.size()), before);
  ASSERT_EQ(file->revisions().size(), old->revisions().size() + 1);
  EXPECT_EQ(file->revisions().back().uses_xref_stream, old->revisions().back().uses_xref_stream);
  for (std::size_t i = 0; i < old->revisions().size(); ++i)
    EXPECT_EQ(file->revisions()[i].xref_offset, old->revisions()[i].xref_offset);
  EXPECT_EQ(file->revisions().back().end, bytes.size());
  const auto pages = file->Pages(file->last());
  ASSERT_TRUE(pages);
  const Object page(pages->front().dictionary);
  EXPECT_EQ(*page["Rotate"].AsInteger(), angle);
  const Object data = file->Get(page["PieceInfo"]["Vanthu"], "Private", file->last());
  ASSERT_NE(data.AsStream(), nullptr);
  EXPECT_EQ(*file->Decode(*data.AsStream(), file->last()), std::string(5000, 'x'));
  EXPECT_EQ(data["Text"], Object(String{"secret"}));
  EXPECT_EQ(file->Get(data, "Note", file->last()), Object(String{"Ghi chú: " + std::to_string(angle)}));
  EXPECT_TRUE(file->Damaged().empty());
  const Object now(file->revisions().back().trailer);
  const Object then(old->revisions().back().trailer);
  for (const char* key : {"Root", "Info", "Encrypt"}) EXPECT_EQ(now[key], then[key]) << key;
  if (then["ID"].AsArray() != nullptr) {
    EXPECT_EQ((*now["ID"].AsArray())[0], (*then["ID"].AsArray())[0]);
    EXPECT_FALSE((*now["ID"].AsArray())[1] == (*then["ID"].AsArray())[1]);
  }
}

void ExpectAccepted(const std::string& bytes, const std::string& password = "") {
  const Outside outside;
  const std::string path = outside.Write("updated.pdf", bytes);
  const auto [checked, said] = outside.Run("qpdf --password='" + password + "' --check " + path);
  EXPECT_EQ(checked, 0) << said;
  if (!Installed("pdfinfo")) return;
  const auto [read, info] = outside.Run("pdfinfo -upw '" + password + "' " + path);
  EXPECT_EQ(read, 0) << info;
  EXPECT_EQ(info.find("rror"), std::string::npos) << info;
}

TEST(Update, KeepsTheKindOfSectionOfEveryWriter) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  for (const char* how : {"--qdf", "--object-streams=disable", "--object-streams=generate", "--linearize",
                          "--linearize --object-streams=generate"}) {
    SCOPED_TRACE(how);
    const Outside outside;
    const std::string path = outside.Path("in.pdf");
    ASSERT_EQ(outside.Run("qpdf " + std::string(how) + " " + kSample + " " + path).first, 0);
    const std::string before = ReadBytes(path);
    const std::string once = Updated(before, 90);
    ExpectUpdated(before, once, 90);
    ExpectAccepted(once);
    const std::string twice = Updated(once, 180);
    ExpectUpdated(once, twice, 180);
    ExpectAccepted(twice);
  }
}

TEST(Update, EncryptsWhatItWritesIntoEncryptedFiles) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  for (const char* how :
       {"u o 40 --", "u o 128 --", "u o 128 --force-V4 --", "u o 128 --use-aes=y --", "u o 256 --",
        "u o 256 --force-R5 --", "u o 256 --cleartext-metadata -- --object-streams=generate"}) {
    SCOPED_TRACE(how);
    const Outside outside;
    const std::string path = outside.Path("in.pdf");
    // The exit status is 3 where qpdf warns of a weak cipher.
    ASSERT_NE(
        outside.Run("qpdf --allow-weak-crypto --encrypt " + std::string(how) + " " + kSample + " " + path)
            .first,
        2);
    const std::string before = ReadBytes(path);
    ParseOptions options;
    options.password = "u";
    const std::string once = Updated(before, 90, options);
    ExpectUpdated(before, once, 90, options);
    EXPECT_EQ(once.find("secret"), std::string::npos);
    ExpectAccepted(once, "u");
    options.password = "o";
    ExpectUpdated(before, once, 90, options);
  }
}

TEST(Update, GoesOnAfterAFileWithoutALastLineEnd) {
  HandWritten pdf;
  pdf.AddPage().End();
  pdf.bytes.pop_back();
  const std::string once = Updated(pdf.bytes, 90);
  ExpectUpdated(pdf.bytes, once, 90);
  EXPECT_EQ(once[pdf.bytes.size()], '\n');
}

TEST(Update, CountsOffsetsFromTheHeader) {
  HandWritten pdf("From: someone\n\n%PDF-1.4\n");
  pdf.origin = pdf.bytes.find("%PDF-");
  pdf.AddPage().End();
  const std::string once = Updated(pdf.bytes, 90);
  ExpectUpdated(pdf.bytes, once, 90);
  if (Installed("qpdf")) ExpectAccepted(once);
}

TEST(Update, ContinuesAHybridFileWithATable) {
  HandWritten pdf("%PDF-1.5\n");
  pdf.AddPage();
  pdf.AddStream(5, "/Type/ObjStm/N 1/First 4", "4 0 (hidden)");
  const auto listed = pdf.offsets;
  pdf.offsets.clear();
  pdf.Stream(6, {{4, {5, 0}}});
  const std::size_t stream = pdf.section;
  pdf.offsets = listed;
  pdf.End("/XRefStm " + std::to_string(stream));
  const std::string once = Updated(pdf.bytes, 90);
  ExpectUpdated(pdf.bytes, once, 90);
  const auto file = File::Parse(once);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->Now({4, 0}), Object(String{"hidden"}));
  EXPECT_EQ(file->revisions().back().trailer.count("XRefStm"), 0U);
  if (Installed("qpdf")) ExpectAccepted(once);
}

TEST(Update, GivesTheSameBytesForTheSameInput) {
  HandWritten pdf;
  pdf.AddPage().End();
  EXPECT_EQ(Updated(pdf.bytes, 90), Updated(pdf.bytes, 90));
  EXPECT_NE(Updated(pdf.bytes, 90), Updated(pdf.bytes, 180));
}

TEST(Update, SaysWhereARawObjectBegins) {
  HandWritten pdf;
  pdf.AddPage().End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  Update update(*file);
  const std::string body = "<</Type/Sig/Contents<0000>/ByteRange[0 0 0 0]>>";
  const std::uint64_t at = update.WriteRaw(update.Reserve(), body);
  const std::string all = pdf.bytes + std::move(update).Finish();
  EXPECT_EQ(all.substr(at, body.size()), body);
}

TEST(Update, KeepsAStreamThatIsWrittenAnew) {
  HandWritten pdf;
  pdf.AddPage();
  pdf.AddStream(4, "/Filter/ASCIIHexDecode", "48656C6C6F>");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  Update update(*file);
  update.Write({4, 0}, file->Now({4, 0}));
  const std::string all = pdf.bytes + std::move(update).Finish();
  const auto again = File::Parse(all);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->At({4, 0}, 1), again->At({4, 0}, 0));
  EXPECT_EQ(*again->Decode(*again->Now({4, 0}).AsStream(), 1), "Hello");
}

TEST(Update, RefusesWhatIsABug) {
  HandWritten pdf;
  pdf.AddPage().End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  {
    Update update(*file);
    update.Reserve();
    EXPECT_THROW(std::move(update).Finish(), std::logic_error);
  }
  {
    Update update(*file);
    update.Write({3, 0}, Object(1));
    update.Write({3, 0}, Object(2));
    EXPECT_THROW(std::move(update).Finish(), std::logic_error);
  }
}

}  // namespace
}  // namespace vanthu::signing::pdf
