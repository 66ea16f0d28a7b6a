#include "pipeline/run/discover.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "pipeline/base/file.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class DiscoverTest : public testing::Test {
 protected:
  DiscoverTest() {
    std::string pattern = (fs::temp_directory_path() / "vanthu-discover-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
  }
  ~DiscoverTest() override { fs::remove_all(folder_); }
  void Put(const std::string& name, const std::string& bytes) {
    ASSERT_TRUE(WriteFileAtomically(folder_ / name, bytes));
  }
  fs::path folder_;
};

TEST_F(DiscoverTest, TakesDocumentsByTheirFirstBytesOrTheirName) {
  Put("b/scan", "\xff\xd8\xff\xe0");
  Put("b/notes.txt", "không phải tài liệu");
  Put("a.PDF", "");  // empty: to be reported by intake, not passed over
  Put(".hidden.pdf", "%PDF-1.4");
  EXPECT_THAT(FindInputs({folder_}).files, ElementsAre(folder_ / "a.PDF", folder_ / "b/scan"));
}

TEST_F(DiscoverTest, ALinkInACircleDoesNotHang) {
  Put("x/a.pdf", "%PDF-1.4");
  fs::create_directory_symlink(folder_, folder_ / "x" / "again");
  EXPECT_EQ(FindInputs({folder_}).files.size(), 1u);
}

TEST_F(DiscoverTest, NamesWhatIsNotThere) {
  const Discovery found = FindInputs({folder_ / "none"});
  ASSERT_EQ(found.unreadable.size(), 1u);
  EXPECT_EQ(found.unreadable[0].file, (folder_ / "none").string());
}

}  // namespace
}  // namespace vanthu::run
