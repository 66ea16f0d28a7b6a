#include "signing/keys/strength.h"

#include <fmt/format.h>

namespace vanthu::signing {
namespace {

tl::unexpected<Error> Refused(std::string vi, std::string en) {
  return Fail(
      {ErrorCode::kNotAccepted,
       {std::move(vi), std::move(en)},
       {"Dùng khóa RSA từ 2048 bit hoặc ECDSA từ 256 bit, với SHA-256 trở lên (Thông tư 15/2025/TT-BKHCN)",
        "Use an RSA key of 2048 bits or more or an ECDSA key of 256 or more, with SHA-256 or stronger "
        "(Thông tư 15/2025/TT-BKHCN)"},
       {},
       {},
       {}});
}

}  // namespace

bool Fits(Scheme key, Scheme wanted) {
  if (key == Scheme::kRsaPkcs1) return wanted == Scheme::kRsaPkcs1 || wanted == Scheme::kRsaPss;
  return key == wanted && (key == Scheme::kRsaPss || key == Scheme::kEcdsa);
}

Status RefuseWeak(const Certificate& certificate, const SignatureAlgorithm& algorithm) {
  if (!Fits(certificate.key_scheme, algorithm.scheme)) {
    return Refused(
        fmt::format("khóa {} không ký được theo {}", Name(certificate.key_scheme), Name(algorithm.scheme)),
        fmt::format("a key of {} does not sign by {}", Name(certificate.key_scheme), Name(algorithm.scheme)));
  }
  if (!IsStrong(algorithm.digest)) {
    return Refused(fmt::format("hàm băm {} quá yếu để ký", Name(algorithm.digest)),
                   fmt::format("the digest {} is too weak to sign with", Name(algorithm.digest)));
  }
  if (!IsStrongKey(certificate.key_scheme, certificate.key_bits)) {
    return Refused(
        fmt::format("khóa {} {} bit quá yếu để ký", Name(certificate.key_scheme), certificate.key_bits),
        fmt::format("the {} key of {} bits is too weak to sign with", Name(certificate.key_scheme),
                    certificate.key_bits));
  }
  return {};
}

}  // namespace vanthu::signing
