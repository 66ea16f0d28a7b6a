#include "signing/pdf/filters.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <utility>

#include "signing/pdf/parser.h"

namespace vanthu::signing::pdf {
namespace {

constexpr std::size_t kMostFilters = 8;  // guess: two are common, three rare

Error FilterError(ErrorCode code, const std::string& name, Message message) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.cause = name;
  return error;
}

Error DamagedData(const std::string& name) {
  return FilterError(ErrorCode::kDamaged, name,
                     {"dữ liệu của một luồng PDF bị hỏng", "the data of a PDF stream are damaged"});
}

Error TooLong(const std::string& name) {
  return FilterError(
      ErrorCode::kLimit, name,
      {"một luồng PDF giải nén ra quá lớn", "a PDF stream is too large when it is decompressed"});
}

std::int64_t Whole(const Dictionary& dictionary, std::string_view key, std::int64_t otherwise) {
  const auto entry = dictionary.find(key);
  const std::int64_t* value = entry != dictionary.end() ? entry->second.AsInteger() : nullptr;
  return value != nullptr ? *value : otherwise;
}

Result<std::string> Inflate(std::string_view data, std::size_t most_bytes) {
  z_stream zip{};
  if (inflateInit(&zip) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_stream*)> release(&zip, inflateEnd);
  std::string out;
  std::array<char, 1 << 15> block;
  std::size_t given = 0;
  int state = Z_OK;
  while (state == Z_OK) {
    if (zip.avail_in == 0) {
      const std::size_t piece = std::min<std::size_t>(data.size() - given, 1U << 30);
      zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(data.data() + given));
      zip.avail_in = static_cast<uInt>(piece);
      given += piece;
    }
    zip.next_out = reinterpret_cast<Bytef*>(block.data());
    zip.avail_out = static_cast<uInt>(block.size());
    state = inflate(&zip, Z_NO_FLUSH);
    const std::size_t made = block.size() - zip.avail_out;
    if (made > most_bytes - out.size()) return Fail(TooLong("FlateDecode"));
    out.append(block.data(), made);
    if (state == Z_BUF_ERROR || (state == Z_OK && made == 0 && zip.avail_in == 0 && given == data.size()))
      break;
  }
  // A wrong checksum (Z_DATA_ERROR at the very end) and a cut end: what came before is kept.
  if (state == Z_STREAM_END || !out.empty()) return out;
  if (data.empty()) return out;
  return Fail(DamagedData("FlateDecode"));
}

// 7.4.4.2: codes of 9 to 12 bits, 256 clears, 257 ends.
Result<std::string> UnpackLzw(std::string_view data, bool early_change, std::size_t most_bytes) {
  constexpr int kClear = 256;
  constexpr int kEnd = 257;
  constexpr int kMostCodes = 4096;
  struct Word {
    std::size_t begin = 0;  // in the output: every word has been written there once
    std::size_t size = 0;
  };
  std::array<Word, kMostCodes> words{};
  int next = 258;
  int width = 9;
  std::string out;
  Word before;
  std::uint32_t bits = 0;
  int held = 0;
  for (const char c : data) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    held += 8;
    if (held < width) continue;
    held -= width;
    const int code = static_cast<int>((bits >> held) & ((1U << width) - 1));
    if (code == kEnd) return out;
    if (code == kClear) {
      next = 258;
      width = 9;
      before = {};
      continue;
    }
    const Word word{out.size(), code < 256    ? 1
                                : code < next ? words[static_cast<std::size_t>(code)].size
                                              : before.size + 1};
    if (code > next || (code >= 256 && before.size == 0) || (code == next && next >= kMostCodes))
      return Fail(DamagedData("LZWDecode"));
    if (word.size > most_bytes - out.size()) return Fail(TooLong("LZWDecode"));
    const std::size_t from =
        code < next && code >= 256 ? words[static_cast<std::size_t>(code)].begin : before.begin;
    if (code < 256) {
      out += static_cast<char>(code);
    } else {
      // Byte by byte: a word that is just being made reads its own first byte.
      for (std::size_t i = 0; i < word.size; ++i) out += out[from + i];
    }
    // The word before and this word's first byte stand side by side in the output.
    if (before.size > 0 && next < kMostCodes)
      words[static_cast<std::size_t>(next++)] = {before.begin, before.size + 1};
    before = word;
    const int reach = next + (early_change ? 1 : 0);
    width = reach >= 2048 ? 12 : reach >= 1024 ? 11 : reach >= 512 ? 10 : 9;
  }
  return out;  // some writers leave the end mark out
}

