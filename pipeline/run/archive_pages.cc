#include "pipeline/run/archive_pages.h"

#include <fmt/format.h>

#include <chrono>

namespace vanthu::run {

Result<ocr::ArchivePage> MakeArchivePage(intake::Document& document, const LayoutPage& layout, int index,
                                         bool own_pictures) {
  constexpr Dpi kArchiveDpi{200};
  ocr::ArchivePage page;
  const Box shown = layout.to_source.Map(Box{0, 0, layout.width_pt, layout.height_pt});
  page.width_pt = shown.width();
  page.height_pt = shown.height();
  page.to_source = layout.to_source;
  for (const Line& line : layout.lines)
    page.words.insert(page.words.end(), line.words.begin(), line.words.end());
  auto image = document.SoleImage(index);
  if (own_pictures && image && *image) {
    page.jpeg = std::move((*image)->jpeg);
    page.jpeg_width_px = (*image)->width_px;
    page.jpeg_height_px = (*image)->height_px;
    page.jpeg_components = (*image)->components;
    page.jpeg_to_page = (*image)->image_to_page;
    return page;
  }
  Result<Raster> raster = document.RenderPage(index, kArchiveDpi);
  if (!raster) return Fail(raster.error());
  page.raster = std::move(*raster);
  return page;
}

std::string NowInVietnam() {
  using namespace std::chrono;
  const auto local = floor<seconds>(system_clock::now() + hours(7));
  const auto day = floor<days>(local);
  const year_month_day date(day);
  const hh_mm_ss time(local - day);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+07:00", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace vanthu::run
