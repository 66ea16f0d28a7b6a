#include "signing/trust/ocsp_request.h"

#include <openssl/ocsp.h>

#include <utility>

#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

using RequestHandle = Handle<OCSP_REQUEST, OCSP_REQUEST_free>;
using ResponseHandle = Handle<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using BasicHandle = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using IdHandle = Handle<OCSP_CERTID, OCSP_CERTID_free>;
using StoreHandle = Handle<X509_STORE, X509_STORE_free>;
using BytesHandle = Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_free(stack); }  // its certificates are others'
};
using BorrowedStack = std::unique_ptr<STACK_OF(X509), FreeStack>;

constexpr std::chrono::minutes kClockDifference{5};

template <typename T, typename Encode>
Der ToDer(const T* value, Encode encode) {
  unsigned char* bytes = nullptr;
  const int size = encode(value, &bytes);
  const BytesHandle owner(bytes);
  return size <= 0 ? Der() : Der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
}

template <typename Handle, typename Decode>
Handle FromDer(std::string_view der, Decode decode) {
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  return Handle(decode(nullptr, &at, static_cast<long>(der.size())));
}

std::optional<Time> TimeOf(const ASN1_GENERALIZEDTIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) return std::nullopt;
  return Time(std::chrono::seconds(::timegm(&parts)));
}

// Signed by the issuer, or by a certificate that it issued for OCSP. Chains further up are not asked about
// here.
bool SignedByIssuer(OCSP_BASICRESP* basic, X509* issuer) {
  const StoreHandle store(X509_STORE_new());
  const BorrowedStack known(sk_X509_new_null());
  if (!store || !known || X509_STORE_add_cert(store.get(), issuer) != 1 ||
      sk_X509_push(known.get(), issuer) <= 0)
    return false;
  X509_STORE_set_flags(store.get(), X509_V_FLAG_PARTIAL_CHAIN);  // the issuer need not be a root
  return OCSP_basic_verify(basic, known.get(), store.get(), 0) == 1;
}

}  // namespace

std::optional<OcspRequest> BuildOcspRequest(const Certificate& certificate, const Certificate& issuer,
                                            bool nonce) {
  const QuietErrors quiet;
  const X509Handle subject = ReadX509(certificate.der);
  const X509Handle authority = ReadX509(issuer.der);
  const RequestHandle request(OCSP_REQUEST_new());
  if (!subject || !authority || !request) return std::nullopt;
  IdHandle id(OCSP_cert_to_id(EVP_sha1(), subject.get(), authority.get()));
  if (!id) return std::nullopt;
  OcspRequest out;
  out.id = ToDer(id.get(), i2d_OCSP_CERTID);
  if (OCSP_request_add0_id(request.get(), id.get()) == nullptr) return std::nullopt;
  (void)id.release();  // the request's now
  if (nonce) {
    if (OCSP_request_add1_nonce(request.get(), nullptr, 32) != 1) return std::nullopt;  // RFC 8954
    out.has_nonce = true;
  }
  out.der = ToDer(request.get(), i2d_OCSP_REQUEST);
  if (out.der.empty()) return std::nullopt;
  return out;
}

std::optional<OcspAnswerSeen> LookAtOcspAnswer(std::string_view answer, const OcspRequest& request,
                                               const Certificate& certificate, const Certificate& issuer,
                                               Time now) {
  const QuietErrors quiet;
  const auto response = FromDer<ResponseHandle>(answer, d2i_OCSP_RESPONSE);
  if (!response || OCSP_response_status(response.get()) != OCSP_RESPONSE_STATUS_SUCCESSFUL)
    return std::nullopt;
  const BasicHandle basic(OCSP_response_get1_basic(response.get()));
  const X509Handle subject = ReadX509(certificate.der);
  const X509Handle authority = ReadX509(issuer.der);
  if (!basic || !subject || !authority) return std::nullopt;
  if (request.has_nonce) {
    const auto asked = FromDer<RequestHandle>(request.der, d2i_OCSP_REQUEST);
    if (!asked || OCSP_check_nonce(asked.get(), basic.get()) == 0) return std::nullopt;
  }
  const IdHandle id(OCSP_cert_to_id(EVP_sha1(), subject.get(), authority.get()));
  int status = 0;
  ASN1_GENERALIZEDTIME* this_update = nullptr;
  ASN1_GENERALIZEDTIME* next_update = nullptr;
  if (!id || OCSP_resp_find_status(basic.get(), id.get(), &status, nullptr, nullptr, &this_update,
                                   &next_update) != 1)
    return std::nullopt;
  const std::optional<Time> begins = TimeOf(this_update);
  OcspAnswerSeen seen;
  seen.next_update = TimeOf(next_update);
  if (!begins || *begins > now + kClockDifference) return std::nullopt;
  if (seen.next_update && *seen.next_update + kClockDifference < now) return std::nullopt;
  seen.signed_by_issuer = SignedByIssuer(basic.get(), authority.get());
  return seen;
}

}  // namespace vanthu::signing
