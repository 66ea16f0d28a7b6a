// Recorded pages of the sample plans -> the layout's dump, compared with what was reviewed by eye.
// VANTHU_REWRITE_GOLDENS=1 writes the dumps anew; look at the difference before committing it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "pipeline/base/file.h"
#include "pipeline/layout/layout.h"
#include "tests/pipeline/layout/dump.h"
#include "tests/pipeline/layout/recorded_pages.h"

namespace vanthu::layout {
namespace {

const std::filesystem::path kData = std::filesystem::path(VANTHU_SOURCE_DIR) / "tests/pipeline/layout/data";

std::string Read(const std::string& name) {
  const auto bytes = ReadFile(kData / name, 10U << 20);
  EXPECT_TRUE(bytes) << name;
  return bytes.value_or(std::string());
}

class GoldenTest : public testing::TestWithParam<const char*> {};

TEST_P(GoldenTest, DumpIsAsReviewed) {
  const std::string name = GetParam();
  const std::string dump = DumpDocument(BuildLayout(LoadPages(Read(name + ".pages.json")), {}));
  if (std::getenv("VANTHU_REWRITE_GOLDENS") != nullptr) {
    ASSERT_TRUE(WriteFileAtomically(kData / (name + ".txt"), dump));
  }
  EXPECT_EQ(dump, Read(name + ".txt"));
}

// heading: agency and motto, prose. end: recipients and signer. cut-rows: rows and a row span over a page
// break. spans: nested row spans over a page break. note: a footnote of a table, and an appendix of its own.
INSTANTIATE_TEST_SUITE_P(Plans, GoldenTest, testing::Values("heading", "end", "cut-rows", "spans", "note"),
                         [](const auto& info) {
                           std::string name = info.param;
                           for (char& c : name)
                             if (c == '-') c = '_';
                           return name;
                         });

}  // namespace
}  // namespace vanthu::layout
