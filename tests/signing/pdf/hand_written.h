// PDF files written by hand, byte by byte, as tests need them: also wrong ones.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace vanthu::signing::pdf {

// Revision by revision: objects, then End*(), which writes the cross-reference section and the tail.
class HandWritten {
 public:
  explicit HandWritten(std::string_view header = "%PDF-1.7\n") : bytes(header) {}

  // Writes "number 0 obj\n<body>\nendobj\n"; returns the offset of the number.
  std::size_t Add(int number, std::string_view body, int generation = 0) {
    offsets[number] = {bytes.size() - origin, generation};
    const std::size_t at = bytes.size();
    bytes += std::to_string(number) + " " + std::to_string(generation) + " obj\n";
    bytes += body;
    bytes += "\nendobj\n";
    return at;
  }
  std::size_t AddStream(int number, std::string_view entries, std::string_view data) {
    return Add(number, "<<" + std::string(entries) + "/Length " + std::to_string(data.size()) +
                           ">>\nstream\n" + std::string(data) + "\nendstream");
  }
  // A page of nothing: catalog 1, tree 2, page 3.
  HandWritten& AddPage() {
    Add(1, "<</Type/Catalog/Pages 2 0 R>>");
    Add(2, "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 200 100]>>");
    Add(3, "<</Type/Page/Parent 2 0 R>>");
    return *this;
  }

  // The section alone, without the tail: a table of what was added since the last section.
  void Table(std::string_view trailer = "") {
    section = bytes.size() - origin;
    bytes += "xref\n";
    if (prev == 0) bytes += "0 1\n0000000000 65535 f \n";
    for (const auto& [number, place] : offsets) {
      bytes += std::to_string(number) + " 1\n" + Digits(place.first, 10) + " " +
               Digits(static_cast<std::size_t>(place.second), 5) + " n \n";
      if (number >= size) size = number + 1;
    }
    bytes +=
        "trailer\n<</Size " + std::to_string(size) + "/Root 1 0 R" + Prev() + std::string(trailer) + ">>\n";
  }
  // An uncompressed cross-reference stream as object `number`. `packed`: object -> (stream, index).
  void Stream(int number, const std::map<int, std::pair<int, int>>& packed = {},
              std::string_view trailer = "") {
    offsets[number] = {bytes.size() - origin, 0};
    section = bytes.size() - origin;
    std::string index;
    std::string data;
    const auto row = [&](int entry, int kind, std::size_t second, std::size_t third) {
      index += std::to_string(entry) + " 1 ";
      data += static_cast<char>(kind);
      for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>(second >> shift);
      data += static_cast<char>(third);
      if (entry >= size) size = entry + 1;
    };
    for (const auto& [entry, place] : offsets)
      row(entry, 1, place.first, static_cast<std::size_t>(place.second));
    for (const auto& [entry, place] : packed)
      row(entry, 2, static_cast<std::size_t>(place.first), static_cast<std::size_t>(place.second));
    AddStream(number,
              "/Type/XRef/W[1 4 1]/Index[" + index + "]/Size " + std::to_string(size) + "/Root 1 0 R" +
                  Prev() + std::string(trailer),
              data);
  }
  void Tail() {
    bytes += "startxref\n" + std::to_string(section) + "\n%%EOF\n";
    prev = section;
    offsets.clear();
  }
  HandWritten& End(std::string_view trailer = "") {
    Table(trailer);
    Tail();
    return *this;
  }
  HandWritten& EndStream(int number, const std::map<int, std::pair<int, int>>& packed = {},
                         std::string_view trailer = "") {
    Stream(number, packed, trailer);
    Tail();
    return *this;
  }

  std::string bytes;
  std::size_t origin = 0;                              // offsets count from here
  std::map<int, std::pair<std::size_t, int>> offsets;  // of this revision; generation
  std::size_t section = 0;
  std::size_t prev = 0;
  int size = 1;

 private:
  static std::string Digits(std::size_t value, std::size_t width) {
    const std::string text = std::to_string(value);
    return std::string(width - text.size(), '0') + text;
  }
  std::string Prev() const { return prev > 0 ? "/Prev " + std::to_string(prev) : ""; }
};

}  // namespace vanthu::signing::pdf
