#include "pipeline/archive/folder.h"

#include <gtest/gtest.h>

namespace vanthu::archive {
namespace {

TEST(Folder, SafeNames) {
  for (const char* name : {"record.json", "pages/0001.jpg", "Kế hoạch.pdf", "..a", "a..b"})
    EXPECT_TRUE(IsSafeName(name)) << name;
  for (const char* name : {"", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", "a\\b", "a\nb", "a/./b"})
    EXPECT_FALSE(IsSafeName(name)) << name;
  EXPECT_FALSE(IsSafeName(std::string(300, 'a')));
  EXPECT_FALSE(IsSafeName(std::string("a\0b", 3)));
}

TEST(Folder, Hashes) {
  EXPECT_TRUE(IsSha256(std::string(64, 'a')));
  EXPECT_FALSE(IsSha256(std::string(64, 'A')));
  EXPECT_FALSE(IsSha256(std::string(63, 'a')));
  EXPECT_FALSE(IsSha256("../" + std::string(61, 'a')));
}

}  // namespace
}  // namespace vanthu::archive
