#include "pipeline/extract/items.h"

namespace vanthu::extract {

bool OpensItem(const Folded& text, std::size_t begin, std::size_t* end) {
  const std::size_t at = SkipSpace(text.key, begin);
  if (at >= text.key.size()) return false;
  const char c = text.key[at];
  if (c != '-' && c != '+' && c != '*' && c != '~' && c != '_') return false;
  *end = SkipSpace(text.key, at + 1);
  return true;
}

std::string ItemText(const Item& item, const Mapper& mapper, double certainty,
                     std::optional<Evidence>* evidence) {
  const Traced text(item.lines);
  std::size_t begin = SkipSpace(text.key(), item.skip);
  std::size_t past = 0;
  if (OpensItem(text.folded(), begin, &past)) begin = past;
  std::size_t end = text.key().size();
  while (end > begin &&
         (text.key()[end - 1] == ';' || text.key()[end - 1] == '.' || text.key()[end - 1] == ',' ||
          text.key()[end - 1] == ':' || text.key()[end - 1] == ' '))
    --end;
  *evidence = text.EvidenceOf(begin, end, mapper, certainty);
  return text.Slice(begin, end);
}

}  // namespace vanthu::extract
