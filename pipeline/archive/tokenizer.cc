#include "pipeline/archive/tokenizer.h"

#include <sqlite3.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <memory>
#include <new>
#include <stdexcept>
#include <unordered_map>

#include "pipeline/base/handle.h"
#include "pipeline/base/unicode.h"

namespace vanthu::archive {
namespace {

const icu::Normalizer2& Nfd() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* normalizer = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) throw std::logic_error("ICU has no NFD data");
  return *normalizer;
}

bool IsMark(UChar32 c) {
  return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

void AppendFolded(UChar32 c, std::string& out) {
  if (c < 0x80) {
    out.push_back(static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
    return;
  }
  icu::UnicodeString decomposed;
  if (!Nfd().getDecomposition(c, decomposed)) decomposed.setTo(c);
  for (int32_t i = 0; i < decomposed.length(); i += U16_LENGTH(decomposed.char32At(i))) {
    const UChar32 part = decomposed.char32At(i);
    if (u_charType(part) == U_NON_SPACING_MARK) continue;
    const UChar32 folded = u_foldCase(part, U_FOLD_CASE_DEFAULT);
    icu::UnicodeString(folded == 0x0111 ? UChar32('d') : folded).toUTF8String(out);
  }
}

// Words as written, remembered: the language has some 7,000 syllables, and a text repeats few of them.
class ExactForms {
 public:
  const std::string& Of(std::string_view word) {
    auto found = forms_.find(std::string(word));
    if (found == forms_.end()) {
      if (forms_.size() >= kMaxForms) forms_.clear();
      found = forms_.emplace(std::string(word), MatchKey(word)).first;
    }
    return found->second;
  }

 private:
  static constexpr std::size_t kMaxForms = 20'000;  // about 1 MB
  std::unordered_map<std::string, std::string> forms_;
};

using Callback = int (*)(void*, int, const char*, int, int, int);

// One token to FTS5: the folded form, and the form as written where it differs.
int Emit(const Token& token, std::string_view text, bool query, ExactForms& forms, void* context,
         Callback callback) {
  const int begin = static_cast<int>(token.begin);
  const int end = static_cast<int>(token.end);
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  std::string exact;
  if (word.size() <= kMaxTokenBytes) {
    const std::string& form = forms.Of(word);
    if (form != token.folded) exact = kExactMark + form;
  }
  const bool wants_exact = query && token.begin > 0 && text[token.begin - 1] == kExactMark;
  if (wants_exact && !exact.empty())
    return callback(context, 0, exact.data(), static_cast<int>(exact.size()), begin, end);
  const int code =
      callback(context, 0, token.folded.data(), static_cast<int>(token.folded.size()), begin, end);
  if (code != SQLITE_OK || query || exact.empty()) return code;
  return callback(context, FTS5_TOKEN_COLOCATED, exact.data(), static_cast<int>(exact.size()), begin, end);
}

int CreateTokenizer(void*, const char**, int, Fts5Tokenizer** out) noexcept {
  try {
    *out = reinterpret_cast<Fts5Tokenizer*>(new ExactForms);
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  }
}

void DeleteTokenizer(Fts5Tokenizer* tokenizer) {
  delete reinterpret_cast<ExactForms*>(tokenizer);
}

int Tokenize(Fts5Tokenizer* tokenizer, void* context, int flags, const char* text, int length,
             Callback callback) noexcept {
  try {
    ExactForms& forms = *reinterpret_cast<ExactForms*>(tokenizer);
    const std::string_view view(text, static_cast<std::size_t>(length));
    int code = SQLITE_OK;
    ForEachToken(view, [&](const Token& token) {
      code = Emit(token, view, (flags & FTS5_TOKENIZE_QUERY) != 0, forms, context, callback);
      return code == SQLITE_OK;
    });
    return code;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (const std::exception&) {  // nothing may pass through SQLite's C frames
    return SQLITE_ERROR;
  }
}

}  // namespace

void ForEachToken(std::string_view text, const std::function<bool(const Token&)>& each) {
  const char* bytes = text.data();
  const std::size_t length = text.size();
  Token token;
  bool open = false;
  for (std::size_t i = 0; i < length;) {
    const std::size_t start = i;
    UChar32 c;
    U8_NEXT(bytes, i, length, c);
    const bool inside = c >= 0 && (u_isalnum(c) || (open && IsMark(c)));
    if (inside) {
      if (!open) token = {{}, start, start};
      open = true;
      token.end = i;
      if (token.folded.size() + 16 <= kMaxTokenBytes) AppendFolded(c, token.folded);
    } else if (open) {
      open = false;
      if (!token.folded.empty() && !each(token)) return;
    }
  }
  if (open && !token.folded.empty()) each(token);
}

std::vector<std::string> FoldTokens(std::string_view text) {
  std::vector<std::string> out;
  ForEachToken(text, [&out](const Token& token) {
    out.push_back(token.folded);
    return true;
  });
  return out;
}

int RegisterTokenizer(sqlite3* connection) {
  sqlite3_stmt* raw = nullptr;
  if (const int code = sqlite3_prepare_v2(connection, "SELECT fts5(?1)", -1, &raw, nullptr);
      code != SQLITE_OK)
    return code;
  const Handle<sqlite3_stmt, sqlite3_finalize> statement(raw);
  fts5_api* api = nullptr;
  sqlite3_bind_pointer(raw, 1, &api, "fts5_api_ptr", nullptr);
  sqlite3_step(raw);
  if (api == nullptr || api->iVersion < 2) return SQLITE_ERROR;
  fts5_tokenizer tokenizer = {CreateTokenizer, DeleteTokenizer, Tokenize};
  return api->xCreateTokenizer(api, "vanthu", nullptr, &tokenizer, nullptr);
}

}  // namespace vanthu::archive
