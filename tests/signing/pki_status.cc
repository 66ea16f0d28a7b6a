// Revocation: CRLs and OCSP answers.
#include <openssl/asn1t.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "tests/signing/pki_openssl.h"

namespace vanthu::signing::pki {
namespace {

using CrlHandle = Handle<X509_CRL, X509_CRL_free>;

int ReasonOf(const std::string& name) {
  static constexpr const char* kReasons[] = {
      "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
      "superseded",    "cessationOfOperation", "certificateHold", "",
      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
  for (int i = 0; i < 11; ++i) {
    if (name == kReasons[i]) return i;
  }
  throw std::logic_error("test PKI: no such reason: " + name);
}

void AddRevoked(X509_CRL* crl, const ASN1_INTEGER* serial, Time at, const std::string& reason) {
  Handle<X509_REVOKED, X509_REVOKED_free> entry(X509_REVOKED_new());
  // The setter takes a pointer to what it only copies.
  Require(X509_REVOKED_set_serialNumber(entry.get(), const_cast<ASN1_INTEGER*>(serial)) == 1 &&
              X509_REVOKED_set_revocationDate(entry.get(), MakeAsn1Time(at).get()) == 1,
          "revoked");
  if (!reason.empty()) {
    const Handle<ASN1_ENUMERATED, ASN1_ENUMERATED_free> code(ASN1_ENUMERATED_new());
    Require(ASN1_ENUMERATED_set(code.get(), ReasonOf(reason)) == 1 &&
                X509_REVOKED_add1_ext_i2d(entry.get(), NID_crl_reason, code.get(), 0, 0) == 1,
            "reason");
  }
  Require(X509_CRL_add0_revoked(crl, entry.release()) == 1, "revoked");
}

void AddNumber(X509_CRL* crl, int nid, std::uint64_t number, int critical) {
  const Handle<ASN1_INTEGER, ASN1_INTEGER_free> value(ASN1_INTEGER_new());
  Require(ASN1_INTEGER_set_uint64(value.get(), number) == 1 &&
              X509_CRL_add1_ext_i2d(crl, nid, value.get(), critical, 0) == 1,
          "CRL number");
}

void AddCrlExtensions(X509_CRL* crl, X509* issuer, const CrlPlan& plan) {
  AddNumber(crl, NID_crl_number, plan.number, 0);
  if (plan.delta) AddNumber(crl, NID_delta_crl, plan.number, 1);
  if (plan.indirect || plan.only_user_certificates) {
    const Handle<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free> point(ISSUING_DIST_POINT_new());
    if (plan.indirect) point->indirectCRL = 0xFF;
    if (plan.only_user_certificates) point->onlyuser = 0xFF;
    Require(X509_CRL_add1_ext_i2d(crl, NID_issuing_distribution_point, point.get(), 1, 0) == 1, "IDP");
  }
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, nullptr, nullptr, crl, 0);
  const auto add = [&](const char* name, const char* value) {
    const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_conf(nullptr, &context, name, value));
    Require(extension != nullptr && X509_CRL_add_ext(crl, extension.get(), -1) == 1, name);
  };
  add("authorityKeyIdentifier", "keyid:always");
  if (plan.unknown_critical) add("1.3.6.1.4.1.99999.7", "critical,DER:0500");
}

Handle<OCSP_CERTID, OCSP_CERTID_free> MakeId(X509* certificate, X509* issuer, bool sha256) {
  return Handle<OCSP_CERTID, OCSP_CERTID_free>(
      OCSP_cert_to_id(sha256 ? EVP_sha256() : EVP_sha1(), certificate, issuer));
}

void AddStatus(OCSP_BASICRESP* basic, OCSP_CERTID* id, const OcspPlan& plan) {
  const Asn1TimeHandle revoked_at = MakeGeneralizedTime(plan.revoked_at);
  const Asn1TimeHandle this_update = MakeGeneralizedTime(plan.this_update);
  Asn1TimeHandle next_update;
  if (plan.next_update) next_update = MakeGeneralizedTime(*plan.next_update);
  int status = V_OCSP_CERTSTATUS_GOOD;
  if (plan.answer == OcspAnswer::kRevoked) status = V_OCSP_CERTSTATUS_REVOKED;
  if (plan.answer == OcspAnswer::kUnknown) status = V_OCSP_CERTSTATUS_UNKNOWN;
  const int reason = plan.reason.empty() ? -1 : ReasonOf(plan.reason);
  Require(OCSP_basic_add1_status(basic, id, status, reason, revoked_at.get(), this_update.get(),
                                 next_update.get()) != nullptr,
          "OCSP status");
}

Der SignResponse(OCSP_BASICRESP* basic, const Identity& issuer, const OcspPlan& plan) {
  const Identity& responder = plan.responder != nullptr ? *plan.responder : issuer;
  // OCSP_basic_sign wants the certificate's own key; another one is put in by signing with a twin certificate
  // that has that key, and giving the real one's name and certificate.
  const X509Handle certificate = ReadCertificate(responder.certificate);
  const KeyHandle key = ReadKey(plan.signing_key.empty() ? responder.key : plan.signing_key);
  const X509Handle twin = ReadCertificate(responder.certificate);
  if (!plan.signing_key.empty()) Require(X509_set_pubkey(twin.get(), key.get()) == 1, "twin");
  if (plan.with_certificate) Require(OCSP_basic_add1_cert(basic, certificate.get()) == 1, "OCSP certificate");
  // OpenSSL writes producedAt as "now" or not at all: the field is set in place before.
  auto* produced = const_cast<ASN1_GENERALIZEDTIME*>(OCSP_resp_get0_produced_at(basic));
  Require(ASN1_GENERALIZEDTIME_adj(produced, plan.this_update.time_since_epoch().count(), 0, 0) != nullptr &&
              OCSP_basic_sign(basic, twin.get(), key.get(), EVP_sha256(), nullptr,
                              OCSP_NOCERTS | OCSP_NOTIME) == 1,
          "OCSP sign");
  const Handle<OCSP_RESPONSE, OCSP_RESPONSE_free> response(
      OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic));
  Require(response != nullptr, "OCSP response");
  return ToDer(response.get(), i2d_OCSP_RESPONSE);
}

