// The signatures of a PDF as its interactive form names them, in every revision.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "signing/pdf/file.h"

namespace vanthu::signing {

// One signature field with a value (ISO 32000-1, 12.8.1).
struct SignatureField {
  std::string name;               // full, partial names joined by "."
  pdf::Ref field;                 // invalid (0) when written in place
  std::optional<pdf::Ref> value;  // of the signature dictionary where it is an object of its own
  pdf::Object dictionary;         // of the signature, as `revision` has it; may be null or of another kind
  std::size_t revision = 0;       // the one that first gave the field this value
  bool is_timestamp = false;      // /Type /DocTimeStamp or SubFilter ETSI.RFC3161
  std::string sub_filter;
  bool gone_later = false;     // a later revision has no such field or value: it was taken out
  bool changed_later = false;  // ... has another value in its place
  int page = -1;               // 0-based, of its widget; -1: none
};

// In the order of signing. A field without /V is an empty place and no signature; one whose /V is there but
// null, of another kind, or lacks entries is returned all the same: it must be rejected, never overlooked. So
// is, with a null dictionary and no name, a form that is too large to be looked through.
std::vector<SignatureField> FindSignatures(const pdf::File& file);

// /Perms /DocMDP and the field locks that hold at `revision`.
struct Certification {
  std::optional<pdf::Ref> value;  // the certifying signature's dictionary
  int permission = 0;             // 1, 2, 3; 0: not certified
};
Certification FindCertification(const pdf::File& file, std::size_t revision);

struct FieldLock {
  enum class Action : std::uint8_t { kAll, kInclude, kExclude } action = Action::kAll;
  std::vector<std::string> fields;
  int permission = 0;  // /P of ISO 32000-2 SigFieldLock; 0: none
};
std::vector<FieldLock> FindLocks(const pdf::File& file, std::size_t revision);

}  // namespace vanthu::signing
