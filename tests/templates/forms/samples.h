// The records that the tests of issued documents set: the five plans, and small ones for the other forms.
#pragma once

#include <string>
#include <vector>

#include "pipeline/model/record.h"
#include "templates/engine/document.h"

namespace vanthu::templates {

struct Sample {
  std::string name;  // of the record's file
  std::string form;
};

// All ten forms and the five plans.
const std::vector<Sample>& Samples();
const Sample& SampleOf(const std::string& name);

std::string RecordText(const Sample& sample);  // its JSON
Record RecordOf(const Sample& sample);
Document DocumentOf(const Sample& sample, const Record& record);
Document DocumentOf(const Sample& sample);

// As `vanthu render` makes it: with the record attached. `pdfa_1b`: without, for checkers of part 1.
std::string PdfOf(Document document, const Record& record);
std::string PdfOf(const Document& document, bool pdfa_1b = false);

}  // namespace vanthu::templates
