// The module as the program loads it.
#include "ocr/module.h"

#include <dlfcn.h>
#include <gtest/gtest.h>

#include "pipeline/base/file.h"

namespace vanthu::ocr {
namespace {

TEST(Module, MakesARecogniserAndShowsNothingElse) {
  void* module = dlopen((ModuleFolder() / kModuleFile).c_str(), RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(module, nullptr) << dlerror();
  auto* make = reinterpret_cast<MakeRecogniserFunction*>(dlsym(module, kMakeRecogniserSymbol));
  ASSERT_NE(make, nullptr);
  Options missing;
  missing.tessdata = "/nonexistent";
  Result<std::unique_ptr<Recogniser>> made;
  make(&missing, &made);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kMissingResource);
  EXPECT_EQ(dlsym(module, "_ZN6vanthu3ocr14MakeRecogniserERKNS0_7OptionsE"), nullptr);
}

}  // namespace
}  // namespace vanthu::ocr
