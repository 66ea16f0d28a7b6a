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
  Result<std::string> pdf;
  build(1, &next, &info, &pdf);
  ASSERT_TRUE(pdf.has_value());
  EXPECT_EQ(*pdf, OnePage(RasterPage()).value());
}

}  // namespace
}  // namespace vanthu::ocr
