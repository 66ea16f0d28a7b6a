#include "pipeline/intake/legacy_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace vanthu::intake {
namespace {

// TCVN 5712:1993 from 0xA1 to 0xFE. Fonts in offices have VN3, where capitals with tones do not exist: they
// are lower-case codes in a font that draws capitals (".VnTimeH"); VN1 adds the rest, and 0xB0-0xB4 as
// combining tones.
constexpr std::u32string_view kTcvn =
    U"ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮ"
    U"ẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔ"
    U"ỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ";
static_assert(kTcvn.size() == 0xFE - 0xA1 + 1);

char32_t FromTcvn(std::uint8_t byte) {
  return byte >= 0xA1 && byte <= 0xFE ? kTcvn[byte - 0xA1u] : static_cast<char32_t>(byte);
}

// VNI-Windows, lower case; capitals are 0x20 below. Letters of one byte:
struct LetterRow {
  std::uint8_t byte;
  char32_t letter;
};
constexpr std::array<LetterRow, 9> kVniLetters = {{{0xF1, U'đ'},
                                                   {0xED, U'í'},
                                                   {0xEC, U'ì'},
                                                   {0xE6, U'ỉ'},
                                                   {0xF3, U'ĩ'},
                                                   {0xF2, U'ị'},
                                                   {0xEE, U'ỵ'},
                                                   {0xF4, U'ơ'},
                                                   {0xF6, U'ư'}}};

// Marks that follow their letter: which letters they join, and the letters that result, in the same order.
struct MarkRow {
  std::uint8_t byte;
  std::u32string_view before;
  std::u32string_view after;
};
constexpr std::array<MarkRow, 17> kVniMarks = {{{0xF9, U"aeouyơư", U"áéóúýớứ"},
                                                {0xF8, U"aeouyơư", U"àèòùỳờừ"},
                                                {0xFB, U"aeouyơư", U"ảẻỏủỷởử"},
                                                {0xF5, U"aeouyơư", U"ãẽõũỹỡữ"},
                                                {0xEF, U"aeouyơư", U"ạẹọụỵợự"},
                                                {0xE2, U"aeo", U"âêô"},
                                                {0xE1, U"aeo", U"ấếố"},
                                                {0xE0, U"aeo", U"ầềồ"},
                                                {0xE5, U"aeo", U"ẩểổ"},
                                                {0xE3, U"aeo", U"ẫễỗ"},
                                                {0xE4, U"aeo", U"ậệộ"},
                                                {0xEA, U"a", U"ă"},
                                                {0xE9, U"a", U"ắ"},
                                                {0xE8, U"a", U"ằ"},
                                                {0xFA, U"a", U"ẳ"},
                                                {0xFC, U"a", U"ẵ"},
                                                {0xEB, U"a", U"ặ"}}};

char32_t Upper(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 0x20;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 0x20;
  if (c == U'ă' || c == U'đ' || c == U'ĩ' || c == U'ũ' || c == U'ơ') return c - 1;
  if (c == U'ư') return U'Ư';
  if (c >= 0x1EA0 && c <= 0x1EF9) return c & ~char32_t{1};
  return c;
}

std::uint8_t LowerByte(std::uint8_t byte) {
  return byte >= 0xC0 && byte <= 0xDF ? static_cast<std::uint8_t>(byte + 0x20) : byte;
}

char32_t VniLetter(std::uint8_t byte) {
  const std::uint8_t lower = LowerByte(byte);
  for (const LetterRow& row : kVniLetters)
    if (row.byte == lower) return lower == byte ? row.letter : Upper(row.letter);
  return byte;
}

// `letter` with the mark of `byte`, or 0 if they do not go together.
char32_t VniJoined(char32_t letter, std::uint8_t byte) {
  const std::uint8_t mark = LowerByte(byte);
  const auto joined = [&](const MarkRow& row) -> char32_t {
    if (row.byte != mark) return 0;
    for (std::size_t i = 0; i < row.before.size(); ++i) {
      if (row.before[i] == letter) return row.after[i];
      if (Upper(row.before[i]) == letter) return Upper(row.after[i]);
    }
    return 0;
  };
  for (const MarkRow& row : kVniMarks)
    if (const char32_t c = joined(row); c != 0) return c;
  return 0;
}

std::vector<char32_t> DecodeVni(std::span<const std::uint8_t> bytes) {
  std::vector<char32_t> out;
  out.reserve(bytes.size());
  std::size_t letter_at = 0;
  bool after_letter = false;
  for (const std::uint8_t byte : bytes) {
    if (after_letter) {
      if (const char32_t joined = VniJoined(out[letter_at], byte); joined != 0) {
        out[letter_at] = joined;
        out.push_back(0);
        after_letter = false;  // a letter takes one mark byte
        continue;
      }
    }
    letter_at = out.size();
    out.push_back(VniLetter(byte));
    after_letter = true;
  }
  return out;
}

}  // namespace

std::vector<char32_t> DecodeLegacy(LegacyEncoding encoding, std::span<const std::uint8_t> bytes) {
  if (encoding == LegacyEncoding::kVni) return DecodeVni(bytes);
  std::vector<char32_t> out;
  out.reserve(bytes.size());
  for (const std::uint8_t byte : bytes) {
    const char32_t code = encoding == LegacyEncoding::kNone ? byte : FromTcvn(byte);
    out.push_back(encoding == LegacyEncoding::kTcvn3Capitals ? Upper(code) : code);
  }
  return out;
}

}  // namespace vanthu::intake
