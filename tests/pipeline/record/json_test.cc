#include "pipeline/record/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace vanthu::record {
namespace {

using Json = nlohmann::ordered_json;

std::vector<std::string> Keys(const Json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) keys.push_back(key);
  return keys;
}

Cell At(int row, int col, int rowspan, int colspan, std::string text) {
  Cell cell;
  cell.row = row;
  cell.col = col;
  cell.rowspan = rowspan;
  cell.colspan = colspan;
  cell.text = std::move(text);
  return cell;
}

TEST(ToJson, KeepsTheContractsMembersInOrder) {
  Record record;
  record.source = {"x.pdf", "ab12", 9, Origin::kMixed};
  record.signer = Signer{};
  record.tasks.emplace_back();
  record.citations.emplace_back();
  record.targets.push_back({"t", 80, "%", ">=", 1});
  const Json json = Json::parse(ToJson(record, JsonStyle::kIndented));
  EXPECT_EQ(Keys(json),
            (std::vector<std::string>{"schema", "source", "header", "addressees", "signer", "recipients",
                                      "citations", "sections", "appendices", "tables", "tasks", "targets",
                                      "signatures", "evidence", "findings"}));
  EXPECT_EQ(Keys(json["header"]),
            (std::vector<std::string>{"parent_agency", "issuing_agency", "number", "notation", "type_code",
                                      "type_name", "place", "date", "subject", "urgency", "secrecy",
                                      "issued_with"}));
  EXPECT_EQ(Keys(json["signer"]),
            (std::vector<std::string>{"block", "authority", "on_behalf_of", "position", "name"}));
  EXPECT_EQ(Keys(json["tasks"][0]),
            (std::vector<std::string>{"group", "ordinal", "goal", "mission", "content", "lead", "coordinate",
                                      "deadline", "product", "note", "page"}));
  EXPECT_EQ(json["source"].dump(), R"({"file":"x.pdf","sha256":"ab12","pages":9,"origin":"mixed"})");
  EXPECT_EQ(json["targets"][0].dump(), R"({"text":"t","value":80,"unit":"%","comparison":">=","page":2})");
}

TEST(ToJson, WritesNullForWhatIsNotThereAndLeavesOutWhatWasNotExamined) {
  Record record;
  record.header.number = "";  // must not become ""
  record.header.date = Date{std::chrono::year(2023), std::chrono::month(3), std::chrono::day(9)};
  record.recipients = {"Lưu: VT", ""};
  record.unexamined = {"signatures", "citations"};
  const Json json = Json::parse(ToJson(record, JsonStyle::kIndented));
  EXPECT_TRUE(json["header"]["number"].is_null());
  EXPECT_EQ(json["header"]["date"], "2023-03-09");
  EXPECT_TRUE(json["header"]["issued_with"].is_null());
  EXPECT_TRUE(json["signer"].is_null());
  EXPECT_EQ(json["recipients"].dump(), R"(["Lưu: VT"])");
  EXPECT_FALSE(json.contains("signatures"));
  EXPECT_FALSE(json.contains("citations"));
  EXPECT_FALSE(json.contains("source"));
  EXPECT_EQ(json["tasks"].dump(), "[]");
}

TEST(ToJson, CountsPagesFromOneAndRoundsBoxes) {
  Record record;
  record.evidence["/header/number"] = {0, {1.234567, 2, 30.5, 41.999}, Source::kOcr, 0.98};
  record.findings = {{Severity::kWarning, "header.date.blank", "Ngày để trống", 3},
                     {Severity::kInfo, "x", "y", {}}};
  const Json json = Json::parse(ToJson(record, JsonStyle::kOneLine));
  EXPECT_EQ(json["evidence"]["/header/number"].dump(),
            R"({"page":1,"box":[1.23,2,30.5,42],"source":"ocr","confidence":0.98})");
  EXPECT_EQ(json["findings"][0].dump(),
            R"({"severity":"warning","code":"header.date.blank","message":"Ngày để trống","page":4})");
  EXPECT_TRUE(json["findings"][1]["page"].is_null());
}

TEST(ToJson, WritesRegisterNamesOnlyWhereSomeAreKnown) {
  Record record;
  Task task;
  task.lead = {"VP", "CA xã"};
  task.lead_normalised = {std::nullopt, "Công an xã"};
  task.coordinate = {"A"};
  task.coordinate_normalised = {std::nullopt};
  record.tasks = {task};
  const Json json = Json::parse(ToJson(record, JsonStyle::kOneLine))["tasks"][0];
  EXPECT_EQ(json["lead_normalised"].dump(), R"([null,"Công an xã"])");
  EXPECT_FALSE(json.contains("coordinate_normalised"));
}

TEST(ToJson, NamesColumnsByTheirDeepestHeading) {
  Table table;
  table.rows = 4;
  table.columns = 3;
  table.header_rows = 3;  // two rows of headings and one of column numbers
  table.cells = {
      At(0, 0, 2, 1, "STT"), At(0, 1, 1, 2, "Cơ quan"), At(1, 1, 1, 1, "Chủ\ntrì"),    At(1, 2, 1, 1, ""),
      At(2, 0, 1, 1, "(1)"), At(2, 1, 1, 1, "(2)"),     At(2, 2, 1, 1, "(3)=(1)+(2)"), At(3, 0, 1, 1, "1"),
      At(3, 1, 1, 1, "A"),   At(3, 2, 1, 1, "")};
  Record record;
  record.tables = {table};
  Json json = Json::parse(ToJson(record, JsonStyle::kOneLine))["tables"][0];
  EXPECT_EQ(json["columns"].dump(), R"(["STT","Chủ trì","Cơ quan"])");
  EXPECT_EQ(json["cells"][9].dump(), R"({"row":3,"col":2,"rowspan":1,"colspan":1,"text":""})");
  record.tables[0].header_rows = 0;
  json = Json::parse(ToJson(record, JsonStyle::kOneLine))["tables"][0];
  EXPECT_FALSE(json.contains("columns"));
}

TEST(ToJson, CarriesNoCharacterThatXmlCannotAndNoIllFormedText) {
  Record record;
  record.header.subject = std::string("Ke\x01hoach \x02so\r\nhai\xff\x07");
  const Json json = Json::parse(ToJson(record, JsonStyle::kOneLine));
  EXPECT_EQ(json["header"]["subject"], "Ke hoach so\nhai\xEF\xBF\xBD");
}

TEST(TablesToJson, NamesTheFirstPageAndAllPages) {
  Table table;
  table.pages = {0, 1};
  table.rows = table.columns = 1;
  Cell cell = At(0, 0, 1, 1, "A");
  cell.places = {{0, {1, 2, 3, 4}}, {1, {5, 6, 7, 8}}};
  table.cells = {cell};
  const Json json = Json::parse(TablesToJson({table}));
  EXPECT_EQ(
      json["tables"][0].dump(),
      R"({"page":1,"pages":[1,2],"header_rows":0,"cells":[{"row":0,"col":0,"rowspan":1,"colspan":1,"text":"A",)"
      R"("page":1,"box":[1,2,3,4],"places":[{"page":1,"box":[1,2,3,4]},{"page":2,"box":[5,6,7,8]}]}]})");
}

}  // namespace
}  // namespace vanthu::record
