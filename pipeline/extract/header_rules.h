// The rules of header, signer, recipients, citations and outline as read from rules/*.json.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::extract {

// A kind of document that has a name of its own: "Kế hoạch", KH.
struct DocumentType {
  std::string code;
  std::string name;
  std::string key;  // FoldKey(name)
};

struct HeaderRules {
  std::vector<DocumentType> types;
};

Result<HeaderRules> ReadHeaderRules(const std::filesystem::path& folder);

}  // namespace vanthu::extract
