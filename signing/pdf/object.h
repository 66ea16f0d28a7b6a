// A PDF object as a value, read from a file's own bytes.
//
// Our own and not PoDoFo's or Poppler's: a verdict over a hostile file must rest on what stands in the bytes
// - which revision wrote an object, where it lies, how it is spelled - and a library that repairs what it
// reads hides just that. docs/decisions/0007-own-object-reader.md.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace vanthu::signing::pdf {

class Object;

struct Ref {
  int number = 0;
  int generation = 0;
  auto operator<=>(const Ref&) const = default;  // NOLINT(modernize-use-nullptr): clang 14 takes it for a 0
};

struct Name {
  std::string text;  // without "/", #xx decoded
  bool operator==(const Name&) const = default;
};

struct String {
  std::string bytes;  // escapes resolved, decrypted
  bool operator==(const String&) const = default;
};

using Array = std::vector<Object>;
using Dictionary = std::map<std::string, Object, std::less<>>;  // keys without "/"

// `data`: as the file holds it (decrypted, but not decoded). Valid as long as the File it is from.
struct Stream {
  std::shared_ptr<const Dictionary> dictionary;
  std::string_view data;
  std::shared_ptr<const std::string> decrypted;  // keeps `data` where it is not the file's own
};

// Cheap to copy: arrays and dictionaries are shared and never change.
class Object {
 public:
  Object() = default;  // null
  explicit Object(bool value) : value_(value) {}
  explicit Object(std::int64_t value) : value_(value) {}
  explicit Object(int value) : value_(static_cast<std::int64_t>(value)) {}
  explicit Object(double value) : value_(value) {}
  explicit Object(Name value) : value_(std::move(value)) {}
  explicit Object(String value) : value_(std::move(value)) {}
  explicit Object(Ref value) : value_(value) {}
  explicit Object(Array value) : value_(std::make_shared<const Array>(std::move(value))) {}
  explicit Object(Dictionary value) : value_(std::make_shared<const Dictionary>(std::move(value))) {}
  explicit Object(Stream value) : value_(std::make_shared<const Stream>(std::move(value))) {}

  bool IsNull() const { return std::holds_alternative<std::monostate>(value_); }
  // Null where the object is of another kind. The pointer holds as long as this object.
  const bool* AsBool() const { return std::get_if<bool>(&value_); }
  const std::int64_t* AsInteger() const { return std::get_if<std::int64_t>(&value_); }
  const Name* AsName() const { return std::get_if<Name>(&value_); }
  const String* AsString() const { return std::get_if<String>(&value_); }
  const Ref* AsRef() const { return std::get_if<Ref>(&value_); }
  const Array* AsArray() const { return Shared<Array>(); }
  // Of a dictionary, and of a stream.
  const Dictionary* AsDictionary() const;
  const Stream* AsStream() const { return Shared<Stream>(); }
  bool IsReal() const { return std::holds_alternative<double>(value_); }
  // Of an integer or a real; `otherwise` of anything else.
  double Number(double otherwise = 0) const;
  bool IsName(std::string_view text) const { return AsName() != nullptr && AsName()->text == text; }

  // Of a dictionary or stream: the entry as written (a reference is not followed); null where it is not
  // there.
  const Object& operator[](std::string_view key) const;

  // Structural: streams by dictionary and undecoded data, references by number; 1 and 1.0 differ.
  bool operator==(const Object& other) const;

 private:
  template <typename T>
  const T* Shared() const {
    const auto* held = std::get_if<std::shared_ptr<const T>>(&value_);
    return held != nullptr ? held->get() : nullptr;
  }

  std::variant<std::monostate, bool, std::int64_t, double, Name, String, Ref, std::shared_ptr<const Array>,
               std::shared_ptr<const Dictionary>, std::shared_ptr<const Stream>>
      value_;
};

// ISO 32000-1, 7.3: as it is written into a file; parsed again it is the same object. Strings that are not
// plain ASCII are hexadecimal. Streams are written by Update alone, and there is no number that is not
// finite: std::logic_error.
std::string Print(const Object& object);

}  // namespace vanthu::signing::pdf
