#include "templates/engine/pdf_file.h"

#include <zlib.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"

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

void AppendNumber(std::string& out, double value) {
  long long thousandths = std::llround(value * 1000);
  if (thousandths < 0) {
    out += '-';
    thousandths = -thousandths;
  }
  char digits[24];
  char* at = digits + sizeof digits;
  int decimals = 3;
  while (decimals > 0 && thousandths % 10 == 0) {
    thousandths /= 10;
    --decimals;
  }
  for (; decimals > 0; --decimals, thousandths /= 10) {
    *--at = static_cast<char>('0' + thousandths % 10);
    if (decimals == 1) *--at = '.';
  }
  do *--at = static_cast<char>('0' + thousandths % 10);
  while ((thousandths /= 10) != 0);
  out.append(at, digits + sizeof digits);
}

std::string Number(double value) {
  std::string out;
  AppendNumber(out, value);
  return out;
}

std::string Reference(int object) {
  return fmt::format("{} 0 R", object);
}

std::string TextString(std::string_view utf8) {
  const auto plain = [](char c) { return c >= 0x20 && c < 0x7F && c != '(' && c != ')' && c != '\\'; };
  if (std::all_of(utf8.begin(), utf8.end(), plain)) return fmt::format("({})", utf8);
  return "<FEFF" + Utf16Hex(utf8) + ">";
}

std::string Utf16Hex(std::string_view utf8) {
  std::string out;
  for (const char32_t c : ToCodePoints(utf8)) {
    const auto code = static_cast<std::uint32_t>(c);
    if (code < 0x10000)
      fmt::format_to(std::back_inserter(out), "{:04X}", code);
    else
      fmt::format_to(std::back_inserter(out), "{:04X}{:04X}", 0xD800 + ((code - 0x10000) >> 10),
                     0xDC00 + ((code - 0x10000) & 0x3FF));
  }
  return out;
}

std::string NameOf(std::string_view text) {
  std::string out = "/";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool regular =
        byte > 0x20 && byte < 0x7F && std::string_view("()<>[]{}/%#").find(c) == std::string_view::npos;
    if (regular)
      out += c;
    else
      out += fmt::format("#{:02X}", byte);
  }
  return out;
}

}  // namespace vanthu::templates
