// Any bytes as a signature, a timestamp, an answer of a timestamp authority, certificates, a CRL and an OCSP
// answer. The first byte chooses; what is found must not depend on being asked twice, and leaves no error
// behind.
#include <openssl/err.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "signing/cms/der.h"
#include "signing/cms/signature_check.h"
#include "signing/cms/signed_data.h"
#include "signing/cms/timestamp_request.h"
#include "signing/trust/crl.h"
#include "signing/trust/ocsp.h"
#include "signing/trust/validation.h"

namespace {

using namespace vanthu::signing;

constexpr std::string_view kContent = "content";

void Check(bool condition) {
  if (!condition) std::abort();
}

void FuzzSignature(std::string_view bytes, const char* sub_filter) {
  const CmsSignature once = CheckSignature(bytes, {kContent}, sub_filter);
  const CmsSignature twice = CheckSignature(bytes, {kContent.substr(0, 3), kContent.substr(3)}, sub_filter);
  Check(once.problems == twice.problems);
  // A signature without a signer's certificate is never intact.
  Check(!once.problems.empty() || once.signer.has_value());
  if (const auto value = SignatureValue(bytes)) Check(value->size() <= bytes.size());
  if (const auto stamped = AddTimestamp(bytes, bytes)) Check(SignatureValue(*stamped).has_value());
}

void FuzzValidation(std::string_view bytes) {
  const auto certificates = ParseCertificates(bytes);
  if (!certificates) return;
  Material material{*certificates, {std::string(bytes)}, {std::string(bytes)}};
  TrustStore store;
  store.anchors.push_back({certificates->back(), true, true});
  const Time now = certificates->front().not_before;
  Validate(certificates->front(), material, Purpose::kSigner,
           {.store = &store, .source = nullptr, .at = now, .now = now});
}

void FuzzRevocation(std::string_view bytes) {
  if (const auto crl = ReadCrl(bytes)) {
    FindEntry(*crl, "1234");
    FindEntry(*crl, "-1");
  }
  if (const auto response = ReadOcsp(bytes)) {
    Certificate nobody;
    nobody.serial = "1";
    FindStatus(*response, nobody, nobody);
    IsNamedResponder(*response, nobody);
  }
  CrlFromFile(std::string(bytes));
}

void FuzzDer(std::string_view bytes) {
  std::size_t used = 0;
  const auto definite = der::ToDefinite(bytes, used);
  if (!definite) return;
  Check(used <= bytes.size());
  // What is definite stays as it is.
  std::size_t again_used = 0;
  const auto again = der::ToDefinite(*definite, again_used);
  Check(again && *again == *definite && again_used == definite->size());
  if (const auto shortest = der::WithShortestLengths(*definite)) {
    Check(der::WithShortestLengths(*shortest) == shortest);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  switch (data[0] % 8) {
    case 0:
      FuzzSignature(bytes, "ETSI.CAdES.detached");
      break;
    case 1:
      FuzzSignature(bytes, "adbe.pkcs7.sha1");
      break;
    case 2: {
      const TimestampToken token = CheckTimestamp(bytes, {kContent});
      Check(!token.signature_valid || token.signer.has_value());
      break;
    }
    case 3: {
      TimestampRequest request;
      request.imprint = std::string(32, 'i');
      request.nonce = "1";
      ReadTimestampResponse(bytes, request);
      break;
    }
    case 4:
      FuzzValidation(bytes);
      break;
    case 5:
      FuzzRevocation(bytes);
      break;
    case 6:
      CheckRawSignature(bytes, {std::string(bytes)}, {kContent});
      break;
    default:
      FuzzDer(bytes);
  }
  Check(ERR_peek_error() == 0);
  return 0;
}
