// Bytes -> Pages. Input: a PDF, TIFF, JPEG or PNG file, told apart by its first bytes, never by its name.
// Output: a document whose pages are read one at a time, so that a long file never stands in memory as a
// whole.
//
// Each page is judged alone: its text layer is trusted only if it is visible and its syllables are valid
// Vietnamese (legacy TCVN3 and VNI runs are converted first). A page that is not trusted has no words; the
// caller renders it. The file is never altered. One document per thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/page.h"
#include "pipeline/model/raster.h"

namespace vanthu::intake {

// Sane for an office; every one is an option of the command line.
struct Limits {
  std::uint64_t max_bytes = 2ull << 30;
  int max_pages = 5000;
  double max_side_pt = 72 * 79;           // 2 m: a larger page is no office document
  std::int64_t max_pixels = 120'000'000;  // of one rendered or decoded page (A2 at 400 dpi)
  // Of a document's own data, inflated: a record of 10,000 rows has 15 MB.
  std::uint64_t max_carried_bytes = 32u << 20;
};

struct Options {
  std::optional<std::string> password;
  Limits limits;
};

enum class FileKind { kPdf, kTiff, kJpeg, kPng };

struct Attachment {
  std::string name;
  std::string bytes;
};

// The one file that a document carries as the data it was made of (PDF/A-3: associated, relationship Source).
struct CarriedFile {
  enum class State {
    kWhole,       // one object, reached by both routes, as old as the document or its first signature
    kSeveral,     // more than one of that name
    kOneRoute,    // only associated, or only among the embedded files: some readers do not see it
    kLater,       // added or changed by an update after the first revision, or after the first signature
    kTooLarge,    // over Limits::max_carried_bytes
    kUnreadable,  // no stream, or encoded as no writer of PDF/A-3 does
  };
  State state = State::kUnreadable;
  std::string bytes;  // of kWhole
};

// A page's own picture, where the page is nothing but one JPEG that covers it: it goes into the archive copy
// untouched.
struct PageImage {
  std::string jpeg;  // the encoded bytes
  int width_px = 0;
  int height_px = 0;
  int components = 3;
  Affine image_to_page;  // unit square (PDF image space, y down) -> page points
};

class Document {
 public:
  virtual ~Document() = default;
  virtual FileKind kind() const = 0;
  virtual const std::string& bytes() const = 0;  // the file, byte for byte
  virtual int page_count() const = 0;
  virtual bool is_signed() const = 0;  // has a signature with a byte range: must stay untouched
  // Words, rulings, marks; index 0-based.
  virtual Result<Page> ReadPage(int index) = 0;
  // The same without the words whose ink is not found where the page is drawn: white, covered, clipped text,
  // however it was done. Takes the time of drawing the page twice. A finding counts what was left out.
  virtual Result<Page> ReadShownPage(int index) = 0;
  // The page with its annotations, upright as a viewer shows it (the file's /Rotate applied), RGB or grey.
  // A picture file gives its own pixels where they are near `dpi`. Lowers dpi to stay under max_pixels.
  virtual Result<Raster> RenderPage(int index, Dpi dpi) = 0;
  virtual Result<std::optional<PageImage>> SoleImage(int index) = 0;
  virtual Result<std::vector<Attachment>> Attachments() = 0;
  // None where nothing of that name is carried, or only another program's (another relationship).
  virtual std::optional<CarriedFile> FindCarried(const std::string& name) = 0;
};

// Errors: kUnreadable, kDamaged, kNotAccepted, kPassword, kLimit, each with its advice.
Result<std::unique_ptr<Document>> OpenDocument(const std::filesystem::path& path, const Options& options);

// The same from bytes in memory; `name` stands for the file in messages.
Result<std::unique_ptr<Document>> ParseDocument(std::string bytes, const std::string& name,
                                                const Options& options);

}  // namespace vanthu::intake
