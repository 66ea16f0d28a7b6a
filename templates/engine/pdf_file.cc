#include "templates/engine/pdf_file.h"

#include <zlib.h>

#include <stdexcept>

#include <fmt/format.h>

#include "pipeline/base/file.h"

namespace vanthu::templates {
namespace {

constexpr int kLevel = 6;  // zlib's default: 9 takes twice the time for 1 % less

std::string Deflated(std::string_view data) {
  uLongf size = compressBound(data.size());
  std::string out(size, '\0');
  const int done = compress2(reinterpret_cast<Bytef*>(out.data()), &size,
                             reinterpret_cast<const Bytef*>(data.data()), data.size(), kLevel);
  if (done != Z_OK) throw std::bad_alloc();  // the only other cause, a small buffer, is ruled out
  out.resize(size);
  return out;
}

}  // namespace

PdfFile::PdfFile(bool compress, bool pdf_1_4) : compress_(compress) {
  // ISO 19005-1, 6.1.2: four bytes above 127 in a comment on the second line.
  bytes_ = fmt::format("%PDF-1.{}\n%\xE2\xE3\xCF\xD3\n", pdf_1_4 ? 4 : 7);
}

int PdfFile::Reserve() {
  offsets_.push_back(0);
  return static_cast<int>(offsets_.size());
}

void PdfFile::Begin(int object) {
  offsets_[static_cast<std::size_t>(object) - 1] = bytes_.size();
  fmt::format_to(std::back_inserter(bytes_), "{} 0 obj\n", object);
}

void PdfFile::Write(int object, std::string_view body) {
  Begin(object);
  bytes_.append(body);
  bytes_.append("\nendobj\n");
}

void PdfFile::WriteStream(int object, std::string_view entries, std::string_view data, bool plain) {
  Begin(object);
  const bool deflate = compress_ && !plain;
  const std::string packed = deflate ? Deflated(data) : std::string();
  const std::string_view body = deflate ? std::string_view(packed) : data;
  fmt::format_to(std::back_inserter(bytes_), "<<{}{}/Length {}>>\nstream\n", entries,
                 deflate ? "/Filter/FlateDecode" : "", body.size());
  bytes_.append(body);
  bytes_.append("\nendstream\nendobj\n");
}

std::string PdfFile::Finish(int root, int info) && {
  const std::string id = Sha256Hex(bytes_).substr(0, 32);
  const std::size_t table = bytes_.size();
  fmt::format_to(std::back_inserter(bytes_), "xref\n0 {}\n0000000000 65535 f \n", offsets_.size() + 1);
  for (const std::uint64_t offset : offsets_) {
    if (offset == 0) throw std::logic_error("a PDF object was reserved and never written");
    fmt::format_to(std::back_inserter(bytes_), "{:010} 00000 n \n", offset);
  }
  fmt::format_to(std::back_inserter(bytes_),
                 "trailer\n<</Size {}/Root {} 0 R/Info {} 0 R/ID[<{}><{}>]>>\nstartxref\n{}\n%%EOF\n",
                 offsets_.size() + 1, root, info, id, id, table);
  return std::move(bytes_);
}

}  // namespace vanthu::templates
