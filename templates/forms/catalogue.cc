#include "templates/forms/catalogue.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/file.h"
#include "templates/forms/nearest.h"
#include "templates/forms/parse.h"

namespace vanthu::templates {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostFormBytes = 1u << 20;

Result<ParsedForm> Parse(const fs::path& file, const fs::path& folder) {
  const Result<std::string> bytes = ReadFile(file, kMostFormBytes);
  if (!bytes) return Fail(bytes.error());
  return ParseForm(*bytes, file.string(), folder / "form.xsd");
}

}  // namespace

Result<std::vector<FormEntry>> ListForms(const fs::path& folder) {
  std::error_code failure;
  fs::directory_iterator files(folder, failure);
  if (failure) return Fail(SystemError(ErrorCode::kMissingResource, folder, failure.value()));
  std::vector<FormEntry> entries;
  for (const fs::directory_entry& entry : files) {
    if (entry.path().extension() != ".xml") continue;
    const Result<ParsedForm> parsed = Parse(entry.path(), folder);
    if (parsed && parsed->form) entries.push_back({parsed->form->id, parsed->form->title, entry.path()});
  }
  std::ranges::sort(entries, {}, &FormEntry::id);
  return entries;
}

Result<fs::path> FindForm(const std::string& name, const fs::path& folder) {
  if (name.ends_with(".xml") || name.find('/') != std::string::npos) return fs::path(name);
  const fs::path file = folder / (name + ".xml");
  std::error_code ignored;
  if (!name.empty() && fs::is_regular_file(file, ignored)) return file;
  Error error;
  error.code = ErrorCode::kUsage;
  error.message = {fmt::format("không có biểu mẫu «{}»", name), fmt::format("there is no form \"{}\"", name)};
  std::vector<std::string> ids;
  if (const auto entries = ListForms(folder))
    for (const FormEntry& entry : *entries) ids.push_back(entry.id);
  if (const std::string nearest = NearestName(name, ids); !nearest.empty())
    error.advice = {fmt::format("Có phải là «{}»?", nearest), fmt::format("Did you mean \"{}\"?", nearest)};
  else
    error.advice = {fmt::format("Có: {}", fmt::join(ids, ", ")),
                    fmt::format("There are: {}", fmt::join(ids, ", "))};
  return Fail(std::move(error));
}

Result<std::vector<FormFault>> CheckFormFile(const fs::path& file, const fs::path& folder) {
  Result<ParsedForm> parsed = Parse(file, folder);
  if (!parsed) return Fail(parsed.error());
  return std::move(parsed->faults);
}

Result<Form> ReadForm(const fs::path& file, const fs::path& folder) {
  Result<ParsedForm> parsed = Parse(file, folder);
  if (!parsed) return Fail(parsed.error());
  if (parsed->form) return std::move(*parsed->form);
  Error error;
  error.code = ErrorCode::kNotAccepted;
  error.file = file.string();
  error.message = {"biểu mẫu có lỗi", "the form has faults"};
  for (const FormFault& fault : parsed->faults) {
    error.message.vi += "\n  " + Describe(fault, {}, Language::kVietnamese);
    error.message.en += "\n  " + Describe(fault, {}, Language::kEnglish);
  }
  return Fail(std::move(error));
}

}  // namespace vanthu::templates
