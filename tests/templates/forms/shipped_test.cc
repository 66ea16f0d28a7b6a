// The forms that ship: all without faults, and what they make of the five plans as reviewed text.
// VANTHU_REWRITE_GOLDENS=1 writes the texts anew; look at the difference before committing it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "parts.h"
#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "templates/forms/build.h"
#include "templates/forms/catalogue.h"
#include "templates/forms/shape.h"

namespace vanthu::templates {
namespace {

namespace fs = std::filesystem;

std::string ReadAll(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(ShippedForms, HaveNoFaults) {
  int forms = 0;
  for (const fs::directory_entry& entry : fs::directory_iterator(FormsFolder())) {
    if (entry.path().extension() != ".xml") continue;
    ++forms;
    const auto faults = CheckFormFile(entry.path(), FormsFolder());
    ASSERT_TRUE(faults.has_value());
    for (const FormFault& fault : *faults)
      ADD_FAILURE() << Describe(fault, entry.path().string(), Language::kEnglish);
    const Result<Form> form = ReadForm(entry.path(), FormsFolder());
    ASSERT_TRUE(form.has_value());
    EXPECT_EQ(form->id, entry.path().stem().string());
  }
  EXPECT_EQ(forms, 10);
  EXPECT_EQ(ListForms(FormsFolder())->size(), 10u);
}

TEST(ShippedForms, EveryStyleOfTheSchemaIsInTheConventions) {
  const std::string xsd = ReadAll(FormsFolder() + "/form.xsd");
  int styles = 0;
  for (const char* type : {"\"Style\"", "\"HeadingStyle\""}) {
    const std::size_t begin = xsd.find("<xs:simpleType name=" + std::string(type));
    ASSERT_NE(begin, std::string::npos);
    const std::string block = xsd.substr(begin, xsd.find("</xs:simpleType>", begin) - begin);
    const std::regex value("enumeration value=\"([^\"]+)\"");
    for (std::sregex_iterator it(block.begin(), block.end(), value), end; it != end; ++it, ++styles)
      EXPECT_NO_THROW(Rules().StyleOf((*it)[1].str())) << (*it)[1];
  }
  EXPECT_GT(styles, 15);
}

// What forms may name is what the record's schema has.
TEST(ShippedForms, TheRecordsShapeFollowsItsSchema) {
  const std::string xsd = ReadAll(VANTHU_SOURCE_DIR "/pipeline/record/schema/record.xsd");
  const auto has = [&](const std::string& name) {
    return xsd.find("<xs:element name=\"" + name + "\"") != std::string::npos ||
           xsd.find("<xs:attribute name=\"" + name + "\"") != std::string::npos;
  };
  const std::set<std::string> own = {"body_tables", "unplaced_tasks", "cells"};
  for (const auto& [name, shape] : RecordShape().fields) {
    EXPECT_TRUE(has(name) || own.contains(name)) << name;
    const Shape* inner = shape->kind == ShapeKind::kList ? shape->item : shape;
    for (const auto& [field, unused] : inner->fields)
      EXPECT_TRUE(has(field) || own.contains(field)) << name << "." << field;
  }
}

struct Case {
  const char* plan;
  const char* form;
};

class GoldenText : public testing::TestWithParam<Case> {};

TEST_P(GoldenText, IsAsReviewed) {
  const std::string plan = GetParam().plan;
  const Result<Record> record = record::ParseJson(ReadAll(VANTHU_SOURCE_DIR "/samples/" + plan + ".json"));
  ASSERT_TRUE(record.has_value());
  const Result<Form> form = ReadForm(FormsFolder() + "/" + GetParam().form + ".xml", FormsFolder());
  ASSERT_TRUE(form.has_value());
  const Result<Document> document = BuildDocument(*form, *record, {&Rules()});
  ASSERT_TRUE(document.has_value()) << Describe(document.error(), Language::kEnglish);
  const std::string text = TextOf(*document);
  const fs::path golden =
      fs::path(VANTHU_SOURCE_DIR "/tests/templates/forms/goldens") / (plan + "." + GetParam().form + ".txt");
  if (std::getenv("VANTHU_REWRITE_GOLDENS") != nullptr) {
    std::ofstream(golden, std::ios::binary) << text;
    GTEST_SKIP() << "written anew: " << golden;
  }
  EXPECT_EQ(text, ReadAll(golden));
}

INSTANTIATE_TEST_SUITE_P(Plans, GoldenText,
                         testing::Values(Case{"thanh-xa-2023", "ke-hoach"}, Case{"an-thanh-2026", "ke-hoach"},
                                         Case{"kien-an-2023", "ke-hoach"},
                                         Case{"thanh-mien-2024", "ke-hoach"},
                                         Case{"hung-thinh-2025", "phu-luc"},
                                         Case{"thanh-xa-2023", "muc-luc-ho-so"}),
                         [](const auto& info) {
                           std::string name = std::string(info.param.plan) + "_" + info.param.form;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

// A plan whose tables are gone is set from its tasks: one test for each shape of the appendix.
TEST(Plan, TasksWithoutTablesBecomeATable) {
  Record record = SmallRecord();
  Task task;
  task.group = {"I Chỉ đạo"};
  task.ordinal = "1";
  task.content = "Ban hành kế hoạch";
  task.lead = {"Văn phòng", "Công an"};
  record.tasks = {task};
  const auto columns = [&] {
    const Result<Form> form = ReadForm(FormsFolder() + "/ke-hoach.xml", FormsFolder());
    const Result<Document> document = BuildDocument(*form, record, {&Rules()});
    if (!document) throw std::runtime_error(Describe(document.error(), Language::kEnglish));
    EXPECT_EQ(document->sections.back().orientation, Orientation::kLandscape);
    EXPECT_TRUE(document->sections.back().restart_numbers);
    return std::get<Table>(document->sections.back().blocks.back()).column_shares.size();
  };
  EXPECT_EQ(columns(), 6u);
  record.tasks[0].note = "Ghi chú";
  EXPECT_EQ(columns(), 8u);
  record.tasks[0].goal = "Mục tiêu";
  EXPECT_EQ(columns(), 7u);
}

}  // namespace
}  // namespace vanthu::templates
