#include "pipeline/base/srgb_profile.h"

#include <lcms2.h>

#include <memory>

namespace vanthu {

std::string SrgbProfile() {
  const std::unique_ptr<void, int (*)(void*)> profile(cmsCreate_sRGBProfile(), cmsCloseProfile);
  if (!profile) return {};
  // Version 2: what every PDF/A part and every viewer knows.
  cmsSetProfileVersion(profile.get(), 2.1);
  cmsUInt32Number size = 0;
  if (cmsSaveProfileToMem(profile.get(), nullptr, &size) == 0) return {};
  std::string bytes(size, '\0');
  if (cmsSaveProfileToMem(profile.get(), bytes.data(), &size) == 0) return {};
  // ICC.1, 7.2.8: bytes 24-35 are the date of creation; lcms2 writes the clock's. 2020-01-01 00:00:00
  // instead.
  constexpr std::string_view kDate("\x07\xE4\x00\x01\x00\x01\x00\x00\x00\x00\x00\x00", 12);
  if (bytes.size() < 128) return {};
  bytes.replace(24, kDate.size(), kDate);
  return bytes;
}

}  // namespace vanthu
