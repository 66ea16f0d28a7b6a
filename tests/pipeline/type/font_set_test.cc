#include "pipeline/type/fonts.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <fstream>

namespace vanthu::type {
namespace {

using ::testing::HasSubstr;

TEST(Fonts, OnlyTheKnownFilesAreDefaults) {
  const Result<Fonts> fonts = OpenFonts({});
  ASSERT_TRUE(fonts.has_value());
  ASSERT_EQ(fonts->files.size(), 4U);
  EXPECT_EQ(fonts->files[0].sha256.size(), 64U);
  const auto folder = std::filesystem::temp_directory_path() / ("vanthu-fonts-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const auto missing = OpenFonts(folder);
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::kMissingResource);
  for (const char* name : {"TIMES.TTF", "timesbd.ttf", "timesi.ttf", "timesbi.ttf"})
    std::ofstream(folder / name) << "not a font";
  const auto broken = OpenFonts(folder);
  ASSERT_FALSE(broken.has_value());
  EXPECT_THAT(broken.error().message.en, HasSubstr("not TrueType"));
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace vanthu::type
