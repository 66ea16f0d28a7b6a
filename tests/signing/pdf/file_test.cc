#include "signing/pdf/file.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

#include "tests/signing/outside.h"
#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing::pdf {
namespace {

void ExpectDamaged(const std::string& bytes) {
  const auto file = File::Parse(bytes);
  ASSERT_FALSE(file) << bytes;
  EXPECT_EQ(file.error().code, ErrorCode::kDamaged) << Describe(file.error(), Language::kEnglish);
}

TEST(File, ReadsATableAndItsObjects) {
  HandWritten pdf;
  pdf.AddPage();
  const std::size_t at = pdf.AddStream(4, "", "hello");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  ASSERT_EQ(file->revisions().size(), 1U);
  EXPECT_EQ(file->revisions()[0].end, pdf.bytes.size());
  EXPECT_FALSE(file->revisions()[0].uses_xref_stream);
  EXPECT_EQ(file->NextNumber(), 5);
  EXPECT_FALSE(file->HasTrailingBytes());
  EXPECT_TRUE(file->Now({3, 0})["Type"].IsName("Page"));
  EXPECT_TRUE(file->Now({3, 1}).IsNull());
  EXPECT_TRUE(file->Now({9, 0}).IsNull());
  ASSERT_NE(file->Now({4, 0}).AsStream(), nullptr);
  EXPECT_EQ(file->Now({4, 0}).AsStream()->data, "hello");
  EXPECT_EQ(*file->Decode(*file->Now({4, 0}).AsStream(), 0), "hello");
  const auto span = file->SpanOf(4, 0);
  ASSERT_TRUE(span);
  EXPECT_EQ(span->begin, at);
  EXPECT_EQ(pdf.bytes.substr(span->end - 6, 6), "endobj");
  EXPECT_TRUE(file->Damaged().empty());
}

TEST(File, KnowsEveryRevision) {
  HandWritten pdf;
  pdf.AddPage().End();
  const std::size_t first = pdf.bytes.size();
  pdf.Add(3, "<</Type/Page/Parent 2 0 R/Rotate 90>>");
  pdf.Add(4, "(new)");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  ASSERT_EQ(file->revisions().size(), 2U);
  EXPECT_EQ(file->revisions()[0].end, first);
  EXPECT_EQ(file->revisions()[1].begin, first);
  EXPECT_EQ(file->revisions()[1].entries.size(), 2U);
  EXPECT_TRUE(file->At({3, 0}, 0)["Rotate"].IsNull());
  EXPECT_EQ(*file->At({3, 0}, 1)["Rotate"].AsInteger(), 90);
  EXPECT_TRUE(file->At({4, 0}, 0).IsNull());
  EXPECT_EQ(file->Find(2, 1)->revision, 0U);
  EXPECT_EQ(file->Find(3, 1)->revision, 1U);
}

TEST(File, RefusesABrokenChain) {
  HandWritten good;
  good.AddPage().End();
  ExpectDamaged("");
  ExpectDamaged("%PDF-1.7\nnothing");
  ExpectDamaged(good.bytes.substr(5));
  ExpectDamaged(good.bytes.substr(0, good.bytes.size() - 6));  // no %%EOF
  ExpectDamaged(good.bytes + "startxref\n5\n%%EOF\n");
  // Something between the trailer and its startxref.
  HandWritten more;
  more.AddPage().Table();
  more.bytes += "9 0 obj 1 endobj\n";
  more.Tail();
  ExpectDamaged(more.bytes);
}

// Catalog, tree and page of HandWritten::AddPage, packed into object stream 4; the section is stream 5.
HandWritten Packed(const std::string& data = "1 0 2 32 3 80 ", const std::string& entries = "/N 3/First 14") {
  HandWritten pdf("%PDF-1.5\n");
  std::string body = data;
  body += "<</Type/Catalog/Pages 2 0 R>>   ";
  body += "<</Type/Pages/Kids[3 0 R]/Count 1>>             ";
  body += "<</Type/Page/Parent 2 0 R>>";
  pdf.AddStream(4, "/Type/ObjStm" + entries, body);
  pdf.Stream(5, {{1, {4, 0}}, {2, {4, 1}}, {3, {4, 2}}});
  pdf.Tail();
  return pdf;
}

TEST(File, ReadsStreamsOfReferencesAndOfObjects) {
  const std::string bytes = Packed().bytes;
  const auto file = File::Parse(bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  EXPECT_TRUE(file->revisions()[0].uses_xref_stream);
  EXPECT_EQ(file->Pages(0)->size(), 1U);
  EXPECT_FALSE(file->SpanOf(3, 0));
  EXPECT_TRUE(file->SpanOf(4, 0));
  EXPECT_TRUE(file->Now({3, 0})["Type"].IsName("Page"));
  EXPECT_TRUE(file->Now({3, 1}).IsNull());
}

TEST(File, RefusesAnObjectStreamThatIsNotWhatTheSectionSays) {
  // The catalog must be there for the rest to be looked at, so it is the page that is wrong.
  for (const auto& [data, entries] :
       {std::pair("1 0 2 32 9 80 ", "/N 3/First 14"), std::pair("1 0 2 32 3 999", "/N 3/First 14"),
        std::pair("1 0 2 32 3 80 ", "/N 2/First 14")}) {
    const std::string bytes = Packed(data, entries).bytes;
    const auto file = File::Parse(bytes);
    if (!file) continue;
    EXPECT_TRUE(file->Now({3, 0}).IsNull()) << data;
    EXPECT_EQ(file->Damaged(), std::vector<int>{3}) << data;
  }
  ExpectDamaged(Packed("1 0 2 32 3 80 ", "/N -1/First 14").bytes);
  ExpectDamaged(Packed("1 0 2 32 3 80 ", "/N 3/First 99999").bytes);
  ExpectDamaged(Packed("1 0 2 32 3 80 ", "/N 99999999/First 14").bytes);
  ExpectDamaged(Packed("1 0 2 32 3 80 ", "/N 3/First 14/Length 4").bytes);
}

// No writer does it, and it would change what no section lists.
TEST(File, RefusesAnUpdateOfAnObjectStreamInUse) {
  HandWritten pdf = Packed();
  pdf.AddStream(
      4, "/Type/ObjStm/N 3/First 14",
      "1 0 2 32 3 80 <</Type/Catalog/Pages 2 0 R>>   <</Type/Pages/Kids[3 0 R]/Count 1>>             "
      "<</Type/Page/Parent 2 0 R/Rotate 90>>");
  pdf.EndStream(6);
  ExpectDamaged(pdf.bytes);
}

TEST(File, HybridTablesHideObjectsInStreams) {
  HandWritten pdf("%PDF-1.5\n");
  pdf.AddPage();
  pdf.AddStream(5, "/Type/ObjStm/N 2/First 8", "4 0 3 9 (hidden) (not this)");
  const auto listed = pdf.offsets;
  pdf.offsets.clear();
  pdf.Stream(6, {{3, {5, 1}}, {4, {5, 0}}});
  const std::size_t stream = pdf.section;
  pdf.offsets = listed;
  pdf.End("/XRefStm " + std::to_string(stream));
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  EXPECT_EQ(file->revisions().size(), 1U);
  EXPECT_FALSE(file->revisions()[0].uses_xref_stream);
  EXPECT_EQ(file->Now({4, 0}), Object(String{"hidden"}));
  EXPECT_TRUE(file->Now({3, 0})["Type"].IsName("Page"));  // the table goes first
}

TEST(File, AFreedObjectIsNull) {
  HandWritten pdf;
  pdf.AddPage().Add(4, "(x)");
  pdf.End();
  pdf.section = pdf.bytes.size();
  pdf.bytes += "xref\n4 1\n0000000000 00001 f \ntrailer\n<</Size 5/Root 1 0 R/Prev " +
               std::to_string(pdf.prev) + ">>\n";
  pdf.Tail();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  EXPECT_FALSE(file->At({4, 0}, 0).IsNull());
  EXPECT_TRUE(file->At({4, 0}, 1).IsNull());
  EXPECT_TRUE(file->Damaged().empty());
}

TEST(File, GenerationsMustAgree) {
  HandWritten pdf;
  pdf.AddPage().Add(4, "(x)", 3);
  pdf.Add(5, "(y)");
  pdf.offsets[5].second = 1;  // the section says another than the object
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->Now({4, 3}), Object(String{"x"}));
  EXPECT_TRUE(file->Now({4, 0}).IsNull());
  EXPECT_TRUE(file->Damaged().empty());
  EXPECT_TRUE(file->Now({5, 1}).IsNull());
  EXPECT_EQ(file->Damaged(), std::vector<int>{5});
}

TEST(File, OffsetsCountFromTheHeader) {
  HandWritten pdf("junk before it\n%PDF-1.4\n");
  pdf.origin = 15;
  pdf.AddPage().End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  EXPECT_EQ(file->header_offset(), 15U);
  EXPECT_EQ(pdf.bytes.substr(file->SpanOf(3, 0)->begin, 7), "3 0 obj");
  EXPECT_EQ(file->revisions()[0].end, pdf.bytes.size());
  HandWritten far(std::string(2000, ' ') + "%PDF-1.4\n");
  far.AddPage().End();
  ExpectDamaged(far.bytes);
}

TEST(File, ARevisionEndsWithOneLineEnd) {
  for (const char* end : {"", "\n", "\r", "\r\n"}) {
    HandWritten pdf;
    pdf.AddPage().End();
    pdf.bytes.pop_back();
    const std::size_t bare = pdf.bytes.size();
    pdf.bytes += std::string(end) + (*end != '\0' ? "\n\n \t\n" : "");
    const auto file = File::Parse(pdf.bytes);
    ASSERT_TRUE(file);
    // "\r" and the next line's "\n" are one line end.
    const std::size_t size = std::string(end) == "\r" ? 2 : std::string(end).size();
    EXPECT_EQ(file->revisions()[0].end, bare + size);
    EXPECT_FALSE(file->HasTrailingBytes());
  }
  HandWritten pdf;
  pdf.AddPage().End();
  pdf.bytes += "x";
  EXPECT_TRUE(File::Parse(pdf.bytes)->HasTrailingBytes());
}

TEST(File, TwoSectionsWithoutAnEndBetweenAreOneRevision) {
  HandWritten pdf;
  pdf.AddPage().Table();
  pdf.prev = pdf.section;
  pdf.offsets.clear();
  pdf.Add(4, "(x)");
  pdf.Add(3, "<</Type/Page/Parent 2 0 R/Rotate 90>>");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  ASSERT_EQ(file->revisions().size(), 1U);
  EXPECT_EQ(*file->Now({3, 0})["Rotate"].AsInteger(), 90);
  EXPECT_EQ(file->Now({4, 0}), Object(String{"x"}));
}

// Writers that name the same section by places that differ by white space, and "no section" by 0.
TEST(File, ToleratesWhiteSpaceBeforeASection) {
  HandWritten pdf;
  pdf.AddPage();
  pdf.bytes += "\n\n";
  pdf.Table("/Prev 0");
  const std::size_t exact = pdf.section;
  pdf.section -= 2;
  pdf.Tail();
  pdf.prev = exact;
  pdf.Add(4, "(x)");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  EXPECT_EQ(file->revisions().size(), 2U);
}

// An update that follows "%%EOF" without a line end, as signers append it to such a file.
TEST(File, ReadsAnObjectRightBehindTheEnd) {
  HandWritten pdf;
  pdf.AddPage().End();
  pdf.bytes.pop_back();
  const std::size_t first = pdf.bytes.size();
  pdf.Add(12, "(x)");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  ASSERT_EQ(file->revisions().size(), 2U);
  EXPECT_EQ(file->revisions()[0].end, first);
  EXPECT_EQ(file->Now({12, 0}), Object(String{"x"}));
  // The middle of its number is still no place of an object.
  HandWritten middle;
  middle.AddPage().End();
  middle.bytes.pop_back();
  middle.Add(12, "(x)");
  middle.offsets[2] = {middle.offsets[12].first + 1, 0};
  middle.offsets.erase(12);
  middle.End();
  const auto other = File::Parse(middle.bytes);
  EXPECT_TRUE(!other || other->Now({2, 0}).IsNull());
}

TEST(File, TakesTheEndSaidTwiceForNothing) {
  HandWritten pdf;
  pdf.AddPage().End();
  for (const char* blank : {"%%EOF", "%%EOF\n", "\r\n%%EOF\r\n%%EOF\r\n \0"})
    EXPECT_FALSE(File::Parse(pdf.bytes + blank)->HasTrailingBytes()) << blank;
  for (const char* strange : {"%EOF\n", "%%EOF x", "%%EOF\n% a comment\n"})
    EXPECT_TRUE(File::Parse(pdf.bytes + strange)->HasTrailingBytes()) << strange;
}

TEST(File, RefusesChainsThatGoNowhereOrInCircles) {
  HandWritten good;
  good.AddPage().End();
  for (const std::size_t prev : {good.section, good.bytes.size() + 10'000, std::size_t{1}, std::size_t{3}}) {
    HandWritten pdf = good;
    pdf.section = pdf.bytes.size();
    pdf.bytes += "xref\n0 0\ntrailer\n<</Size 4/Root 1 0 R/Prev " +
                 std::to_string(prev == good.section ? pdf.section : prev) + ">>\n";
    pdf.Tail();
    ExpectDamaged(pdf.bytes);
  }
  // Forward, in a file that is not linearised.
  HandWritten forward;
  forward.AddPage();
  const std::string later = std::to_string(forward.bytes.size() + 300);
  forward.Table("/Prev " + later);
  const std::size_t first = forward.section;
  forward.bytes.resize(std::stoul(later), ' ');
  forward.Table();
  forward.section = first;
  forward.Tail();
  ExpectDamaged(forward.bytes);
}

TEST(File, RefusesAnObjectListedTwice) {
  HandWritten pdf;
  pdf.AddPage().Table();
  const std::size_t at = pdf.bytes.find("3 1\n", pdf.section);
  pdf.bytes.insert(at, "3 1\n0000000017 00000 n \n");
  pdf.Tail();
  ExpectDamaged(pdf.bytes);
}

TEST(File, AnOldSectionCannotReachBytesThatCameLater) {
  // The first revision's section places object 4 where the second will write it.
  HandWritten pdf;
  pdf.AddPage();
  pdf.offsets[4] = {600, 0};
  pdf.End();
  ASSERT_LT(pdf.bytes.size(), 600U);
  pdf.bytes.resize(600, ' ');
  pdf.Add(4, "(later)");
  pdf.offsets.clear();
  pdf.Add(5, "(x)");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
  EXPECT_TRUE(file->At({4, 0}, 0).IsNull());
  EXPECT_TRUE(file->At({4, 0}, 1).IsNull());
  EXPECT_EQ(file->Damaged(), std::vector<int>{4});
}

TEST(File, AnOffsetInsideANumberIsNoObject) {
  HandWritten pdf;
  pdf.AddPage();
  const std::size_t at = pdf.Add(14, "(x)");
  pdf.offsets[4] = {at + 1, 0};
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->Now({4, 0}).IsNull());
}

TEST(File, StreamLengthsMustBeRight) {
  for (const char* body :
       {"<</Length 4>>\nstream\nhello\nendstream", "<</Length 500000>>\nstream\nhello\nendstream",
        "<</Length -1>>\nstream\nhello\nendstream", "<</Length 4 0 R>>\nstream\nhello\nendstream",
        "<<>>\nstream\nhello\nendstream", "<</Length 5>>\nstream\rhello\nendstream"}) {
    HandWritten pdf;
    pdf.AddPage().Add(4, body);
    pdf.End();
    const auto file = File::Parse(pdf.bytes);
    ASSERT_TRUE(file);
    EXPECT_TRUE(file->Now({4, 0}).IsNull()) << body;
    EXPECT_EQ(file->Damaged(), std::vector<int>{4}) << body;
    EXPECT_FALSE(file->SpanOf(4, 0)) << body;
  }
  HandWritten pdf;
  pdf.AddPage().Add(4, "<</Length 5 0 R>>\nstream\r\nhello\r\nendstream");
  pdf.Add(5, "5");
  pdf.End();
  EXPECT_EQ(File::Parse(pdf.bytes)->Now({4, 0}).AsStream()->data, "hello");
}

TEST(File, FollowsReferencesAFewSteps) {
  HandWritten pdf;
  pdf.AddPage().Add(4, "5 0 R");
  pdf.Add(5, "6 0 R");
  pdf.Add(6, "(end)");
  pdf.Add(7, "7 0 R");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->Resolve(Object(Ref{4, 0}), 0), Object(String{"end"}));
  EXPECT_TRUE(file->Resolve(Object(Ref{7, 0}), 0).IsNull());
}

