// The fields of a PDF's interactive form that hold a signature or something in its place, as one revision
// has them.
//
// Method: the tree of /AcroForm /Fields, then the pages' widgets that it forgot; attributes are inherited
// (ISO 32000-1, 12.7.3.1). A field is one of signatures by /FT /Sig or by what stands in its /V.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "signing/pdf/file.h"

namespace vanthu::signing {

struct FormField {
  std::string name;        // full
  pdf::Ref ref;            // 0: written in place
  pdf::Object dictionary;  // of the field
  pdf::Object value;       // /V as written, whatever it is; null where it says null
  pdf::Object resolved;    // /V
};

struct FormState {
  std::vector<FormField> fields;
  std::unordered_set<int> objects;  // all that the answer rests on
  bool whole = true;                // false: too much to look at
};

// `allowance`: how many nodes may still be looked at, counted down.
FormState ReadForm(const pdf::File& file, std::size_t revision, std::size_t& allowance);

}  // namespace vanthu::signing
