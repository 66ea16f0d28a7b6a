#include "signing/pdf/security.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>

#include "pipeline/base/handle.h"

namespace vanthu::signing::pdf {
namespace {

using CipherHandle = Handle<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

// 7.6.3.3: what a password is filled up with.
constexpr std::string_view kPadding(
    "\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C"
    "\xA9\xFE\x64\x53\x69\x7A",
    32);

std::string Hash(const EVP_MD* kind, std::string_view data) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  if (EVP_Digest(data.data(), data.size(), out.data(), &size, kind, nullptr) != 1)
    throw std::logic_error("no digest");
  return {reinterpret_cast<const char*>(out.data()), size};
}

// OpenSSL 3 keeps RC4 in a provider that need not be installed; the cipher is ten lines.
std::string Rc4(std::string_view key, std::string_view data) {
  std::array<unsigned char, 256> state{};
  std::iota(state.begin(), state.end(), 0);
  for (unsigned i = 0, j = 0; i < 256; ++i) {
    j = (j + state[i] + static_cast<unsigned char>(key[i % key.size()])) & 255U;
    std::swap(state[i], state[j]);
  }
  std::string out(data);
  unsigned i = 0;
  unsigned j = 0;
  for (char& c : out) {
    i = (i + 1) & 255U;
    j = (j + state[i]) & 255U;
    std::swap(state[i], state[j]);
    c = static_cast<char>(static_cast<unsigned char>(c) ^ state[(state[i] + state[j]) & 255U]);
  }
  return out;
}

// AES in CBC mode. Nothing where the data are no whole blocks or the padding is wrong.
std::optional<std::string> Aes(std::string_view key, std::string_view start, std::string_view data,
                               bool encrypts, bool padded) {
  const CipherHandle context(EVP_CIPHER_CTX_new());
  const EVP_CIPHER* cipher = key.size() == 32 ? EVP_aes_256_cbc() : EVP_aes_128_cbc();
  std::string out(data.size() + 32, '\0');
  int made = 0;
  int rest = 0;
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  if (data.size() > (1ULL << 30) || context == nullptr ||
      EVP_CipherInit_ex(context.get(), cipher, nullptr, reinterpret_cast<const unsigned char*>(key.data()),
                        reinterpret_cast<const unsigned char*>(start.data()), encrypts ? 1 : 0) != 1 ||
      EVP_CIPHER_CTX_set_padding(context.get(), padded ? 1 : 0) != 1 ||
      EVP_CipherUpdate(context.get(), to, &made, reinterpret_cast<const unsigned char*>(data.data()),
                       static_cast<int>(data.size())) != 1 ||
      EVP_CipherFinal_ex(context.get(), to + made, &rest) != 1)
    return std::nullopt;
  out.resize(static_cast<std::size_t>(made + rest));
  return out;
}

// ISO 32000-2, algorithm 2.B. `owner`: the 48 bytes of /U for the owner password, else empty.
std::string HardenedHash(std::string_view password, std::string_view salt, std::string_view owner,
                         std::int64_t revision) {
  std::string key = Hash(EVP_sha256(), std::string(password) + std::string(salt) + std::string(owner));
  if (revision < 6) return key;
  for (int round = 0;; ++round) {
    const std::string piece = std::string(password) + key + std::string(owner);
    std::string input;
    for (int i = 0; i < 64; ++i) input += piece;
    const std::string coded = Aes(key.substr(0, 16), key.substr(16, 16), input, true, false).value_or("");
    if (coded.size() < 16) throw std::logic_error("no AES");
    int sum = 0;  // the first 16 bytes as a big-endian number, modulo 3: 256 is 1 modulo 3
    for (int i = 0; i < 16; ++i) sum += static_cast<unsigned char>(coded[static_cast<std::size_t>(i)]);
    key = Hash(sum % 3 == 0 ? EVP_sha256() : sum % 3 == 1 ? EVP_sha384() : EVP_sha512(), coded);
    if (round >= 63 && static_cast<unsigned char>(coded.back()) <= round - 31) break;
  }
  return key.substr(0, 32);
}

struct Parameters {
  std::int64_t revision = 0;
  std::size_t key_bytes = 0;
  std::int64_t permissions = 0;
  std::string owner, user, owner_key, user_key;
  std::string id;
  bool encrypt_metadata = true;
};

std::string Padded(std::string_view password) {
  return (std::string(password.substr(0, 32)) + std::string(kPadding)).substr(0, 32);
}

// Algorithm 2.
std::string FileKey(const Parameters& it, std::string_view password) {
  std::string input = Padded(password) + it.owner.substr(0, 32);
  for (int i = 0; i < 4; ++i)
    input += static_cast<char>((static_cast<std::uint64_t>(it.permissions) >> (8 * i)) & 0xFF);
  input += it.id;
  if (it.revision >= 4 && !it.encrypt_metadata) input.append(4, '\xFF');
  std::string key = Hash(EVP_md5(), input);
  if (it.revision >= 3)
    for (int i = 0; i < 50; ++i) key = Hash(EVP_md5(), key.substr(0, it.key_bytes));
  return key.substr(0, it.key_bytes);
}

std::string WithEachByte(std::string key, int value) {
  for (char& c : key) c = static_cast<char>(static_cast<unsigned char>(c) ^ static_cast<unsigned>(value));
  return key;
}

// Algorithms 4 to 6: the key, where `password` is the user's.
std::optional<std::string> TryUser(const Parameters& it, std::string_view password) {
  std::string key = FileKey(it, password);
  if (it.revision == 2)
    return Rc4(key, kPadding) == it.user.substr(0, 32) ? std::optional(key) : std::nullopt;
  std::string check = Hash(EVP_md5(), std::string(kPadding) + it.id);
  for (int i = 0; i < 20; ++i) check = Rc4(WithEachByte(key, i), check);
  return check == it.user.substr(0, 16) ? std::optional(key) : std::nullopt;
}

// Algorithm 7: the user's password out of the owner's.
std::optional<std::string> TryOwner(const Parameters& it, std::string_view password) {
  std::string key = Hash(EVP_md5(), Padded(password));
  if (it.revision >= 3)
    for (int i = 0; i < 50; ++i) key = Hash(EVP_md5(), key);
  key = key.substr(0, it.key_bytes);
  std::string user = it.owner.substr(0, 32);
  for (int i = it.revision == 2 ? 0 : 19; i >= 0; --i) user = Rc4(WithEachByte(key, i), user);
  return TryUser(it, user);
}

// Algorithm 2.A.
std::optional<std::string> TryLong(const Parameters& it, std::string_view password) {
  password = password.substr(0, 127);
  const std::string user = it.user.substr(0, 48);
  const auto open = [&](const std::string& entry, const std::string& coded, std::string_view extra) {
    const std::string none(16, '\0');
    if (HardenedHash(password, entry.substr(32, 8), extra, it.revision) != entry.substr(0, 32))
      return std::optional<std::string>();
    return Aes(HardenedHash(password, entry.substr(40, 8), extra, it.revision), none, coded.substr(0, 32),
               false, false);
  };
  if (auto key = open(it.owner, it.owner_key, user)) return key;
  return open(it.user, it.user_key, {});
}

Error SecurityError(ErrorCode code, Message message, Message advice) {
  Error error;
  error.code = code;
  error.message = std::move(message);
  error.advice = std::move(advice);
  return error;
}

Error DamagedSecurity() {
  return SecurityError(ErrorCode::kDamaged,
                       {"phần mã hóa của tệp PDF bị hỏng", "the PDF's encryption is damaged"},
                       {"Xin lại tệp từ nơi gửi", "Ask the sender for the file again"});
}

Error UnknownSecurity() {
  return SecurityError(
      ErrorCode::kNotAccepted,
      {"tệp PDF được mã hóa bằng cách không được đọc", "the PDF is encrypted in a way that is not read"},
      {"Xin bản không mã hóa", "Ask for a copy that is not encrypted"});
}

std::string Text(const Object& object) {
  return object.AsString() != nullptr ? object.AsString()->bytes : "";
}

Result<Parameters> ReadParameters(const Object& encrypt, std::string_view id, std::int64_t version) {
  Parameters out;
  const std::int64_t* revision = encrypt["R"].AsInteger();
  const std::int64_t* permissions = encrypt["P"].AsInteger();
  if (revision == nullptr || permissions == nullptr) return Fail(DamagedSecurity());
  if (*revision < 2 || *revision > 6) return Fail(UnknownSecurity());
  out.revision = *revision;
  out.permissions = *permissions;
  const std::int64_t* length = encrypt["Length"].AsInteger();
  std::int64_t bits = version == 1 ? 40 : version == 4 ? 128 : length != nullptr ? *length : 40;
  if (bits < 40 && bits >= 5) bits *= 8;  // some writers give bytes
  if (bits < 40 || bits > 128 || bits % 8 != 0) bits = version >= 5 ? 128 : 0;
  if (bits == 0) return Fail(DamagedSecurity());
  out.key_bytes = static_cast<std::size_t>(bits / 8);
  out.owner = Text(encrypt["O"]);
  out.user = Text(encrypt["U"]);
  out.owner_key = Text(encrypt["OE"]);
  out.user_key = Text(encrypt["UE"]);
  out.id = id;
  if (const bool* metadata = encrypt["EncryptMetadata"].AsBool()) out.encrypt_metadata = *metadata;
  const std::size_t least = out.revision >= 5 ? 48 : 32;
  if (out.owner.size() < least || out.user.size() < least) return Fail(DamagedSecurity());
  if (out.revision >= 5 && (out.owner_key.size() < 32 || out.user_key.size() < 32))
    return Fail(DamagedSecurity());
  if ((out.revision >= 5) != (version >= 5)) return Fail(DamagedSecurity());
  return out;
}

}  // namespace

