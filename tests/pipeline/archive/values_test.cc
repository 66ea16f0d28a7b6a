#include "pipeline/archive/values.h"

#include <gmock/gmock.h>

namespace vanthu::archive {
namespace {

TEST(Values, EachByItsPointerWithTheNearestEvidence) {
  Record record;
  record.header.number = "25";
  Task task;
  task.content = "Rà soát";
  task.lead = {"Văn phòng", "Công an xã"};
  task.deadline =
      Deadline{"Quý I/2023", DeadlineKind::kQuarter, MakeDate(2023, 1, 1), MakeDate(2023, 3, 31), {}};
  record.tasks = {task};
  record.evidence["/tasks/0"] = {4, {1, 2, 3, 4}, Source::kOcr, 0.7};
  record.evidence["/tasks/0/deadline"] = {5, {}, Source::kOcr, 0.95};
  std::map<std::string, Value> values;
  for (const Value& value : ValuesOf(record)) values[value.pointer] = value;
  EXPECT_EQ(values.at("/header/number").value, "25");
  EXPECT_EQ(values.at("/header/number").evidence, nullptr);
  EXPECT_EQ(values.at("/tasks/0/lead/1").value, "Công an xã");
  EXPECT_EQ(values.at("/tasks/0/lead/1").evidence->page, 4);
  EXPECT_EQ(values.at("/tasks/0/deadline/end").value, "2023-03-31");
  EXPECT_EQ(values.at("/tasks/0/deadline/kind").value, "quarter");
  EXPECT_EQ(values.at("/tasks/0/deadline/end").evidence->page, 5);
}

TEST(Values, DoubtfulAreThoseUnderTheHousesBound) {
  Record record;
  record.header.number = "25";
  record.evidence["/header/number"] = {0, {}, Source::kOcr, 0.89};
  record.evidence["/header/date"] = {0, {}, Source::kOcr, 0.3};  // looked at, null
  record.evidence["/header/notation"] = {0, {}, Source::kOcr, 0.9};
  const std::vector<Value> doubtful = DoubtfulOf(record);
  ASSERT_EQ(doubtful.size(), 2u);
  EXPECT_EQ(doubtful[0].pointer, "/header/date");
  EXPECT_EQ(doubtful[0].value, "");
  EXPECT_EQ(doubtful[1].value, "25");
}

}  // namespace
}  // namespace vanthu::archive
