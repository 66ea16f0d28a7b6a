#include "tests/signing/pades/signed_document.h"

#include <fmt/format.h>

#include <stdexcept>

#include "tests/signing/cms/cms_builder.h"
#include "tests/signing/pdf_maker.h"

namespace vanthu::signing::testing {
namespace {

template <typename T>
T Taken(Result<T> result) {
  if (!result) throw std::logic_error(result.error().message.en + " " + result.error().cause);
  return std::move(*result);
}

// The library makes no such signatures: put in by hand.
std::string WeaklySigned(PreparedSignature prepared, const SigningPlan& plan) {
  CmsPlan cms;
  cms.signer = plan.signer;
  cms.certificates = plan.chain;
  cms.content = std::string(prepared.First()) + std::string(prepared.Second());
  cms.algorithm = plan.algorithm;
  std::size_t at = prepared.contents_begin + 1;
  for (const char c : BuildCms(cms)) {
    const std::string byte = fmt::format("{:02x}", static_cast<unsigned char>(c));
    prepared.document.replace(at, 2, byte);
    at += 2;
  }
  return prepared.document;
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

std::string Signed(std::string document, const SigningPlan& plan) {
  SignaturePlan prepare;
  prepare.field = plan.field;
  prepare.time = plan.time;
  prepare.reserved_bytes = 32768;
  const Certificate signer = Taken(ParseCertificate(plan.signer->certificate));
  std::vector<Certificate> chain;
  for (const pki::Der& der : plan.chain) chain.push_back(Taken(ParseCertificate(der)));
  SignatureAlgorithm algorithm = plan.algorithm;
  if (algorithm.scheme == Scheme::kRsaPkcs1) algorithm.scheme = signer.key_scheme;
  PreparedSignature prepared = Taken(PrepareSignature(std::move(document), prepare, {}));
  if (!IsStrong(algorithm.digest)) return WeaklySigned(std::move(prepared), plan);
  DigestedSignature digested = Taken(DigestSignature(std::move(prepared), signer, algorithm));
  const std::string signature = SignBytes(plan.signer->key, digested.attributes, algorithm);
  return Taken(EmbedSignature(std::move(digested), signature, chain, plan.timestamps));
}

}  // namespace vanthu::signing::testing
