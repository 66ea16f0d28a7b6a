// Tesseract behind one door: a picture of one line of text in, symbols with boxes and confidences out.
//
// Debian's libtesseract 5.3 with the model `vie`. psm 7, no inversion, the resolution always told. The
// library's results are copied into values; its iterators do not leave this file. Not thread-safe;
// OMP_THREAD_LIMIT=1 must stand in the environment before libgomp is loaded, else one page takes eight times
// as long.
#pragma once

#include <filesystem>
#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::ocr {

struct Symbol {
  std::string text;  // UTF-8 as the model gives it
  double x0 = 0;     // pixels of the line picture
  double x1 = 0;
  double confidence = 0;  // 0..1
};

struct ReadWord {
  std::vector<Symbol> symbols;
  double confidence = 0;  // 0..1
};

using ReadLine = std::vector<ReadWord>;

class Engine {
 public:
  // kMissingResource where the model is not there.
  static Result<std::unique_ptr<Engine>> Open(const std::filesystem::path& tessdata,
                                              const std::string& language);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // `picture`: 8 bit grey, dark text on white, one line.
  ReadLine Read(const cv::Mat& picture, double dpi);

 private:
  struct Impl;
  explicit Engine(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The folder with the models: `given`, else $TESSDATA_PREFIX, else Debian's.
std::filesystem::path ModelFolder(const std::filesystem::path& given);

}  // namespace vanthu::ocr
