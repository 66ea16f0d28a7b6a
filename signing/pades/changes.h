// What later revisions changed after a signature, object by object, against an allow-list: whatever is not
// known to be harmless is suspicious.
//
// Allowed: new signatures and their fields, /DSS (and /Extensions for it), DocTimeStamps, /Metadata of the
// catalog and /Info dates; by DocMDP and field locks also form filling and, at P 3, annotations. Never:
// another page content, another tree of pages, fonts, XObjects, resources or appearances that were there,
// hidden layers switched, actions, shadow content that the signed revision carried unused (hide, replace,
// hide-and-replace: NDSS 2021, "Shadow Attacks"; EAA, SSA: IEEE S&P 2021, "Breaking the
// Specification: PDF Certification"). Method after pyHanko's difference analysis (idea, own rules):
// docs/signing.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "signing/pades/fields.h"

namespace vanthu::signing {

enum class Changes : std::uint8_t { kNone, kAllowed, kSuspicious };

struct Change {
  Message message;  // what was changed, for people
  bool allowed = false;
  pdf::Ref object;
  std::size_t revision = 0;  // that changed it
};

struct ChangesAfter {
  Changes verdict = Changes::kNone;
  std::vector<Change> changes;  // every one that matters, at most 100
};

// `signed_revision`: the last one that the signature covers. Changes up to the file's last revision.
ChangesAfter JudgeChanges(const pdf::File& file, std::size_t signed_revision);

// What the signed revision itself holds that later changes could bring to light or that shows otherwise than
// it is: overlay annotations over text that cover the page in a signed revision, hidden or unused pages of
// fonts. Warnings.
std::vector<Change> FindShadows(const pdf::File& file, std::size_t signed_revision);

}  // namespace vanthu::signing
