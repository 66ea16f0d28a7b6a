#include <nlohmann/json.hpp>

#include "pipeline/record/json_print.h"
#include "pipeline/record/page_text.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

using Json = nlohmann::ordered_json;

Json BoxToJson(const Box& box) {
  return Json::array({RoundPlace(box.x0), RoundPlace(box.y0), RoundPlace(box.x1), RoundPlace(box.y1)});
}

Json WordToJson(const Word& word) {
  return Json{{"text", CleanText(word.text)},
              {"box", BoxToJson(word.box)},
              {"source", WordFor(word.source)},
              {"confidence", RoundConfidence(word.confidence)}};
}

}  // namespace

std::string WordsToJson(const DocumentLayout& document) {
  Json pages = Json::array();
  for (const LayoutPage& page : document.pages) {
    Json lines = Json::array();
    for (const Line& line : page.lines) {
      Json words = Json::array();
      for (const Word& word : line.words) words.push_back(WordToJson(word));
      lines.push_back(
          Json{{"text", CleanText(line.text)}, {"box", BoxToJson(line.box)}, {"words", std::move(words)}});
    }
    pages.push_back(Json{{"page", page.page + 1},
                         {"width", RoundPlace(page.width_pt)},
                         {"height", RoundPlace(page.height_pt)},
                         {"recognised", page.recognised},
                         {"lines", std::move(lines)}});
  }
  return Indented(Json{{"pages", std::move(pages)}});
}

}  // namespace vanthu::record