Result<Security::Method> Security::MethodOf(const Object& encrypt, std::string_view filter_key, int version) {
  if (version == 1 || version == 2) return Method::kRc4;
  if (version != 4 && version != 5) return Fail(UnknownSecurity());
  const Object& chosen = encrypt[filter_key];
  if (chosen.IsNull() || chosen.IsName("Identity")) return Method::kIdentity;
  if (chosen.AsName() == nullptr) return Fail(DamagedSecurity());
  const Object& filter = encrypt["CF"][chosen.AsName()->text];
  const Object& method = filter["CFM"];
  if (method.IsNull() || method.IsName("None")) return Fail(UnknownSecurity());
  if (method.IsName("V2") && version == 4) return Method::kRc4;
  if (method.IsName("AESV2") && version == 4) return Method::kAesV2;
  if (method.IsName("AESV3") && version == 5) return Method::kAesV3;
  return Fail(UnknownSecurity());
}

Result<Security> Security::Open(const Object& encrypt, std::string_view id, std::string_view password) {
  if (encrypt.AsDictionary() == nullptr) return Fail(DamagedSecurity());
  if (!encrypt["Filter"].IsName("Standard")) return Fail(UnknownSecurity());
  const std::int64_t* version = encrypt["V"].AsInteger();
  if (version == nullptr || *version < 1 || *version > 5) return Fail(UnknownSecurity());
  auto strings = MethodOf(encrypt, "StrF", static_cast<int>(*version));
  if (!strings) return Fail(std::move(strings.error()));
  auto streams = MethodOf(encrypt, "StmF", static_cast<int>(*version));
  if (!streams) return Fail(std::move(streams.error()));
  auto parameters = ReadParameters(encrypt, id, *version);
  if (!parameters) return Fail(std::move(parameters.error()));
  Security out;
  out.strings_ = *strings;
  out.streams_ = *streams;
  out.encrypt_metadata_ = parameters->encrypt_metadata;
  for (const std::string_view tried : {password, std::string_view()}) {
    auto key = parameters->revision >= 5 ? TryLong(*parameters, tried) : TryUser(*parameters, tried);
    if (!key && parameters->revision < 5) key = TryOwner(*parameters, tried);
    if (!key) continue;
    out.key_ = std::move(*key);
    return out;
  }
  return Fail(SecurityError(ErrorCode::kPassword,
                            password.empty()
                                ? Message{"tệp được bảo vệ bằng mật khẩu", "the file needs a password"}
                                : Message{"mật khẩu không đúng", "the password is wrong"},
                            {"Ghi mật khẩu vào một tệp và dùng --password-file",
                             "Put the password into a file and give it with --password-file"}));
}

