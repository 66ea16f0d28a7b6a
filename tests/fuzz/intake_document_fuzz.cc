// Any bytes as a document: told apart, opened, its first pages read, drawn small, its attachments listed,
// its own data sought.
#include <cstddef>
#include <cstdint>
#include <string>

#include "pipeline/intake/intake.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  vanthu::intake::Options options;
  options.password = "m\xC3\xA0u";
  options.limits.max_pages = 20;
  options.limits.max_pixels = 1'000'000;
  options.limits.max_bytes = 16u << 20;
  options.limits.max_carried_bytes = 1u << 20;
  const auto document =
      vanthu::intake::ParseDocument(std::string(reinterpret_cast<const char*>(data), size), "fuzz", options);
  if (!document) return 0;
  constexpr int kPages = 3;
  for (int i = 0; i < (*document)->page_count() && i < kPages; ++i) {
    (void)(*document)->ReadPage(i);
    (void)(*document)->SoleImage(i);
    (void)(*document)->RenderPage(i, vanthu::Dpi{30});
  }
  (void)(*document)->ReadShownPage(0);
  (void)(*document)->Attachments();
  (void)(*document)->FindCarried("record.xml");
  (void)(*document)->is_signed();
  return 0;
}
