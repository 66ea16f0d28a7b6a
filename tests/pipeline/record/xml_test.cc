#include "pipeline/record/xml.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "tests/pipeline/record/random_record.h"

namespace vanthu::record {
namespace {

std::filesystem::path Schema() {
  return DataFolder() / "schema" / "record.xsd";
}

std::string Json(const Record& record) {
  return ToJson(record, JsonStyle::kIndented);
}

// The first lines in which two texts differ; empty if they are equal.
std::string Difference(const std::string& a, const std::string& b) {
  std::istringstream left(a), right(b);
  std::string x, y;
  while (true) {
    const bool more_left = static_cast<bool>(std::getline(left, x)),
               more_right = static_cast<bool>(std::getline(right, y));
    if (!more_left && !more_right) return "";
    if (more_left != more_right || x != y) return x + "\n" + y;
  }
}

std::string Wrapped(const std::string& inside) {
  return "<record xmlns=\"urn:vanthu:record:1\">" + inside + "</record>";
}

TEST(Xml, CarriesTheGoldRecordsThereAndBack) {
  int records = 0;
  for (const auto& entry : std::filesystem::directory_iterator(VANTHU_SOURCE_DIR "/samples")) {
    if (entry.path().extension() != ".json") continue;
    const Record record = ParseJson(ReadFile(entry.path(), 1 << 24).value()).value();
    const Result<Record> back = ParseXml(ToXml(record), Schema());
    ASSERT_TRUE(back) << entry.path() << Describe(back.error(), Language::kEnglish);
    EXPECT_EQ(Difference(Json(*back), Json(record)), "") << entry.path();
    ++records;
  }
  EXPECT_GE(records, 5);
}

TEST(Xml, CarriesAnyRecordThereAndBack) {
  for (unsigned seed = 0; seed < 80; ++seed) {
    const Record made = RandomRecord(seed).Make();
    const Result<Record> record = ParseJson(Json(made));
    ASSERT_TRUE(record) << seed << Describe(record.error(), Language::kEnglish) << Json(made);
    ASSERT_EQ(Difference(Json(*record), Json(made)), "") << seed;
    for (const Record& source : {made, *record}) {
      const Result<Record> back = ParseXml(ToXml(source), Schema());
      ASSERT_TRUE(back) << seed << Describe(back.error(), Language::kEnglish) << ToXml(source);
      ASSERT_EQ(Difference(Json(*back), Json(made)), "") << seed;
    }
  }
}

TEST(Xml, CarriesWhatADocumentWasSetWith) {
  Record record;
  record.rendering =
      Rendering{"ke-hoach", std::string(64, 'a'), "3", {{"Tinos-Regular.ttf", std::string(64, 'b')}}, {}};
  for (const std::optional<std::string>& conventions :
       {std::optional(std::string(64, 'c')), std::optional<std::string>()}) {
    record.rendering->conventions_sha256 = conventions;
    const Result<Record> xml = ParseXml(ToXml(record), Schema()), json = ParseJson(Json(record));
    ASSERT_TRUE(xml) << Describe(xml.error(), Language::kEnglish);
    ASSERT_TRUE(json) << Describe(json.error(), Language::kEnglish);
    EXPECT_EQ(xml->rendering.value().conventions_sha256, conventions);
    EXPECT_EQ(json->rendering.value().conventions_sha256, conventions);
    EXPECT_EQ(Json(*xml), Json(record));
  }
  record.rendering->conventions_sha256 = "no hash";
  EXPECT_FALSE(ParseXml(ToXml(record), Schema()));
  EXPECT_FALSE(ParseJson(Json(record)));
}

TEST(Xml, GivesTheSameBytesForTheSameRecord) {
  const Record record = RandomRecord(42).Make();
  EXPECT_EQ(ToXml(record), ToXml(record));
}

TEST(Xml, TellsAbsentFromEmpty) {
  const Record record = ParseXml(Wrapped("<header/><recipients/>"), Schema()).value();
  EXPECT_FALSE(record.unexamined.contains("header"));
  EXPECT_FALSE(record.unexamined.contains("recipients"));
  EXPECT_TRUE(record.unexamined.contains("signer"));
  Record none;
  none.signer = std::nullopt;
  const Record back = ParseXml(ToXml(none), Schema()).value();
  EXPECT_FALSE(back.unexamined.contains("signer"));
  EXPECT_FALSE(back.signer);
}

struct Bad {
  std::string xml;
  const char* words;
};

TEST(Xml, RefusesWhatIsNoRecordAndNamesTheLine) {
  const Bad cases[] = {
      {"", "line 1"},
      {"nothing", "line 1"},
      {Wrapped("\n\n<header>"), "line 3"},
      {"<record/>", "line 1"},  // no namespace
      {Wrapped("\n<header>\n<colour>red</colour></header>"), "line 3"},
      {Wrapped("\n<header><date>2023-02-30</date></header>"), "line 2"},
      {Wrapped("<header><number></number></header>"), "line 1"},
      {Wrapped("<recipients/><header/>"), "line 1"},
      {Wrapped("<tasks><task page=\"0\"/></tasks>"), "line 1"},
      {Wrapped("<tasks><task table=\"0\"/></tasks>"), "/tasks/0/table"},
      {Wrapped("<tables><table header_rows=\"0\"><cell row=\"0\" col=\"1\"/></table></tables>"), "/tables/0"},
      {Wrapped("<tables><table header_rows=\"0\"><cell row=\"0\" col=\"0\" rowspan=\"100000\" "
               "colspan=\"100000\"/></table></tables>"),
       "/tables/0"},
      // Cells that run past the last row: the line of the cell, the table and the row.
      {Wrapped("<tables>\n<table header_rows=\"0\">\n<cell row=\"0\" col=\"0\"/>\n<cell row=\"0\" col=\"1\" "
               "rowspan=\"2\"/></table></tables>"),
       "line 4 (/tables/0/cells/1): the cell at row 0 column 1 spans 2 rows"},
      {Wrapped(
           "<tables>\n<table header_rows=\"0\"><cell row=\"0\" col=\"0\" rowspan=\"3\"/></table></tables>"),
       "line 2 (/tables/0/cells/0): the cell at row 0 column 0 spans 3 rows, past the table's last row, "
       "which is row 0"},
      {Wrapped("<targets><target value=\"INF\"/></targets>"), "line 1"},
      {Wrapped("<source pages=\"1\" origin=\"scan\" sha256=\"../../x\"/>"), "line 1"},
      {Wrapped("<header><number>\x01</number></header>"), "line 1"},
  };
  for (const Bad& bad : cases) {
    const Result<Record> record = ParseXml(bad.xml, Schema());
    ASSERT_FALSE(record) << bad.xml;
    EXPECT_EQ(record.error().code, ErrorCode::kDamaged) << bad.xml;
    EXPECT_NE(record.error().message.en.find(bad.words), std::string::npos) << bad.xml << "\n"
                                                                            << record.error().message.en;
  }
}

TEST(Xml, RefusesDocumentTypesAndWithThemEntities) {
  const std::filesystem::path secret = std::filesystem::temp_directory_path() / "vanthu-entity.txt";
  std::ofstream(secret) << "secret";
  const std::string record =
      "<record xmlns=\"urn:vanthu:record:1\"><header><number>&e;</number></header></record>";
  for (const std::string& type :
       {"<!DOCTYPE record [<!ENTITY e SYSTEM \"file://" + secret.string() + "\">]>",
        std::string("<!DOCTYPE record [<!ENTITY e \"aaaaaaaa\"><!ENTITY f \"&e;&e;&e;&e;&e;&e;\">]>"),
        std::string("<!DOCTYPE record SYSTEM \"http://192.0.2.1/x.dtd\">")}) {
    const Result<Record> parsed = ParseXml(type + record, Schema());
    ASSERT_FALSE(parsed) << type;
    EXPECT_NE(parsed.error().message.en.find("DOCTYPE"), std::string::npos) << parsed.error().message.en;
  }
  std::filesystem::remove(secret);
}

TEST(Xml, StopsAtItsBounds) {
  std::string deep, wide, tag = "<a";
  for (int i = 0; i < 5000; ++i) deep += "<sections><section level=\"1\">";
  EXPECT_EQ(ParseXml(Wrapped(deep), Schema()).error().code, ErrorCode::kLimit);
  for (int i = 0; i < 1'100'000; ++i) wide += "<a/>";
  EXPECT_EQ(ParseXml(Wrapped(wide), Schema()).error().code, ErrorCode::kLimit);
  for (int i = 0; i < 200'000; ++i) tag += " a" + std::to_string(i) + "=''";
  EXPECT_EQ(ParseXml(Wrapped(tag + "/>"), Schema()).error().code, ErrorCode::kLimit);
}

TEST(Xml, SaysThatTheSchemaIsMissing) {
  EXPECT_EQ(ParseXml(Wrapped(""), "/nowhere/record.xsd").error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu::record
