// ParseJson takes any bytes; what it accepts is written, read and written again to the same text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/record/json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vanthu;
  const Result<Record> record = record::ParseJson({reinterpret_cast<const char*>(data), size});
  if (!record) return 0;
  const std::string once = record::ToJson(*record, record::JsonStyle::kIndented);
  const Result<Record> again = record::ParseJson(once);
  if (!again || record::ToJson(*again, record::JsonStyle::kIndented) != once) std::abort();
  return 0;
}
