// The forms that are there: those of the installation, and a clerk's own files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "templates/forms/form.h"

namespace vanthu::templates {

struct FormEntry {
  std::string id;
  std::string title;
  std::filesystem::path file;
};

// The forms of a folder, by id; files that are no forms are passed over. kMissingResource where the folder is
// not there.
Result<std::vector<FormEntry>> ListForms(const std::filesystem::path& folder);

// Where a form lies: `name` is a file's path (it ends in .xml or has a slash), else the id of a form in
// `folder`. kUsage, with the nearest id, where there is no such form.
Result<std::filesystem::path> FindForm(const std::string& name, const std::filesystem::path& folder);

// A checked form. kNotAccepted with all faults, each with its line; `folder` holds form.xsd.
Result<Form> ReadForm(const std::filesystem::path& file, const std::filesystem::path& folder);

// All faults of a form file; none: it is good.
Result<std::vector<FormFault>> CheckFormFile(const std::filesystem::path& file,
                                             const std::filesystem::path& folder);

}  // namespace vanthu::templates
