#include "signing/pdf/filters.h"

#include <gtest/gtest.h>

#include <string>

namespace vanthu::signing::pdf {
namespace {

constexpr std::size_t kPlenty = 1 << 24;

std::string Decoded(const std::string& data, const std::vector<Filter>& filters) {
  const auto out = DecodeThrough(data, filters, kPlenty);
  EXPECT_TRUE(out) << Describe(out.error(), Language::kEnglish);
  return out.value_or("failed");
}

ErrorCode Refused(const std::string& data, const Filter& filter, std::size_t most = kPlenty) {
  const auto out = DecodeThrough(data, {filter}, most);
  EXPECT_FALSE(out);
  return out ? ErrorCode::kInternal : out.error().code;
}

Dictionary Predictor(int kind, int colours, int bits, int columns) {
  return {{"Predictor", Object(kind)},
          {"Colors", Object(colours)},
          {"BitsPerComponent", Object(bits)},
          {"Columns", Object(columns)}};
}

TEST(Filters, NoneLeavesTheDataAsTheyAre) {
  EXPECT_EQ(Decoded("abc", {}), "abc");
}

TEST(Filters, FlateGivesBackWhatWasDeflated) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i);
  EXPECT_EQ(Decoded(Deflate(text), {{"FlateDecode", {}}}), text);
  EXPECT_EQ(Decoded(Deflate(""), {{"Fl", {}}}), "");
  // A cut end, and a wrong checksum: what came before.
  const std::string packed = Deflate(text);
  EXPECT_EQ(Decoded(packed.substr(0, packed.size() - 4), {{"FlateDecode", {}}}), text);
  EXPECT_EQ(Refused("no deflated data", {"FlateDecode", {}}), ErrorCode::kDamaged);
}

