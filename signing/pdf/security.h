// The standard security handler: what a password opens, and the keys of strings and streams.
//
// Input: the /Encrypt dictionary, the first /ID, a password. Output: a value that decrypts and encrypts.
// Revisions 2 to 4 (RC4 of 40 to 128 bits, AESV2) and 5 and 6 (AESV3); user and owner password; Identity
// filters. Everything else, public-key handlers among it, is kNotAccepted. Source: ISO 32000-1:2008, 7.6;
// ISO 32000-2:2020, 7.6 (revision 6); Adobe Supplement to ISO 32000, ExtensionLevel 3 (revision 5).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"
#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

class Security {
 public:
  // `encrypt`: with direct values. `password`: UTF-8, as typed; for revisions 5 and 6 it should be in NFKC.
  // kPassword where neither it nor the empty password opens the file; kDamaged, kNotAccepted.
  static Result<Security> Open(const Object& encrypt, std::string_view id, std::string_view password);

  enum class Kind : std::uint8_t { kString, kStream };
  // Bytes that are no cipher text (no whole AES blocks, wrong padding) come out empty.
  std::string Decrypt(std::string_view data, Ref ref, Kind kind) const;
  // AES initialisation vectors are taken from a hash of key, place and data: the same input gives the same
  // bytes, different input different ones.
  std::string Encrypt(std::string_view data, Ref ref, Kind kind) const;
  // The stream's own /Filter [/Crypt] with /Identity leaves it as it is; so does /Type /Metadata of a file
  // that does not encrypt metadata.
  bool Leaves(const Dictionary& stream) const;

 private:
  enum class Method : std::uint8_t { kIdentity, kRc4, kAesV2, kAesV3 };
  static Result<Method> MethodOf(const Object& encrypt, std::string_view filter_key, int version);
  std::string KeyOf(Ref ref, Method method) const;
  Method Of(Kind kind) const { return kind == Kind::kString ? strings_ : streams_; }

  std::string key_;
  Method strings_ = Method::kRc4;
  Method streams_ = Method::kRc4;
  bool encrypt_metadata_ = true;
};

}  // namespace vanthu::signing::pdf
