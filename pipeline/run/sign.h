// A document and a key through every stage of signing: checked -> placed -> prepared -> signed -> stamped ->
// proven -> verified; what does not verify is not handed out.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/geometry.h"
#include "pipeline/run/worker.h"

namespace vanthu::run {

enum class SignRole : std::uint8_t { kSigner, kAgency, kAnnex, kCopy };
enum class SignLevel : std::uint8_t { kB, kT, kLt, kLta };

// Where on the paper: centre of the picture, in points of the page as shown, from its top left.
struct SignAt {
  int page = 0;  // 0-based
  Point point;
};

struct KeySource {
  std::filesystem::path p12;     // one of p12, pkcs11
  std::string pkcs11;            // RFC 7512
  std::filesystem::path secret;  // file of the password or PIN
  std::filesystem::path module;  // PKCS#11; empty: the URI's, or one that is installed
};

struct SignSettings {
  SignRole role = SignRole::kSigner;
  SignLevel level = SignLevel::kB;
  KeySource key;
  bool pss = false;
  int digest_bits = 256;  // 256, 384, 512
  // What it shows.
  std::filesystem::path picture;  // PNG or JPEG
  std::optional<double> picture_width_mm;
  std::vector<std::string> lines;  // text beside it (signer, agency)
  std::filesystem::path font_dir;
  std::string copy_form;  // "sao-y", ...: of a copy's block
  std::string number;     // number and notation: of an annex's or copy's block
  std::string agency;     // of a copy's block; empty: the certificate's name
  // Where.
  std::optional<SignAt> at;
  std::string field;               // an empty field of the document; empty: a new one
  std::size_t reserved_bytes = 0;  // for the signature; 0: by what goes in
  // Timestamps and proofs.
  std::string tsa;
  std::chrono::seconds tsa_timeout{180};
  std::filesystem::path trust;
  std::filesystem::path cache;
  bool online = false;   // ask OCSP and CRL services before signing
  std::string password;  // of an encrypted document
  std::uint64_t most_bytes = 1ull << 30;
};

struct SignedFile {
  std::string document;
  // What a person should know: a status that could not be checked, a guessed place.
  std::vector<Message> remarks;
  double seconds = 0;  // by the clock, a timestamp authority's time included
};

// Key, fonts, trust and services, opened once for a batch: a token asks for its PIN once. Not thread-safe,
// and not to be used after fork.
class SignSession {
 public:
  static Result<SignSession> Open(const SignSettings& settings);
  SignSession(SignSession&&) noexcept;
  SignSession& operator=(SignSession&&) noexcept;
  ~SignSession();

  // The signed document. kNotAccepted: it may not be signed so (no signature yet that the agency's could
  // follow, altered, certified), or the certificate may not sign (expired, revoked, for another use).
  Result<SignedFile> Sign(const std::filesystem::path& file);
  // Several at once, as timestamps take their time: at most four are asked for together. One result for each
  // file, in order; `done` is called after each.
  using Done = std::function<void(std::size_t index, const Result<SignedFile>& result)>;
  void SignAll(const std::vector<std::filesystem::path>& files, const Done& done);

 private:
  struct Parts;
  explicit SignSession(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// For a key on another machine. The prepared document waits; `request` says what is to be signed, as JSON.
struct PreparedFile {
  std::string document;
  std::string request;
  std::vector<Message> remarks;
};
// `certificate`: PEM or DER, the signer's: with it the request holds the attributes whose signature is asked
// for; without, only the document's digest, for who makes the whole CMS.
Result<PreparedFile> PrepareFile(const std::filesystem::path& file, const SignSettings& settings,
                                 const std::filesystem::path& certificate);
// `answer`: a file of a CMS (DER, PEM), or with `certificate` of the bare signature of the attributes.
Result<SignedFile> EmbedFile(const std::filesystem::path& prepared, const std::filesystem::path& answer,
                             const SignSettings& settings, const std::filesystem::path& certificate);

// B-LTA once more: proofs of what the last timestamps rest on, and a new document timestamp.
Result<SignedFile> RenewFile(const std::filesystem::path& file, const SignSettings& settings);

}  // namespace vanthu::run