TEST(Pages, InheritWhatTheyLack) {
  HandWritten pdf;
  pdf.Add(1, "<</Type/Catalog/Pages 2 0 R>>");
  pdf.Add(2, "<</Kids[3 0 R 6 0 R]/MediaBox[0 0 9 9]/Rotate 90>>");
  pdf.Add(3, "<</Kids[4 0 R 5 0 R]/Rotate 180>>");
  pdf.Add(4, "<</Type/Page>>");
  pdf.Add(5, "<</Type/Page/Rotate 0>>");
  pdf.Add(6, "<</Type/Page>>");
  pdf.End();
  const auto file = File::Parse(pdf.bytes);
  ASSERT_TRUE(file);
  const auto pages = file->Pages(0);
  ASSERT_TRUE(pages);
  ASSERT_EQ(pages->size(), 3U);
  const int angles[] = {180, 0, 90};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*pages)[i].ref.number, 4 + static_cast<int>(i));
    EXPECT_EQ((*pages)[i].dictionary.at("Rotate"), Object(angles[i]));
    EXPECT_TRUE((*pages)[i].dictionary.contains("MediaBox"));
  }
}

TEST(Pages, RefuseATreeThatIsNone) {
  for (const char* tree : {"<</Kids[2 0 R]>>", "<</Kids[3 0 R 3 0 R]>>", "<</Kids[9 0 R]>>", "<</Kids[(x)]>>",
                           "(x)", "<</Kids(x)>>"}) {
    HandWritten pdf;
    pdf.AddPage().Add(2, tree);
    pdf.End();
    const auto file = File::Parse(pdf.bytes);
    ASSERT_TRUE(file);
    EXPECT_FALSE(file->Pages(0)) << tree;
  }
}

