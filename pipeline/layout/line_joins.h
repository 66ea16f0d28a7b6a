// What stands between the end of a line and the start of the next, when wrapped lines become one text: a
// space, or nothing where the line was broken inside a token ("117/QĐ-" + "UBND", "03/08/1" + "975", "chuyê"
// + "n").
//
// Method: a token that ends in a hyphen or slash is looked up among the tokens that the document writes
// unbroken; if it is not there, codes join, capitals at a hyphen join, and other words follow the document's
// own habit. A word is taken for broken only where it fills its line so that not one more letter had room;
// then the document's words decide whether two words or two pieces meet there. Accuracy: exact on the sample
// plans; a document that writes "a- b" and "a-b" alike is a toss. Thread-safe once learnt.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pipeline/model/layout.h"

namespace vanthu::layout {

class LineJoins {
 public:
  // `is_word`: the orthography of the language, or null; see Options.
  explicit LineJoins(bool (*is_word)(std::string_view) = nullptr) : is_word_(is_word) {}

  // The lines of a cell or a column, `width_pt` wide: how tokens, words and dashes are written inside lines.
  void Learn(const std::vector<Line>& lines, double width_pt);
  // `room_pt`: what was left free on the line above. `spaces_drawn`: other lines of the same cell or
  // paragraph end in a painted space, so that a line without one was broken inside a token. `token`: the last
  // token of `above` with the pieces of it that stand on lines before; null: as it stands.
  std::string_view Between(const Line& above, const Line& below, double room_pt, bool spaces_drawn,
                           const std::string* token = nullptr) const;
  // Does the space painted at the end of `above`, or its absence, say that a paragraph ends there? Absent: it
  // is mute.
  std::optional<bool> EndsParagraph(const Line& above, double room_pt, bool spaces_drawn) const;
  // Does a dash at the start of `below` go on with the phrase ("Đảng ủy" / "- Nội vụ"), by what the document
  // writes elsewhere? `width_pt`: of the column. `others_end_closed`: the other items there end in
  // punctuation.
  bool GoesOnWithDash(const Line& above, const Line& below, double width_pt, bool others_end_closed) const;

 private:
  struct Habit {
    int joined = 0;
    int spaced = 0;
  };
  void LearnTokens(const Line& line);
  // No space was painted at its end where one would have been if a word ended there.
  bool MissesSpace(const Line& above, double room_pt, bool spaces_drawn) const;
  std::string_view AfterOpenToken(const std::string& a, const std::string& b) const;
  // Between the last token of a line that it fills and the first of the next.
  std::string_view InsideWord(const std::string& a, const std::string& b) const;
  bool Knows(const std::string& token) const;

  bool (*is_word_)(std::string_view);
  std::unordered_map<std::string, Habit> tokens_;  // "QĐ-UBND" -> how its two sides are written
  std::unordered_set<std::string> words_;          // as written and in small letters
  std::unordered_set<std::string> dashes_;         // "ủy-Nội": words with a spaced dash between
  int inner_dashes_ = 0;
  int item_dashes_ = 0;
  Habit hyphen_;
  Habit slash_;
  Habit wrapped_;  // lines that another follows: without and with a painted space at their end
  Habit last_;     // last lines of cells
};

// Some line but the last ends in a painted space.
bool SpacesDrawn(const std::vector<Line>& lines);

// Could the first word of `below` have stood at the end of `above`? Then the break was meant.
bool HadRoom(double room_pt, const Line& above, const Line& below);

}  // namespace vanthu::layout