// Algorithm 1.
std::string Security::KeyOf(Ref ref, Method method) const {
  if (method == Method::kAesV3) return key_;
  std::string input = key_;
  for (int i = 0; i < 3; ++i) input += static_cast<char>((ref.number >> (8 * i)) & 0xFF);
  for (int i = 0; i < 2; ++i) input += static_cast<char>((ref.generation >> (8 * i)) & 0xFF);
  if (method == Method::kAesV2) input += "sAlT";
  return Hash(EVP_md5(), input).substr(0, std::min<std::size_t>(16, key_.size() + 5));
}

std::string Security::Decrypt(std::string_view data, Ref ref, Kind kind) const {
  const Method method = Of(kind);
  if (method == Method::kIdentity) return std::string(data);
  const std::string key = KeyOf(ref, method);
  if (method == Method::kRc4) return Rc4(key, data);
  if (data.size() < 32) return {};
  return Aes(key, data.substr(0, 16), data.substr(16), false, true).value_or("");
}

std::string Security::Encrypt(std::string_view data, Ref ref, Kind kind) const {
  const Method method = Of(kind);
  if (method == Method::kIdentity) return std::string(data);
  const std::string key = KeyOf(ref, method);
  if (method == Method::kRc4) return Rc4(key, data);
  const std::string place = std::to_string(ref.number) + ' ' + std::to_string(ref.generation) + ' ';
  const std::string start = Hash(EVP_sha256(), key + place + std::string(data)).substr(0, 16);
  auto coded = Aes(key, start, data, true, true);
  if (!coded) throw std::logic_error("no AES");
  return start + *coded;
}

bool Security::Leaves(const Dictionary& stream) const {
  const Object dictionary(stream);
  if (dictionary["Type"].IsName("XRef")) return true;
  if (dictionary["Type"].IsName("Metadata") && !encrypt_metadata_) return true;
  const Object& filter = dictionary["Filter"];
  const bool is_array = filter.AsArray() != nullptr && !filter.AsArray()->empty();
  const Object& first = is_array ? filter.AsArray()->front() : filter;
  if (!first.IsName("Crypt")) return false;
  const Object& parameters = dictionary["DecodeParms"];
  const bool is_list = parameters.AsArray() != nullptr && !parameters.AsArray()->empty();
  const Object& its = is_list ? parameters.AsArray()->front() : parameters;
  return its["Name"].IsNull() || its["Name"].IsName("Identity");
}

}  // namespace vanthu::signing::pdf
