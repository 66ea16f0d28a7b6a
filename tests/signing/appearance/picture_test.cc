#include "signing/appearance/picture.h"

#include <gmock/gmock.h>

#include <array>
#include <cmath>

#include "page_pdf.h"
#include "pictures.h"
#include "tests/pipeline/intake/encode.h"

namespace vanthu::signing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Picture, SizeOnPaperIsTheFilesOrAssumed) {
  const std::string seal = SealPng(300);
  const Picture assumed = ReadPicture(seal, "s.png").value();
  EXPECT_TRUE(assumed.size_assumed);
  EXPECT_NEAR(assumed.width_pt, 72, 0.01);
  const Picture told = ReadPicture(WithResolution(seal, 200), "s.png").value();
  EXPECT_FALSE(told.size_assumed);
  EXPECT_NEAR(told.width_pt, 108, 0.05);
  EXPECT_TRUE(ReadPicture(WithResolution(seal, 3), "s.png")->size_assumed);
}

TEST(Picture, TransparencyIsKeptOrFlattenedOnWhite) {
  const Picture picture = ReadPicture(PngOf(2, 1,
                                            [](int x, int) -> std::array<std::uint8_t, 4> {
                                              return {255, 0, 0, static_cast<std::uint8_t>(x == 0 ? 128 : 0)};
                                            }),
                                      "s.png")
                              .value();
  ASSERT_EQ(picture.alpha.size(), 2U);
  EXPECT_EQ(picture.alpha[0], 128);
  const Picture flat = Flattened(picture);
  EXPECT_TRUE(flat.alpha.empty());
  EXPECT_EQ(flat.rgb, (std::vector<std::uint8_t>{255, 127, 127, 255, 255, 255}));
  const auto opaque = ReadPicture(PngOf(2, 2,
                                        [](int, int) -> std::array<std::uint8_t, 4> {
                                          return {1, 2, 3, 255};
                                        }),
                                  "o.png");
  EXPECT_TRUE(opaque->alpha.empty());
}

TEST(Picture, AJpegIsTurnedAsItsCameraWasHeld) {
  const Raster sample = test::Sample(60, 40, 3);  // black block at the top left: a quarter, an eighth
  const auto dark = [](const Picture& picture, int x, int y) {
    return picture.rgb[3 * static_cast<std::size_t>(y * picture.width_px + x)] < 100;
  };
  test::JpegForm form;
  form.dpi = 200;
  const Picture upright = ReadPicture(test::EncodeJpeg(sample, form), "s.jpg").value();
  EXPECT_NEAR(upright.width_pt, 60 * 72 / 200.0, 0.1);
  EXPECT_TRUE(dark(upright, 1, 1));
  for (int orientation = 1; orientation <= 8; ++orientation) {
    form.orientation = orientation;
    const Picture picture = ReadPicture(test::EncodeJpeg(sample, form), "s.jpg").value();
    const bool swapped = orientation >= 5;
    EXPECT_EQ(picture.width_px, swapped ? 40 : 60);
    // Where the stored top left is seen: EXIF 2.3, tag 274.
    const bool right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
    const bool bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
    EXPECT_TRUE(dark(picture, right ? picture.width_px - 2 : 1, bottom ? picture.height_px - 2 : 1))
        << orientation;
    EXPECT_FALSE(dark(picture, right ? 1 : picture.width_px - 2, bottom ? 1 : picture.height_px - 2))
        << orientation;
  }
  form.cmyk = true;
  form.orientation = 0;
  EXPECT_TRUE(dark(ReadPicture(test::EncodeJpeg(sample, form), "s.jpg").value(), 1, 1));
}

TEST(Picture, IsReducedToWhatPrintersShow) {
  Picture picture = ReadPicture(SealPng(1000), "s.png").value();
  const Picture reduced = Reduced(picture, 60, 60);  // 500 pixels at 600 dpi
  EXPECT_EQ(reduced.width_px, 500);
  EXPECT_EQ(reduced.rgb.size(), 500U * 500 * 3);
  EXPECT_EQ(reduced.alpha.size(), 500U * 500);
  const std::size_t ring = (250 * 500 + 20) * 1;  // inside the ring at the left
  EXPECT_EQ(reduced.rgb[3 * ring], 200);
  EXPECT_EQ(reduced.alpha[ring], 255);
  EXPECT_EQ(Reduced(picture, 600, 600).width_px, 1000);
}

TEST(Picture, RefusesWhatItCannotTake) {
  EXPECT_EQ(ReadPicture("GIF89a", "a.gif").error().code, ErrorCode::kNotAccepted);
  const std::string seal = SealPng(200);
  const auto cut = ReadPicture(std::string_view(seal).substr(0, seal.size() / 2), "cut.png");
  EXPECT_EQ(cut.error().code, ErrorCode::kDamaged);
  EXPECT_EQ(cut.error().file, "cut.png");
  PictureLimits limits;
  limits.most_pixels = 200 * 199;
  EXPECT_EQ(ReadPicture(seal, "s.png", limits).error().code, ErrorCode::kLimit);
  limits.most_bytes = 10;
  EXPECT_EQ(ReadPicture(seal, "s.png", limits).error().code, ErrorCode::kLimit);
  EXPECT_EQ(ReadPicture("\xFF\xD8\xFF garbage", "j.jpg").error().code, ErrorCode::kDamaged);
}

TEST(Picture, ImageObjectsHaveAProfileAndAMask) {
  KeptObjects objects(10);
  const int colours = WriteColours(objects).value();
  const int image = WritePicture(ReadPicture(SealPng(20), "s.png").value(), colours, objects);
  EXPECT_THAT(objects.bodies[colours], HasSubstr("/ICCBased"));
  EXPECT_THAT(objects.bodies[image], HasSubstr("/SMask"));
  const int flat = WritePicture(Flattened(ReadPicture(SealPng(20), "s.png").value()), colours, objects);
  EXPECT_THAT(objects.bodies[flat], Not(HasSubstr("/SMask")));
}

}  // namespace
}  // namespace vanthu::signing
