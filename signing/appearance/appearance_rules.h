// How signatures show, as data: rules/appearance.json.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::signing {

// Lengths in points.
struct BlockRules {
  double size_pt = 10, least_size_pt = 6;
  double top_pt = 0, right_pt = 0;  // from the page's sides
  double most_width_pt = 0, most_height_pt = 0;
  std::vector<std::string> copy, annex;  // lines with {form} {number} {agency} {time}
};

struct SignatureRules {
  double width_pt = 0, height_pt = 0;  // of a place that nothing bounds
  double text_pt = 8, least_text_pt = 5;
  double picture_share = 0.6;  // of the height, where text stands under the picture
};

struct SealRules {
  double width_mm = 0, least_mm = 0, most_mm = 0;
  double overlap = 0;  // share of the signature's width that the seal lies over
};

struct AppearanceRules {
  std::string time;
  BlockRules block;
  std::map<std::string, std::string> copy_forms;  // "sao-y" -> "SAO Y"
  std::map<std::string, std::string> copy_codes;  // "sao-y" -> "SY", as in a copy's number
  SignatureRules signature;
  SealRules seal;
  std::string signer_name, agency_name, annex_name, copy_name;  // of the fields, for who cannot see them
};

// `rules_dir`: holds appearance.json. kMissingResource: absent or not as this program knows it.
Result<AppearanceRules> ReadAppearanceRules(const std::filesystem::path& rules_dir);
Result<AppearanceRules> ParseAppearanceRules(std::string_view json, const std::string& name);

// "28-11-2026 09:00:05 +07:00" of seconds since 1970-01-01T00:00:00Z. The zone is the pattern's own last
// word. `pattern`: as ParseAppearanceRules let it pass.
std::string TimeText(std::int64_t unix_seconds, std::string_view pattern);

// What a block says; empty: the line that names it is left out.
struct BlockFields {
  std::string form;    // as shown: "SAO Y"
  std::string number;  // of the annex's document, or of the copy
  std::string agency;
  std::string time;  // TimeText
};
std::vector<std::string> BlockLines(const std::vector<std::string>& patterns, const BlockFields& fields);

}  // namespace vanthu::signing
