// Signed bytes -> verdict, in a process of its own: a hostile file costs that process, not the program.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/model/record.h"
#include "pipeline/run/worker.h"

namespace vanthu::signing {
struct FileReport;
struct VerifyOptions;
}  // namespace vanthu::signing

namespace vanthu::run {

struct VerifySettings {
  std::filesystem::path
      trust;  // folder of trusted certificates (signing/trust/store.h); empty: none is trusted
  std::filesystem::path cache;     // of fetched CRLs and OCSP responses; empty: memory alone
  bool online = false;             // fetch what is missing
  std::optional<std::int64_t> at;  // control time, seconds UTC; empty: now
  std::string password;
  std::uint64_t most_bytes = 300ull << 20;  // read whole: a verdict takes 512 MiB at most
};

enum class FileGate : std::uint8_t { kAccept, kQuarantine, kReject };

// A file's verdict in the words of the record.
struct Verification {
  std::string verdict;  // "passed", "indeterminate", "failed", "unsigned"
  FileGate gate = FileGate::kAccept;
  std::vector<SignatureFound> signatures;
  std::vector<std::uint64_t>
      signed_ends;                   // of each signature: the bytes that it covers, from the file's beginning
  std::vector<std::string> reasons;  // of the file as a whole
};

// Trust store and service, read once for many files. Not thread-safe.
class Verifier {
 public:
  // kMissingResource where there is no such folder.
  static Result<Verifier> Open(const VerifySettings& settings, Language language);
  Verifier(Verifier&&) noexcept;
  Verifier& operator=(Verifier&&) noexcept;
  ~Verifier();

  // In this process: for callers that are in one of their own already. Errors as signing::Verify.
  Result<Verification> Judge(std::string_view bytes) const;
  // In a process of its own, bounded in time and memory; a file that crashes it or goes over them has failed.
  Result<Verification> JudgeFile(const std::filesystem::path& file, const WorkerLimits& limits) const;
  // The same of bytes that are read already: the process shares them, and no second copy is made.
  Result<Verification> JudgeBytes(const std::string& name, std::string_view bytes,
                                  const WorkerLimits& limits) const;

  // Files of the trust folder that held no certificate.
  const std::vector<std::string>& skipped() const;

 private:
  struct Parts;
  Result<Verification> Isolated(const std::string& name, const Work& work, const WorkerLimits& limits) const;
  explicit Verifier(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// What a person reads of a file's verdict: for each signature the seven things that the law asks for (NĐ
// 130/2018, Đ. 10; TT 15/2025/TT-BKHCN): issuer, signer, managing unit, time, integrity, validity at the time
// of signing, the certificate's validity period - and every warning.
std::string TellVerdict(const std::string& file, const Verification& verification, Language language);

// Why a file that was rejected cannot be taken into a store.
Error SignatureError(const Verification& verification);

// Words that the record uses for the room's values.
Verification InWords(const signing::FileReport& report, Language language);

}  // namespace vanthu::run
