// C handles as RAII types: a unique_ptr whose deleter is the library's own function.
#pragma once

#include <memory>

namespace vanthu {

template <auto kRelease>
struct ReleaseWith {
  template <typename T>
  void operator()(T* p) const {
    if (p != nullptr) kRelease(p);
  }
};

// Handle<xmlDoc, xmlFreeDoc>: owns, moves, releases once.
template <typename T, auto kRelease>
using Handle = std::unique_ptr<T, ReleaseWith<kRelease>>;

}  // namespace vanthu
