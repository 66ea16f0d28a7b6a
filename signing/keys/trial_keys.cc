#include "signing/keys/trial_keys.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include <memory>

#include "pipeline/base/file.h"
#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

using PkeyHandle = Handle<EVP_PKEY, EVP_PKEY_free>;
using X509Handle = Handle<X509, X509_free>;

constexpr long kSecondsBefore = 3600;  // clocks of the office differ
constexpr long kSecondsAfter = 30L * 24 * 3600;

struct Identity {
  PkeyHandle key;
  X509Handle certificate;
};

bool AddExtension(X509* certificate, X509* issuer, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const Handle<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, &context, id, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool AddName(X509_NAME* name, const char* field, const std::string& value) {
  return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(value.data()),
                                    static_cast<int>(value.size()), -1, 0) == 1;
}

// A root where `issuer` is null. Null parts where OpenSSL fails.
Identity Make(const std::string& common_name, const std::string& organisation, const Identity* issuer) {
  Identity out{PkeyHandle(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256")), X509Handle(X509_new())};
  X509* certificate = out.certificate.get();
  if (!out.key || certificate == nullptr) return {};
  std::uint64_t serial = 0;
  bool made = RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1 &&
              X509_set_version(certificate, X509_VERSION_3) == 1 &&
              ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U) == 1 &&
              X509_gmtime_adj(X509_getm_notBefore(certificate), -kSecondsBefore) != nullptr &&
              X509_gmtime_adj(X509_getm_notAfter(certificate), kSecondsAfter) != nullptr &&
              X509_set_pubkey(certificate, out.key.get()) == 1;
  X509_NAME* subject = X509_get_subject_name(certificate);
  made = made && AddName(subject, "C", "VN") && AddName(subject, "O", organisation) &&
         AddName(subject, "CN", common_name);
  X509* above = issuer != nullptr ? issuer->certificate.get() : certificate;
  made = made && X509_set_issuer_name(certificate, X509_get_subject_name(above)) == 1 &&
         AddExtension(certificate, above, NID_subject_key_identifier, "hash") &&
         AddExtension(certificate, above, NID_basic_constraints,
                      issuer == nullptr ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
         AddExtension(certificate, above, NID_key_usage,
                      issuer == nullptr ? "critical,keyCertSign,cRLSign"
                                        : "critical,digitalSignature,nonRepudiation") &&
         X509_sign(certificate, issuer != nullptr ? issuer->key.get() : out.key.get(), EVP_sha256()) > 0;
  return made ? std::move(out) : Identity{};
}

std::string TakeBytes(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string();
}

std::string Pkcs12Of(const Identity& identity, const Identity& root, const std::string& password) {
  const Handle<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  const auto free_stack = [](STACK_OF(X509) * stack) { sk_X509_free(stack); };
  const std::unique_ptr<STACK_OF(X509), decltype(free_stack)> chain(sk_X509_new_null(), free_stack);
  if (!bio || !chain || sk_X509_push(chain.get(), root.certificate.get()) == 0) return {};
  const Handle<PKCS12, PKCS12_free> bag(PKCS12_create(password.c_str(), "thu nghiem", identity.key.get(),
                                                      identity.certificate.get(), chain.get(), 0, 0, 0, 0,
                                                      0));
  return bag && i2d_PKCS12_bio(bio.get(), bag.get()) == 1 ? TakeBytes(bio.get()) : std::string();
}

std::string PemOf(const Identity& identity) {
  const Handle<BIO, BIO_free_all> bio(BIO_new(BIO_s_mem()));
  return bio && PEM_write_bio_X509(bio.get(), identity.certificate.get()) == 1 ? TakeBytes(bio.get())
                                                                               : std::string();
}

std::string NewPassword() {
  unsigned char random[16];
  if (RAND_bytes(random, sizeof random) != 1) return {};
  std::string out;
  for (const unsigned char byte : random) out += fmt::format("{:02x}", byte);
  return out;
}

Status WriteOwn(const std::filesystem::path& path, const std::string& bytes) {
  Status written = WriteFileAtomically(path, bytes);
  if (written) ::chmod(path.c_str(), S_IRUSR | S_IWUSR);
  return written;
}

}  // namespace

Result<TrialKeys> WriteTrialKeys(const std::filesystem::path& folder, const std::string& person,
                                 const std::string& agency) {
  const TrialKeys out{folder / "ca-nhan.p12", folder / "co-quan.p12", folder / "mat-khau",
                      folder / "tin-cay"};
  const Identity root = Make("Chứng thư số dùng thử, không có giá trị pháp lý", "Vanthu", nullptr);
  if (!root.certificate)
    return Fail(Error{ErrorCode::kInternal,
                      {"không lập được khóa dùng thử", "no trial key could be made"},
                      {},
                      {},
                      {},
                      {}});
  const std::string password = NewPassword();
  for (const auto& [path, name] : {std::pair(out.signer, person), {out.agency, agency}}) {
    const Identity identity = Make(name, agency, &root);
    const std::string bytes = identity.certificate ? Pkcs12Of(identity, root, password) : std::string();
    if (bytes.empty())
      return Fail(Error{ErrorCode::kInternal,
                        {"không lập được khóa dùng thử", "no trial key could be made"},
                        {},
                        {},
                        {},
                        {}});
    if (const Status written = WriteOwn(path, bytes); !written) return Fail(written.error());
  }
  ERR_clear_error();
  if (const Status written = WriteOwn(out.password, password + "\n"); !written) return Fail(written.error());
  if (const Status written = WriteFileAtomically(out.trust / "goc.crt", PemOf(root)); !written)
    return Fail(written.error());
  return out;
}

}  // namespace vanthu::signing
