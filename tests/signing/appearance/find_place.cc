// Developer program: where signatures would go, for text documents.
//
//   find_place RULES_DIR FILE.pdf ...
#include <cstdio>

#include "pipeline/intake/intake.h"
#include "signing/appearance/place.h"

int main(int argc, char** argv) {
  using namespace vanthu;
  if (argc < 3) return 2;
  const Result<signing::PlaceRules> rules = signing::ReadPlaceRules(argv[1]);
  if (!rules) {
    std::fprintf(stderr, "%s\n", Describe(rules.error(), Language::kEnglish).c_str());
    return 4;
  }
  for (int i = 2; i < argc; ++i) {
    const auto document = intake::OpenDocument(argv[i], {});
    if (!document) {
      std::fprintf(stderr, "%s\n", Describe(document.error(), Language::kEnglish).c_str());
      continue;
    }
    std::vector<Page> pages;
    for (int page = 0; page < (*document)->page_count(); ++page)
      if (Result<Page> read = (*document)->ReadPage(page)) pages.push_back(std::move(*read));
    const signing::FoundPlace place = signing::FindPlace(pages, *rules);
    std::printf("%s: page %d [%.0f %.0f %.0f %.0f] kind %d confidence %.2f \"%s\" \"%s\"\n", argv[i],
                place.page + 1, place.box.x0, place.box.y0, place.box.x1, place.box.y1,
                static_cast<int>(place.kind), place.confidence, place.title.c_str(), place.name.c_str());
  }
  return 0;
}
