#include "ocr/recognise/engine.h"

#include <tesseract/baseapi.h>
#include <tesseract/resultiterator.h>

#include <cmath>
#include <cstdlib>
#include <system_error>

namespace vanthu::ocr {
namespace {

constexpr const char* kDebianModels = "/usr/share/tesseract-ocr/5/tessdata";

Error MissingModel(const std::filesystem::path& folder, const std::string& language) {
  Error error;
  error.code = ErrorCode::kMissingResource;
  error.message = {"Thiếu mô hình nhận dạng chữ “" + language + "” của Tesseract",
                   "Tesseract's model \"" + language + "\" is missing"};
  error.advice = {"Cài gói tesseract-ocr-" + language + " hoặc đặt TESSDATA_PREFIX",
                  "Install the package tesseract-ocr-" + language + " or set TESSDATA_PREFIX"};
  error.file = (folder / (language + ".traineddata")).string();
  return error;
}

}  // namespace

std::filesystem::path ModelFolder(const std::filesystem::path& given) {
  if (!given.empty()) return given;
  // Read once, before any thread of ours starts.
  const char* prefix = std::getenv("TESSDATA_PREFIX");  // NOLINT(concurrency-mt-unsafe)
  if (prefix != nullptr && *prefix != '\0') return prefix;
  return kDebianModels;
}

struct Engine::Impl {
  tesseract::TessBaseAPI api;
};

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::Open(const std::filesystem::path& tessdata,
                                             const std::string& language) {
  const std::filesystem::path folder = ModelFolder(tessdata);
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(folder / (language + ".traineddata"), ignored))
    return Fail(MissingModel(folder, language));
  auto impl = std::make_unique<Impl>();
  // Variables that Init reads must be given to it.
  std::vector<std::string> names{"debug_file"};
  std::vector<std::string> values{"/dev/null"};
  if (impl->api.Init(folder.c_str(), language.c_str(), tesseract::OEM_LSTM_ONLY, nullptr, 0, &names, &values,
                     false) != 0)
    return Fail(MissingModel(folder, language));
  impl->api.SetPageSegMode(tesseract::PSM_SINGLE_LINE);
  impl->api.SetVariable("tessedit_do_invert", "0");
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

ReadLine Engine::Read(const cv::Mat& picture, double dpi) {
  ReadLine line;
  if (picture.empty() || picture.type() != CV_8UC1) return line;
  tesseract::TessBaseAPI& api = impl_->api;
  api.SetImage(picture.data, picture.cols, picture.rows, 1, static_cast<int>(picture.step));
  api.SetSourceResolution(static_cast<int>(std::lround(dpi)));
  if (api.Recognize(nullptr) != 0) {
    api.Clear();
    return line;
  }
  const std::unique_ptr<tesseract::ResultIterator> it(api.GetIterator());
  if (it != nullptr) {
    do {
      const std::unique_ptr<char[]> text(it->GetUTF8Text(tesseract::RIL_SYMBOL));
      if (text == nullptr || text[0] == '\0') continue;
      if (line.empty() || it->IsAtBeginningOf(tesseract::RIL_WORD)) {
        line.emplace_back();
        line.back().confidence = it->Confidence(tesseract::RIL_WORD) / 100.0;
      }
      Symbol symbol;
      symbol.text = text.get();
      symbol.confidence = it->Confidence(tesseract::RIL_SYMBOL) / 100.0;
      int x0 = 0;
      int y0 = 0;
      int x1 = 0;
      int y1 = 0;
      if (it->BoundingBox(tesseract::RIL_SYMBOL, &x0, &y0, &x1, &y1)) {
        symbol.x0 = x0;
        symbol.x1 = x1;
      }
      line.back().symbols.push_back(std::move(symbol));
    } while (it->Next(tesseract::RIL_SYMBOL));
  }
  api.Clear();
  return line;
}

}  // namespace vanthu::ocr
