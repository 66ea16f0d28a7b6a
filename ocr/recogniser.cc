#include <algorithm>
#include <cmath>
#include <exception>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "ocr/clean/background.h"
#include "ocr/clean/deskew.h"
#include "ocr/clean/ink.h"
#include "ocr/clean/marks.h"
#include "ocr/clean/noise.h"
#include "ocr/clean/orientation.h"
#include "ocr/clean/picture.h"
#include "ocr/ocr.h"
#include "ocr/recognise/agreement.h"
#include "ocr/recognise/doubt.h"
#include "ocr/recognise/engine.h"
#include "ocr/recognise/line_picture.h"
#include "ocr/recognise/notation.h"
#include "ocr/recognise/second.h"
#include "ocr/recognise/segment.h"
#include "ocr/recognise/shape.h"
#include "ocr/recognise/stamp.h"
#include "ocr/recognise/words.h"
#include "ocr/rulings/grid.h"
#include "pipeline/base/file.h"

namespace vanthu::ocr {
namespace {

constexpr double kMostDpi = 310;      // finer scans are reduced: the recogniser gains nothing from more
constexpr double kMostPixels = 36e6;  // of the working picture: A2 at 300 dpi
constexpr int kLeastSide = 16;        // px: smaller pictures hold no text
constexpr double kLeastXHeight = 4;   // px: nothing smaller can be told from noise
constexpr std::size_t kTrial = 40;    // lines after which a page must have shown some sense
constexpr double kSure = 0.8;         // confidence; of text a person can read nine words in ten have it
constexpr const char* kSecondModel = "Vietnamese";
constexpr double kReadAgain = 0.9;    // a line whose least sure word is below is read by the second model too
constexpr double kStampReach = 0.4;   // of the page's height: stamps of the head begin above
constexpr int kMostStamps = 4;        // a head has three at most (urgency, secrecy, arrival)
constexpr double kSureStamp = 0.6;    // confidence; what is made of it is compared with a closed list
constexpr double kLeastAngle = 0.02;  // degrees: less is not worth a resampling

// The picture as it is worked on, and the way back to the page that the raster shows.
struct Sheet {
  cv::Mat print;  // straight, upright, grey, paper white
  double dpi = 0;
  Affine to_source;              // frame points -> source points
  std::vector<Mark> marks;       // in frame points
  cv::Mat red;                   // mask of red ink, as it lies in the upright picture
  std::vector<cv::Rect> places;  // of the marks in it
};

// The resolution as told, or, where that cannot be, the one that makes the longer side an A4 sheet's.
double PlausibleDpi(const Raster& raster) {
  const double told = raster.dpi.value;
  if (std::isfinite(told) && told >= 30 && told <= 2400) return told;
  return std::max(30.0, std::max(raster.width_px, raster.height_px) / 11.69);
}

// By the print alone: on a page of few lines a seal has more edges than they.
int UprightTurn(const cv::Mat& picture, double dpi) {
  const double scale = std::min(1.0, 120 / dpi);
  dpi *= scale;
  cv::Mat small;
  cv::resize(picture, small, {}, scale, scale, cv::INTER_AREA);
  if (small.cols < kLeastSide || small.rows < kLeastSide) return 0;
  return FindUprightTurn(InkMask(SeparateInks(DivideBackground(small, dpi), dpi).print, dpi), dpi);
}

Sheet Prepare(const Raster& raster, const Options& options) {
  cv::Mat picture = View(raster);
  const double raster_dpi = PlausibleDpi(raster);
  const double pixels = static_cast<double>(picture.cols) * picture.rows;
  const double scale = std::min({1.0, kMostDpi / raster_dpi, std::sqrt(kMostPixels / pixels)});
  if (scale < 1) cv::resize(picture, picture, {}, scale, scale, cv::INTER_AREA);
  Sheet sheet;
  sheet.dpi = raster_dpi * scale;
  const cv::Size source_size = picture.size();
  const int turn = options.find_orientation ? UprightTurn(picture, sheet.dpi) : 0;
  picture = Turned(picture, turn);

  InkLayers layers = SeparateInks(DivideBackground(picture, sheet.dpi), sheet.dpi);
  layers.print = Smoothed(layers.print, sheet.dpi);
  const Skew skew = MeasureSkew(InkMask(layers.print, sheet.dpi), sheet.dpi);
  Affine straight;
  if (skew.found && std::max(std::abs(skew.across_deg), std::abs(skew.down_deg)) > kLeastAngle) {
    straight = StraightMap(layers.print.size(), skew);
    sheet.print = Straightened(layers.print, straight, 255);
  } else {
    sheet.print = layers.print;
  }
  const double point = 72 / sheet.dpi;
  const Affine to_pixels{1 / point, 0, 0, 1 / point, 0, 0};
  const Affine to_points{point, 0, 0, point, 0, 0};
  sheet.to_source = to_pixels.Then(straight).Then(Inverse(TurnMap(source_size, turn))).Then(to_points);
  const Affine to_frame = Inverse(straight).Then(to_points);
  for (const InkPatch& patch : FindPatches(layers, sheet.dpi)) {
    Mark mark;
    mark.kind = patch.kind;
    mark.box =
        to_frame.Map(Box{static_cast<double>(patch.box.x), static_cast<double>(patch.box.y),
                         static_cast<double>(patch.box.br().x), static_cast<double>(patch.box.br().y)});
    sheet.marks.push_back(std::move(mark));
    sheet.places.push_back(patch.box);
  }
  sheet.red = std::move(layers.red);
  return sheet;
}

Ruling ToRuling(const Rule& rule, double point) {
  Ruling out;
  out.horizontal = rule.horizontal;
  out.position_pt = rule.position() * point;
  out.start_pt = rule.start * point;
  out.end_pt = rule.end * point;
  out.thickness_pt = rule.thickness * point;
  out.confidence = std::clamp(rule.confidence, 0.0, 1.0);
  return out;
}

Box Scaled(const Box& b, double by) {
  return {b.x0 * by, b.y0 * by, b.x1 * by, b.y1 * by};
}

Word ToPoints(Word word, double point) {
  const auto scaled = [&](const Box& b) {
    return Box{b.x0 * point, b.y0 * point, b.x1 * point, b.y1 * point};
  };
  word.box = scaled(word.box);
  for (Glyph& glyph : word.glyphs) glyph.box = scaled(glyph.box);
  word.baseline_pt *= point;
  word.font_size_pt *= point;
  return word;
}

// Cells of all grids numbered from 1; 0 is the page around them.
int RegionAt(const std::vector<Grid>& grids, double x, double y) {
  int first = 1;
  for (const Grid& grid : grids) {
    const int cell = grid.CellAt(x, y);
    if (cell >= 0) return first + cell;
    first += grid.cells;
  }
  return 0;
}

void JudgeDoubt(double dpi, std::vector<PlacedWord>& words, Page& page) {
  const double point = 72 / dpi;
  std::vector<Mark> marks = page.marks;
  for (Mark& mark : marks) mark.box = Scaled(mark.box, 1 / point);
  DropScribble(marks, words);
  for (const Box& box : TakeHandwriting(words))
    page.marks.push_back({MarkKind::kHandwriting, Scaled(box, point), ""});
}

// Pen writing among print is never read as text: a wrong figure that looks certain is worse than a blank.
void ReportHandwriting(Page& page) {
  const bool any = std::any_of(page.marks.begin(), page.marks.end(),
                               [](const Mark& mark) { return mark.kind == MarkKind::kHandwriting; });
  if (!any) return;
  page.findings.push_back({Severity::kWarning, "ocr.handwriting",
                           "Trang có chữ viết tay, không tự đọc; cần người xem", page.index});
}

class PageRecogniser final : public Recogniser {
 public:
  PageRecogniser(Options options, std::unique_ptr<Engine> engine, std::unique_ptr<Engine> second)
      : options_(std::move(options)), engine_(std::move(engine)), second_(std::move(second)) {}

