// UTF-8 text: normal forms, folding, grapheme clusters. Everything stored or written is NFC.
// All functions take any bytes; ill-formed UTF-8 becomes U+FFFD. Thread-safe. Method: ICU.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vanthu {

std::string ToNfc(std::string_view text);
std::string ToLower(std::string_view text);  // Vietnamese rules, NFC
std::string ToUpper(std::string_view text);

// Base letters only: tones, hooks, horns and breves removed, đ -> d. "Thủ tục" -> "Thu tuc".
std::string WithoutDiacritics(std::string_view text);

// Moves every tone to the place of the old spelling where two are in use: "hoà" -> "hòa", "uỷ" -> "ủy",
// "thuý" -> "thúy". Closed syllables ("hoàn"), "qu" and "gi" have one form and are left alone. For matching
// and scoring only; what is shown stays as written.
std::string FoldTonePlacement(std::string_view text);

// Key for matching: NFC, lower case, tone placement folded, each run of white space one space, trimmed.
std::string MatchKey(std::string_view text);
// MatchKey without diacritics: for search and for fuzzy keywords in recognised text.
std::string SearchKey(std::string_view text);

// Each run of white space (Unicode, NBSP included) becomes one space; ends trimmed.
std::string CollapseSpace(std::string_view text);
std::string_view Trim(std::string_view text);  // ASCII white space

std::vector<std::string> GraphemeClusters(std::string_view text);
std::u32string ToCodePoints(std::string_view text);
std::string FromCodePoints(std::u32string_view text);

bool IsUpperCase(std::string_view text);  // has a letter, and no lower-case letter

// Edit distance between two texts in grapheme clusters, divided by the longer's length: 0 equal, 1 all
// different.
double NormalisedDistance(std::string_view a, std::string_view b);

}  // namespace vanthu
