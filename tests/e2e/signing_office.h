// An office for tests of signing: keys and certificates made now, a timestamp authority and a responder on
// loopback, a document to sign. Made once for all tests of a process (RSA keys take time).
#pragma once

#include <atomic>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/e2e/program.h"
#include "tests/signing/loopback_server.h"
#include "tests/signing/pki.h"

namespace vanthu::e2e {

class SigningOffice {
 public:
  static SigningOffice& Get();

  std::filesystem::path Pki(const std::string& name) const { return folder_ / "pki" / name; }
  std::filesystem::path trust() const { return Pki("trust"); }
  // A plan of the samples set by this program: PDF/A-3a with its record and the places of its signatures.
  const std::filesystem::path& plan() const { return plan_; }
  std::string tsa_url() const { return server_.url() + "/tsa"; }
  std::filesystem::path Picture(const std::string& name) const;  // "chu-ky.png", "dau.png": made now

  // What the authority does wrong from now on.
  void Fault(signing::pki::TimestampFault fault) { fault_ = fault; }
  // HTTP status of the authority's answers; 200 unless a test says otherwise.
  void Status(int status) { status_ = status; }
  signing::pki::Pki& pki() { return pki_; }

  // vanthu sign IN -o OUT with the P12 of `who`.
  Outcome Sign(const std::filesystem::path& in, const std::filesystem::path& out, const std::string& who,
               std::vector<std::string> more = {}) const;

 private:
  SigningOffice();
  signing::LoopbackAnswer Answer(const signing::LoopbackRequest& request);

  Scratch folder_;
  std::atomic<signing::pki::TimestampFault> fault_{signing::pki::TimestampFault::kNone};
  std::atomic<int> status_{200};
  std::mutex mutex_;  // over pki_
  signing::LoopbackServer server_;
  signing::pki::Pki pki_;
  std::filesystem::path plan_;
};

// vanthu verify --format json; exits 70 and null where the program printed no JSON.
nlohmann::json Verdict(const std::filesystem::path& file, std::vector<std::string> more = {});

}  // namespace vanthu::e2e
