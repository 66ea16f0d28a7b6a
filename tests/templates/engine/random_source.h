// Bytes of a fuzzer or of a seed, taken as choices and as words.
#pragma once

#include <array>
#include <random>
#include <string>
#include <string_view>

namespace vanthu::templates {

// Choices made of bytes; past their end every choice is 0.
class RandomSource {
 public:
  explicit RandomSource(std::string_view bytes) : bytes_(bytes) {}
  bool Done() const { return at_ >= bytes_.size(); }
  int Byte() { return Done() ? 0 : static_cast<unsigned char>(bytes_[at_++]); }
  int Below(int bound) { return Byte() % bound; }
  bool Rarely() { return Byte() > 250; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

// A few thousand bytes of a seed: the same on every machine. Above 250 seldom, as the choices that are Rarely
// made.
inline std::string RandomBytes(unsigned seed) {
  std::mt19937 random(seed);
  std::string bytes(500 + random() % 6000, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random() % 251 + (random() % 400 == 0 ? 5 : 0));
  return bytes;
}

// At most that many words: numbers, marks set apart, words wider than a line, now and then broken UTF-8.
inline std::string RandomWords(RandomSource& source, int most) {
  static constexpr std::array kWords = {
      "kế",
      "hoạch",
      "63/2010/NĐ-CP",
      "thủ",
      "tục",
      "Ủy ban nhân dân",
      "\n",
      "xã\u00A0Thanh",
      "m\u0300",
      "https://dichvucong.gov.vn/tra-cuu/ho-so-mot-cua-lien-thong-rat-dai-khong-co-khoang-trang-nao-ca",
      "Ke\u0302\u0301",
      "  ",
      "ĐƯỜNG",
      "1.234.567,89",
      "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
      "-"};
  std::string out;
  for (int count = source.Below(most + 1); count > 0; --count) {
    const int pick = source.Byte();
    out += kWords[static_cast<std::size_t>(pick) % kWords.size()];
    if (pick < 200) out += ' ';
    if (pick == 255) out += static_cast<char>(source.Byte());  // perhaps broken UTF-8
  }
  return out;
}

}  // namespace vanthu::templates
