#include "tests/signing/pades/signed_document.h"

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdexcept>

#include "pipeline/base/handle.h"
#include "tests/signing/pdf_maker.h"

namespace vanthu::signing::testing {
namespace {

template <typename T>
T Taken(Result<T> result) {
  if (!result) throw std::logic_error(result.error().message.en + " " + result.error().cause);
  return std::move(*result);
}

}  // namespace

std::string PlainDocument() {
  PdfMaker maker;
  const int font = maker.Add({{"Type", "/Font"}, {"Subtype", "/Type1"}, {"BaseFont", "/Helvetica"}});
  const int content = maker.AddStream({}, "BT /F1 12 Tf 72 720 Td (Van ban) Tj ET");
  const int pages = maker.Add({});
  const int page = maker.Add({{"Type", "/Page"},
                              {"Parent", Reference(pages)},
                              {"MediaBox", "[0 0 595 842]"},
                              {"Contents", Reference(content)},
                              {"Resources", "<< /Font << /F1 " + Reference(font) + " >> >>"}});
  maker.Set(pages, {{"Type", "/Pages"}, {"Kids", References({page})}, {"Count", "1"}});
  const int catalog = maker.Add({{"Type", "/Catalog"}, {"Pages", Reference(pages)}});
  CloseOptions close;
  close.trailer = {{"Root", Reference(catalog)}};
  maker.Close(close);
  return maker.bytes();
}

Result<TimestampToken> FakeTimestamps::Stamp(std::string_view imprint, Digest digest) {
  const TimestampRequest request = Taken(BuildTimestampRequest(imprint, digest));
  return ReadTimestampResponse(pki::AnswerTimestamp(request.der, plan_), request);
}

std::string SignatureBy(const pki::Der& key, std::string_view data, const SignatureAlgorithm& algorithm) {
  const auto* at = reinterpret_cast<const unsigned char*>(key.data());
  const Handle<EVP_PKEY, EVP_PKEY_free> pkey(d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(key.size())));
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  const EVP_MD* digest = EVP_get_digestbyname(algorithm.digest == Digest::kSha1     ? "SHA1"
                                              : algorithm.digest == Digest::kSha512 ? "SHA512"
                                                                                    : "SHA256");
  EVP_PKEY_CTX* parameters = nullptr;
  if (!pkey || EVP_DigestSignInit(context.get(), &parameters, digest, nullptr, pkey.get()) != 1)
    throw std::logic_error("key");
  if (algorithm.scheme == Scheme::kRsaPss) {
    EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING);
    EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST);
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
  std::size_t size = 0;
  EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size());
  std::string out(size, '\0');
  if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(out.data()), &size, bytes,
                     data.size()) != 1)
    throw std::logic_error("signature");
  out.resize(size);
  return out;
}

std::string Signed(std::string document, const SigningPlan& plan) {
  SignaturePlan prepare;
  prepare.field = plan.field;
  prepare.time = plan.time;
  prepare.reserved_bytes = 32768;
  const Certificate signer = Taken(ParseCertificate(plan.signer->certificate));
  std::vector<Certificate> chain;
  for (const pki::Der& der : plan.chain) chain.push_back(Taken(ParseCertificate(der)));
  DigestedSignature digested = Taken(
      DigestSignature(Taken(PrepareSignature(std::move(document), prepare, {})), signer, plan.algorithm));
  const std::string signature = SignatureBy(plan.signer->key, digested.attributes, plan.algorithm);
  return Taken(EmbedSignature(std::move(digested), signature, chain, plan.timestamps));
}

}  // namespace vanthu::signing::testing
