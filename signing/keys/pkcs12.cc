// Keys in PKCS#12 files (RFC 7292), read by OpenSSL 3.
//
// The national tools still write RC2-40 and 3DES (PKCS#12 of 1999). RC2 is only in OpenSSL's legacy provider,
// which also holds what nothing here should ever use: it is loaded when a file needs it, into a library
// context of that file's own.
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>
#include <openssl/rsa.h>

#include <utility>

#include "pipeline/base/file.h"
#include "pipeline/base/handle.h"
#include "signing/keys/signing_key.h"
#include "signing/keys/strength.h"

namespace vanthu::signing {
namespace {

constexpr std::uint64_t kMostBytes = 4 << 20;  // a guess far above any key with its chain

using Pkcs12Handle = Handle<PKCS12, PKCS12_free>;
using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using X509Handle = Handle<X509, X509_free>;
using LibraryHandle = Handle<OSSL_LIB_CTX, OSSL_LIB_CTX_free>;
using ProviderHandle = Handle<OSSL_PROVIDER, OSSL_PROVIDER_unload>;
using ContextHandle = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;

struct FreeStack {
  void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};
using X509Stack = std::unique_ptr<STACK_OF(X509), FreeStack>;

// Where a file's algorithms come from. `library` null: OpenSSL's default context.
struct Library {
  LibraryHandle context;
  ProviderHandle standard;
  ProviderHandle legacy;
};

struct Contents {
  PkeyHandle key;
  X509Handle certificate;
  X509Stack others;
};

std::string TakeOpenSslError() {
  const unsigned long code = ERR_peek_last_error();
  ERR_clear_error();
  if (code == 0) return {};
  char text[256];
  ERR_error_string_n(code, text, sizeof text);
  return text;
}

tl::unexpected<Error> Refused(const std::filesystem::path& path, ErrorCode code, Message message,
                              Message advice) {
  Error error{code, std::move(message), std::move(advice), path.string(), {}, TakeOpenSslError()};
  return Fail(std::move(error));
}

tl::unexpected<Error> Damaged(const std::filesystem::path& path) {
  return Refused(path, ErrorCode::kDamaged,
                 {"không phải tệp khóa PKCS#12 đúng", "is no sound PKCS#12 key file"},
                 {"Xuất lại tệp .p12 hoặc .pfx cùng khóa bí mật từ công cụ của nhà cung cấp",
                  "Export the .p12 or .pfx with its private key again from the provider's tool"});
}

tl::unexpected<Error> WrongPassword(const std::filesystem::path& path) {
  return Refused(path, ErrorCode::kPassword,
                 {"sai mật khẩu của tệp khóa", "the key file's password is wrong"},
                 {"Kiểm tra tệp mật khẩu: dòng đầu phải là mật khẩu, đúng chữ hoa, chữ thường",
                  "Check the password file: its first line must be the password, capitals as they are"});
}

tl::unexpected<Error> Unsupported(const std::filesystem::path& path) {
  return Refused(path, ErrorCode::kNotAccepted,
                 {"tệp khóa dùng thuật toán mà OpenSSL ở máy này không có",
                  "the key file uses an algorithm that OpenSSL has not on this machine"},
                 {"Xuất lại tệp .p12 với AES-256 và SHA-256, hoặc cài mô-đun legacy của OpenSSL",
                  "Export the .p12 again with AES-256 and SHA-256, or install OpenSSL's legacy module"});
}

Result<Library> LoadLegacy(const std::filesystem::path& path) {
  Library library{LibraryHandle(OSSL_LIB_CTX_new()), nullptr, nullptr};
  if (library.context) {
    library.standard.reset(OSSL_PROVIDER_load(library.context.get(), "default"));
    library.legacy.reset(OSSL_PROVIDER_load(library.context.get(), "legacy"));
  }
  if (!library.standard || !library.legacy) return Unsupported(path);
  return library;
}

Pkcs12Handle Decode(const std::string& bytes, OSSL_LIB_CTX* library) {
  // The context goes in with an empty file, which the bytes then fill.
  PKCS12* file = PKCS12_init_ex(NID_pkcs7_data, library, nullptr);
  const auto* at = reinterpret_cast<const unsigned char*>(bytes.data());
  const unsigned char* const end = at + bytes.size();
  // On failure d2i has freed it.
  if (file != nullptr && d2i_PKCS12(&file, &at, static_cast<long>(bytes.size())) == nullptr) file = nullptr;
  Pkcs12Handle handle(file);
  if (at != end) handle.reset();
  return handle;
}

// Right by the file's own checksum, which needs nothing of the legacy algorithms. A file without one has none
// to be wrong.
Status CheckPassword(const std::filesystem::path& path, PKCS12* file, const Secret& password) {
  if (PKCS12_mac_present(file) != 1) return {};
  const int length = static_cast<int>(password.view().size());
  if (PKCS12_verify_mac(file, password.c_str(), length) == 1) return {};
  // An empty password and none at all are two different keys; tools write either.
  if (password.empty() && PKCS12_verify_mac(file, nullptr, 0) == 1) return {};
  if (ERR_GET_REASON(ERR_peek_last_error()) == PKCS12_R_MAC_GENERATION_ERROR) return Unsupported(path);
  return WrongPassword(path);
}

bool Open(PKCS12* file, const Secret& password, Contents& contents) {
  EVP_PKEY* key = nullptr;
  X509* certificate = nullptr;
  STACK_OF(X509)* others = nullptr;
  const bool opened = PKCS12_parse(file, password.c_str(), &key, &certificate, &others) == 1;
  contents.key.reset(key);
  contents.certificate.reset(certificate);
  contents.others.reset(others);
  return opened;
}

Result<Certificate> ToCertificate(X509* x509) {
  unsigned char* bytes = nullptr;
  const int size = i2d_X509(x509, &bytes);
  const Handle<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owner(bytes);
  if (size <= 0) return ParseCertificate({});
  return ParseCertificate({reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size)});
}

class Pkcs12Key final : public SigningKey {
 public:
  Pkcs12Key(Library library, PkeyHandle key, Certificate certificate, std::vector<Certificate> chain)
      : library_(std::move(library)),
        key_(std::move(key)),
        certificate_(std::move(certificate)),
        chain_(std::move(chain)) {}

