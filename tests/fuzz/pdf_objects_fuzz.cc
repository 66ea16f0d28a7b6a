// Any bytes as a PDF object: an object or none, within bounds; what is printed again is the same object.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "signing/pdf/parser.h"

using namespace vanthu::signing::pdf;

namespace {

// A reader's sum of nothing: touches every part of the object.
std::size_t Weigh(const Object& object) {
  std::size_t sum = 1;
  if (const Array* array = object.AsArray())
    for (const Object& item : *array) sum += Weigh(item);
  if (const Dictionary* dictionary = object.AsDictionary())
    for (const auto& [key, value] : *dictionary) sum += key.size() + Weigh(value);
  return sum;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Parser parser(bytes);
  parser.TakeHeader();
  while (!parser.AtEnd()) {
    const std::size_t before = parser.at();
    const auto object = parser.TakeObject();
    if (parser.at() < before || parser.at() > size) std::abort();
    if (!object) break;
    if (Weigh(*object) > size + 1) std::abort();
    const std::string printed = Print(*object);
    const auto again = Parser(printed).TakeObject();
    if (!again || !(*again == *object)) std::abort();
  }
  return 0;
}
