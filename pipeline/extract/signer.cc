#include "pipeline/extract/signer.h"

#include <algorithm>
#include <cmath>

namespace vanthu::extract {
namespace {

constexpr double kCapitals = 0.75;    // the recogniser takes some capitals for small ones (a guess)
constexpr double kNameByForm = 0.95;  // a name is known by place and form alone
constexpr double kNameInCapitals = 0.9;
// A syllable of 14 pt and its space are 30 pt wide: half of that; the samples' names are off by 4 at most.
constexpr double kOffCentre_pt = 12;
constexpr double kNameInPart = 0.6;
constexpr double kNameOverleaf = 0.9;

// The authority mark that stands at `at`; `end` past it.
const AuthorityMark* MarkAt(const Folded& text, std::size_t at, const SignerRules& rules, std::size_t* end) {
  const AuthorityMark* best = nullptr;
  for (const AuthorityMark& mark : rules.marks)
    for (const std::string& written : mark.written) {
      if (text.key.compare(at, written.size(), written) != 0) continue;
      const std::size_t next = at + written.size();
      const bool letter_ends = IsLetterOrDigit(written.back());
      if (letter_ends && next < text.key.size() && IsLetterOrDigit(text.key[next])) continue;
      if (text.shape[at] != 'U') continue;
      if (best != nullptr && next <= *end) continue;
      best = &mark;
      *end = next;
    }
  return best;
}

bool OpensPosition(const Folded& text, std::size_t at, const SignerRules& rules, bool recognised) {
  return static_cast<bool>(MatchAnyAt(text.key, at, rules.positions, recognised));
}

bool IsCapitalLine(const Folded& text) {
  const auto letters =
      std::count_if(text.shape.begin(), text.shape.end(), [](char c) { return c == 'U' || c == 'l'; });
  return letters >= 3 && CapitalShare(text) >= kCapitals;
}

// A line of the block: printed text and where it stands.
struct BlockLine {
  std::vector<const Line*> lines;  // wrapped lines of one
};

struct ReadLine {
  std::string text;  // as printed, a misread mark mended
  const AuthorityMark* mark = nullptr;
  std::string after_mark;  // the text without the mark
  Evidence evidence;
};

ReadLine Read(const BlockLine& block, const SignerRules& rules, const Mapper& mapper) {
  const Traced text(block.lines);
  ReadLine out;
  const std::size_t begin = SkipSpace(text.key(), 0);
  std::size_t end = text.key().size();
  while (end > begin && !IsLetterOrDigit(text.key()[end - 1]) && text.key()[end - 1] != ')') --end;
  out.text = text.Slice(begin, end);
  out.evidence = text.EvidenceOf(begin, end, mapper, 1).value_or(Evidence{});
  std::size_t past = begin;
  out.mark = MarkAt(text.folded(), begin, rules, &past);
  if (out.mark == nullptr) {
    out.after_mark = out.text;
    return out;
  }
  // "TM," and "TM ỦY BAN" are the recogniser's TM.; "T/M" is the Party's own.
  const std::string written = text.Slice(begin, past);
  out.after_mark = text.Slice(past, end);
  const bool own_form = written.find('/') != std::string::npos || written.back() == '.';
  if (!own_form) out.text = out.mark->value + " " + out.after_mark;
  return out;
}

bool StartsWithAny(const Folded& text, const Keys& words, bool recognised) {
  std::size_t at = 0;
  while (at < text.key.size() && !IsLetterOrDigit(text.key[at])) ++at;
  return static_cast<bool>(MatchAnyAt(text.key, at, words, recognised));
}

// The letters of a line without the specks that the recogniser sees before and after them.
struct NameSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
};
NameSpan WithoutSpecks(const Folded& text) {
  const auto letter = [&](std::size_t i) { return text.shape[i] == 'U' || text.shape[i] == 'l'; };
  NameSpan out{0, text.key.size()};
  while (out.begin < out.end && !letter(out.begin)) ++out.begin;
  while (out.end > out.begin && !letter(out.end - 1)) --out.end;
  return out;
}

// Two to seven words, letters only, each with a capital first.
bool LooksLikeName(const Folded& text, const NameSpan& span, bool capitals_allowed) {
  constexpr int kMostWords = 7;  // with a rank or a degree: "Thượng tá Nguyễn Thị Minh Khai"
  int words = 0;
  int capitals = 0;
  for (std::size_t i = span.begin; i < span.end;) {
    if (text.key[i] == ' ' || text.key[i] == '.' || text.key[i] == '-') {
      ++i;
      continue;
    }
    if (text.shape[i] != 'U' && text.shape[i] != 'l') return false;
    capitals += text.shape[i] == 'U';
    const std::size_t begin = i;
    while (i < span.end && (text.shape[i] == 'U' || text.shape[i] == 'l')) ++i;
    if (i - begin > 7) return false;  // no Vietnamese syllable is longer
    ++words;
  }
  if (words < 2 || words > kMostWords || capitals + 1 < words) return false;
  return capitals_allowed || CapitalShare(text) < kCapitals;
}

struct NameLine {
  const Line* line = nullptr;
  NameSpan span;
  double certainty = 0;
};

// Blocks are centred (Decree 30/2020, annex I, II.7): a recognised name beside its block's middle has lost a
// part under the seal or the signature.
double CertaintyOfPlace(const Line& name, const std::vector<BlockLine>& block) {
  Box all = block.front().lines.front()->box;
  for (const BlockLine& line : block)
    for (const Line* part : line.lines) all = Union(all, part->box);
  const double apart = std::abs((name.box.x0 + name.box.x1) / 2 - (all.x0 + all.x1) / 2);
  return apart > kOffCentre_pt ? kNameInPart : 1;
}

// The lowest line below the block that reads as a name, in bold if any is.
NameLine FindName(const std::vector<const Line*>& lines, std::size_t from, double block_bottom,
                  const SignerRules& rules, bool recognised) {
  NameLine best;
  bool best_bold = false;
  for (std::size_t i = from; i < lines.size(); ++i) {
    const Line& line = *lines[i];
    const Traced text(line);
    if (StartsWithAny(text.folded(), rules.not_names, recognised)) continue;
    const bool stamped = !line.words.empty() && line.words.front().source == Source::kAppearance;
    const bool gap = line.box.y0 - block_bottom > 1.5 * line.box.height();
    const NameSpan span = WithoutSpecks(text.folded());
    if (stamped || !LooksLikeName(text.folded(), span, gap)) continue;
    const bool bold = line.bold.value_or(false);
    if (best.line != nullptr && best_bold && !bold) continue;
    best = {&line, span, CapitalShare(text.folded()) < kCapitals ? kNameByForm : kNameInCapitals};
    if (bold) best.certainty = std::max(best.certainty, 1.0);
    best_bold = bold;
  }
  return best;
}

void SetMeaning(const std::vector<ReadLine>& block, Signer* out, Notes* notes) {
  const ReadLine* behalf = nullptr;
  for (const ReadLine& line : block) {
    if (line.mark == nullptr) continue;
    if (std::find(out->authority.begin(), out->authority.end(), line.mark->value) == out->authority.end())
      out->authority.push_back(line.mark->value);
    if (line.mark->acting) continue;
    if (behalf == nullptr || (line.mark->collective && !behalf->mark->collective)) behalf = &line;
  }
  if (behalf != nullptr && !behalf->after_mark.empty()) {
    out->on_behalf_of = behalf->after_mark;
    notes->evidence["/signer/on_behalf_of"] = behalf->evidence;
  }
  const ReadLine& last = block.back();
  const bool only_mark = last.mark != nullptr && !last.mark->acting;
  if (!only_mark && !last.after_mark.empty()) {
    out->position = last.after_mark;
    notes->evidence["/signer/position"] = last.evidence;
  }
}

}  // namespace

