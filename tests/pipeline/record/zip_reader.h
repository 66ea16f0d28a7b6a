// The parts of a ZIP file by name, for looking into workbooks: central directory, stored or deflated parts.
// Test only.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <map>
#include <stdexcept>
#include <string>

namespace vanthu::record {

inline std::uint32_t LittleEndian(const std::string& bytes, std::size_t at, int count) {
  std::uint32_t value = 0;
  for (int i = 0; i < count; ++i)
    value |=
        static_cast<std::uint32_t>(static_cast<unsigned char>(bytes.at(at + static_cast<std::size_t>(i))))
        << (8 * i);
  return value;
}

inline std::string Inflate(const std::string& packed, std::size_t size) {
  std::string out(size, '\0');
  z_stream stream = {};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::runtime_error("zlib");
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("a part does not inflate");
  return out;
}

inline std::map<std::string, std::string> ReadZip(const std::string& bytes) {
  const std::size_t end = bytes.rfind("PK\x05\x06");
  if (end == std::string::npos) throw std::runtime_error("no ZIP");
  std::size_t at = LittleEndian(bytes, end + 16, 4);
  std::map<std::string, std::string> parts;
  for (std::uint32_t i = LittleEndian(bytes, end + 10, 2); i > 0; --i) {
    const std::uint32_t method = LittleEndian(bytes, at + 10, 2), packed = LittleEndian(bytes, at + 20, 4),
                        size = LittleEndian(bytes, at + 24, 4), name = LittleEndian(bytes, at + 28, 2),
                        extra = LittleEndian(bytes, at + 30, 2), comment = LittleEndian(bytes, at + 32, 2),
                        local = LittleEndian(bytes, at + 42, 4);
    const std::size_t data =
        local + 30 + LittleEndian(bytes, local + 26, 2) + LittleEndian(bytes, local + 28, 2);
    const std::string content = bytes.substr(data, packed);
    parts[bytes.substr(at + 46, name)] = method == 0 ? content : Inflate(content, size);
    at += 46 + name + extra + comment;
  }
  return parts;
}

}  // namespace vanthu::record
