// A PKCS#11 URI (RFC 7512), as far as choosing a token and a key needs it.
#pragma once

#include <p11-kit/pkcs11.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "pipeline/base/error.h"

namespace vanthu::signing {

struct ParsedUri;  // p11-kit's

class TokenUri {
 public:
  // kUsage: no PKCS#11 URI, an attribute that nobody knows, or a PIN in it (command lines are seen by all).
  static Result<TokenUri> Parse(const std::string& text);
  TokenUri(TokenUri&&) noexcept;
  TokenUri& operator=(TokenUri&&) noexcept;
  ~TokenUri();

  // token, manufacturer, model, serial; slot-id, slot-description, slot-manufacturer.
  bool Matches(CK_SLOT_ID slot_id, const CK_SLOT_INFO& slot, const CK_TOKEN_INFO& token) const;
  bool Matches(const CK_INFO& module) const;  // library-manufacturer, -description, -version
  std::optional<std::string> object() const;  // the label, UTF-8
  std::optional<std::string> id() const;      // bytes
  std::filesystem::path module_path() const;  // empty: not said
  std::string module_name() const;

 private:
  explicit TokenUri(std::unique_ptr<ParsedUri> parsed);
  std::unique_ptr<ParsedUri> parsed_;
};

}  // namespace vanthu::signing
