#include "pipeline/base/srgb_profile.h"

#include <lcms2.h>

#include <array>
#include <cstddef>

#include "pipeline/base/handle.h"

namespace vanthu {
namespace {

using ToneCurve = Handle<cmsToneCurve, cmsFreeToneCurve>;
using Profile = Handle<void, cmsCloseProfile>;

// IEC 61966-2-1 as a table of 256 points, one for each value of a byte. lcms2's own sRGB has 4,096, and
// Poppler, which inverts the curves for every page by searching them, then takes 0.1 s a page longer.
ToneCurve SrgbCurve() {
  constexpr std::array<cmsFloat64Number, 5> kParameters = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  const ToneCurve formula(cmsBuildParametricToneCurve(nullptr, 4, kParameters.data()));
  if (!formula) return nullptr;
  std::array<cmsUInt16Number, 256> points{};
  for (std::size_t i = 0; i < points.size(); ++i)
    points[i] = cmsEvalToneCurve16(formula.get(), static_cast<cmsUInt16Number>(i * 257));
  return ToneCurve(cmsBuildTabulatedToneCurve16(nullptr, points.size(), points.data()));
}

Profile SrgbColours() {
  const ToneCurve curve = SrgbCurve();
  if (!curve) return nullptr;
  constexpr cmsCIExyY kWhite = {0.3127, 0.3290, 1.0};  // D65
  constexpr cmsCIExyYTRIPLE kPrimaries = {
      {0.6400, 0.3300, 1.0}, {0.3000, 0.6000, 1.0}, {0.1500, 0.0600, 1.0}};
  cmsToneCurve* curves[] = {curve.get(), curve.get(), curve.get()};
  return Profile(cmsCreateRGBProfile(&kWhite, &kPrimaries, curves));
}

}  // namespace

std::string SrgbProfile() {
  const Profile profile = SrgbColours();
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
