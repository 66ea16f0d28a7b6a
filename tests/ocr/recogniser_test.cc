// The few tests that call Tesseract, and what any raster must do: end soon, in order.
#include <gtest/gtest.h>

#include "ocr/ocr.h"
#include "tests/cpu_time.h"
#include "tests/ocr/drawing.h"

namespace vanthu::ocr {
namespace {

Recogniser& TheRecogniser() {
  static const std::unique_ptr<Recogniser> recogniser = [] {
    auto made = MakeRecogniser({});
    if (!made) throw std::runtime_error(Describe(made.error(), Language::kEnglish));
    return std::move(*made);
  }();
  return *recogniser;
}

std::string TextOf(const Page& page) {
  std::string out;
  for (const Word& word : page.words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

TEST(Recogniser, NamesTheModelThatIsMissing) {
  Options options;
  options.tessdata = "/nonexistent";
  const auto made = MakeRecogniser(options);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, ErrorCode::kMissingResource);
  EXPECT_NE(made.error().advice.en.find("tesseract-ocr-vie"), std::string::npos);
}

TEST(Recogniser, ReadsATurnedSkewedPageAndSaysWhereItsWordsStand) {
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Prose(page, 20);
  cv::line(page, {400, 1200}, {700, 1200}, drawing::kBlack, 2);
  drawing::Grain(page, 3);
  cv::Mat turned;
  cv::rotate(drawing::Rotated(page, 1.0), turned, cv::ROTATE_90_CLOCKWISE);
  const auto read = TheRecogniser().Read(drawing::ToRaster(turned, 200), 4);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->index, 4);
  EXPECT_TRUE(read->recognised);
  EXPECT_NEAR(read->width_pt, 432, 0.5);
  EXPECT_NEAR(read->height_pt, 576, 0.5);
  EXPECT_NE(TextOf(*read).find("Black little ducks fell in the hall"), std::string::npos) << TextOf(*read);
  ASSERT_EQ(read->rulings.size(), 1U);
  ASSERT_FALSE(read->words.empty());
  const Word& first = read->words.front();
  EXPECT_EQ(first.text, "The");
  EXPECT_EQ(first.glyphs.size(), 3U);
  // (120, 160) px of the upright page, turned by 1 degree about its centre, then clockwise by 90.
  const double a = 1.0 * 3.14159265 / 180;
  const double x = 600 + (120 - 600) * std::cos(a) - (160 - 800) * std::sin(a);
  const double y = 800 + (120 - 600) * std::sin(a) + (160 - 800) * std::cos(a);
  const Point start = read->to_source.Map(Point{first.box.x0, first.baseline_pt});
  EXPECT_NEAR(start.x, (1600 - y) * 0.36, 2.5);
  EXPECT_NEAR(start.y, x * 0.36, 2.5);
}

// A last page of few lines: a seal's letters, which stand every way, are no sign.
TEST(Recogniser, SeesWhichWayUpASealedPageOfFewLinesIs) {
  cv::Mat page = drawing::Paper(1200, 1600);
  for (int i = 0; i < 6; ++i) drawing::Text(page, "bold hidden ball", 700, 300 + 40 * i, drawing::kRed, 0.9);
  cv::rotate(page, page, cv::ROTATE_180);
  drawing::Prose(page, 3, 120, 160);
  for (const bool turned : {false, true}) {
    if (turned) cv::rotate(page, page, cv::ROTATE_180);
    const auto read = TheRecogniser().Read(drawing::ToRaster(page, 200), 0);
    ASSERT_TRUE(read);
    EXPECT_NE(TextOf(*read).find("hidden bell"), std::string::npos) << turned << TextOf(*read);
  }
}

TEST(Recogniser, LeavesPenWritingOutOfTheText) {
  cv::Mat page = drawing::Paper(1200, 800);
  drawing::Prose(page, 8, 120, 260);
  drawing::Text(page, "No:", 120, 160);
  drawing::Text(page, "25", 190, 162, drawing::kBlue, 1.3);
  drawing::Text(page, "/KH-UBND", 260, 160);
  const auto read = TheRecogniser().Read(drawing::ToRaster(page, 200), 0);
  ASSERT_TRUE(read);
  EXPECT_EQ(TextOf(*read).find("25"), std::string::npos) << TextOf(*read);
  ASSERT_EQ(read->marks.size(), 1U);
  EXPECT_EQ(read->marks[0].kind, MarkKind::kHandwriting);
  EXPECT_TRUE(std::any_of(read->findings.begin(), read->findings.end(),
                          [](const Finding& f) { return f.code == "ocr.handwriting"; }));
}

TEST(Recogniser, ReadsASlantedStamp) {
  cv::Mat stamp = drawing::Paper(500, 500);
  cv::rectangle(stamp, {130, 205}, {370, 275}, drawing::kRed, 3);
  cv::putText(stamp, "KHAN", {165, 255}, cv::FONT_HERSHEY_SIMPLEX, 1.6, drawing::kRed, 4, cv::LINE_AA);
  cv::Mat page = drawing::Paper(1200, 1600);
  drawing::Rotated(stamp, -14).copyTo(page(cv::Rect{60, 100, 500, 500}));
  drawing::Prose(page, 12, 120, 700);
  const auto read = TheRecogniser().Read(drawing::ToRaster(page, 200), 0);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->marks.size(), 1U);
  EXPECT_EQ(read->marks[0].text, "KHAN");
}

TEST(Recogniser, EndsSoonOnAnyRaster) {
  cv::Mat noise(900, 700, CV_8UC3);
  cv::RNG random(5);
  random.fill(noise, cv::RNG::UNIFORM, 0, 256);
  const std::pair<cv::Mat, double> pictures[] = {{cv::Mat(1, 1, CV_8U, cv::Scalar(0)), 200},
                                                 {cv::Mat(1200, 900, CV_8UC3, cv::Scalar(0, 0, 0)), 200},
                                                 {cv::Mat(1200, 900, CV_8U, cv::Scalar(255)), 200},
                                                 {noise, 200},
                                                 {noise, 0},
                                                 {noise, 1e9},
                                                 {cv::Mat(17, 24000, CV_8U, cv::Scalar(255)), 300},
                                                 {cv::Mat(6000, 20, CV_8UC3, cv::Scalar(90, 20, 200)), 300}};
  const double seconds = CpuSecondsOf([&] {
    for (const auto& [picture, dpi] : pictures)
      EXPECT_TRUE(TheRecogniser().Read(drawing::ToRaster(picture, dpi), 0))
          << picture.cols << " x " << picture.rows;
  });
  EXPECT_LT(seconds, 60);
  Raster broken;
  broken.width_px = 100;
  broken.height_px = 100;
  broken.pixels.resize(50);
  EXPECT_FALSE(TheRecogniser().Read(broken, 0));
}

}  // namespace
}  // namespace vanthu::ocr