Result<std::string> UnpackHex(std::string_view data) {
  std::string out;
  int high = -1;
  for (const char c : data) {
    if (c == '>') break;
    if (IsSpace(c)) continue;
    const int digit = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                             : -1;
    if (digit < 0) return Fail(DamagedData("ASCIIHexDecode"));
    if (high >= 0) out += static_cast<char>(high * 16 + digit);
    high = high < 0 ? digit : -1;
  }
  if (high >= 0) out += static_cast<char>(high * 16);
  return out;
}

Result<std::string> Unpack85(std::string_view data, std::size_t most_bytes) {
  std::string out;
  std::uint64_t group = 0;
  int held = 0;
  const auto flush = [&out](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (24 - 8 * i)) & 0xFF);
  };
  for (const char c : data) {
    if (IsSpace(c)) continue;
    if (c == '~') break;
    if (out.size() + 4 > most_bytes) return Fail(TooLong("ASCII85Decode"));
    if (c == 'z' && held == 0) {
      out.append(4, '\0');
      continue;
    }
    if (c < '!' || c > 'u') return Fail(DamagedData("ASCII85Decode"));
    group = group * 85 + static_cast<unsigned>(c - '!');
    if (++held < 5) continue;
    if (group > 0xFFFFFFFFULL) return Fail(DamagedData("ASCII85Decode"));
    flush(group, 4);
    group = 0;
    held = 0;
  }
  if (held == 1) return Fail(DamagedData("ASCII85Decode"));
  if (held == 0) return out;
  for (int i = held; i < 5; ++i) group = group * 85 + 84;
  if (group > 0xFFFFFFFFULL) return Fail(DamagedData("ASCII85Decode"));
  flush(group, held - 1);
  return out;
}

Result<std::string> UnpackRuns(std::string_view data, std::size_t most_bytes) {
  std::string out;
  for (std::size_t at = 0; at < data.size();) {
    const auto length = static_cast<unsigned char>(data[at++]);
    if (length == 128) return out;
    const std::size_t count = length < 128 ? length + 1U : 257U - length;
    if (count > most_bytes - out.size()) return Fail(TooLong("RunLengthDecode"));
    if (data.size() - at < (length < 128 ? count : 1)) return Fail(DamagedData("RunLengthDecode"));
    if (length < 128) {
      out.append(data, at, count);
      at += count;
    } else {
      out.append(count, data[at++]);
    }
  }
  return out;
}

int Paeth(int left, int up, int corner) {
  const int guess = left + up - corner;
  const int to_left = std::abs(guess - left);
  const int to_up = std::abs(guess - up);
  const int to_corner = std::abs(guess - corner);
  if (to_left <= to_up && to_left <= to_corner) return left;
  return to_up <= to_corner ? up : corner;
}

// PNG, clause 9: each row after its own filter's number. In place: a row is written before it was read.
bool UndoPng(std::string& data, std::size_t row_bytes, std::size_t pixel_bytes) {
  const std::size_t stride = row_bytes + 1;
  std::size_t written = 0;
  for (std::size_t at = 0; at < data.size(); at += stride) {
    const int kind = static_cast<unsigned char>(data[at]);
    if (kind > 4) return false;
    const std::size_t count = std::min(row_bytes, data.size() - at - 1);  // a last row may be cut
    const bool first = written == 0;
    for (std::size_t i = 0; i < count; ++i) {
      const auto value = [&data](std::size_t place) {
        return static_cast<int>(static_cast<unsigned char>(data[place]));
      };
      const int left = i >= pixel_bytes ? value(written + i - pixel_bytes) : 0;
      const int up = first ? 0 : value(written - row_bytes + i);
      const int corner = first || i < pixel_bytes ? 0 : value(written - row_bytes + i - pixel_bytes);
      const int guess = kind == 1   ? left
                        : kind == 2 ? up
                        : kind == 3 ? (left + up) / 2
                        : kind == 4 ? Paeth(left, up, corner)
                                    : 0;
      data[written + i] = static_cast<char>(value(at + 1 + i) + guess);
    }
    written += count;
  }
  data.resize(written);
  return true;
}

