#include "pipeline/intake/picture_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "pipeline/intake/picture_codec.h"

namespace vanthu::intake {

Error DamagedPicture(const char* format, std::string cause) {
  Error error;
  error.code = ErrorCode::kDamaged;
  error.message = {fmt::format("ảnh {} bị hỏng hoặc bị cắt", format),
                   fmt::format("the {} picture is damaged or cut off", format)};
  error.advice = {"Quét lại hoặc xin lại tệp từ nơi gửi", "Scan again or ask the sender for the file again"};
  error.cause = std::move(cause);
  return error;
}

Error TooManyPixels(std::int64_t width_px, std::int64_t height_px, std::int64_t max_pixels) {
  Error error;
  error.code = ErrorCode::kLimit;
  error.message = {
      fmt::format("ảnh có {} × {} điểm, giới hạn là {} điểm", width_px, height_px, max_pixels),
      fmt::format("the picture has {} × {} pixels, the limit is {} pixels", width_px, height_px, max_pixels)};
  error.advice = {"Quét lại ở 200-300 dpi hoặc tăng giới hạn số điểm ảnh",
                  "Scan again at 200 to 300 dpi or raise the limit of pixels"};
  return error;
}

namespace {

constexpr double kPtPerInch = 72;
constexpr double kNearDpi = 1.5;  // this much more than asked for is given as it is

class PictureDocument final : public Document {
 public:
  PictureDocument(FileKind kind, std::string bytes, std::string file, const Options& options)
      : kind_(kind), bytes_(std::move(bytes)), file_(std::move(file)), limits_(options.limits) {}

  Status Open();
  FileKind kind() const override { return kind_; }
  const std::string& bytes() const override { return bytes_; }
  int page_count() const override { return static_cast<int>(pages_.size()); }
  bool is_signed() const override { return false; }
  Result<Page> ReadPage(int index) override;
  Result<Page> ReadShownPage(int index) override;
  Result<Raster> RenderPage(int index, Dpi dpi) override;
  Result<std::optional<PageImage>> SoleImage(int index) override;
  Result<std::vector<Attachment>> Attachments() override { return std::vector<Attachment>(); }
  std::optional<CarriedFile> FindCarried(const std::string&) override { return std::nullopt; }

 private:
  struct Sheet {
    TiffPage tiff;
    Resolution resolution;  // along the stored axes
    double width_pt = 0;    // upright
    double height_pt = 0;
  };
  tl::unexpected<Error> FailAt(Error error, std::optional<int> page) const {
    error.file = file_;
    error.page = page;
    return Fail(std::move(error));
  }
  const Sheet& SheetAt(int index) const {
    if (index < 0 || index >= page_count()) throw std::logic_error("page index out of range");
    return pages_[static_cast<std::size_t>(index)];
  }
  Result<std::vector<TiffPage>> Inspect() const;
  Status CheckSize(const Sheet& sheet, int index) const;
  DecodeLimits Bounds() const { return {limits_.max_pixels, limits_.max_pages}; }

