// A PDF with a signature whose bytes are right and whose cryptography is none: for tests of structure alone.
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "tests/signing/pdf/hand_written.h"

namespace vanthu::signing {

// Object 4 is the field, 5 the signature, in the only revision. Change what is to be wrong, then Bytes().
struct Unsealed {
  std::string contents = "/Contents<3003020107000000>";
  std::string range;  // instead of the right one
  std::string sub_filter = "/SubFilter/ETSI.CAdES.detached";
  std::string before_contents;
  std::string gap_at = "/Contents";               // whose value the gap is
  std::array<long long, 4> shift = {0, 0, 0, 0};  // added to the right numbers
  std::size_t end_before = 0;                     // bytes at the end that are not signed
  std::string field_value = "/V 5 0 R";
  bool in_field = false;

  pdf::HandWritten File() const {
    pdf::HandWritten file;
    file.AddPage();
    file.Add(3, "<</Type/Page/Parent 2 0 R/Annots[4 0 R]>>");
    file.Add(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[4 0 R]>>>>");
    const std::string numbers = kPlace;
    const std::string signature = "<</Type/Sig/Filter/Adobe.PPKLite" + sub_filter + before_contents +
                                  contents + (range == kNone ? numbers : range) + ">>";
    file.Add(4, "<</FT/Sig/T(S)/Type/Annot/Subtype/Widget/Rect[0 0 0 0]" +
                    (in_field ? "/V " + signature : field_value) + ">>");
    if (!in_field) file.Add(5, signature);
    file.End();
    Fill(file.bytes);
    return file;
  }
  std::string Bytes() const { return File().bytes; }

  Unsealed() { range = kNone; }

 private:
  static constexpr const char* kNone = "as it should be";
  static constexpr const char* kPlace =
      "/ByteRange[0000000000000000000 0000000000000000000 0000000000000000000 0000000000000000000]";

  void Fill(std::string& bytes) const {
    const std::size_t place = bytes.find(kPlace);
    if (place == std::string::npos) return;
    const std::size_t begin = bytes.find('<', bytes.find(gap_at + "<"));
    const std::size_t end = begin == std::string::npos ? 0 : bytes.find('>', begin) + 1;
    const std::size_t literal = bytes.find("/Contents(");
    const std::array<long long, 4> right =
        literal != std::string::npos
            ? std::array<long long, 4>{0, static_cast<long long>(literal + 9),
                                       static_cast<long long>(bytes.find(')', literal) + 1), 0}
            : std::array<long long, 4>{0, static_cast<long long>(begin), static_cast<long long>(end), 0};
    const long long rest = static_cast<long long>(bytes.size() - end_before) - right[2];
    std::array<char, 200> text{};
    std::snprintf(text.data(), text.size(), "/ByteRange[%lld %lld %lld %lld", right[0] + shift[0],
                  right[1] + shift[1], right[2] + shift[2], rest + shift[3]);
    std::string filled = text.data();
    filled.resize(std::string_view(kPlace).size() - 1, ' ');
    bytes.replace(place, filled.size(), filled);
  }
};

// One more revision with one more object.
inline std::string Appended(const std::string& bytes, std::string_view body, int number = 90) {
  pdf::HandWritten file("");
  file.bytes = bytes;
  file.prev = std::stoul(bytes.substr(bytes.rfind("startxref") + 10));
  file.size = number + 1;
  file.Add(number, body);
  file.End();
  return file.bytes;
}

}  // namespace vanthu::signing
