#include "signing/pdf/file.h"

#include <gtest/gtest.h>

#include <string>

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

}  // namespace
}  // namespace vanthu::signing::pdf
