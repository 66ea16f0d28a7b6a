// A form and a record become a document.
//
// Input: a checked form, any record. Output: the document's pages as blocks (templates/engine/document.h).
// Method: one walk over the form; paths are looked up in the record's values, what repeats is repeated, text
// is NFC. Errors: kNotAccepted naming the form's line for each value that the record lacks and the form
// needs, and for each that cannot be written as the form wants; all of them in one message. kLimit where a
// form would repeat without end. Accuracy: nothing of the record is changed but its case and number formats,
// as the form says. Thread-safe.
#pragma once

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"
#include "templates/engine/document.h"
#include "templates/forms/conventions.h"
#include "templates/forms/form.h"

namespace vanthu::templates {

struct BuildOptions {
  const Conventions* conventions = nullptr;  // outlives the call
};

Result<Document> BuildDocument(const Form& form, const Record& record, const BuildOptions& options);

}  // namespace vanthu::templates
