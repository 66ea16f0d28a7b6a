// The organisations and posts that a cell or a label names.
//
// Input: "- Văn phòng HĐND và UBND xã;\n- Các công chức chuyên môn." Output: one name an entry, as written,
// without the leading dash and the closing sign. Method: split at lines, list signs and ";"; at a comma, "và"
// or a bare space only where what stands on both sides is a whole organisation by rules/organisations.json.
// Accuracy: what is in doubt stays together, so a name is never cut in two by a guess. Fails on bare names of
// people and on bodies that the register does not know, which stay together.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/data_file.h"

namespace vanthu::extract {

struct OrganisationRules {
  enum class Head { kOpen, kWhole, kPeople, kPlural };
  std::map<std::string, Head> heads;  // MatchKey, words one space apart
  std::set<std::string> plural_nouns, sure, closing, links, fields, field_heads;
  std::vector<std::pair<std::vector<std::string>, std::vector<std::string>>> together;
  std::map<std::string, std::string> abbreviations;        // as written
  std::vector<std::pair<std::string, std::string>> names;  // MatchKey and name, longest first
  std::size_t longest_head = 1;                            // in words
};

Result<OrganisationRules> ReadOrganisationRules(const std::filesystem::path& file);

struct OrganisationsReading {
  std::vector<std::string> names;
  double certainty = 1;
};

OrganisationsReading SplitOrganisations(std::string_view text, const OrganisationRules& rules);

// Does `text` begin with an organisation or post that the register knows?
bool BeginsWithOrganisation(std::string_view text, const OrganisationRules& rules);

// The register's name, abbreviations written out ("VP HĐND&UBND xã" -> "Văn phòng Hội đồng nhân dân và Ủy ban
// nhân dân xã"); null where it knows none.
std::optional<std::string> NormaliseOrganisation(std::string_view name, const OrganisationRules& rules);

// "- ", "+ ", "a) ", "1. " before a list item: how many bytes it takes with the space after it; 0 = none.
std::size_t ListMarkLength(std::string_view line);

}  // namespace vanthu::extract
