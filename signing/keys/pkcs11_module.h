// A PKCS#11 module (the shared library that a token's maker gives), loaded at run time. OASIS PKCS #11 2.40.
// For the room's own pkcs11*.cc: nobody else sees Cryptoki's types.
#pragma once

#include <p11-kit/pkcs11.h>
#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::signing {

// Initialised while it lives; one for a path in a process, shared by all who load it. The library itself
// stays loaded: makers' libraries are known to crash when they are unloaded.
class Pkcs11Module {
 public:
  // kMissingResource, with the loader's or the module's own words.
  static Result<std::shared_ptr<Pkcs11Module>> Load(const std::filesystem::path& path);
  ~Pkcs11Module();
  Pkcs11Module(const Pkcs11Module&) = delete;
  Pkcs11Module& operator=(const Pkcs11Module&) = delete;

  const CK_FUNCTION_LIST* operator->() const { return functions_; }
  const std::filesystem::path& path() const { return path_; }
  // A module is of the process that initialised it: a child of fork may not call it (PKCS #11 2.40, 2.4).
  bool IsOfThisProcess() const;

 private:
  Pkcs11Module(std::filesystem::path path, CK_FUNCTION_LIST* functions, bool initialised);

  std::filesystem::path path_;
  CK_FUNCTION_LIST* functions_;
  bool initialised_;  // by us, so ended by us
  pid_t process_;
};

// "CKR_PIN_LOCKED", or the number in hexadecimal.
std::string Pkcs11ErrorName(CK_RV rv);

// The modules to look for tokens in: `wanted` alone if it is not empty, else $VANTHU_PKCS11_MODULE, else
// those of the program's list that are installed. Of the list, one that cannot be loaded is left out as long
// as another can.
Result<std::vector<std::shared_ptr<Pkcs11Module>>> LoadModules(const std::filesystem::path& wanted,
                                                               std::string_view name);

}  // namespace vanthu::signing
