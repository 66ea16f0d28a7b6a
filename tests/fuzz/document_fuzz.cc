// Any document: setting it, as PDF and as DOCX, ends soon, with every letter on a page or with a named error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/templates/engine/random_document.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 14) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::string fault = vanthu::templates::Faults(vanthu::templates::RandomDocument(bytes));
  if (fault.empty()) return 0;
  std::fprintf(stderr, "%s\n", fault.c_str());
  std::abort();
}
