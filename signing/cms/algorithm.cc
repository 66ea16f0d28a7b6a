#include "signing/cms/algorithm.h"

#include <openssl/evp.h>

#include "signing/cms/digest.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {

const char* Name(Digest digest) {
  switch (digest) {
    case Digest::kMd5:
      return "MD5";
    case Digest::kSha1:
      return "SHA-1";
    case Digest::kSha224:
      return "SHA-224";
    case Digest::kSha256:
      return "SHA-256";
    case Digest::kSha384:
      return "SHA-384";
    case Digest::kSha512:
      return "SHA-512";
    case Digest::kSha3_256:
      return "SHA3-256";
    case Digest::kSha3_384:
      return "SHA3-384";
    case Digest::kSha3_512:
      return "SHA3-512";
    case Digest::kOther:
      break;
  }
  return "unknown";
}

const char* Name(Scheme scheme) {
  switch (scheme) {
    case Scheme::kRsaPkcs1:
      return "RSA";
    case Scheme::kRsaPss:
      return "RSA-PSS";
    case Scheme::kEcdsa:
      return "ECDSA";
    case Scheme::kDsa:
      return "DSA";
    case Scheme::kOther:
      break;
  }
  return "unknown";
}

const EVP_MD* MessageDigest(Digest digest) {
  switch (digest) {
    case Digest::kMd5:
      return EVP_md5();
    case Digest::kSha1:
      return EVP_sha1();
    case Digest::kSha224:
      return EVP_sha224();
    case Digest::kSha256:
      return EVP_sha256();
    case Digest::kSha384:
      return EVP_sha384();
    case Digest::kSha512:
      return EVP_sha512();
    case Digest::kSha3_256:
      return EVP_sha3_256();
    case Digest::kSha3_384:
      return EVP_sha3_384();
    case Digest::kSha3_512:
      return EVP_sha3_512();
    case Digest::kOther:
      break;
  }
  return nullptr;
}

std::size_t SizeOf(Digest digest) {
  const EVP_MD* md = MessageDigest(digest);
  return md != nullptr ? static_cast<std::size_t>(EVP_MD_get_size(md)) : 0;
}

Result<std::string> DigestOf(Digest digest, std::initializer_list<std::string_view> pieces) {
  const EVP_MD* md = MessageDigest(digest);
  if (md == nullptr) {
    return Fail(MakeError(ErrorCode::kNotAccepted,
                          {"thuật toán băm không được hỗ trợ", "a digest algorithm that is not supported"}));
  }
  const QuietErrors quiet;
  const Handle<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
  bool good = context != nullptr && EVP_DigestInit_ex(context.get(), md, nullptr) == 1;
  for (const std::string_view piece : pieces) {
    good = good && EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1;
  }
  unsigned char octets[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  if (!good || EVP_DigestFinal_ex(context.get(), octets, &size) != 1) {
    return Fail(
        MakeError(ErrorCode::kInternal, {"không tính được giá trị băm", "the digest could not be computed"}));
  }
  return std::string(reinterpret_cast<char*>(octets), size);
}

bool IsStrong(Digest digest) {
  switch (digest) {
    case Digest::kSha256:
    case Digest::kSha384:
    case Digest::kSha512:
    case Digest::kSha3_256:
    case Digest::kSha3_384:
    case Digest::kSha3_512:
      return true;
    default:
      return false;
  }
}

bool IsStrongKey(Scheme scheme, int bits) {
  switch (scheme) {
    case Scheme::kRsaPkcs1:
    case Scheme::kRsaPss:
      return bits >= 2048;
    case Scheme::kEcdsa:
      return bits >= 256;
    default:
      return false;
  }
}

}  // namespace vanthu::signing
