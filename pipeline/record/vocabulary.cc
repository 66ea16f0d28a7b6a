#include "pipeline/record/vocabulary.h"

#include <algorithm>
#include <cmath>

#include "pipeline/base/unicode.h"

namespace vanthu::record {
namespace {

bool IsForbidden(char32_t c) {
  return (c < 0x20 && c != U'\t' && c != U'\n') || c == 0x7F || (c >= 0xD800 && c <= 0xDFFF) || c == 0xFFFE ||
         c == 0xFFFF;
}

bool IsPlain(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const unsigned char byte = static_cast<unsigned char>(c);
    return (byte >= 0x20 && byte < 0x7F) || byte == '\n' || byte == '\t';
  });
}

// "(1)", "(5)=(3)+(4)", "A": a row of column numbers has no two letters together in any cell.
bool IsNumberRow(const Table& table, int row) {
  bool any = false;
  for (const Cell& cell : table.cells) {
    if (cell.row > row || cell.row + cell.rowspan <= row) continue;
    const std::u32string code = ToCodePoints(CleanText(cell.text));
    if (code.empty()) continue;
    if (cell.row != row || cell.rowspan != 1) return false;
    any = true;
    for (std::size_t i = 0; i + 1 < code.size(); ++i) {
      const auto letter = [&](char32_t c) {
        return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c >= 0xC0;
      };
      if (letter(code[i]) && letter(code[i + 1])) return false;
    }
  }
  return any;
}

}  // namespace

std::string CleanText(std::string_view text) {
  if (IsPlain(text)) return std::string(text);
  std::u32string code = ToCodePoints(ToNfc(text));
  std::u32string out;
  out.reserve(code.size());
  bool gap = false;
  for (std::size_t i = 0; i < code.size(); ++i) {
    char32_t c = code[i];
    if (c == U'\r') {
      if (i + 1 < code.size() && code[i + 1] == U'\n') continue;
      c = U'\n';
    }
    if (IsForbidden(c)) {
      gap = !out.empty();
      continue;
    }
    if (gap && c != U' ' && out.back() != U' ') out.push_back(U' ');
    gap = false;
    out.push_back(c);
  }
  return FromCodePoints(out);
}

double RoundPlace(double value) {
  constexpr double kFarthest = 1e9;  // a page of 350 km; keeps value * 100 finite
  return std::isfinite(value) ? std::round(std::clamp(value, -kFarthest, kFarthest) * 100) / 100 : 0;
}

double RoundConfidence(double value) {
  return std::isfinite(value) ? std::round(std::clamp(value, 0.0, 1.0) * 1e4) / 1e4 : 0;
}

std::vector<Text> ColumnHeadings(const Table& table) {
  int depth = table.header_rows;
  while (depth > 1 && IsNumberRow(table, depth - 1)) --depth;
  if (depth <= 0) return {};
  std::vector<Text> headings(static_cast<std::size_t>(std::max(0, table.columns)));
  std::vector<int> rows(headings.size(), -1);
  for (const Cell& cell : table.cells) {
    if (cell.row >= depth) continue;
    const std::string heading = CollapseSpace(CleanText(cell.text));
    if (heading.empty()) continue;
    for (int col = std::max(0, cell.col); col < std::min(table.columns, cell.col + cell.colspan); ++col) {
      const std::size_t at = static_cast<std::size_t>(col);
      if (cell.row <= rows[at]) continue;
      rows[at] = cell.row;
      headings[at] = heading;
    }
  }
  return headings;
}

namespace {

constexpr std::string_view kLevelWords[] = {"B", "T", "LT", "LTA", "basic"};
constexpr std::string_view kIntegrityWords[] = {"intact", "altered"};
constexpr std::string_view kCoverageWords[] = {"whole-file", "whole-revision", "partial"};
constexpr std::string_view kChangesAfterWords[] = {"none", "allowed", "suspicious"};
constexpr std::string_view kChainWords[] = {"trusted", "untrusted", "unknown"};
constexpr std::string_view kRevocationWords[] = {"good", "revoked", "unknown"};
constexpr std::string_view kVerdictWords[] = {"passed", "indeterminate", "failed"};

constexpr SignatureMember kSignatureMembers[] = {
    {"field", &SignatureFound::field, {}},
    {"signer", &SignatureFound::signer, {}},
    {"issuer", &SignatureFound::issuer, {}},
    {"organisation", &SignatureFound::organisation, {}},
    {"role", &SignatureFound::role, {}},
    {"claimed_time", &SignatureFound::claimed_time, {}},
    {"timestamp_time", &SignatureFound::timestamp_time, {}},
    {"valid_from", &SignatureFound::valid_from, {}},
    {"valid_to", &SignatureFound::valid_to, {}},
    {"algorithm", &SignatureFound::algorithm, {}},
    {"level", &SignatureFound::level, kLevelWords},
    {"integrity", &SignatureFound::integrity, kIntegrityWords},
    {"coverage", &SignatureFound::coverage, kCoverageWords},
    {"changes_after", &SignatureFound::changes_after, kChangesAfterWords},
    {"chain", &SignatureFound::chain, kChainWords},
    {"revocation", &SignatureFound::revocation, kRevocationWords},
    {"verdict", &SignatureFound::verdict, kVerdictWords},
    {"sub_indication", &SignatureFound::sub_indication, {}},
};

}  // namespace

std::span<const SignatureMember> SignatureMembers() {
  return kSignatureMembers;
}

}  // namespace vanthu::record
