#include "pipeline/run/issue.h"

#include <utility>

#include "pipeline/base/file.h"
#include "pipeline/record/json.h"
#include "pipeline/record/xml.h"
#include "templates/forms/build.h"

namespace vanthu::run {
namespace {

constexpr std::uint64_t kMostRecordBytes = 64u << 20;  // what the record's readers take

Error Named(Error error, const std::filesystem::path& path) {
  if (error.file.empty()) error.file = path.string();
  return error;
}

templates::Attachment Carried(std::string xml) {
  return {kCarriedName, "application/xml", "Bản ghi dữ liệu của văn bản này", std::move(xml)};
}

// The record as the document carries it: with what the document was set with, so that a reader can set it
// again.
std::string CarriedRecord(Record record, const templates::Form& form, const IssueTools& tools) {
  record.rendering = RenderingOf(form, tools);
  return record::ToXml(record);
}

}  // namespace

Rendering RenderingOf(const templates::Form& form, const IssueTools& tools) {
  Rendering rendering{form.id, form.sha256, templates::kEngineVersion, {}, tools.conventions.sha256};
  for (const templates::FontFile& font : tools.fonts.files)
    rendering.fonts.push_back({font.name, font.sha256});
  return rendering;
}

Result<IssueTools> OpenIssueTools(const IssueOptions& options) {
  Result<templates::Conventions> conventions =
      templates::ReadConventions(DataFolder() / "forms", DataFolder() / "rules");
  if (!conventions) return Fail(conventions.error());
  Result<templates::Fonts> fonts = templates::OpenFonts(options.font_dir);
  if (!fonts) return Fail(fonts.error());
  return IssueTools{std::move(*conventions), std::move(*fonts)};
}

Result<Record> ReadRecordFile(const std::filesystem::path& path) {
  const Result<std::string> bytes = ReadFile(path, kMostRecordBytes);
  if (!bytes) return Fail(bytes.error());
  std::string_view text = *bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool xml = first != std::string_view::npos && text[first] == '<';
  Result<Record> record =
      xml ? record::ParseXml(text, DataFolder() / "schema" / "record.xsd") : record::ParseJson(text);
  if (!record) return Fail(Named(record.error(), path));
  return record;
}

Result<std::string> Issue(const Record& record, const templates::Form& form, const IssueTools& tools,
                          const IssueOptions& options) {
  Result<templates::Document> document = templates::BuildDocument(form, record, {&tools.conventions});
  if (!document) return Fail(document.error());
  if (options.format == IssueFormat::kDocx) return templates::SetDocx(*document, tools.fonts);
  if (options.format == IssueFormat::kText) return templates::SetText(*document);
  if (options.attach_record) document->attachment = Carried(CarriedRecord(record, form, tools));
  return templates::SetPdf(*document, tools.fonts, options.engine);
}

Result<std::string> IssueAgain(const Record& record, std::string xml, const templates::Form& form,
                               const IssueTools& tools, const IssueOptions& options) {
  Result<templates::Document> document = templates::BuildDocument(form, record, {&tools.conventions});
  if (!document) return Fail(document.error());
  document->attachment = Carried(std::move(xml));
  return templates::SetPdf(*document, tools.fonts, options.engine);
}

}  // namespace vanthu::run
