// The words that a written record uses for the model's enumerations, and the text it may hold: one list for
// JSON and XML. Internal to the room.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/model/record.h"

namespace vanthu::record {

template <typename E>
struct Names;  // kList: pairs of value and word

template <>
struct Names<Origin> {
  static constexpr std::pair<Origin, std::string_view> kList[] = {
      {Origin::kText, "text"},
      {Origin::kScan, "scan"},
      {Origin::kMixed, "mixed"},
      {Origin::kAttachedRecord, "attached-record"}};
};
template <>
struct Names<Source> {
  static constexpr std::pair<Source, std::string_view> kList[] = {{Source::kText, "text"},
                                                                  {Source::kOcr, "ocr"},
                                                                  {Source::kAppearance, "appearance"},
                                                                  {Source::kAttachment, "attachment"},
                                                                  {Source::kPerson, "person"}};
};
template <>
struct Names<CitationRole> {
  static constexpr std::pair<CitationRole, std::string_view> kList[] = {{CitationRole::kBasis, "basis"},
                                                                        {CitationRole::kBody, "body"}};
};
template <>
struct Names<DeadlineKind> {
  static constexpr std::pair<DeadlineKind, std::string_view> kList[] = {{DeadlineKind::kBy, "by"},
                                                                        {DeadlineKind::kOn, "on"},
                                                                        {DeadlineKind::kBetween, "between"},
                                                                        {DeadlineKind::kQuarter, "quarter"},
                                                                        {DeadlineKind::kYear, "year"},
                                                                        {DeadlineKind::kOngoing, "ongoing"},
                                                                        {DeadlineKind::kPeriodic, "periodic"},
                                                                        {DeadlineKind::kRelative, "relative"},
                                                                        {DeadlineKind::kUnknown, "unknown"}};
};
template <>
struct Names<Severity> {
  static constexpr std::pair<Severity, std::string_view> kList[] = {
      {Severity::kInfo, "info"}, {Severity::kWarning, "warning"}, {Severity::kError, "error"}};
};

template <typename E>
std::string WordFor(E value) {
  for (const auto& [candidate, word] : Names<E>::kList)
    if (candidate == value) return std::string(word);
  return {};
}

template <typename E>
std::optional<E> FromWord(std::string_view word) {
  for (const auto& [value, candidate] : Names<E>::kList)
    if (candidate == word) return value;
  return std::nullopt;
}

// Text as a record may hold it: NFC, lines ended by '\n', no character that XML 1.0 cannot carry
// (U+0000..U+001F other than tab and newline, surrogates, U+FFFE, U+FFFF) and no U+007F. Such a character
// becomes a space between two that are no spaces, and vanishes elsewhere.
std::string CleanText(std::string_view text);

// Two decimals for places (1/7200 inch), four for confidences; what is not finite is no number: 0.
double RoundPlace(double value);
double RoundConfidence(double value);

// The top-level members that a record may leave out (Record::unexamined). The rest is always written.
inline constexpr std::string_view kLeavable[] = {"header",    "addressees", "signer",     "recipients",
                                                 "citations", "sections",   "appendices", "tables",
                                                 "tasks",     "targets",    "signatures"};

// The members of a signature that are text, in the order of both forms; `words`: the only ones allowed,
// empty: any text.
struct SignatureMember {
  const char* name;
  Text SignatureFound::*member;
  std::span<const std::string_view> words;
};
std::span<const SignatureMember> SignatureMembers();

// The heading of every column of a table: the deepest header cell that covers it, number rows ("(1) (2)")
// passed over; null where that is empty. No header rows: no columns.
std::vector<Text> ColumnHeadings(const Table& table);

}  // namespace vanthu::record