// TIFF 6.0, section 14, for whole bytes; samples of 1, 2 and 4 bits are taken one by one.
void UndoTiff(std::string& data, std::size_t row_bytes, std::size_t colours, std::size_t bits) {
  for (std::size_t row = 0; row < data.size(); row += row_bytes) {
    const std::size_t end = std::min(data.size(), row + row_bytes);
    if (bits == 8) {
      for (std::size_t i = row + colours; i < end; ++i)
        data[i] = static_cast<char>(data[i] + data[i - colours]);
    } else if (bits == 16) {
      for (std::size_t i = row + 2 * colours; i + 1 < end; i += 2) {
        const auto sample = [&data](std::size_t at) {
          return (static_cast<unsigned char>(data[at]) << 8) | static_cast<unsigned char>(data[at + 1]);
        };
        const int sum = sample(i) + sample(i - 2 * colours);
        data[i] = static_cast<char>(sum >> 8);
        data[i + 1] = static_cast<char>(sum);
      }
    } else {
      const unsigned mask = (1U << bits) - 1;
      const auto shift = [bits](std::size_t sample) { return 8 - bits - sample * bits % 8; };
      for (std::size_t sample = colours; sample * bits / 8 < end - row; ++sample) {
        const std::size_t before = sample - colours;
        auto byte = static_cast<unsigned char>(data[row + sample * bits / 8]);
        const auto other = static_cast<unsigned char>(data[row + before * bits / 8]);
        const unsigned sum = ((byte >> shift(sample)) + (other >> shift(before))) & mask;
        byte = static_cast<unsigned char>((byte & ~(mask << shift(sample))) | (sum << shift(sample)));
        data[row + sample * bits / 8] = static_cast<char>(byte);
      }
    }
  }
}

Status UndoPredictor(std::string& data, const Filter& filter) {
  const std::int64_t predictor = Whole(filter.parameters, "Predictor", 1);
  if (predictor == 1) return {};
  const std::int64_t colours = Whole(filter.parameters, "Colors", 1);
  const std::int64_t bits = Whole(filter.parameters, "BitsPerComponent", 8);
  const std::int64_t columns = Whole(filter.parameters, "Columns", 1);
  const bool known_bits = bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16;
  if (colours < 1 || colours > 64 || !known_bits || columns < 1 || columns > (1 << 28))
    return Fail(DamagedData(filter.name));
  const auto pixel_bits = static_cast<std::size_t>(colours * bits);
  const std::size_t row_bytes = (pixel_bits * static_cast<std::size_t>(columns) + 7) / 8;
  if (predictor == 2) {
    UndoTiff(data, row_bytes, static_cast<std::size_t>(colours), static_cast<std::size_t>(bits));
    return {};
  }
  if (predictor < 10 || predictor > 15 || !UndoPng(data, row_bytes, std::max<std::size_t>(1, pixel_bits / 8)))
    return Fail(DamagedData(filter.name));
  return {};
}

Result<std::string> Undo(std::string_view data, const Filter& filter, std::size_t most_bytes) {
  const std::string& name = filter.name;
  if (name == "FlateDecode" || name == "Fl" || name == "LZWDecode" || name == "LZW") {
    const bool early = Whole(filter.parameters, "EarlyChange", 1) != 0;
    auto out = name.front() == 'F' ? Inflate(data, most_bytes) : UnpackLzw(data, early, most_bytes);
    if (!out) return out;
    if (auto done = UndoPredictor(*out, filter); !done) return Fail(std::move(done.error()));
    return out;
  }
  if (name == "ASCIIHexDecode" || name == "AHx") return UnpackHex(data);
  if (name == "ASCII85Decode" || name == "A85") return Unpack85(data, most_bytes);
  if (name == "RunLengthDecode" || name == "RL") return UnpackRuns(data, most_bytes);
  return Fail(FilterError(
      ErrorCode::kNotAccepted, name,
      {"luồng PDF nén bằng cách không được đọc", "the PDF stream is compressed in a way that is not read"}));
}

}  // namespace

Result<std::string> DecodeThrough(std::string_view data, const std::vector<Filter>& filters,
                                  std::size_t most_bytes) {
  if (filters.size() > kMostFilters)
    return Fail(FilterError(
        ErrorCode::kLimit, "",
        {"luồng PDF nén qua quá nhiều lớp", "the PDF stream is compressed through too many filters"}));
  if (data.size() > most_bytes) return Fail(TooLong(""));
  std::string out;
  bool first = true;
  for (const Filter& filter : filters) {
    auto next = Undo(first ? data : std::string_view(out), filter, most_bytes);
    if (!next) return next;
    out = std::move(*next);
    first = false;
  }
  if (first) out = data;
  return out;
}

std::string Deflate(std::string_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  std::string out(size, '\0');
  if (compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                static_cast<uLong>(data.size()), Z_BEST_COMPRESSION) != Z_OK)
    throw std::bad_alloc();
  out.resize(size);
  return out;
}

}  // namespace vanthu::signing::pdf
