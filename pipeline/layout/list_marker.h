// Signs at the start of a line that begin a list item or a numbered paragraph, by form alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vanthu::layout {

enum class MarkerKind {
  kDash,    // "-", "–", "+", "*", "•", ...
  kNumber,  // "1.", "1)", "(1)", "1.2.", "1.2"
  kLetter,  // "a)", "b.", "A."
  kRoman,   // "I.", "IV)"
};

struct Marker {
  MarkerKind kind = MarkerKind::kDash;
  std::size_t bytes = 0;  // of the sign itself, without the space after it
  bool attached = false;  // the text follows without a space: "-Xây"
};

// The marker a line's text begins with. A bare number ("12 tháng") is none.
std::optional<Marker> FindMarker(std::string_view text);

// A cell that holds only an ordinal: "12", "12.", "I", "IV.", "a)", "1.2", "(3)".
struct Ordinal {
  MarkerKind kind = MarkerKind::kNumber;
  int value = 0;  // of its last part: "1.2" -> 2
  int depth = 1;  // parts: "1.2" -> 2
};
std::optional<Ordinal> ReadOrdinal(std::string_view text);

}  // namespace vanthu::layout
