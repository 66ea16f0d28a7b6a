// Input: two texts. Output: edit errors of clusters and of words. Method: exact edit distance (distance.h) on
// NFC grapheme clusters with white space collapsed; again with tone placement folded, and without diacritics.
#include "pipeline/evaluate/text_score.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "pipeline/evaluate/distance.h"
#include "pipeline/evaluate/told.h"

namespace vanthu::evaluate {
namespace {

struct Sides {
  Sequence gold, result;
  double Errors() const { return static_cast<double>(EditDistance(gold, result)); }
};

std::vector<std::string> SplitWords(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    if (end > start) out.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return out;
}

}  // namespace

TextScore ScoreText(std::string_view gold_text, std::string_view result_text) {
  const std::string gold = CollapseSpace(ToNfc(gold_text)), result = CollapseSpace(ToNfc(result_text));
  const std::string folded_gold = FoldTonePlacement(gold), folded_result = FoldTonePlacement(result);
  Symbols symbols;
  TextScore score;
  const Sides clusters{symbols.Clusters(gold), symbols.Clusters(result)};
  score.clusters = static_cast<double>(clusters.gold.size());
  score.errors = clusters.Errors();
  score.errors_tone_folded = Sides{symbols.Clusters(folded_gold), symbols.Clusters(folded_result)}.Errors();
  score.errors_without_diacritics =
      Sides{symbols.Clusters(WithoutDiacritics(gold)), symbols.Clusters(WithoutDiacritics(result))}.Errors();
  const Sides words{symbols.Words(gold), symbols.Words(result)};
  score.words = static_cast<double>(words.gold.size());
  score.word_errors = words.Errors();
  score.word_errors_tone_folded = Sides{symbols.Words(folded_gold), symbols.Words(folded_result)}.Errors();
  return score;
}

std::vector<Message> TextDifferences(std::string_view gold_text, std::string_view result_text,
                                     std::size_t most) {
  const std::string gold = CollapseSpace(ToNfc(gold_text)), result = CollapseSpace(ToNfc(result_text));
  const std::vector<std::string> gold_words = SplitWords(gold), result_words = SplitWords(result);
  Symbols symbols;
  const Sequence a = symbols.Words(FoldTonePlacement(gold)), b = symbols.Words(FoldTonePlacement(result));
  const std::vector<Step> steps = Align(a, b);
  std::vector<Message> out;
  const auto same = [&](const Step& step) {
    return step.a >= 0 && step.b >= 0 &&
           a[static_cast<std::size_t>(step.a)] == b[static_cast<std::size_t>(step.b)];
  };
  for (std::size_t i = 0; i < steps.size();) {
    if (same(steps[i])) {
      ++i;
      continue;
    }
    std::string missing, extra;
    int where = -1;
    for (; i < steps.size() && !same(steps[i]); ++i) {
      if (steps[i].a >= 0) {
        if (where < 0) where = steps[i].a;
        missing += (missing.empty() ? "" : " ") + gold_words[static_cast<std::size_t>(steps[i].a)];
      }
      if (steps[i].b >= 0)
        extra += (extra.empty() ? "" : " ") + result_words[static_cast<std::size_t>(steps[i].b)];
    }
    if (out.size() == most) {
      out.push_back(ToldAlike("text: …"));
      break;
    }
    out.push_back(where < 0 ? ToldAlike(fmt::format("text: \"{}\" -> \"{}\"", missing, extra))
                            : Told("text từ thứ {}: \"{}\" -> \"{}\"", "text word {}: \"{}\" -> \"{}\"",
                                   where + 1, missing, extra));
  }
  return out;
}

}  // namespace vanthu::evaluate
