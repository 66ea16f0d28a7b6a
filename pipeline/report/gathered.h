// What a store tells, as values: what the stages of a report are given.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/record.h"

namespace vanthu::report {

struct SourceDocument {
  std::string sha256, file;
  Text type_code, type_name, number, notation, issuing_agency, subject;
  std::optional<Date> date, digitised;
  int pages = 0;
  bool born_digital = false;
  bool searchable = false;
  bool doubtful = false;  // has values that a person must look at
  std::vector<Task> tasks;
};

struct Gathered {
  std::vector<SourceDocument> documents;  // in the store's order
  std::vector<Date> quarantine_days;      // one a document in quarantine
};

// "25/KH-UBND"; what there is of it; else the file's name.
std::string NameOf(const SourceDocument& document);

}  // namespace vanthu::report
