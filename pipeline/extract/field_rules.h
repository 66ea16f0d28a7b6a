// The rules of header, signer, recipients, citations and outline as read from rules/*.json. Every keyword is
// kept as its folded key (see folded.h).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/extract/spelling.h"

namespace vanthu::extract {

using Keys = std::vector<std::string>;

// A kind of document that has a name of its own: "Kế hoạch", KH.
struct DocumentType {
  std::string code;
  std::string name;
  std::string key;           // FoldKey(name)
  bool title = false;        // may stand as the type line
  bool cited = false;        // may be named in a citation
  bool bare_number = false;  // is cited by its number alone
  bool no_code = false;      // a công văn: its notation names no type
};

struct LawRules {
  std::string code;
  Keys words;   // that begin a law's name
  Keys stops;   // that end it
  Keys commas;  // names that hold a comma
};

// A value and the words that stand for it.
struct Wording {
  std::string value;
  Keys keys;
};

struct HeaderRules {
  Keys mottos, right_mottos, number_labels, subject_marks, dropped_subject_marks, title_ends, title_starts;
  Keys appendix_words, attached_openings, addressee_labels, telegram_words, noise, stamp_words;
  std::string appendix_type_name;
  std::vector<Wording> urgency, secrecy;
};

struct AgencyRules {
  Keys heads, not_heads, bare, localities, known, stops;
};

struct AuthorityMark {
  std::string value;  // "KT."
  Keys written;
  bool collective = false;
  bool acting = false;
};

struct SignerRules {
  std::vector<AuthorityMark> marks;
  Keys positions, going_on, recipients_labels, not_names;
};

struct CitationRules {
  Keys basis_openings, number_labels, agency_words, list_joins;
};

struct Division {
  std::string key;
  int rank = 0;
  bool titled_below = false;
};

struct OutlineRules {
  std::vector<Division> divisions;
  Keys note_openings;
};

struct FieldRules {
  std::vector<DocumentType> types;  // longest name first
  std::string letter_type_name;     // "Công văn"
  LawRules laws;
  HeaderRules header;
  AgencyRules agencies;
  SignerRules signer;
  CitationRules citations;
  OutlineRules outline;
  SpellingRules spellings;

  // The type whose code is exactly `code` (case counts), or null.
  const DocumentType* TypeOfCode(const std::string& code) const;
};

Result<FieldRules> ReadFieldRules(const std::filesystem::path& folder);

}  // namespace vanthu::extract
