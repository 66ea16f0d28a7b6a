// Developer program: sets a sample document and says what it took.
//
//   set_sample plan|table ROWS OUT.pdf [TIMES]
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "pipeline/base/file.h"
#include "sample_document.h"

int main(int argc, char** argv) {
  using namespace vanthu;
  if (argc < 4) return 2;
  const int rows = std::atoi(argv[2]);
  const int times = argc > 4 ? std::atoi(argv[4]) : 1;
  const auto document =
      std::string_view(argv[1]) == "plan" ? templates::SamplePlan(rows) : templates::LongTable(rows);
  const auto& fonts = templates::TestFonts();
  Result<std::string> pdf = templates::SetPdf(document, fonts, {});
  const std::clock_t begin = std::clock();
  for (int i = 0; i < times && pdf; ++i) pdf = templates::SetPdf(document, fonts, {});
  const double ms = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / times;
  if (!pdf) {
    std::fprintf(stderr, "%s\n", Describe(pdf.error(), Language::kEnglish).c_str());
    return 1;
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("%.2f ms CPU, %zu bytes, peak %ld MB\n", ms, pdf->size(), usage.ru_maxrss / 1024);
  return WriteFileAtomically(argv[3], *pdf) ? 0 : 1;
}
