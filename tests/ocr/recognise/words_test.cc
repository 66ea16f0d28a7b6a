#include "ocr/recognise/words.h"

#include <gtest/gtest.h>

#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

constexpr double kDpi = 200;

TEST(Words, WithUnreadLettersBesideThemAreDoubtful) {
  cv::Mat mask = cv::Mat::zeros(200, 500, CV_8U);
  for (int i = 0; i < 6; ++i) mask(cv::Rect{100 + 20 * i, 84, 14, 16}).setTo(255);
  const Segmentation s = FindLines(mask, kDpi, [](double, double) { return 0; });
  ASSERT_EQ(s.lines.size(), 1U);
  const LinePicture picture = CutLine(255 - mask, s, s.lines[0], kDpi);
  const auto confidence = [&](int letters) {
    ReadWord word;
    word.confidence = 0.96;
    for (int i = 0; i < letters; ++i) {
      const double x0 = (100 + 20 * i - picture.left) * picture.scale;
      word.symbols.push_back({"n", x0, x0 + 14 * picture.scale, 0.96});
    }
    const std::vector<PlacedWord> placed = PlaceWords(s, 0, picture, {word});
    EXPECT_EQ(placed.size(), 1U);
    return placed.front().word.confidence;
  };
  EXPECT_DOUBLE_EQ(confidence(6), 0.96);
  EXPECT_LT(confidence(4), 0.9);
}

}  // namespace
}  // namespace vanthu::ocr
