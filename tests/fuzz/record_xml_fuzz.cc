// ParseXml takes any bytes; what it accepts is written, read and written again to the same text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/record/xml.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanthu;
  const std::filesystem::path schema = VANTHU_RECORD_SCHEMA;
  const Result<Record> record = record::ParseXml({reinterpret_cast<const char*>(data), size}, schema);
  if (!record) return 0;
  const std::string once = record::ToXml(*record);
  const Result<Record> again = record::ParseXml(once, schema);
  if (!again || record::ToXml(*again) != once) std::abort();
  return 0;
}