using BasicHandle = Handle<OCSP_BASICRESP, OCSP_BASICRESP_free>;

}  // namespace

Der MakeCrl(const Identity& issuer, const CrlPlan& plan) {
  const X509Handle certificate = ReadCertificate(issuer.certificate);
  const CrlHandle crl(X509_CRL_new());
  Require(X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2) == 1 &&
              X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(certificate.get())) == 1 &&
              X509_CRL_set1_lastUpdate(crl.get(), MakeAsn1Time(plan.this_update).get()) == 1,
          "CRL");
  if (plan.next_update) {
    Require(X509_CRL_set1_nextUpdate(crl.get(), MakeAsn1Time(*plan.next_update).get()) == 1, "nextUpdate");
  }
  const Handle<ASN1_INTEGER, ASN1_INTEGER_free> serial(ASN1_INTEGER_new());
  for (int i = 0; i < plan.more_entries; ++i) {
    Require(ASN1_INTEGER_set_uint64(serial.get(), 0x4000000000000000ULL + static_cast<std::uint64_t>(i)) == 1,
            "");
    AddRevoked(crl.get(), serial.get(), plan.this_update, "");
  }
  for (const Revoked& revoked : plan.revoked) {
    AddRevoked(crl.get(), X509_get0_serialNumber(ReadCertificate(revoked.certificate).get()), revoked.at,
               revoked.reason);
  }
  AddCrlExtensions(crl.get(), certificate.get(), plan);
  const KeyHandle key = ReadKey(plan.signing_key.empty() ? issuer.key : plan.signing_key);
  Require(X509_CRL_sign(crl.get(), key.get(), EVP_get_digestbyname(plan.digest.c_str())) > 0, "CRL sign");
  return ToDer(crl.get(), i2d_X509_CRL);
}

Der MakeOcspResponse(const Der& certificate, const Identity& issuer, const OcspPlan& plan) {
  const BasicHandle basic(OCSP_BASICRESP_new());
  const auto id =
      MakeId(ReadCertificate(certificate).get(), ReadCertificate(issuer.certificate).get(), plan.sha256_id);
  Require(id != nullptr, "CertID");
  AddStatus(basic.get(), id.get(), plan);
  return SignResponse(basic.get(), issuer, plan);
}

Der AnswerOcsp(std::string_view request, const Identity& issuer, const OcspPlan& plan) {
  const auto* at = reinterpret_cast<const unsigned char*>(request.data());
  const Handle<OCSP_REQUEST, OCSP_REQUEST_free> asked(
      d2i_OCSP_REQUEST(nullptr, &at, static_cast<long>(request.size())));
  if (asked == nullptr) return OcspError(1);
  const BasicHandle basic(OCSP_BASICRESP_new());
  for (int i = 0; i < OCSP_request_onereq_count(asked.get()); ++i) {
    AddStatus(basic.get(), OCSP_onereq_get0_id(OCSP_request_onereq_get0(asked.get(), i)), plan);
  }
  OCSP_copy_nonce(basic.get(), asked.get());
  return SignResponse(basic.get(), issuer, plan);
}

Der OcspError(int status) {
  const Handle<OCSP_RESPONSE, OCSP_RESPONSE_free> response(OCSP_response_create(status, nullptr));
  Require(response != nullptr, "OCSP error");
  return ToDer(response.get(), i2d_OCSP_RESPONSE);
}

}  // namespace vanthu::signing::pki
