// Raster -> words, rulings, marks. Input: one page at 150-400 dpi, grey or RGB, any of four orientations,
// skewed up to 5 degrees, seals and signatures over its text. Output: a recognised Page in its upright frame.
//
// Method: orientation, background division, ink separation, deskew, own rulings -> cells -> lines,
// libtesseract (psm 7) one line at a time; see the files of clean/, rulings/ and recognise/ for each step's
// source and accuracy.
//
// The recogniser is loaded late (ocr/module.cc): a run over born-digital files pays nothing for it.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/page.h"
#include "pipeline/model/raster.h"

namespace vanthu::ocr {

struct Options {
  std::filesystem::path tessdata;  // empty: $TESSDATA_PREFIX, else Debian's folder
  std::string language = "vie";
  bool find_orientation = true;  // off where intake knows that the page stands upright
};

// One engine per process: Tesseract is not safe to use twice at once.
class Recogniser {
 public:
  virtual ~Recogniser() = default;
  // page.index and page.to_source (raster pixels -> points of the page as the raster shows it) are filled.
  virtual Result<Page> Read(const Raster& raster, int page_index) = 0;
  // Once all pages of a document are read: doubtful words settled by what the document says elsewhere.
  virtual void Settle(std::vector<Page>& pages) = 0;
};

// kMissingResource, with the package to install, where the model is not there.
Result<std::unique_ptr<Recogniser>> MakeRecogniser(const Options& options);

}  // namespace vanthu::ocr