// Six ways of qpdf to write one file: all objects, as qpdf itself shows them, and no damage.
TEST(File, ReadsWhatQpdfWrites) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const std::string sample = std::string(VANTHU_SOURCE_DIR) + "/samples/an-thanh-2026.pdf";
  std::string plain_text;
  for (const char* how :
       {"--object-streams=disable", "--qdf", "--object-streams=generate", "--linearize",
        "--linearize --object-streams=generate", "--compress-streams=n --object-streams=generate"}) {
    SCOPED_TRACE(how);
    const Outside outside;
    const std::string path = outside.Path("in.pdf");
    ASSERT_EQ(outside.Run("qpdf " + std::string(how) + " " + sample + " " + path).first, 0);
    const std::string bytes = ReadBytes(path);
    const auto file = File::Parse(bytes);
    ASSERT_TRUE(file) << Describe(file.error(), Language::kEnglish);
    ASSERT_EQ(file->revisions().size(), 1U);
    EXPECT_EQ(file->linearised(), std::string(how).find("linearize") != std::string::npos);
    EXPECT_EQ(file->revisions()[0].end, bytes.size());
    // "12/0: uncompressed; offset = 345", "13/0: compressed; stream = 1, index = 2"
    std::istringstream shown(outside.Run("qpdf --show-xref " + path).second);
    int listed = 0;
    for (std::string line; std::getline(shown, line);) {
      const int number = std::stoi(line);
      const auto place = file->Find(number, 0);
      ASSERT_TRUE(place) << line;
      ++listed;
      std::string mine = std::to_string(number) + "/" + std::to_string(place->entry.generation) + ": ";
      if (place->entry.kind == Entry::Kind::kInFile)
        mine += "uncompressed; offset = " + std::to_string(place->entry.offset);
      else
        mine += "compressed; stream = " + std::to_string(place->entry.stream) +
                ", index = " + std::to_string(place->entry.index);
      EXPECT_EQ(mine, line);
      file->Now({number, 0});
    }
    EXPECT_GT(listed, 20);
    EXPECT_TRUE(file->Damaged().empty());
    const auto pages = file->Pages(0);
    ASSERT_TRUE(pages);
    std::string text;
    for (const auto& page : *pages) {
      const Object content = file->Get(Object(page.dictionary), "Contents", 0);
      ASSERT_NE(content.AsStream(), nullptr);
      text += *file->Decode(*content.AsStream(), 0);
    }
    if (plain_text.empty()) plain_text = text;
    const bool is_edited = std::string(how) == "--qdf";  // adds line ends
    EXPECT_TRUE(is_edited || text == plain_text);
  }
}

