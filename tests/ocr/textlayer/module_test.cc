#include "ocr/textlayer/module.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "page_sample.h"
#include "pipeline/base/file.h"

namespace vanthu::ocr {
namespace {

TEST(Module, BuildsACopyWhenLoadedLate) {
  void* module = ::dlopen((ModuleFolder() / kTextLayerModuleFile).c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(module, nullptr) << ::dlerror();
  auto* build = reinterpret_cast<BuildArchivePdfFunction*>(::dlsym(module, kBuildArchivePdfSymbol));
  ASSERT_NE(build, nullptr);
  const std::function<Result<ArchivePage>(int)> next = [](int) -> Result<ArchivePage> {
    return RasterPage();
  };
  const ArchiveInfo info = Info();
  std::stringbuf pdf(std::ios_base::out);
  Status status;
  build(1, &next, &info, &pdf, &status);
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(pdf.str(), OnePage(RasterPage()).value());

  auto* make = reinterpret_cast<MakeArchivalFunction*>(::dlsym(module, kMakeArchivalSymbol));
  ASSERT_NE(make, nullptr);
  const std::string original = pdf.str();
  std::stringbuf kept(std::ios_base::out);
  make(&original, &info, &kept, &status);
  ASSERT_TRUE(status.has_value());
  EXPECT_TRUE(kept.str().starts_with("%PDF-1.7"));

  auto* encode = reinterpret_cast<EncodeJpegFunction*>(::dlsym(module, kEncodeJpegSymbol));
  ASSERT_NE(encode, nullptr);
  const Raster drawing = Drawing(40, 30, 3);
  Result<std::string> jpeg;
  encode(&drawing, 75, &jpeg);
  EXPECT_EQ(jpeg.value(), EncodeJpeg(drawing, 75).value());
}

}  // namespace
}  // namespace vanthu::ocr
