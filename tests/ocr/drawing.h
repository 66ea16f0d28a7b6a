// Pictures drawn for the recogniser's tests: paper, text, rules and ink, as a scanner would see them.
#pragma once

#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <string>

#include "pipeline/model/raster.h"

namespace vanthu::ocr::drawing {

inline const cv::Scalar kBlack{25, 25, 25};
inline const cv::Scalar kRed{214, 38, 52};   // RGB, a seal's ink
inline const cv::Scalar kBlue{38, 62, 168};  // a pen's

inline cv::Mat Paper(int width, int height, const cv::Scalar& rgb = {250, 247, 238}) {
  return {height, width, CV_8UC3, rgb};
}

// A line of text, capitals 20 px tall, its baseline at y.
inline void Text(cv::Mat& page, const std::string& text, int x, int y, const cv::Scalar& ink = kBlack,
                 double scale = 0.9) {
  cv::putText(page, text, {x, y}, cv::FONT_HERSHEY_COMPLEX, scale, ink, 2, cv::LINE_AA);
}

// Lines of words down a page.
inline void Prose(cv::Mat& page, int lines, int left = 120, int top = 160, int step = 48) {
  const std::string words[] = {"The hidden bell that Bob held", "Black little ducks fell in the hall",
                               "full details of the bill", "Dubliners told tall tales daily"};
  for (int i = 0; i < lines; ++i) Text(page, words[i % 4], left, top + i * step);
}

inline cv::Mat Rotated(const cv::Mat& page, double clockwise_deg) {
  const cv::Mat map = cv::getRotationMatrix2D({page.cols / 2.0F, page.rows / 2.0F}, -clockwise_deg, 1);
  cv::Mat out;
  cv::warpAffine(page, out, map, page.size(), cv::INTER_CUBIC, cv::BORDER_CONSTANT, {250, 247, 238});
  return out;
}

// Grain of a sensor, the same on every run.
inline void Grain(cv::Mat& page, double sigma) {
  cv::RNG random(7);
  cv::Mat noise(page.size(), CV_16SC3);
  random.fill(noise, cv::RNG::NORMAL, 0, sigma);
  cv::Mat sum;
  page.convertTo(sum, CV_16SC3);
  sum += noise;
  sum.convertTo(page, CV_8UC3);
}

inline Raster ToRaster(const cv::Mat& page, double dpi) {
  Raster raster;
  raster.width_px = page.cols;
  raster.height_px = page.rows;
  raster.channels = page.channels();
  raster.dpi.value = dpi;
  for (int y = 0; y < page.rows; ++y) {
    const std::uint8_t* row = page.ptr(y);
    raster.pixels.insert(
        raster.pixels.end(), row,
        row + static_cast<std::size_t>(page.cols) * static_cast<std::size_t>(page.channels()));
  }
  return raster;
}

}  // namespace vanthu::ocr::drawing
