#include "pipeline/run/wire.h"

#include <gtest/gtest.h>

namespace vanthu::run {
namespace {

TEST(Wire, ReadsWhatWasWritten) {
  WireWriter writer;
  writer.Put(std::uint64_t{42});
  writer.Put(std::string_view("thủ tục\0x", 12));
  const std::string bytes = writer.Take();
  WireReader reader(bytes);
  EXPECT_EQ(reader.Number(), 42u);
  EXPECT_EQ(reader.Text().size(), 12u);
  EXPECT_TRUE(reader.ok());
}

TEST(Wire, FalseLengthsGiveEmptyValuesNotCrashes) {
  WireWriter writer;
  writer.Put(std::uint64_t{1} << 60);  // a length that no text has
  const std::string bytes = writer.Take();
  WireReader reader(bytes);
  EXPECT_EQ(reader.Text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(WireReader("abc").Number(), 0u);
}

}  // namespace
}  // namespace vanthu::run
