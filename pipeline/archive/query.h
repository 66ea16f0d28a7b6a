// What a person types -> what the index is asked. `thu tuc so:25 nguoi-ky:"Phạm Thị Mây" tu:2023-01-01`.
// Words must all occur; "in quotes" they must stand together; a name of search_fields.json and a colon asks
// one field. Everything else - stray quotes, operators of SQLite, emoji, unknown names - is text.
// Thread-safe, no I/O but loading.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/date.h"
#include "pipeline/base/error.h"

namespace vanthu::archive {

enum class FieldMatch { kWords, kNumber, kFrom, kTo };

struct FieldRule {
  FieldMatch match = FieldMatch::kWords;
  std::vector<std::string> columns;  // of the full-text table; kWords only
};

// By folded name: "nguoi-ky".
using FieldRules = std::map<std::string, FieldRule, std::less<>>;

// Data of the program (search_fields.json); kMissingResource where it is not there or not well formed.
Result<FieldRules> LoadFieldRules(const std::filesystem::path& path);

struct ParsedQuery {
  std::string match;      // an FTS5 expression of folded, quoted words only; empty: no text is asked for
  bool has_text = false;  // words outside field filters: worth a snippet
  std::vector<std::string>
      numbers;                   // keys: all must be the document's number (two different ones find nothing)
  std::optional<Date> from, to;  // inclusive
  bool nothing = false;          // asks for something that no text can hold (an emoji): finds nothing
};

// kUsage: nothing asked, a date that is no date, or more than kMaxQueryWords words.
Result<ParsedQuery> ParseQuery(std::string_view query, const FieldRules& rules);

// A guess: far over what a person types, far under SQLite's limits.
inline constexpr std::size_t kMaxQueryWords = 64;
inline constexpr std::size_t kMaxQueryBytes = 4096;

// "025" -> "25"; folded, so that "12a" and "12A" are one.
std::string NumberKey(std::string_view number);

}  // namespace vanthu::archive
