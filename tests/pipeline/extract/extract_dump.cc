// Developer program, not installed: the record of a document as JSON, page by page through intake,
// recogniser, layout and extraction in one process.
//
//   extract_dump [--cache PAGES.json] FILE     PAGES.json is read if it is there, else written: recognition
//   is slow extract_dump --time FILE                   milliseconds of extraction alone, a page
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "ocr/ocr.h"
#include "pipeline/base/file.h"
#include "pipeline/extract/extract.h"
#include "pipeline/intake/intake.h"
#include "pipeline/layout/layout.h"
#include "pipeline/record/json.h"
#include "tests/pipeline/layout/recorded_pages.h"

namespace {

using namespace vanthu;

constexpr double kRenderDpi = 300;

Result<std::vector<Page>> ReadPages(const std::string& file) {
  auto document = intake::OpenDocument(file, {});
  if (!document) return Fail(document.error());
  std::unique_ptr<ocr::Recogniser> recogniser;
  std::vector<Page> pages;
  for (int i = 0; i < (*document)->page_count(); ++i) {
    auto page = (*document)->ReadPage(i);
    if (!page) return Fail(page.error());
    if (page->text_layer != TextLayer::kTrusted) {
      if (!recogniser) {
        auto made = ocr::MakeRecogniser({});
        if (!made) return Fail(made.error());
        recogniser = std::move(*made);
      }
      auto raster = (*document)->RenderPage(i, Dpi{kRenderDpi});
      if (!raster) return Fail(raster.error());
      page = recogniser->Read(*raster, i);
      if (!page) return Fail(page.error());
    }
    pages.push_back(std::move(*page));
  }
  return pages;
}

void PrintLines(const DocumentLayout& document) {
  static const char* const kRegions[] = {"body", "left", "right", "foot", "number", "margin"};
  for (const FlowItem& item : document.flow) {
    if (!item.paragraph) {
      std::printf("table %d\n", item.table.value_or(-1));
      continue;
    }
    const Paragraph& paragraph = *item.paragraph;
    for (const Line& line : paragraph.lines)
      std::printf("%c p%d %-6s a%d [%5.1f %5.1f %5.1f %5.1f] b%d %.2f | %s\n",
                  &line == &paragraph.lines.front() ? '*' : ' ', line.page + 1,
                  kRegions[static_cast<int>(paragraph.region)], static_cast<int>(paragraph.alignment),
                  line.box.x0, line.box.y0, line.box.x1, line.box.y1,
                  line.bold ? static_cast<int>(*line.bold) : -1, line.confidence, line.text.c_str());
  }
  for (const LayoutPage& page : document.pages)
    for (const Mark& mark : page.marks)
      std::printf("mark p%d kind %d [%5.1f %5.1f %5.1f %5.1f] %s\n", page.page + 1,
                  static_cast<int>(mark.kind), mark.box.x0, mark.box.y0, mark.box.x1, mark.box.y1,
                  mark.text.c_str());
}

}  // namespace

int main(int argc, char** argv) {
  std::string cache, file;
  bool time = false, lines = false;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--cache" && i + 1 < argc)
      cache = argv[++i];
    else if (arg == "--time")
      time = true;
    else if (arg == "--lines")
      lines = true;
    else
      file = arg;
  }
  std::vector<Page> pages;
  if (!cache.empty() && std::filesystem::exists(cache)) {
    pages = layout::LoadPages(ReadFile(cache, 1u << 30).value());
  } else {
    auto read = ReadPages(file);
    if (!read) {
      std::fprintf(stderr, "%s\n", Describe(read.error(), Language::kEnglish).c_str());
      return 3;
    }
    pages = std::move(*read);
    if (!cache.empty()) static_cast<void>(WriteFileAtomically(cache, layout::RecordPages(pages)));
  }
  const auto rules = extract::ReadRules(DataFolder() / "rules");
  if (!rules) {
    std::fprintf(stderr, "%s\n", Describe(rules.error(), Language::kEnglish).c_str());
    return 4;
  }
  const DocumentLayout document = layout::BuildLayout(pages, {});
  if (lines) {
    PrintLines(document);
    return 0;
  }
  const std::clock_t start = std::clock();
  Record record = extract::Extract(document, **rules);
  const double ms = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  if (time) {
    std::printf("%.2f ms/page, %zu pages\n", ms / static_cast<double>(pages.size()), pages.size());
    return 0;
  }
  record.source.file = std::filesystem::path(file).filename().string();
  record.source.pages = static_cast<int>(pages.size());
  std::printf("%s\n", record::ToJson(record, record::JsonStyle::kIndented).c_str());
}
