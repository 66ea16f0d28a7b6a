// Documents signed by the library's own steps with keys of the test PKI at any time: for tests of verdicts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "signing/pades/sign.h"
#include "signing/trust/store.h"
#include "tests/signing/pki.h"

namespace vanthu::signing::testing {

// A page of A4 with a line of text, in the shape of every writer.
std::string PlainDocument();

// An authority in this process, at a time of the test's choice.
class FakeTimestamps final : public TimestampService {
 public:
  explicit FakeTimestamps(pki::TimestampPlan plan) : plan_(std::move(plan)) {}
  Result<TimestampToken> Stamp(std::string_view imprint, Digest digest) override;

 private:
  pki::TimestampPlan plan_;
};

struct SigningPlan {
  const pki::Identity* signer = nullptr;
  std::vector<pki::Der> chain;
  Time time;  // /M
  TimestampService* timestamps = nullptr;
  SignatureAlgorithm algorithm;
  std::string field = "Signature1";
};
// std::logic_error where a step fails.
std::string Signed(std::string document, const SigningPlan& plan);

}  // namespace vanthu::signing::testing