bool OpensSigner(const Folded& text, const FieldRules& rules, bool recognised) {
  const std::size_t at = SkipSpace(text.key, 0);
  if (at >= text.key.size() || !IsCapitalLine(text)) return false;
  std::size_t end = 0;
  return MarkAt(text, at, rules.signer, &end) != nullptr || OpensPosition(text, at, rules.signer, recognised);
}

std::optional<Signer> ReadSigner(const std::vector<const Line*>& lines,
                                 const std::vector<const Line*>& overleaf, const FieldRules& rules,
                                 const Mapper& mapper, bool recognised, Notes* notes) {
  std::size_t i = 0;
  while (i < lines.size() && !OpensSigner(Folded(lines[i]->text), rules, recognised)) ++i;
  if (i == lines.size()) return std::nullopt;
  std::vector<BlockLine> block;
  double bottom = lines[i]->box.y1;
  for (; i < lines.size(); ++i) {
    const Line& line = *lines[i];
    const Folded text(line.text);
    const bool near = block.empty() || line.box.y0 - bottom < 1.2 * line.box.height();
    if (!IsCapitalLine(text) || !near) break;
    const bool wrapped =
        !block.empty() && MatchAnyAt(text.key, SkipSpace(text.key, 0), rules.signer.going_on, recognised);
    if (block.empty() || (!wrapped && OpensSigner(text, rules, recognised)))
      block.push_back({{&line}});
    else
      block.back().lines.push_back(&line);  // a wrapped line
    bottom = std::max(bottom, line.box.y1);
  }
  Signer out;
  std::vector<ReadLine> read;
  for (const BlockLine& line : block) {
    read.push_back(Read(line, rules.signer, mapper));
    notes->evidence[ItemPointer("/signer/block", out.block.size())] = read.back().evidence;
    out.block.push_back(read.back().text);
  }
  SetMeaning(read, &out, notes);
  NameLine name = FindName(lines, i, bottom, rules.signer, recognised);
  if (name.line == nullptr) {
    name = FindName(overleaf, 0, bottom, rules.signer, recognised);
    name.certainty = std::min(name.certainty, kNameOverleaf);
  }
  if (name.line != nullptr) {
    const Traced text(*name.line);
    out.name = text.Slice(name.span.begin, name.span.end);
    Evidence evidence =
        text.EvidenceOf(name.span.begin, name.span.end, mapper, name.certainty).value_or(Evidence{});
    if (recognised) evidence.confidence *= CertaintyOfPlace(*name.line, block);
    if (evidence.confidence <= kNameInPart)
      notes->Find(Severity::kWarning, "signer.name.doubtful",
                  "Họ tên người ký có thể bị dấu hoặc chữ ký che một phần; cần xem lại.", evidence.page);
    notes->evidence["/signer/name"] = evidence;
  } else {
    notes->Find(Severity::kWarning, "signer.name.absent", "Không đọc được họ tên người ký.",
                lines.front()->page);
  }
  return out;
}

}  // namespace vanthu::extract
