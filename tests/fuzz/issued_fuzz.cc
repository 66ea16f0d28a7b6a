// Any record in any shipped form: a document with every letter of it, or an error with a name; no crash, no
// hang.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "templates/forms/catalogue.h"
#include "tests/templates/forms/random_record.h"

namespace {

using namespace vanthu::templates;

std::vector<Form> ShippedForms() {
  std::vector<Form> out;
  const auto entries = ListForms(VANTHU_FORMS);
  if (!entries || entries->empty()) std::abort();
  for (const FormEntry& entry : *entries) {
    auto form = ReadForm(entry.file, VANTHU_FORMS);
    if (!form) std::abort();
    out.push_back(std::move(*form));
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<Form> forms = ShippedForms();
  static const auto conventions = ReadConventions(VANTHU_FORMS, VANTHU_RULES);
  if (!conventions) std::abort();
  if (size < 1 || size > 1 << 14) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Form& form = forms[data[0] % forms.size()];
  const std::string fault = FaultsOfForm(form, RandomRecord(bytes.substr(1)), *conventions);
  if (fault.empty()) return 0;
  std::fprintf(stderr, "%s: %s\n", form.id.c_str(), fault.c_str());
  std::abort();
}