TEST(File, ReadsEveryKindOfEncryption) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  const std::string sample = std::string(VANTHU_SOURCE_DIR) + "/samples/an-thanh-2026.pdf";
  const std::string plain = ReadBytes(sample);
  const auto original = File::Parse(plain);
  ASSERT_TRUE(original);
  const auto contents = [](const File& file) {
    const auto pages = file.Pages(file.last());
    std::string out;
    for (std::size_t i = 0; pages && i < pages->size(); ++i) {
      const Object content = file.Get(Object((*pages)[i].dictionary), "Contents", file.last());
      out += file.Decode(*content.AsStream(), file.last()).value_or("?");
    }
    return out;
  };
  const auto title = [](const File& file) {
    return file.Get(file.Get(Object(file.revisions().back().trailer), "Info", file.last()), "Producer",
                    file.last());
  };
  const std::string text = contents(*original);
  for (const char* how :
       {"40 --", "128 --", "128 --force-V4 --", "128 --use-aes=y --", "256 --", "256 --force-R5 --",
        "128 --use-aes=y --cleartext-metadata --", "256 --cleartext-metadata -- --object-streams=generate"}) {
    SCOPED_TRACE(how);
    const Outside outside;
    const std::string path = outside.Path("in.pdf");
    ASSERT_NE(outside
                  .Run("qpdf --allow-weak-crypto --encrypt user owner " + std::string(how) + " " + sample +
                       " " + path)
                  .first,
              2);
    const std::string bytes = ReadBytes(path);
    for (const char* password : {"user", "owner"}) {
      ParseOptions options;
      options.password = password;
      const auto file = File::Parse(bytes, options);
      ASSERT_TRUE(file) << password << ' ' << Describe(file.error(), Language::kEnglish);
      EXPECT_TRUE(file->encrypted());
      EXPECT_EQ(contents(*file), text);
      EXPECT_EQ(title(*file), title(*original));
    }
    for (const char* password : {"", "User", "owne"}) {
      ParseOptions options;
      options.password = password;
      const auto file = File::Parse(bytes, options);
      ASSERT_FALSE(file) << password;
      EXPECT_EQ(file.error().code, ErrorCode::kPassword);
    }
  }
  // The empty user password opens whatever is given.
  const Outside outside;
  const std::string path = outside.Path("in.pdf");
  ASSERT_EQ(outside.Run("qpdf --encrypt '' owner 256 -- " + sample + " " + path).first, 0);
  const std::string bytes = ReadBytes(path);
  EXPECT_TRUE(File::Parse(bytes));
  ParseOptions options;
  options.password = "wrong";
  EXPECT_TRUE(File::Parse(bytes, options));
}

