// What servers answer to a revocation source: any bytes, as a CRL, an OCSP answer and a bag of certificates.
// What it gives back must be what it was: kept, it must be given again.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "signing/trust/revocation_service.h"
#include "tests/signing/pki.h"

namespace {

using namespace vanthu::signing;

class AnswerOfBytes final : public Http {
 public:
  vanthu::Result<HttpAnswer> Ask(const HttpRequest&) override { return HttpAnswer{200, "", bytes}; }
  std::string bytes;
};

struct Cast {
  Certificate certificate;
  Certificate issuer;
};

Certificate Make(const char* name, const pki::Identity* issuer, pki::Identity& made) {
  pki::CertificatePlan plan;
  plan.common_name = name;
  plan.key = pki::KeyKind::kP256;
  plan.ca = issuer == nullptr;
  plan.not_before = Time(std::chrono::seconds(1'600'000'000));
  plan.not_after = Time(std::chrono::seconds(4'000'000'000));
  plan.serial = 7;
  made = pki::MakeCertificate(plan, issuer);
  return ParseCertificate(made.certificate).value();
}

const Cast& TheCast() {
  static const Cast cast = [] {
    pki::Identity ca;
    pki::Identity leaf;
    Cast made;
    made.issuer = Make("CA", nullptr, ca);
    made.certificate = Make("Leaf", &ca, leaf);
    made.certificate.ocsp_urls = {"http://127.0.0.1/ocsp"};
    return made;
  }();
  return cast;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  AnswerOfBytes http;
  http.bytes.assign(reinterpret_cast<const char*>(data), size);
  const auto source = MakeRevocationSource({}, &http);
  source->FetchOcsp(TheCast().certificate, TheCast().issuer);
  const auto issuers = source->FetchIssuers("http://127.0.0.1/ca");
  const auto crl = source->FetchCrl("http://127.0.0.1/crl");
  http.bytes = "gone";
  if (crl && source->FetchCrl("http://127.0.0.1/crl") != crl) std::abort();
  if (source->FetchIssuers("http://127.0.0.1/ca").size() != issuers.size()) std::abort();
  return 0;
}
