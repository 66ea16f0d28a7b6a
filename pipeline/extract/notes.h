// What extraction remembers beside the values: evidence by JSON pointer, and findings.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/layout.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct Notes {
  std::map<std::string, Evidence> evidence;
  std::vector<Finding> findings;

  // `message` in Vietnamese.
  void Find(Severity severity, std::string code, std::string message, std::optional<int> page = std::nullopt);
};

// Places of evidence in the page as the file shows it, from places in the pages' upright frames.
class Mapper {
 public:
  explicit Mapper(const DocumentLayout& document);
  Box ToSource(int page, const Box& box) const;

 private:
  std::map<int, Affine> to_source_;
};

// Evidence of a whole paragraph, line or cell: its place on the first page it touches, its least confidence
// times `certainty` (how sure the rule is that the value is what it says).
Evidence EvidenceOf(const Paragraph& paragraph, const Mapper& mapper, double certainty);
Evidence EvidenceOf(const Line& line, const Mapper& mapper, double certainty);
Evidence EvidenceOf(const Cell& cell,
                    double certainty);  // of a cell of Record::tables: places already mapped

// JSON pointer of an item: ItemPointer("/tasks", 3, "lead") = "/tasks/3/lead".
std::string ItemPointer(const std::string& list, std::size_t index, const std::string& member = {});

}  // namespace vanthu::extract