TEST(File, ASignaturesContentsAreNotEncrypted) {
  if (!Installed("qpdf")) GTEST_SKIP() << "SKIPPED: qpdf is not installed";
  HandWritten pdf;
  pdf.AddPage().Add(1, "<</Type/Catalog/Pages 2 0 R/S 4 0 R>>");
  pdf.Add(4, "<</Type/Sig/Contents<00010203>/ByteRange[0 1 2 3]/Name(Nguoi ky)>>");
  pdf.End();
  const Outside outside;
  const std::string path = outside.Write("in.pdf", pdf.bytes);
  ASSERT_EQ(outside.Run("qpdf --encrypt '' owner 256 -- " + path + " " + outside.Path("out.pdf")).first, 0);
  const std::string bytes = ReadBytes(outside.Path("out.pdf"));
  const auto file = File::Parse(bytes);
  ASSERT_TRUE(file);
  const Object signature = file->Get(file->Catalog(0), "S", 0);
  EXPECT_EQ(signature["Contents"], Object(String{std::string("\0\1\2\3", 4)}));
  EXPECT_EQ(signature["Name"], Object(String{"Nguoi ky"}));
  const Object written = file->Encrypted(signature, {4, 0});
  EXPECT_EQ(written["Contents"], signature["Contents"]);
  EXPECT_FALSE(written["Name"] == signature["Name"]);
}