TEST(Filters, AreBounded) {
  const std::string bomb = Deflate(std::string(20'000'000, '\0'));
  EXPECT_EQ(Refused(bomb, {"FlateDecode", {}}, 1'000'000), ErrorCode::kLimit);
  std::string runs;
  for (int i = 0; i < 100'000; ++i) runs += "\x81x";
  EXPECT_EQ(Refused(runs, {"RunLengthDecode", {}}, 1'000'000), ErrorCode::kLimit);
  EXPECT_EQ(Refused(std::string(1000, 'z'), {"ASCII85Decode", {}}, 2000), ErrorCode::kLimit);
  EXPECT_FALSE(DecodeThrough("00", std::vector<Filter>(9, {"ASCIIHexDecode", {}}), kPlenty));
}

TEST(Filters, TextForms) {
  EXPECT_EQ(Decoded("48 65 6c\n6C 6f>", {{"ASCIIHexDecode", {}}}), "Hello");
  EXPECT_EQ(Decoded("487>", {{"AHx", {}}}), "Hp");
  EXPECT_EQ(Refused("4x>", {"AHx", {}}), ErrorCode::kDamaged);
  EXPECT_EQ(Decoded("87cURD]i,\"Ebo80~>", {{"ASCII85Decode", {}}}), "Hello World!");
  EXPECT_EQ(Decoded("z~>", {{"A85", {}}}), std::string(4, '\0'));
  EXPECT_EQ(Decoded("9jqo^BlbD-~>", {{"A85", {}}}), "Man is d");
  EXPECT_EQ(Decoded("9jqo^Bl~>", {{"A85", {}}}).substr(0, 4), "Man ");
  EXPECT_EQ(Refused("9jqo^B~>", {"A85", {}}), ErrorCode::kDamaged);  // a group of one
  EXPECT_EQ(Refused("s8W-\"~>", {"A85", {}}), ErrorCode::kDamaged);  // above 2^32
  EXPECT_EQ(Decoded("\x02"
                    "abc\xFE"
                    "x\x80"
                    "rest",
                    {{"RunLengthDecode", {}}}),
            "abcxxx");
  EXPECT_EQ(Refused("\x05"
                    "ab",
                    {"RL", {}}),
            ErrorCode::kDamaged);
}

// ISO 32000-1, 7.4.4.2: the example of the standard.
TEST(Filters, LzwOfTheStandard) {
  const std::string packed("\x80\x0B\x60\x50\x22\x0C\x0C\x85\x01", 9);
  EXPECT_EQ(Decoded(packed, {{"LZWDecode", {}}}), "\x2D\x2D\x2D\x2D\x2D\x41\x2D\x2D\x2D\x42");
  EXPECT_EQ(Refused("\xFF\xFF\xFF", {"LZW", {}}), ErrorCode::kDamaged);
}

// Packs without ever using the table but by its growth: the widths must change where the reader's do.
std::string PackLzw(const std::string& text, int early) {
  std::string out;
  std::uint32_t bits = 0;
  int held = 0;
  int width = 9;
  int next = 258;
  const auto put = [&](unsigned code) {
    bits = (bits << width) | code;
    held += width;
    while (held >= 8) {
      held -= 8;
      out += static_cast<char>(bits >> held);
    }
  };
  put(256);
  bool first = true;
  for (const char c : text) {
    put(static_cast<unsigned char>(c));
    if (!first && next < 4096) ++next;
    first = false;
    if (next + early >= 4096 - 1) {
      put(256);
      next = 258;
      width = 9;
      first = true;
      continue;
    }
    width = next + early >= 2048 ? 12 : next + early >= 1024 ? 11 : next + early >= 512 ? 10 : 9;
  }
  put(257);
  out += static_cast<char>(bits << (8 - held));
  return out;
}

TEST(Filters, LzwGrowsItsCodes) {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += static_cast<char>('a' + i * i % 23);
  EXPECT_EQ(Decoded(PackLzw(text, 1), {{"LZWDecode", {}}}), text);
  EXPECT_EQ(Decoded(PackLzw(text, 0), {{"LZWDecode", {{"EarlyChange", Object(0)}}}}), text);
}

TEST(Filters, PngPredictors) {
  // Three rows of two pixels of one byte: none, sub, up; then average and Paeth.
  const std::string rows("\x00\x01\x02\x01\x05\x01\x02\x01\x01\x03\x02\x02\x04\x01\x01", 15);
  EXPECT_EQ(Decoded(Deflate(rows), {{"FlateDecode", Predictor(12, 1, 8, 2)}}),
            std::string("\x01\x02\x05\x06\x06\x07\x05\x08\x06\x09", 10));
  const std::string cut("\x00\x01\x02\x02\x05", 5);  // the last row lacks a pixel
  EXPECT_EQ(Decoded(Deflate(cut), {{"FlateDecode", Predictor(15, 1, 8, 2)}}), std::string("\x01\x02\x06", 3));
  EXPECT_EQ(Refused(Deflate("\x09xx"), {"FlateDecode", Predictor(15, 1, 8, 2)}), ErrorCode::kDamaged);
  EXPECT_EQ(Refused(Deflate("xx"), {"FlateDecode", Predictor(15, 0, 8, 2)}), ErrorCode::kDamaged);
  EXPECT_EQ(Refused(Deflate("xx"), {"FlateDecode", Predictor(15, 1, 8, -2)}), ErrorCode::kDamaged);
  EXPECT_EQ(Refused(Deflate("xx"), {"FlateDecode", Predictor(5, 1, 8, 2)}), ErrorCode::kDamaged);
}

TEST(Filters, TiffPredictors) {
  EXPECT_EQ(Decoded(Deflate("\x01\x02\x03\x05\x01\x01"), {{"FlateDecode", Predictor(2, 1, 8, 3)}}),
            "\x01\x03\x06\x05\x06\x07");
  EXPECT_EQ(Decoded(Deflate(std::string("\x00\xFF\x00\x01", 4)), {{"FlateDecode", Predictor(2, 1, 16, 2)}}),
            std::string("\x00\xFF\x01\x00", 4));
  EXPECT_EQ(Decoded(Deflate("\x11\x11"), {{"FlateDecode", Predictor(2, 1, 4, 4)}}), "\x12\x34");
}

TEST(Filters, WorkInTheirOrder) {
  EXPECT_EQ(Decoded("3738>", {{"ASCIIHexDecode", {}}, {"ASCIIHexDecode", {}}}), "x");
}

TEST(Filters, LeavePicturesAlone) {
  for (const char* name : {"DCTDecode", "JPXDecode", "CCITTFaxDecode", "JBIG2Decode", "?"})
    EXPECT_EQ(Refused("x", {name, {}}), ErrorCode::kNotAccepted) << name;
}

}  // namespace
}  // namespace vanthu::signing::pdf
