// The interactive form of one revision as its tree of fields and widgets.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "signing/pdf/file.h"

namespace vanthu::signing {

// A node of the tree: a field, a widget, or (most often) both in one dictionary.
struct FormNode {
  pdf::Ref ref;
  int parent = 0;          // object number; 0 at the root
  int owner = 0;           // the nearest node upward (or itself) with a name of its own: the field
  std::string name;        // full, partial names joined by "."
  std::string type;        // FT, inherited: "Sig", "Tx", "Ch", "Btn"; empty when there is none
  pdf::Object value;       // V, inherited, as written
  std::int64_t flags = 0;  // Ff, inherited
  bool is_widget = false;  // /Subtype /Widget
  std::vector<int> kids;   // object numbers, in order
};

struct FormTree {
  pdf::Object dictionary;         // of the form; null where the catalog has none
  std::map<int, FormNode> nodes;  // by object number
  std::vector<int> root;          // numbers in /Fields, in order
  // Fields written in place (no object of their own), nodes with two parents, over the limits: nothing that a
  // tool writes, and nothing that can be followed from one revision into the next.
  bool odd = false;
};

// ISO 32000-1, 12.7. Never fails; bounded by the number of objects.
FormTree ReadFormTree(const pdf::File& file, std::size_t revision);

}  // namespace vanthu::signing
