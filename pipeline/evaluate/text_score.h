// The reading-order text of a document against gold. Internal to the room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/evaluate/evaluate.h"

namespace vanthu::evaluate {

inline constexpr std::size_t kMaxTextBytes = 1
                                             << 21;  // 2 MiB a text: about 1,000 pages, a minute of comparing

// Both texts NFC and with white space collapsed first.
TextScore ScoreText(std::string_view gold, std::string_view result);

// Runs of words that differ, with the gold's position: at most `most`.
std::vector<Message> TextDifferences(std::string_view gold, std::string_view result, std::size_t most);

}  // namespace vanthu::evaluate
