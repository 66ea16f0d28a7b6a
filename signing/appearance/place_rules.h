// What marks the place of a signature, as data: rules/place.json.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::signing {

struct PlaceRules {
  // MatchKeys, that is, without regard to case and placement of tones.
  std::vector<std::string> marks, positions, recipients, between;
  double least_gap_pt = 40, most_gap_pt = 220;  // between title and name
  double width_pt = 170, least_width_pt = 80, height_pt = 62;
  double margin_pt = 42.5;
};

// `rules_dir`: holds place.json. kMissingResource: absent or not as this program knows it.
Result<PlaceRules> ReadPlaceRules(const std::filesystem::path& rules_dir);

}  // namespace vanthu::signing
