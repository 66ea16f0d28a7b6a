// Objects from bytes: lexer and parser of PDF syntax.
//
// Input: any bytes and a place in them. Output: the object that is written there, or nothing where what
// stands there is none. Strict where readers disagree: a dictionary that gives a key two values, a number
// with two signs or an unknown word is no object. Depth, and what a parsed object takes in memory, are
// bounded (two bytes of source can be 40 of memory). Source: ISO 32000-1:2008, 7.2, 7.3.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

bool IsSpace(char c);    // Table 1; with NUL
bool IsRegular(char c);  // neither white space nor a delimiter

// Not thread-safe; `bytes` must outlive it.
class Parser {
 public:
  static constexpr int kMostDepth = 256;                       // guess: real files stay below 20
  static constexpr std::size_t kMostCost_bytes = 48ULL << 20;  // of one object; a kids array of a million

  explicit Parser(std::string_view bytes, std::size_t at = 0, std::size_t most_cost_bytes = kMostCost_bytes)
      : bytes_(bytes), at_(at), most_cost_(most_cost_bytes) {}

  std::size_t at() const { return at_; }
  bool AtEnd() const { return at_ >= bytes_.size(); }
  // What the objects read so far take in memory, about.
  std::size_t cost_bytes() const { return cost_; }

  void SkipWhite();  // white space alone
  void SkipSpace();  // white space and comments
  // After space: consumes `word` where it stands as a word of its own.
  bool TakeWord(std::string_view word);
  // `text` at this very place.
  bool Take(std::string_view text);
  // After space: an unsigned integer of at most 18 digits. Stays where there is none.
  std::optional<std::int64_t> TakeUnsigned();
  // After space: "12 0 obj". Stays where there is none.
  std::optional<Ref> TakeHeader();
  // After space: an object that is no stream. On failure the place is anywhere.
  std::optional<Object> TakeObject();

 private:
  std::optional<Object> Next(int depth);
  std::optional<Object> NextNumber();
  std::optional<Object> NextArray(int depth);
  std::optional<Object> NextDictionary(int depth);
  std::optional<Name> NextName();
  std::optional<String> NextLiteral();
  std::optional<String> NextHex();
  void Escape(std::string& out);
  std::optional<Ref> TakeRef();
  bool Pay(std::size_t bytes);
  char Peek(std::size_t ahead = 0) const { return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0'; }

  std::string_view bytes_;
  std::size_t at_;
  std::size_t cost_ = 0;
  std::size_t most_cost_;
};

}  // namespace vanthu::signing::pdf
