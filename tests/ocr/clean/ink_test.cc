#include "ocr/clean/ink.h"

#include <gtest/gtest.h>

#include "ocr/clean/background.h"
#include "ocr/clean/marks.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

// Ink on ink multiplies, as it does on paper.
void Stamp(cv::Mat& page, const cv::Mat& ink) {
  cv::Mat product;
  cv::multiply(page, ink, product, 1.0 / 255);
  page = product;
}

int DarkPixels(const cv::Mat& grey, const cv::Rect& box) {
  return cv::countNonZero(grey(box) < 128);
}

TEST(Ink, LiftsASealAndKeepsTheTextBelowIt) {
  cv::Mat plain = drawing::Paper(1200, 800);
  drawing::Prose(plain, 12);
  cv::Mat sealed = plain.clone();
  cv::Mat ink = drawing::Paper(1200, 800, {255, 255, 255});
  cv::circle(ink, {420, 400}, 140, drawing::kRed, 8, cv::LINE_AA);
  cv::circle(ink, {420, 400}, 60, drawing::kRed, -1, cv::LINE_AA);
  Stamp(sealed, ink);
  const InkLayers layers = SeparateInks(DivideBackground(sealed, 200), 200);
  const InkLayers before = SeparateInks(DivideBackground(plain, 200), 200);
  const cv::Rect seal{280, 260, 280, 280};
  cv::Mat wrong;
  cv::compare(layers.print(seal) < 128, before.print(seal) < 128, wrong, cv::CMP_NE);
  EXPECT_LT(cv::countNonZero(wrong), DarkPixels(before.print, seal) / 5);
  EXPECT_GT(cv::countNonZero(layers.red(seal)), 8000);
  EXPECT_EQ(cv::countNonZero(layers.blue), 0);
}

TEST(Ink, PutsPenIntoTheBlueLayerAlone) {
  cv::Mat page = drawing::Paper(1200, 800);
  drawing::Prose(page, 8);
  drawing::Text(page, "25", 500, 700, drawing::kBlue, 1.5);
  const InkLayers layers = SeparateInks(DivideBackground(page, 200), 200);
  EXPECT_EQ(DarkPixels(layers.print, {480, 640, 140, 80}), 0);
  EXPECT_GT(cv::countNonZero(layers.blue), 200);
  EXPECT_EQ(cv::countNonZero(layers.red), 0);
}

TEST(Ink, TakesBluishTonerForPrint) {
  cv::Mat page = drawing::Paper(1200, 800);
  for (int y = 120; y < 700; y += 48) drawing::Text(page, "Print of a tired cartridge", 120, y, {45, 45, 85});
  const InkLayers layers = SeparateInks(DivideBackground(page, 200), 200);
  EXPECT_EQ(cv::countNonZero(layers.blue), 0);
  EXPECT_GT(DarkPixels(layers.print, {100, 80, 900, 640}), 5000);
}

TEST(Ink, HasNoColourLayersForGrey) {
  const InkLayers layers = SeparateInks(cv::Mat(400, 400, CV_8U, cv::Scalar(255)), 200);
  EXPECT_TRUE(layers.red.empty());
  EXPECT_TRUE(FindPatches(layers, 200).empty());
}

TEST(Marks, TellsSealSignatureAndHandwritingApart) {
  cv::Mat page = drawing::Paper(1654, 1400);
  drawing::Prose(page, 6);
  cv::circle(page, {700, 900}, 140, drawing::kRed, 8, cv::LINE_AA);
  cv::ellipse(page, {1200, 900}, {250, 90}, 10, 0, 330, drawing::kBlue, 4, cv::LINE_AA);
  drawing::Text(page, "25", 300, 700, drawing::kBlue, 1.5);
  const auto patches = FindPatches(SeparateInks(DivideBackground(page, 200), 200), 200);
  const auto count = [&](MarkKind kind) {
    return std::count_if(patches.begin(), patches.end(), [&](const InkPatch& p) { return p.kind == kind; });
  };
  EXPECT_EQ(count(MarkKind::kSeal), 1);
  EXPECT_EQ(count(MarkKind::kSignature), 1);
  EXPECT_EQ(count(MarkKind::kHandwriting), 1);
  EXPECT_EQ(patches.size(), 3U);
}

TEST(Background, FlattensALampThatFallsOff) {
  cv::Mat page = drawing::Paper(1200, 1200);
  drawing::Prose(page, 20);
  for (int y = 0; y < page.rows; ++y)
    for (int x = 0; x < page.cols; ++x) page.at<cv::Vec3b>(y, x) *= 1 - 0.35 * x / page.cols;
  const cv::Mat white = DivideBackground(page, 200);
  EXPECT_NEAR(cv::mean(white(cv::Rect{0, 1140, 50, 40}))[0], 255, 3);
  EXPECT_NEAR(cv::mean(white(cv::Rect{1140, 1140, 50, 40}))[0], 255, 3);
}

}  // namespace
}  // namespace vanthu::ocr