  void Settle(std::vector<Page>& pages) override {
    SettleByAgreement(pages, ReadPhrases(DataFolder() / "lexicon" / "phrases.txt"));
    DoubtNotations(pages, ReadIssuers(DataFolder() / "lexicon" / "issuers.txt"));
  }

  Result<Page> Read(const Raster& raster, int page_index) override {
    try {
      return ReadPage(raster, page_index);
    } catch (const cv::Exception& e) {
      return Fail(Broken(page_index, e.what()));
    } catch (const std::bad_alloc& e) {
      return Fail(Broken(page_index, e.what()));
    }
  }

 private:
  static Error Broken(int page_index, const std::string& cause) {
    Error error;
    error.code = ErrorCode::kDamaged;
    error.message = {"Không nhận dạng được ảnh trang", "The page's picture cannot be recognised"};
    error.page = page_index;
    error.cause = cause;
    return error;
  }

  // Stamps of the page's head: urgency and secrecy are said by them alone.
  void ReadStamps(Sheet& sheet) {
    if (sheet.red.empty()) return;
    int tried = 0;
    for (std::size_t i = 0; i < sheet.marks.size() && tried < kMostStamps; ++i) {
      if (sheet.marks[i].kind != MarkKind::kStamp || sheet.places[i].y > kStampReach * sheet.red.rows)
        continue;
      ++tried;
      const StampText read = ReadStamp(sheet.red, sheet.places[i], sheet.dpi, *engine_);
      if (read.confidence >= kSureStamp) sheet.marks[i].text = read.text;
    }
  }

