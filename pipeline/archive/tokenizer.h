// Text -> search tokens. Input: any bytes as UTF-8. Output: each run of letters, digits and their marks as
// one token, folded to base letters in lower case (so "thủ tục", "THU TUC", NFC, NFD, đ and d, and both tone
// placements are one), with its byte range in the input - which is why snippets show the text as written.
//
// Method: ICU decomposition, non-spacing marks dropped, đ -> d, case folded. A word that has marks is indexed
// a second time at the same position as written (MatchKey, after kExactMark), so that a query typed with
// marks can rank its exact words first. Fails for scripts without spaces, whose runs are one token each.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;

namespace vanthu::archive {

// Before a word in a query: find it with its marks. A control character: no token of a text can hold it.
inline constexpr char kExactMark = '\x01';

// A longer run of letters is no word; what is over is left out of the token. A guess, to bound hostile text.
inline constexpr std::size_t kMaxTokenBytes = 128;

struct Token {
  std::string folded;
  std::size_t begin = 0;  // bytes of the input
  std::size_t end = 0;
};

// Calls `each` for every token in order until it returns false.
void ForEachToken(std::string_view text, const std::function<bool(const Token&)>& each);

// The folded tokens of `text`.
std::vector<std::string> FoldTokens(std::string_view text);

// Makes `tokenize = 'vanthu'` known to FTS5 on this connection; an SQLite result code.
int RegisterTokenizer(sqlite3* connection);

}  // namespace vanthu::archive
