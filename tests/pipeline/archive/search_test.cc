#include <gmock/gmock.h>

#include "pipeline/base/unicode.h"
#include "scratch.h"

namespace vanthu::archive {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Search : public testing::Test {
 protected:
  void SetUp() override {
    store_ = scratch_.Open();
    ExpectOk(store_->Commit(Plan("plan"), "plan.pdf"));
    DocumentEntry notice = Plan("notice");
    notice.record.source.file = "thong-bao.pdf";
    notice.record.header.number = "07";
    notice.record.header.notation = "TB-UBND";
    notice.record.header.type_code = "TB";
    notice.record.header.type_name = "Thông báo";
    notice.record.header.date = MakeDate(2024, 11, 30);
    notice.record.header.subject = "Lịch tiếp công dân";
    notice.record.header.issuing_agency = "ỦY BAN NHÂN DÂN XÃ HƯNG THỊNH";
    notice.record.signer->name = "Nguyễn Văn Đức";
    notice.reading_text = "Nơi nhận hồ sơ. Việc giải quyết thủ tục hành chính được nhắc tới một lần ở đây.";
    ExpectOk(store_->Commit(notice, "thong-bao.pdf"));
  }

  std::vector<std::string> Files(const std::string& query) {
    const auto hits = store_->Search(query, 10);
    EXPECT_TRUE(hits.has_value()) << query << ": "
                                  << (hits ? "" : Describe(hits.error(), Language::kEnglish));
    std::vector<std::string> out;
    if (hits)
      for (const Hit& hit : *hits) out.push_back(hit.file);
    return out;
  }

