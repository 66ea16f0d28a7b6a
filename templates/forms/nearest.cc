#include "templates/forms/nearest.h"

#include "pipeline/base/unicode.h"

namespace vanthu::templates {

std::string NearestName(std::string_view written, const std::vector<std::string>& names) {
  constexpr std::size_t kLongest = 200;  // beyond it nobody meant one of these
  constexpr double kFarthest = 0.5;      // a guess: "subjet" is 0.14 from "subject"
  if (written.size() > kLongest) return {};
  const std::string key = SearchKey(written);
  std::string nearest;
  double least = kFarthest;
  for (const std::string& name : names) {
    const double distance = NormalisedDistance(key, SearchKey(name));
    if (distance < least || (distance == least && nearest.empty())) {
      least = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace vanthu::templates
