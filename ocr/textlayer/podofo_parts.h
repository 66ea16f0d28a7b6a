// What both ways of making a PDF/A file share: output as a string, streams, metadata, output intent. Private
// to the room; only .cc files that speak PoDoFo include it.
#pragma once

#include <podofo/podofo.h>

#include <ostream>
#include <streambuf>
#include <string>

#include "ocr/textlayer/textlayer.h"
#include "pipeline/base/error.h"

namespace vanthu::ocr {

// What PoDoFo writes, as a string. It asks where it stands and seeks there, so a position is kept.
class StringBuffer : public std::streambuf {
 public:
  std::string bytes;

 protected:
  std::streamsize xsputn(const char* data, std::streamsize size) override {
    const auto length = static_cast<std::size_t>(size);
    const std::size_t over = std::min(length, bytes.size() - at_);  // only where it sought back
    std::copy(data, data + over, bytes.begin() + static_cast<std::ptrdiff_t>(at_));
    bytes.append(data + over, length - over);
    at_ += length;
    return size;
  }
  int_type overflow(int_type c) override {
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    const char byte = traits_type::to_char_type(c);
    xsputn(&byte, 1);
    return c;
  }
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override {
    const std::size_t base = from == std::ios_base::beg ? 0 : from == std::ios_base::cur ? at_ : bytes.size();
    return seekpos(static_cast<off_type>(base) + offset, which);
  }
  pos_type seekpos(pos_type to, std::ios_base::openmode) override {
    const auto offset = static_cast<off_type>(to);
    if (offset < 0 || static_cast<std::size_t>(offset) > bytes.size()) return pos_type(off_type(-1));
    at_ = static_cast<std::size_t>(offset);
    return to;
  }

 private:
  std::size_t at_ = 0;  // <= bytes.size()
};

Error PodofoError(const PoDoFo::PdfError& failure);

// The sRGB profile; kMissingResource where lcms2 cannot make it.
Result<std::string> ReadProfile();

// Set a new object's stream and hand out its reference: an immediate writer deletes an object with a stream
// as soon as the next one begins. Raw: as it is, its /Filter in the dictionary already, or none.
PoDoFo::PdfReference SetRaw(PoDoFo::PdfObject* object, const std::string& bytes);
PoDoFo::PdfReference SetCompressed(PoDoFo::PdfObject* object, const std::string& bytes);

// /Info, XMP and output intent, replacing what is there.
void AddInfo(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& trailer, const ArchiveInfo& info);
void AddMetadata(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& catalog, const ArchiveInfo& info);
void AddOutputIntent(PoDoFo::PdfVecObjects& objects, PoDoFo::PdfObject& catalog, const std::string& profile);

}  // namespace vanthu::ocr
