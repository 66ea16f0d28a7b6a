#include "signing/pdf/object.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace vanthu::signing::pdf {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

void AppendHex(std::string& out, char c) {
  const auto byte = static_cast<unsigned char>(c);
  out += kHex[byte >> 4];
  out += kHex[byte & 15];
}

void AppendName(std::string& out, std::string_view text) {
  constexpr std::string_view kEscaped = "()<>[]{}/%#";
  out += '/';
  for (const char c : text) {
    if (c > ' ' && c <= '~' && kEscaped.find(c) == std::string_view::npos) {
      out += c;
    } else {
      out += '#';
      AppendHex(out, c);
    }
  }
}

void AppendString(std::string& out, std::string_view bytes) {
  bool plain = true;
  for (const char c : bytes) plain = plain && c >= ' ' && c <= '~';
  out += plain ? '(' : '<';
  for (const char c : bytes) {
    if (!plain) {
      AppendHex(out, c);
      continue;
    }
    if (c == '(' || c == ')' || c == '\\') out += '\\';
    out += c;
  }
  out += plain ? ')' : '>';
}

void AppendReal(std::string& out, double value) {
  if (!std::isfinite(value)) throw std::logic_error("a PDF number must be finite");
  std::array<char, 1200> text{};  // the longest shortest form of a double in fixed notation is below 1,100
  const auto [end, error] =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  if (error != std::errc()) throw std::logic_error("a PDF number too long to write");
  const std::string_view digits(text.data(), static_cast<std::size_t>(end - text.data()));
  out += digits;
  if (digits.find('.') == std::string_view::npos) out += ".0";
}

void Append(std::string& out, const Object& object);

void AppendDictionary(std::string& out, const Dictionary& dictionary) {
  out += "<<";
  for (const auto& [key, value] : dictionary) {
    AppendName(out, key);
    out += ' ';
    Append(out, value);
  }
  out += ">>";
}

void AppendArray(std::string& out, const Array& array) {
  out += '[';
  for (std::size_t i = 0; i < array.size(); ++i) {
    if (i > 0) out += ' ';
    Append(out, array[i]);
  }
  out += ']';
}

void Append(std::string& out, const Object& object) {
  if (object.AsStream() != nullptr) throw std::logic_error("a stream cannot stand in an object");
  if (const bool* value = object.AsBool()) {
    out += *value ? "true" : "false";
  } else if (const std::int64_t* integer = object.AsInteger()) {
    out += std::to_string(*integer);
  } else if (object.IsReal()) {
    AppendReal(out, object.Number());
  } else if (const Name* name = object.AsName()) {
    AppendName(out, name->text);
  } else if (const String* string = object.AsString()) {
    AppendString(out, string->bytes);
  } else if (const Ref* ref = object.AsRef()) {
    out += std::to_string(ref->number) + ' ' + std::to_string(ref->generation) + " R";
  } else if (const Array* array = object.AsArray()) {
    AppendArray(out, *array);
  } else if (const Dictionary* dictionary = object.AsDictionary()) {
    AppendDictionary(out, *dictionary);
  } else {
    out += "null";
  }
}

}  // namespace

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

bool Object::operator==(const Object& other) const {
  if (value_.index() != other.value_.index()) return false;
  if (const Array* array = AsArray()) return array == other.AsArray() || *array == *other.AsArray();
  if (const Stream* stream = AsStream()) {
    const Stream& its = *other.AsStream();
    return stream == &its ||
           ((stream->dictionary == its.dictionary || *stream->dictionary == *its.dictionary) &&
            stream->data == its.data);
  }
  if (const Dictionary* dictionary = AsDictionary())
    return dictionary == other.AsDictionary() || *dictionary == *other.AsDictionary();
  return value_ == other.value_;
}

std::string Print(const Object& object) {
  std::string out;
  Append(out, object);
  return out;
}

}  // namespace vanthu::signing::pdf
