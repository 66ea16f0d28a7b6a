// Where the record that a document carries says something else than its pages.
//
// Input: the carried record, and the record read from the pages. Output: one entry for every value that the
// two give differently. Method: what a page shows as it stands (header, signer, lists, sections, appendices,
// tables cell by cell) is compared by place, white space and normal form aside, and letter case where forms
// print capitals; what is derived from that (tasks, citations, targets) must be read so from the pages too,
// or stand word for word in the row or the text that it comes from. A value that only the pages have is no
// difference: it is theirs. Accuracy: the page's own misreadings are differences too. Bounded in time by the
// sizes of the two. Thread-safe.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/record.h"

namespace vanthu::run {

// Of a record: what one proof by rendering decides about.
enum class Part {
  kHeaderField,
  kAddressees,
  kSigner,
  kRecipients,
  kSections,
  kTables,  // and appendices, which name them
  kDerived
};

struct Difference {
  Part part = Part::kDerived;
  std::string pointer;     // JSON pointer of the value in the carried record: "/tables/0/cells/12"
  Text on_page, attached;  // both versions; null: not there
  int page = -1;           // 0-based, where known
};

// How far the carried tasks, citations and targets are those of the pages.
struct Derived {
  std::vector<int> tasks;  // for each carried one the page's, -1: none that is the same
  std::vector<int> citations;
  std::vector<int> targets;
  std::vector<std::string> doubtful;  // pointers of values that the pages are read to say otherwise, though
                                      // their words stand there
};

struct Comparison {
  std::vector<Difference> differences;
  Derived derived;
};

Comparison Compare(const Record& attached, const Record& page);

// Puts the part that `difference` is about, as `from` has it, into `to`. Nothing for kDerived.
void TakePart(const Difference& difference, const Record& from, Record* to);

}  // namespace vanthu::run
