// Developer program, not installed: what the layout makes of a PDF's text pages.
//
// FILE may also be pages recorded before (.json), so that recognised pages need not be recognised again.
//
//   layout_dump FILE.pdf            paragraphs and tables over all pages
//   layout_dump --pages FILE.pdf    page by page as printed
//   layout_dump --text FILE.pdf     reading-order text
//   layout_dump --json FILE.pdf     tables as JSON
//   layout_dump --record FILE.pdf FIRST LAST   recorded pages for golden tests (1-based)
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/base/file.h"
#include "pipeline/intake/intake.h"
#include "pipeline/layout/layout.h"
#include "pipeline/layout/text.h"
#include "tests/pipeline/layout/dump.h"
#include "tests/pipeline/layout/recorded_pages.h"

namespace {

nlohmann::json TablesJson(const vanthu::DocumentLayout& layout) {
  nlohmann::json tables = nlohmann::json::array();
  for (const vanthu::Table& t : layout.tables) {
    nlohmann::json cells = nlohmann::json::array();
    for (const vanthu::Cell& c : t.cells)
      cells.push_back(
          {{"row", c.row}, {"col", c.col}, {"rowspan", c.rowspan}, {"colspan", c.colspan}, {"text", c.text}});
    tables.push_back(
        {{"pages", t.pages}, {"header_rows", t.header_rows}, {"caption", t.caption}, {"cells", cells}});
  }
  return {{"tables", tables}};
}

}  // namespace

int main(int argc, char** argv) {
  std::string mode, file;
  std::vector<int> range;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg.starts_with("--"))
      mode = arg.substr(2);
    else if (file.empty())
      file = arg;
    else
      range.push_back(std::atoi(arg.c_str()));
  }
  std::vector<vanthu::Page> pages;
  if (file.ends_with(".json")) {
    pages = vanthu::layout::LoadPages(vanthu::ReadFile(file, 1U << 30).value());
  } else {
    auto document = vanthu::intake::OpenDocument(file, {});
    if (!document) {
      std::fprintf(stderr, "%s\n", vanthu::Describe(document.error(), vanthu::Language::kEnglish).c_str());
      return 3;
    }
    for (int i = 0; i < (*document)->page_count(); ++i) {
      auto page = (*document)->ReadPage(i);
      if (page) pages.push_back(std::move(*page));
    }
  }
  if (mode == "ends") {
    const vanthu::DocumentLayout l = vanthu::layout::BuildLayout(pages, {});
    for (const auto& page : l.pages)
      for (const auto& line : page.lines)
        std::printf("%s|%s\n", line.text.c_str(), line.words.back().space_after.value_or(false) ? "_" : "");
    return 0;
  }
  if (mode == "record") {
    const int first = range.empty() ? 1 : range[0],
              last = range.size() < 2 ? static_cast<int>(pages.size()) : range[1];
    std::vector<vanthu::Page> some(pages.begin() + first - 1, pages.begin() + last);
    std::printf("%s\n", vanthu::layout::RecordPages(some).c_str());
    return 0;
  }
  const std::clock_t start = std::clock();
  const vanthu::DocumentLayout layout = vanthu::layout::BuildLayout(pages, {});
  const double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (mode == "time")
    std::printf("%.2f ms/page, %zu pages\n", ms / static_cast<double>(pages.size()), pages.size());
  else if (mode == "text")
    std::fputs(vanthu::layout::ReadingOrderText(layout).c_str(), stdout);
  else if (mode == "json")
    std::printf("%s\n", TablesJson(layout).dump().c_str());
  else if (mode == "pages")
    std::fputs(vanthu::layout::DumpPages(layout).c_str(), stdout);
  else
    std::fputs(vanthu::layout::DumpDocument(layout).c_str(), stdout);
}
