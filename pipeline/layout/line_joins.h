// What stands between the end of a line and the start of the next, when wrapped lines become one text: a
// space, or nothing where the line was broken inside a token ("117/QĐ-" + "UBND", "03/08/1" + "975").
//
// Method: a token that ends in a hyphen or slash is looked up among the tokens that the document writes
// unbroken; if it is not there, codes join and other words follow the document's own habit. Digits join
// digits only where a single token fills its line, so that nothing but its length can have broken it.
// Accuracy: exact on the sample plans; a document that writes "a- b" and "a-b" alike is a toss. Thread-safe
// once learnt.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::layout {

class LineJoins {
 public:
  // Tokens as they stand inside a line.
  void Learn(const Line& line);
  // `room_pt`: what was left free on the line above.
  std::string_view Between(const Line& above, const Line& below, double room_pt) const;

 private:
  struct Habit {
    int joined = 0;
    int spaced = 0;
  };
  std::unordered_map<std::string, Habit> tokens_;  // "QĐ-UBND" -> how its two sides are written
  Habit hyphen_;
  Habit slash_;
};

// Could the first word of `below` have stood at the end of `above`? Then the break was meant.
bool HadRoom(double room_pt, const Line& above, const Line& below);

}  // namespace vanthu::layout
