// Tokens of SoftHSM 2, made at run time in a folder of their own. Where the module is not installed the tests
// that want one skip. The e2e tests use it too.
#pragma once

#include <filesystem>
#include <string>

#include "tests/signing/pki.h"

namespace vanthu::signing {

class SoftTokens {
 public:
  // The module, or an empty path.
  static std::filesystem::path Module();

  // Writes FOLDER/softhsm2.conf and sets SOFTHSM2_CONF, which children inherit.
  explicit SoftTokens(const std::filesystem::path& folder);
  ~SoftTokens();

  struct Parts {
    bool key = true;
    bool certificate = true;
    bool public_key = false;
    bool may_sign = true;
    bool always_authenticate = false;
  };
  // A new token with a user PIN; its serial number. std::logic_error where SoftHSM refuses.
  std::string AddToken(const std::string& label, const std::string& pin);
  // Puts objects on it. RSA or EC.
  void Import(const std::string& label, const std::string& pin, const pki::Identity& identity,
              const std::string& object, const std::string& id, const Parts& parts);
  void Import(const std::string& label, const std::string& pin, const pki::Identity& identity,
              const std::string& object, const std::string& id) {
    Import(label, pin, identity, object, id, Parts());
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace vanthu::signing
