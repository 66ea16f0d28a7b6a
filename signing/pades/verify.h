// The verdict over a file's signatures: ETSI EN 319 102-1 for each, a gate for the file. Throws nothing at
// hostile input, but may use much time and memory: callers judge in a process of its own
// (pipeline/run/verify.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/pades/byte_range.h"
#include "signing/pades/changes.h"
#include "signing/trust/validation.h"

namespace vanthu::signing {

enum class Verdict : std::uint8_t { kPassed, kIndeterminate, kFailed };
enum class Gate : std::uint8_t { kAccept, kQuarantine, kReject };
enum class Level : std::uint8_t { kBasic, kB, kT, kLt, kLta };
enum class Integrity : std::uint8_t { kIntact, kAltered };
enum class Coverage : std::uint8_t { kWholeFile, kWholeRevision, kPartial };

struct SignatureReport {
  std::string field;
  std::optional<Certificate> signer;
  std::string role;  // "signer", "agency", "copy", "annex" where the file tells; "timestamp"; else empty
  std::optional<Time> claimed_time;    // /M or signing-time: not proven
  std::string claimed_text;            // /M as written
  std::optional<Time> attribute_time;  // the CMS\'s signing-time, which PAdES does without
  std::optional<Time> timestamp_time;  // proven by a trusted timestamp over this signature
  Level level = Level::kBasic;
  Integrity integrity = Integrity::kAltered;
  Coverage coverage = Coverage::kPartial;
  Changes changes_after = Changes::kNone;
  CertificateVerdict certificate;
  Verdict verdict = Verdict::kFailed;
  std::string sub_indication;    // EN 319 102-1 name; empty when passed
  std::vector<Message> reasons;  // why, and warnings
  SignatureAlgorithm algorithm;
  std::string sub_filter;
  int page = -1;
  std::optional<std::size_t> revision;
  std::uint64_t signed_end = 0;  // bytes of the signed revision, for --extract-signed
};

struct FileReport {
  enum class Verdict : std::uint8_t {
    kPassed,
    kIndeterminate,
    kFailed,
    kUnsigned
  } verdict = Verdict::kUnsigned;
  Gate gate = Gate::kAccept;
  std::vector<SignatureReport> signatures;
  std::vector<Message> reasons;  // about the file as a whole
};

struct VerifyOptions {
  TrustStore trust;
  RevocationSource* source = nullptr;  // null: offline
  std::optional<Time> at;              // control time; now otherwise
  std::string password;
};

// kDamaged and kNotAccepted where it is no PDF at all; a PDF whose structure is broken and that speaks of
// signatures is a FileReport that failed.
Result<FileReport> Verify(std::string_view bytes, const VerifyOptions& options);

}  // namespace vanthu::signing
