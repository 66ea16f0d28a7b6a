#include "pipeline/intake/sniff.h"

#include <array>

namespace vanthu::intake {
namespace {

using namespace std::string_view_literals;

struct OtherRow {
  std::string_view magic;
  const char* vi;
  const char* en;
};

constexpr std::array<OtherRow, 12> kOthers = {{
    {"PK\x03\x04"sv, "tệp ZIP hoặc Office (docx, xlsx, …)", "a ZIP or Office file (docx, xlsx, …)"},
    {"\xD0\xCF\x11\xE0"sv, "tệp Office cũ (doc, xls, …)", "an old Office file (doc, xls, …)"},
    {"{\\rtf"sv, "tệp RTF", "an RTF file"},
    {"<?xml"sv, "tệp XML", "an XML file"},
    {"<!DOCTYPE"sv, "trang HTML", "an HTML page"},
    {"<html"sv, "trang HTML", "an HTML page"},
    {"GIF8"sv, "ảnh GIF", "a GIF picture"},
    {"BM"sv, "ảnh BMP", "a BMP picture"},
    {"RIFF"sv, "ảnh WebP", "a WebP picture"},
    {"\0\0\0\x0CjP  "sv, "ảnh JPEG 2000", "a JPEG 2000 picture"},
    {"Rar!"sv, "tệp RAR", "a RAR file"},
    {"%!PS"sv, "tệp PostScript", "a PostScript file"},
}};

bool StartsWith(std::string_view bytes, std::string_view magic) {
  return bytes.substr(0, magic.size()) == magic;
}

}  // namespace

std::optional<FileKind> SniffKind(std::string_view bytes) {
  if (StartsWith(bytes, "\xFF\xD8\xFF"sv)) return FileKind::kJpeg;
  if (StartsWith(bytes, "\x89PNG\r\n\x1A\n"sv)) return FileKind::kPng;
  if (StartsWith(bytes, "II*\0"sv) || StartsWith(bytes, "MM\0*"sv) || StartsWith(bytes, "II+\0"sv) ||
      StartsWith(bytes, "MM\0+"sv))
    return FileKind::kTiff;
  // ISO 32000-1, annex H, implementation note 13: the header may stand anywhere in the first 1024 bytes.
  if (bytes.substr(0, 1024).find("%PDF-") != std::string_view::npos) return FileKind::kPdf;
  return std::nullopt;
}

Message SniffOther(std::string_view bytes) {
  for (const OtherRow& row : kOthers)
    if (StartsWith(bytes, row.magic)) return {row.vi, row.en};
  return {};
}

}  // namespace vanthu::intake
