// Keys for trying things out: made anew, good for a month, trusted by nobody who does not choose to.
#pragma once

#include <filesystem>
#include <string>

#include "pipeline/base/error.h"

namespace vanthu::signing {

struct TrialKeys {
  std::filesystem::path signer;    // PKCS#12 of a person
  std::filesystem::path agency;    // and of their agency
  std::filesystem::path password;  // of both: a new one each time
  std::filesystem::path trust;     // folder for --trust: the root that issued them
};

// Writes them into `folder`; their names say that they have no legal value. `person` and `agency`: common
// names. kWrite; kInternal where OpenSSL fails.
Result<TrialKeys> WriteTrialKeys(const std::filesystem::path& folder, const std::string& person,
                                 const std::string& agency);

}  // namespace vanthu::signing
