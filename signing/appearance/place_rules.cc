#include "signing/appearance/place_rules.h"

#include "pipeline/base/data_file.h"
#include "pipeline/base/unicode.h"

namespace vanthu::signing {
namespace {

std::vector<std::string> Keys(const std::vector<std::string>& texts) {
  std::vector<std::string> keys;
  keys.reserve(texts.size());
  for (const std::string& text : texts) keys.push_back(MatchKey(text));
  return keys;
}

}  // namespace

Result<PlaceRules> ReadPlaceRules(const std::filesystem::path& rules_dir) {
  constexpr double kMostPoints = 2000;
  Result<DataFile> file = ReadDataFile(rules_dir / "place.json");
  if (!file) return Fail(file.error());
  DataReader root = file->root();
  root.OptionalText("$comment");
  PlaceRules rules;
  rules.marks = Keys(root.Texts("marks"));
  rules.positions = Keys(root.Texts("positions"));
  rules.recipients = Keys(root.Texts("recipients"));
  rules.between = Keys(root.Texts("between"));
  rules.least_gap_pt = root.Number("least_gap", 5, kMostPoints);
  rules.most_gap_pt = root.Number("most_gap", 5, kMostPoints);
  rules.width_pt = root.Number("width", 10, kMostPoints);
  rules.least_width_pt = root.Number("least_width", 10, kMostPoints);
  rules.height_pt = root.Number("height", 10, kMostPoints);
  rules.margin_pt = root.Number("margin", 0, kMostPoints);
  if (Status status = file->Check(); !status) return Fail(status.error());
  return rules;
}

}  // namespace vanthu::signing
