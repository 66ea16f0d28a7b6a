#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

const Dictionary* Object::AsDictionary() const {
  if (const Stream* stream = AsStream()) return stream->dictionary.get();
  return Shared<Dictionary>();
}

double Object::Number(double otherwise) const {
  if (const std::int64_t* integer = AsInteger()) return static_cast<double>(*integer);
  const double* real = std::get_if<double>(&value_);
  return real != nullptr ? *real : otherwise;
}

const Object& Object::operator[](std::string_view key) const {
  static const Object kNull;
  const Dictionary* dictionary = AsDictionary();
  if (dictionary == nullptr) return kNull;
  const auto entry = dictionary->find(key);
  return entry != dictionary->end() ? entry->second : kNull;
}

}  // namespace vanthu::signing::pdf
