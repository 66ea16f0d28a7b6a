// Where finished PDF objects go: a file that is being made, or an update to one.
#pragma once

#include <string_view>

namespace vanthu::type {

// Not thread-safe. Every reserved number is written once; in which order is the caller's.
class PdfObjects {
 public:
  virtual ~PdfObjects() = default;

  virtual int Reserve() = 0;  // an object number to be written later
  virtual void Write(int object, std::string_view body) = 0;
  // `entries`: of the stream's dictionary, beside /Length and /Filter. `plain`: never compressed.
  virtual void WriteStream(int object, std::string_view entries, std::string_view data, bool plain) = 0;

  int Add(std::string_view body) {
    const int object = Reserve();
    Write(object, body);
    return object;
  }
  int AddStream(std::string_view entries, std::string_view data, bool plain = false) {
    const int object = Reserve();
    WriteStream(object, entries, data, plain);
    return object;
  }
};

}  // namespace vanthu::type