  // A line with a doubtful word is read again by the second model, where it is installed.
  ReadLine ReadLineTwice(const Segmentation& segmentation, const TextLine& line, const LinePicture& picture) {
    ReadLine first = CorrectByShape(segmentation, line, picture, engine_->Read(picture.grey, picture.dpi));
    if (second_ == nullptr || LeastConfidence(first) >= kReadAgain) return first;
    const ReadLine second =
        CorrectByShape(segmentation, line, picture, second_->Read(picture.grey, picture.dpi));
    return MergeReadings(first, second);
  }

  // All lines of a page. Noise that was taken for text is given up after the first lines.
  std::vector<PlacedWord> ReadLines(const Sheet& sheet, const Segmentation& segmentation, Page& page) {
    std::vector<PlacedWord> words;
    std::size_t sure = 0;
    std::size_t read = 0;
    for (std::size_t l = 0; l < segmentation.lines.size(); ++l) {
      if (segmentation.lines[l].x_height() < kLeastXHeight) continue;
      const LinePicture picture = CutLine(sheet.print, segmentation, segmentation.lines[l], sheet.dpi);
      if (picture.grey.empty()) continue;
      const ReadLine reading = ReadLineTwice(segmentation, segmentation.lines[l], picture);
      for (PlacedWord& word : PlaceWords(segmentation, static_cast<int>(l), picture, reading)) {
        if (word.word.confidence >= kSure) ++sure;
        words.push_back(std::move(word));
      }
      if (++read % kTrial == 0 && sure * 10 < words.size()) {
        page.findings.push_back({Severity::kWarning, "ocr.unreadable",
                                 "Phần lớn trang không đọc được; cần quét lại hoặc xem bản gốc", page.index});
        break;
      }
    }
    return words;
  }

  Result<Page> ReadPage(const Raster& raster, int page_index) {
    if (View(raster).empty()) return Fail(Broken(page_index, "empty raster"));
    Page page;
    page.index = page_index;
    page.recognised = true;
    if (std::min(raster.width_px, raster.height_px) < kLeastSide) {
      const double point = 72 / PlausibleDpi(raster);
      page.width_pt = raster.width_px * point;
      page.height_pt = raster.height_px * point;
      return page;
    }
    Sheet sheet = Prepare(raster, options_);
    const double point = 72 / sheet.dpi;
    page.width_pt = sheet.print.cols * point;
    page.height_pt = sheet.print.rows * point;
    page.to_source = sheet.to_source;
    ReadStamps(sheet);
    page.marks = std::move(sheet.marks);

    cv::Mat mask = InkMask(sheet.print, sheet.dpi);
    const RuledPage ruled = FindGrids(mask, sheet.dpi);
    const std::vector<Rule> rules = ruled.Rules();
    for (const Rule& rule : rules) page.rulings.push_back(ToRuling(rule, point));
    EraseRules(rules, sheet.dpi, mask);
    const Segmentation segmentation =
        FindLines(mask, sheet.dpi, [&](double x, double y) { return RegionAt(ruled.grids, x, y); });
    std::vector<PlacedWord> words = ReadLines(sheet, segmentation, page);
    JudgeWeight(words);
    JudgeDoubt(sheet.dpi, words, page);
    ReportHandwriting(page);
    for (PlacedWord& word : words) page.words.push_back(ToPoints(std::move(word.word), point));
    return page;
  }

  Options options_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<Engine> second_;  // null: not installed
};

}  // namespace

Result<std::unique_ptr<Recogniser>> MakeRecogniser(const Options& options) {
  // Pages are read in processes side by side; OpenCV's own threads would only stand in each other's way.
  cv::setNumThreads(1);
  auto engine = Engine::Open(options.tessdata, options.language);
  if (!engine) return Fail(std::move(engine.error()));
  // The second model (Debian's tesseract-ocr-script-viet) makes doubtful lines better; nothing needs it.
  auto second = Engine::Open(options.tessdata, kSecondModel);
  return std::unique_ptr<Recogniser>(std::make_unique<PageRecogniser>(
      options, std::move(*engine), second ? std::move(*second) : std::unique_ptr<Engine>()));
}

}  // namespace vanthu::ocr
