// Developer program: sets a record by a form again and again in one process, as an office's server would, and
// says what one document takes. bench/render.sh.
//
//   set_record RECORD FORM OUT.pdf|OUT.docx [TIMES]
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "pipeline/base/file.h"
#include "pipeline/run/issue.h"
#include "templates/forms/catalogue.h"

namespace {

int Refuse(const vanthu::Error& error) {
  std::fprintf(stderr, "%s\n", vanthu::Describe(error, vanthu::Language::kEnglish).c_str());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace vanthu;
  if (argc < 4) return 2;
  const int times = argc > 4 ? std::max(1, std::atoi(argv[4])) : 1;
  const std::string out = argv[3];
  run::IssueOptions options;
  if (out.ends_with(".docx")) options.format = run::IssueFormat::kDocx;
  const auto file = templates::FindForm(argv[2], DataFolder() / "forms");
  if (!file) return Refuse(file.error());
  const Result<templates::Form> form = templates::ReadForm(*file, DataFolder() / "forms");
  if (!form) return Refuse(form.error());
  const Result<run::IssueTools> tools = run::OpenIssueTools(options);
  if (!tools) return Refuse(tools.error());
  const Result<Record> record = run::ReadRecordFile(argv[1]);
  if (!record) return Refuse(record.error());
  Result<std::string> bytes = run::Issue(*record, *form, *tools, options);  // the first is not counted
  const std::clock_t begin = std::clock();
  for (int i = 0; i < times && bytes; ++i) bytes = run::Issue(*record, *form, *tools, options);
  if (!bytes) return Refuse(bytes.error());
  const double ms = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / times;
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%.2f %ld\n", ms, usage.ru_maxrss / 1024);  // ms of CPU a document, peak MiB
  const Status written = WriteFileAtomically(out, *bytes);
  return written ? 0 : Refuse(written.error());
}
