#include "pipeline/base/data_file.h"

#include <gtest/gtest.h>

namespace vanthu {
namespace {

Status ReadTypes(std::string_view json, std::vector<std::string>* codes) {
  Result<DataFile> file = ParseDataFile(json, "types.json");
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  for (DataReader& entry : root.Items("types")) codes->push_back(entry.Text("code"));
  return file->Check();
}

std::string Fault(std::string_view json) {
  std::vector<std::string> codes;
  const Status status = ReadTypes(json, &codes);
  return status ? "" : Describe(status.error(), Language::kEnglish);
}

TEST(DataFile, ReadsWhatItsReaderAsksFor) {
  std::vector<std::string> codes;
  EXPECT_TRUE(ReadTypes(R"({"$comment": "why", "types": [{"code": "KH"}, {"code": "QĐ"}]})", &codes));
  EXPECT_EQ(codes, (std::vector<std::string>{"KH", "QĐ"}));
}

TEST(DataFile, NamesFileAndKeyOfAFault) {
  EXPECT_NE(Fault(R"({"types": [{"code": "KH"}, {"kode": "QĐ"}]})").find("/types/1/code"), std::string::npos);
  EXPECT_NE(Fault(R"({"types": [{"code": "KH"}, {"kode": "QĐ"}]})").find("types.json"), std::string::npos);
  EXPECT_NE(Fault(R"({"types": [{"code": "KH", "colour": 3}]})").find("/types/0/colour"), std::string::npos);
  EXPECT_NE(Fault(R"({"types": {"code": "KH"}})").find("/types"), std::string::npos);
  EXPECT_NE(Fault(R"({"types": [{"code": ""}]})").find("/types/0/code"), std::string::npos);
  EXPECT_NE(Fault(R"({"types": [)").find("types.json"), std::string::npos);
  EXPECT_NE(Fault("[]").find("types.json"), std::string::npos);
}

TEST(DataFile, NumbersKeepTheirRange) {
  Result<DataFile> file = ParseDataFile(R"({"rank": 12})", "x.json");
  ASSERT_TRUE(file);
  file->root().Number("rank", 1, 9);
  EXPECT_FALSE(file->Check());
}

TEST(DataFile, MissingFileIsAMissingResource) {
  const Result<DataFile> file = ReadDataFile("/nonexistent/rules.json");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, ErrorCode::kMissingResource);
}

}  // namespace
}  // namespace vanthu
