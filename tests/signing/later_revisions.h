// What was done to signed files after signing, by name: the attacks of the literature and our own, and what
// honest tools do. USF, ISA, SWA: Mladenov et al., "1 Trillion Dollar Refund" (CCS 2019). Hide, replace,
// hide-and-replace: Mainka et al., "Shadow Attacks" (NDSS 2021). EAA, SSA: Rohlmann et al., "Breaking the
// Specification: PDF Certification" (S&P 2021).
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/signing/sample_document.h"

namespace vanthu::signing::testing {

enum class Judged {
  kNone,
  kAllowed,
  kSuspicious,
  kRefused,   // the file's structure is broken: File::Parse says no
  kBadRange,  // the signature itself is not what it should be: the byte range or its dictionary
  kDigest,    // ... its bytes were altered, or its /Contents: only the CMS tells
};

struct LaterRevision {
  std::string name;
  Judged judged = Judged::kSuspicious;
  SampleOptions options;
  std::function<void(Sample&)> change;  // closes what it writes

  // The file. With a signer, its first signature is real, and so are those that `change` adds.
  std::string Make(const Signer& signer = nullptr, std::size_t reserved = 64) const;
};

std::vector<LaterRevision> HonestRevisions();
std::vector<LaterRevision> PageAttacks();           // ISA, shadow attacks on what pages show
std::vector<LaterRevision> FormAttacks();           // fields, locks, signatures
std::vector<LaterRevision> CertificationAttacks();  // EAA, SSA, actions, layers, the catalog
std::vector<LaterRevision> StructureAttacks();      // cross-references, hide-and-replace
std::vector<LaterRevision> SignatureAttacks();      // USF, SWA
std::vector<LaterRevision> AllAttacks();

// Parts of them.
int AddComment(Sample& sample, const std::string& subtype, const std::string& rectangle, Entries more = {});
void ReplaceAll(std::string& text, const std::string& from, const std::string& to);

}  // namespace vanthu::signing::testing