  const Certificate& certificate() const override { return certificate_; }
  const std::vector<Certificate>& chain() const override { return chain_; }
  bool Supports(const SignatureAlgorithm& algorithm) const override {
    return RefuseWeak(certificate_, algorithm).has_value();
  }

  Result<std::string> Sign(std::string_view data, const SignatureAlgorithm& algorithm) override {
    if (Status status = RefuseWeak(certificate_, algorithm); !status) return Fail(status.error());
    const ContextHandle context(EVP_MD_CTX_new());
    const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    std::size_t size = 0;
    if (!context || !Begin(context.get(), algorithm) ||
        EVP_DigestSign(context.get(), nullptr, &size, bytes, data.size()) != 1)
      return Failure();
    std::string signature(size, '\0');
    if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                       data.size()) != 1)
      return Failure();
    signature.resize(size);
    return signature;
  }

 private:
  bool Begin(EVP_MD_CTX* context, const SignatureAlgorithm& algorithm) {
    EVP_PKEY_CTX* parameters = nullptr;  // the context's own
    if (EVP_DigestSignInit_ex(context, &parameters, Name(algorithm.digest), library_.context.get(), nullptr,
                              key_.get(), nullptr) != 1)
      return false;
    if (algorithm.scheme != Scheme::kRsaPss) return true;
    // RFC 4055, 3.1 and RFC 8017, 9.1: MGF1 of the same digest, a salt as long as it.
    return EVP_PKEY_CTX_set_rsa_padding(parameters, RSA_PKCS1_PSS_PADDING) > 0 &&
           EVP_PKEY_CTX_set_rsa_pss_saltlen(parameters, RSA_PSS_SALTLEN_DIGEST) > 0;
  }

  static tl::unexpected<Error> Failure() {
    return Fail({ErrorCode::kNotAccepted,
                 {"khóa không ký được", "the key does not sign"},
                 {"Kiểm tra loại khóa và thuật toán ký", "Check the kind of key and the signature algorithm"},
                 {},
                 {},
                 TakeOpenSslError()});
  }

  Library library_;  // outlives the key
  PkeyHandle key_;
  Certificate certificate_;
  std::vector<Certificate> chain_;
};

Result<std::unique_ptr<SigningKey>> MakeKey(const std::filesystem::path& path, Library library,
                                            Contents contents) {
  if (!contents.key) {
    return Refused(path, ErrorCode::kMissingResource,
                   {"tệp không có khóa bí mật", "the file holds no private key"},
                   {"Xuất lại tệp .p12 kèm khóa bí mật", "Export the .p12 again with its private key"});
  }
  if (!contents.certificate) {
    return Refused(path, ErrorCode::kMissingResource,
                   {"tệp không có chứng thư số của khóa", "the file holds no certificate for its key"},
                   {"Xuất lại tệp .p12 kèm chứng thư số", "Export the .p12 again with the certificate"});
  }
  Result<Certificate> certificate = ToCertificate(contents.certificate.get());
  if (!certificate) {
    Error error = certificate.error();
    error.file = path.string();
    return Fail(std::move(error));
  }
  if (!Fits(certificate->key_scheme, certificate->key_scheme)) {
    return Refused(
        path, ErrorCode::kNotAccepted,
        {"loại khóa này không dùng để ký văn bản", "documents are not signed with this kind of key"},
        {"Dùng khóa RSA hoặc ECDSA", "Use an RSA or ECDSA key"});
  }
  std::vector<Certificate> chain;
  for (int i = 0; contents.others && i < sk_X509_num(contents.others.get()); ++i)
    if (Result<Certificate> other = ToCertificate(sk_X509_value(contents.others.get(), i)); other)
      chain.push_back(std::move(*other));
  ERR_clear_error();
  return std::make_unique<Pkcs12Key>(std::move(library), std::move(contents.key), std::move(*certificate),
                                     std::move(chain));
}

}  // namespace

Result<std::unique_ptr<SigningKey>> OpenPkcs12(const std::filesystem::path& path, const Secret& password) {
  Result<std::string> bytes = ReadFile(path, kMostBytes);
  if (!bytes) {
    // A key that is not there is a resource that is missing, as a token would be.
    if (bytes.error().code == ErrorCode::kUnreadable) bytes.error().code = ErrorCode::kMissingResource;
    return Fail(bytes.error());
  }
  ERR_clear_error();
  Pkcs12Handle file = Decode(*bytes, nullptr);
  if (!file) return Damaged(path);
  if (Status status = CheckPassword(path, file.get(), password); !status) return Fail(status.error());

  Contents contents;
  if (Open(file.get(), password, contents)) return MakeKey(path, {}, std::move(contents));

  // Not in the default provider, or broken inside: the legacy one tells.
  ERR_clear_error();
  Result<Library> library = LoadLegacy(path);
  if (!library) return Fail(library.error());
  const bool checked = PKCS12_mac_present(file.get()) == 1;
  file = Decode(*bytes, library->context.get());
  if (file && Open(file.get(), password, contents)) {
    file.reset();
    return MakeKey(path, std::move(*library), std::move(contents));
  }
  file.reset();  // before its library
  if (checked) return Damaged(path);
  return WrongPassword(path);
}

}  // namespace vanthu::signing
