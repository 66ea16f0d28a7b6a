#include "pipeline/extract/labelled.h"

namespace vanthu::extract {
namespace {

// May a label begin at i? `later`: another one stands before it.
bool MayBegin(const Folded& text, std::size_t i, bool later) {
  const std::string& key = text.key;
  if (!IsLetterOrDigit(key[i])) return false;
  std::size_t before = i;
  while (before > 0 && key[before - 1] == ' ') {
    if (text.text[text.offset[before - 1]] == '\n') return true;
    --before;
  }
  if (before == 0) return true;
  // Lines of a cell that were joined: "Chủ trì: Sở A Phối hợp: Sở B".
  if (later && before < i && text.shape[i] == 'U') return true;
  return std::string_view(";.,(-+*[\x01").find(key[before - 1]) != std::string_view::npos;
}

}  // namespace

std::vector<Labelled> FindLabelled(const Folded& text, const std::vector<RolePhrase>& labels,
                                   bool recognised) {
  const std::string& key = text.key;
  std::vector<Labelled> out;
  for (std::size_t i = 0; i < key.size(); ++i) {
    if (!MayBegin(text, i, !out.empty())) continue;
    for (const RolePhrase& phrase : labels) {
      const KeywordMatch match = MatchKeywordAt(key, i, phrase.key, recognised);
      if (!match) continue;
      const std::size_t colon = SkipSpace(key, match.end);
      if (colon >= key.size() || key[colon] != ':') continue;
      if (!out.empty()) out.back().end = i;
      out.push_back({phrase.role, i, colon + 1, key.size(), match.certainty});
      i = colon;
      break;
    }
  }
  return out;
}

}  // namespace vanthu::extract
