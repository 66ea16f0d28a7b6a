// Record -> its single values by JSON pointer (the contract's record form), each with its evidence where
// there is any.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/record.h"

namespace vanthu::archive {

struct Value {
  std::string pointer;  // "/tasks/0/lead/1"
  std::string value;    // never empty
  const Evidence* evidence =
      nullptr;  // of the value itself or the nearest value above it; points into the record
};

// Header, signer, addressees, recipients, citations, tasks and targets, in the record's order. Sections and
// table cells are left to the full text. The record must outlive the result.
std::vector<Value> ValuesOf(const Record& record);

// Every piece of evidence under kDoubtful, with its value; the value is empty where the evidence stands for
// several values ("/tasks/0") or for one that is null.
std::vector<Value> DoubtfulOf(const Record& record);

const char* Name(Source source);
const char* Name(Origin origin);

}  // namespace vanthu::archive