  Scratch scratch_;
  std::unique_ptr<Store> store_;
};

TEST_F(Search, FindsWithAndWithoutMarksCasesAndForms) {
  for (const char* query :
       {"thu tuc hanh chinh", "thủ tục hành chính", "THỦ TỤC HÀNH CHÍNH", "thủ tuc hành chinh",
        "thu\xcc\x89 tu\xcc\xa3"
        "c ha\xcc\x80nh chi\xcc\x81nh"})
    EXPECT_THAT(Files(query), ElementsAre("ke-hoach.pdf", "thong-bao.pdf")) << query;
  for (const char* query : {"dong chi", "đồng chí", "ĐỒNG CHÍ", "Dong Chi"})
    EXPECT_THAT(Files(query), ElementsAre("ke-hoach.pdf")) << query;
  for (const char* query : {"văn hóa", "văn hoá", "van hoa"})
    EXPECT_THAT(Files(query), ElementsAre("ke-hoach.pdf")) << query;
}

TEST_F(Search, DecomposedTextIsFoundByComposedQueries) {
  DocumentEntry entry = Plan("decomposed");
  entry.record.source.file = "nfd.pdf";
  entry.record.header.subject.reset();
  entry.reading_text =
      "\xc4\x90\xc6\xb0\xc6\xa1\xcc\x80ng li\xc3\xaa\xcc\x81n xa\xcc\x83";  // Đường liến xã, in pieces
  ExpectOk(store_->Commit(entry, "nfd.pdf"));
  EXPECT_THAT(Files("đường liến xã"), ElementsAre("nfd.pdf"));
  EXPECT_THAT(Files("duong lien xa"), ElementsAre("nfd.pdf"));
}

TEST_F(Search, SnippetShowsTheTextAsWrittenWithMatchesMarked) {
  const auto hits = store_->Search("phan cong cong chuc", 10);
  ASSERT_EQ(hits->size(), 1u);
  EXPECT_THAT(hits->front().snippet, HasSubstr("[phân công công chức] văn hoá xã hội"));
  EXPECT_EQ(hits->front().title, "Kế hoạch Kiểm soát thủ tục hành chính năm 2023");
  EXPECT_EQ(hits->front().number, "25/KH-UBND");
  EXPECT_EQ(hits->front().date, "2023-03-09");
}

TEST_F(Search, SubjectOutranksBodyAndMarksRankFirst) {
  EXPECT_THAT(Files("tiếp công dân"), ElementsAre("thong-bao.pdf"));
  // Both fold to "thu tuc"; only one is what was typed.
  for (const auto& [name, text] :
       {std::pair{"a.pdf", "thú túc thú túc"}, std::pair{"b.pdf", "thử tức và thu túc"}}) {
    DocumentEntry entry = Plan(name);
    entry.record.source.file = name;
    entry.record.header.subject.reset();
    entry.reading_text = text;
    ExpectOk(store_->Commit(entry, name));
  }
  EXPECT_EQ(Files("thử tức").front(), "b.pdf");
  EXPECT_EQ(Files("thủ tục").size(), 4u);
}

TEST_F(Search, FieldsNarrow) {
  EXPECT_THAT(Files("so:25"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("so:025"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("số:7"), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("so:25/KH-UBND"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("so:25/TB-UBND"), ElementsAre());
  EXPECT_THAT(Files("ky-hieu:KH-UBND"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("Ký-hiệu:kh-ubnd"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("nguoi-ky:\"Phạm Thị Mây\""), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("signer:“duc”"), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("co-quan:\"Hưng Thịnh\""), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("loai:KH"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("loai:\"thong bao\""), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("tu:2024-01-01"), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("den:09/03/2023"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("tu:2023 den:2023"), ElementsAre("ke-hoach.pdf"));
  EXPECT_THAT(Files("tu:11/2024 den:11/2024"), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("thu tuc so:7 tu:2020-01-01 loai:TB"), ElementsAre("thong-bao.pdf"));
  EXPECT_THAT(Files("so:25 so:7"), ElementsAre());
  EXPECT_THAT(Files("\"hành chính thủ tục\""), ElementsAre());
  EXPECT_THAT(Files("hành chính thủ tục"), testing::SizeIs(2));
  EXPECT_THAT(Files("63/2010/NĐ-CP"), ElementsAre("ke-hoach.pdf"));
}

TEST_F(Search, AnyTextIsSafe) {
  for (const char* query : {"\"",
                            "\"\"",
                            "'",
                            "*",
                            "thu*",
                            "NEAR",
                            "NEAR(thu tuc, 3)",
                            "AND",
                            "OR NOT",
                            "thu AND",
                            "(",
                            ")",
                            "((thu",
                            "{body} : thu",
                            "body:thu",
                            "-thu",
                            "^thu",
                            "thu + tuc",
                            "😀",
                            "thu 😀 tuc",
                            "so:",
                            "so:😀",
                            "ky-hieu:",
                            "ky-hieu:\"",
                            "\x01",
                            "\x01thu",
                            "';DROP TABLE documents;--",
                            "%",
                            "_",
                            "\\",
                            "http://x.vn:80/a?b=c",
                            "\xff\xfe",
                            "::",
                            ":",
                            "a:b:c",
                            "so:25\"x\"",
                            "“thu",
                            "ﬀ ½ Ⅷ"}) {
    const auto hits = store_->Search(query, 10);
    EXPECT_TRUE(hits.has_value()) << query << ": "
                                  << (hits ? "" : Describe(hits.error(), Language::kEnglish));
  }
  EXPECT_THAT(Files("😀"), ElementsAre());
  EXPECT_THAT(Files("so:😀"), ElementsAre());
  EXPECT_THAT(Files("thu 😀 tuc"), testing::SizeIs(2));
  EXPECT_EQ(store_->Counts()->documents, 2);
}

TEST_F(Search, EmptyOrOverlongQueriesAndBadDatesAreUsageErrors) {
  std::string endless;
  for (int i = 0; i < 65; ++i) endless += "x" + std::to_string(i) + " ";
  for (const std::string& query :
       {std::string(), std::string("  \t\n"), endless, std::string(5000, 'a'), std::string("tu:2023-02-30"),
        std::string("den:hôm nay"), std::string("tu:")}) {
    const auto hits = store_->Search(query, 10);
    ASSERT_FALSE(hits.has_value()) << query;
    EXPECT_EQ(hits.error().code, ErrorCode::kUsage);
    EXPECT_FALSE(hits.error().message.vi.empty());
  }
}

TEST_F(Search, LimitHolds) {
  EXPECT_EQ(store_->Search("thu tuc", 1)->size(), 1u);
  EXPECT_EQ(store_->Search("thu tuc", -5)->size(), 1u);
}

}  // namespace
}  // namespace vanthu::archive