  FileKind kind_;
  std::string bytes_;
  std::string file_;
  Limits limits_;
  std::vector<Sheet> pages_;
};

Result<std::vector<TiffPage>> PictureDocument::Inspect() const {
  if (kind_ == FileKind::kTiff) return InspectTiff(bytes_, Bounds());
  const Result<PictureInfo> info = kind_ == FileKind::kJpeg ? InspectJpeg(bytes_) : InspectPng(bytes_);
  if (!info) return Fail(info.error());
  return std::vector<TiffPage>{{*info, 0}};
}

Status PictureDocument::Open() {
  const Result<std::vector<TiffPage>> found = Inspect();
  if (!found) return FailAt(found.error(), std::nullopt);
  if (static_cast<int>(found->size()) > limits_.max_pages) {
    Error error;
    error.code = ErrorCode::kLimit;
    error.message = {fmt::format("tệp có hơn {} trang", limits_.max_pages),
                     fmt::format("the file has more than {} pages", limits_.max_pages)};
    error.advice = {"Chia nhỏ tệp hoặc tăng giới hạn số trang", "Split the file or raise the limit of pages"};
    return FailAt(std::move(error), std::nullopt);
  }
  for (const TiffPage& page : *found) {
    Sheet sheet;
    sheet.tiff = page;
    sheet.resolution = ResolutionOf(page.info);
    sheet.width_pt = page.info.width_px / sheet.resolution.x * kPtPerInch;
    sheet.height_pt = page.info.height_px / sheet.resolution.y * kPtPerInch;
    if (page.info.orientation >= 5) std::swap(sheet.width_pt, sheet.height_pt);
    pages_.push_back(sheet);
  }
  return {};
}

Status PictureDocument::CheckSize(const Sheet& sheet, int index) const {
  if (std::max(sheet.width_pt, sheet.height_pt) <= limits_.max_side_pt) return {};
  Error error;
  error.code = ErrorCode::kLimit;
  error.message = {fmt::format("trang dài {:.0f} cm, giới hạn là {:.0f} cm",
                               std::max(sheet.width_pt, sheet.height_pt) * 2.54 / kPtPerInch,
                               limits_.max_side_pt * 2.54 / kPtPerInch),
                   fmt::format("the page is {:.0f} cm long, the limit is {:.0f} cm",
                               std::max(sheet.width_pt, sheet.height_pt) * 2.54 / kPtPerInch,
                               limits_.max_side_pt * 2.54 / kPtPerInch)};
  error.advice = {"Kiểm tra độ phân giải ghi trong ảnh", "Check the resolution written in the picture"};
  return FailAt(std::move(error), index);
}

Result<Page> PictureDocument::ReadShownPage(int index) {
  return ReadPage(index);  // no words to be hidden
}

Result<Page> PictureDocument::ReadPage(int index) {
  const Sheet& sheet = SheetAt(index);
  if (Status size = CheckSize(sheet, index); !size) return Fail(size.error());
  Page page;
  page.index = index;
  page.width_pt = sheet.width_pt;
  page.height_pt = sheet.height_pt;
  if (sheet.resolution.guessed)
    page.findings.push_back(
        {Severity::kInfo, "intake.picture.dpi",
         fmt::format("Ảnh không ghi độ phân giải đáng tin; ước lượng {:.0f} dpi theo khổ A4",
                     sheet.resolution.x),
         index});
  return page;
}

Result<Raster> PictureDocument::RenderPage(int index, Dpi dpi) {
  const Sheet& sheet = SheetAt(index);
  if (Status size = CheckSize(sheet, index); !size) return Fail(size.error());
  const double asked = std::max(dpi.value, 1.0);
  const double own = std::max(sheet.resolution.x, sheet.resolution.y);
  const double used = own > kNearDpi * asked ? asked : own;  // never more than the picture has
  const PictureInfo& info = sheet.tiff.info;
  const auto wide = static_cast<int>(std::lround(info.width_px * used / sheet.resolution.x));
  const auto high = static_cast<int>(std::lround(info.height_px * used / sheet.resolution.y));
  Result<Raster> decoded = kind_ == FileKind::kTiff  ? DecodeTiff(bytes_, sheet.tiff, Bounds())
                           : kind_ == FileKind::kPng ? DecodePng(bytes_, Bounds())
                                                     : DecodeJpeg(bytes_, std::max(wide, high), Bounds());
  if (!decoded) return FailAt(decoded.error(), index);
  double scale = 1;
  if (const double pixels = static_cast<double>(wide) * high;
      pixels > static_cast<double>(limits_.max_pixels))
    scale = std::sqrt(static_cast<double>(limits_.max_pixels) / pixels);
  // Half a percent is rounding, not another resolution.
  const int to_wide = std::max(1, static_cast<int>(wide * scale)),
            to_high = std::max(1, static_cast<int>(high * scale));
  const bool same = std::abs(decoded->width_px - to_wide) <= to_wide / 200 &&
                    std::abs(decoded->height_px - to_high) <= to_high / 200;
  Raster raster = same ? std::move(*decoded) : Resample(*decoded, to_wide, to_high);
  raster.dpi = {used * (same ? static_cast<double>(raster.width_px) / wide : scale)};
  return Upright(std::move(raster), info.orientation);
}

Result<std::optional<PageImage>> PictureDocument::SoleImage(int index) {
  const Sheet& sheet = SheetAt(index);
  const PictureInfo& info = sheet.tiff.info;
  // CMYK needs a Decode array that only its own marker explains: such a picture is encoded anew.
  if (kind_ != FileKind::kJpeg || (info.components != 1 && info.components != 3))
    return std::optional<PageImage>();
  PageImage image;
  image.jpeg = bytes_;
  image.width_px = info.width_px;
  image.height_px = info.height_px;
  image.components = info.components;
  image.image_to_page = UprightAffine(info.orientation, sheet.width_pt, sheet.height_pt);
  return std::optional<PageImage>(std::move(image));
}

}  // namespace

Result<std::unique_ptr<Document>> OpenPicture(FileKind kind, std::string bytes, const std::string& file,
                                              const Options& options) {
  auto document = std::make_unique<PictureDocument>(kind, std::move(bytes), file, options);
  if (Status opened = document->Open(); !opened) return Fail(opened.error());
  return std::unique_ptr<Document>(std::move(document));
}

}  // namespace vanthu::intake
