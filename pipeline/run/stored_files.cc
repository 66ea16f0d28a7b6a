#include "pipeline/run/stored_files.h"

#include <fmt/format.h>

#include <chrono>

#include "pipeline/layout/text.h"
#include "pipeline/record/json.h"
#include "pipeline/record/page_text.h"
#include "pipeline/record/xml.h"
#include "pipeline/run/recogniser.h"

namespace vanthu::run {
namespace {

const char* OriginalName(intake::FileKind kind) {
  switch (kind) {
    case intake::FileKind::kPdf:
      return "original.pdf";
    case intake::FileKind::kTiff:
      return "original.tif";
    case intake::FileKind::kJpeg:
      return "original.jpg";
    case intake::FileKind::kPng:
      return "original.png";
  }
  return "original";
}

// Vietnam has had one zone without summer time since 1975.
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

// TT 05/2025/TT-BNV: 200 dpi for administrative documents.
constexpr Dpi kArchiveDpi{200};

// One page of the archive copy: its own picture where it is one JPEG, else rendered.
Result<ocr::ArchivePage> MakeArchivePage(const Digitised& digitised, int index, bool own_pictures) {
  const LayoutPage& layout = digitised.layout.pages[static_cast<std::size_t>(index)];
  ocr::ArchivePage page;
  const Box shown = layout.to_source.Map(Box{0, 0, layout.width_pt, layout.height_pt});
  page.width_pt = shown.width();
  page.height_pt = shown.height();
  page.to_source = layout.to_source;
  for (const Line& line : layout.lines)
    page.words.insert(page.words.end(), line.words.begin(), line.words.end());
  const auto image = digitised.document->SoleImage(index);
  if (own_pictures && image && *image) {
    page.jpeg = std::move((*image)->jpeg);
    page.jpeg_width_px = (*image)->width_px;
    page.jpeg_height_px = (*image)->height_px;
    page.jpeg_components = (*image)->components;
    page.jpeg_to_page = (*image)->image_to_page;
    return page;
  }
  Result<Raster> raster = digitised.document->RenderPage(index, kArchiveDpi);
  if (!raster) return Fail(raster.error());
  page.raster = std::move(*raster);
  return page;
}

Result<std::string> MakeArchiveCopy(const Digitised& digitised, const Heartbeat& heartbeat) {
  const int count = digitised.document->page_count();
  ocr::ArchiveInfo info;
  const Header& header = digitised.record.header;
  if (header.subject) info.title = (header.type_name ? *header.type_name + " " : "") + *header.subject;
  info.document_id = digitised.record.source.sha256;
  info.created_iso = NowInVietnam();
  const auto build = [&](bool own_pictures) {
    const auto next = [&](int index) {
      heartbeat(count, count);  // a sign of life: the pages themselves are done
      return MakeArchivePage(digitised, index, own_pictures);
    };
    return WriteArchivePdf(count, next, info);
  };
  Result<std::string> copy = build(true);
  // A picture that PDF/A cannot hold as it is (CMYK, arithmetic coding, broken) is drawn anew.
  const bool again =
      !copy && (copy.error().code == ErrorCode::kNotAccepted || copy.error().code == ErrorCode::kDamaged);
  return again ? build(false) : copy;
}

}  // namespace

Result<archive::DocumentEntry> BuildEntry(const Digitised& digitised, const Heartbeat& heartbeat) {
  archive::DocumentEntry entry;
  entry.record = digitised.record;
  entry.reading_text = layout::ReadingOrderText(digitised.layout);
  entry.files.push_back({OriginalName(digitised.document->kind()), digitised.document->bytes()});
  entry.files.push_back({"record.json", record::ToJson(digitised.record, record::JsonStyle::kIndented)});
  entry.files.push_back({"record.xml", record::ToXml(digitised.record)});
  if (digitised.document->is_signed()) {
    entry.files.push_back({"text.json", record::WordsToJson(digitised.layout)});
    return entry;
  }
  Result<std::string> copy = MakeArchiveCopy(digitised, heartbeat);
  if (!copy) return Fail(copy.error());
  entry.files.push_back({"document.pdf", std::move(*copy)});
  return entry;
}

}  // namespace vanthu::run
