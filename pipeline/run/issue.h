// A record and a form through every stage of issuing: record -> document -> pages, with the record inside.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"
#include "templates/engine/engine.h"
#include "templates/forms/conventions.h"
#include "templates/forms/form.h"

namespace vanthu::run {

// The name under which a document carries its record.
inline constexpr char kCarriedName[] = "record.xml";

// What a Document is written as. Only a PDF carries the record.
enum class IssueFormat { kPdf, kDocx, kText };

struct IssueOptions {
  std::filesystem::path font_dir;  // empty: the system's checked fonts
  templates::EngineOptions engine;
  IssueFormat format = IssueFormat::kPdf;
  bool attach_record = true;  // PDF/A-3a with record.xml; without: PDF/A-2a
};

// What a run of issues shares; read once.
struct IssueTools {
  templates::Conventions conventions;
  templates::Fonts fonts;
};
Result<IssueTools> OpenIssueTools(const IssueOptions& options);

// JSON or XML, told apart by the bytes; kNotAccepted where they are neither.
Result<Record> ReadRecordFile(const std::filesystem::path& path);

// The file's bytes: the same for the same record, form, fonts and engine.
Result<std::string> Issue(const Record& record, const templates::Form& form, const IssueTools& tools,
                          const IssueOptions& options);

// The same of a document that has been issued: `xml` is what it carries, `record` what that says.
Result<std::string> IssueAgain(const Record& record, std::string xml, const templates::Form& form,
                               const IssueTools& tools, const IssueOptions& options);

// What a document of this form is set with today.
Rendering RenderingOf(const templates::Form& form, const IssueTools& tools);

}  // namespace vanthu::run
