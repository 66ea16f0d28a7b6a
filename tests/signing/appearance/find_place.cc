// Developer program: where signatures would go.
//
//   find_place RULES_DIR FILE.pdf|WORDS.json ...     WORDS.json: of a scan, by `vanthu text --format json`
#include <cstdio>
#include <fstream>
#include <string_view>

#include <nlohmann/json.hpp>

#include "pipeline/intake/intake.h"
#include "signing/appearance/place.h"

namespace {

using namespace vanthu;

std::vector<Page> PagesOfWords(const char* path) {
  const nlohmann::json json = nlohmann::json::parse(std::ifstream(path));
  std::vector<Page> pages;
  for (const auto& from : json.at("pages")) {
    Page& page = pages.emplace_back();
    page.index = from.at("page").get<int>() - 1;
    page.width_pt = from.at("width");
    page.height_pt = from.at("height");
    for (const auto& line : from.at("lines")) {
      for (const auto& word : line.at("words")) {
        const auto& box = word.at("box");
        page.words.push_back({word.at("text"), {box[0], box[1], box[2], box[3]}});
      }
    }
  }
  return pages;
}

std::vector<Page> PagesOfDocument(const char* path) {
  std::vector<Page> pages;
  const auto document = intake::OpenDocument(path, {});
  if (!document) {
    std::fprintf(stderr, "%s\n", Describe(document.error(), Language::kEnglish).c_str());
    return pages;
  }
  for (int page = 0; page < (*document)->page_count(); ++page)
    if (Result<Page> read = (*document)->ReadPage(page)) pages.push_back(std::move(*read));
  return pages;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const Result<signing::PlaceRules> rules = signing::ReadPlaceRules(argv[1]);
  if (!rules) {
    std::fprintf(stderr, "%s\n", Describe(rules.error(), Language::kEnglish).c_str());
    return 4;
  }
  for (int i = 2; i < argc; ++i) {
    const std::vector<Page> pages =
        std::string_view(argv[i]).ends_with(".json") ? PagesOfWords(argv[i]) : PagesOfDocument(argv[i]);
    const signing::FoundPlace place = signing::FindPlace(pages, *rules);
    std::printf("%s: page %d [%.0f %.0f %.0f %.0f] kind %d confidence %.2f \"%s\" \"%s\"\n", argv[i],
                place.page + 1, place.box.x0, place.box.y0, place.box.x1, place.box.y1,
                static_cast<int>(place.kind), place.confidence, place.title.c_str(), place.name.c_str());
  }
  return 0;
}