TEST(File, RefusesOtherHandlers) {
  for (const char* encrypt :
       {"<</Filter/Adobe.PubSec/V 4>>", "<</Filter/Standard/V 6/R 7>>", "<</Filter/Standard/V 3/R 3/P 0>>"}) {
    HandWritten pdf;
    pdf.AddPage().End("/Encrypt " + std::string(encrypt));
    const auto file = File::Parse(pdf.bytes);
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, ErrorCode::kNotAccepted) << encrypt;
  }
  // An update that adds the encryption, or drops it.
  HandWritten pdf;
  pdf.AddPage().End();
  pdf.Add(4, "(x)");
  pdf.End("/Encrypt<</Filter/Standard/V 1/R 2/P 0/O()/U()>>");
  ExpectDamaged(pdf.bytes);
}

TEST(File, HasLimits) {
  HandWritten pdf;
  pdf.AddPage().End();
  for (int i = 0; i < 20; ++i) {
    pdf.Add(3, "<</Type/Page/Parent 2 0 R>>");
    pdf.End();
  }
  ParseOptions options;
  options.most_revisions = 20;
  EXPECT_EQ(File::Parse(pdf.bytes, options).error().code, ErrorCode::kLimit);
  options.most_revisions = 21;
  EXPECT_TRUE(File::Parse(pdf.bytes, options));
  options.most_entries = 10;
  EXPECT_EQ(File::Parse(pdf.bytes, options).error().code, ErrorCode::kLimit);
  options.most_entries = 1000;
  options.most_objects = 2;
  EXPECT_EQ(File::Parse(pdf.bytes, options).error().code, ErrorCode::kLimit);
}

}  // namespace
}  // namespace vanthu::signing::pdf
