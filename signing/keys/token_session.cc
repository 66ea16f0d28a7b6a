#include "signing/keys/token_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "pipeline/base/log.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostObjects = 1000;            // a guess far above any token
constexpr std::size_t kMostAttributeBytes = 1 << 16;  // the same: certificates are below 10 KB
constexpr std::size_t kMostSignatureBytes = 2048;     // RSA of 16384 bits

bool MeansLost(CK_RV rv) {
  return rv == CKR_DEVICE_REMOVED || rv == CKR_TOKEN_NOT_PRESENT || rv == CKR_SESSION_HANDLE_INVALID ||
         rv == CKR_SESSION_CLOSED || rv == CKR_SLOT_ID_INVALID || rv == CKR_TOKEN_NOT_RECOGNIZED ||
         rv == CKR_CRYPTOKI_NOT_INITIALIZED;
}

unsigned char* Bytes(const char* text) {
  // Cryptoki knows no const; what it reads it does not change.
  return reinterpret_cast<unsigned char*>(const_cast<char*>(text));
}

struct Words {
  ErrorCode code;
  Message message;
  Message advice;
};

Error About(const Token& token, Words words, std::string cause) {
  words.message.vi = fmt::format("token {}: {}", token.label, words.message.vi);
  words.message.en = fmt::format("token {}: {}", token.label, words.message.en);
  return {words.code, std::move(words.message), std::move(words.advice), {}, {}, std::move(cause)};
}

Words Locked() {
  return {ErrorCode::kPassword,
          {"mã PIN đã bị khóa", "its PIN is locked"},
          {"Liên hệ đơn vị cấp token để mở khóa; đừng thử thêm mã nào",
           "Ask the token's issuer to unlock it; try no more PINs"}};
}

Words Expired() {
  return {ErrorCode::kPassword,
          {"mã PIN đã hết hạn, phải đổi", "its PIN has expired and must be changed"},
          {"Đổi mã PIN bằng công cụ của token rồi chạy lại",
           "Change the PIN with the token's tool and run again"}};
}

// Cryptoki tells no number of tries, only these steps (PKCS #11 2.40, 3.2, CK_TOKEN_INFO flags).
Message TriesLeft(CK_FLAGS flags) {
  if ((flags & CKF_USER_PIN_FINAL_TRY) != 0)
    return {"chỉ còn đúng một lần thử, sai nữa là khóa", "one try is left, then it locks"};
  if ((flags & CKF_USER_PIN_COUNT_LOW) != 0)
    return {"số lần thử còn lại đã giảm, token không cho biết còn mấy lần",
            "fewer tries are left; the token does not tell how many"};
  return {"token không cho biết còn mấy lần thử", "the token does not tell how many tries are left"};
}

Words Wrong(CK_FLAGS flags) {
  if ((flags & CKF_USER_PIN_LOCKED) != 0) {
    Words words = Locked();
    words.message = {"sai mã PIN, và token đã khóa mã PIN", "the PIN is wrong, and the token has locked it"};
    return words;
  }
  const Message left = TriesLeft(flags);
  return {
      ErrorCode::kPassword,
      {"sai mã PIN; " + left.vi, "the PIN is wrong; " + left.en},
      {"Chương trình không tự thử lại. Kiểm tra mã PIN rồi mới chạy lại: thường sai ba lần là khóa",
       "The program does not try again by itself. Check the PIN before you run again: most tokens lock after "
       "three wrong ones"}};
}

}  // namespace

Result<std::unique_ptr<TokenSession>> TokenSession::Open(Token token) {
  CK_SESSION_HANDLE session = 0;
  const CK_RV rv = (*token.module)->C_OpenSession(token.slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session);
  std::unique_ptr<TokenSession> opened(new TokenSession(std::move(token), session));
  if (rv == CKR_OK) return opened;
  Error error = opened->Problem(rv, "C_OpenSession");
  opened->lost_ = CKR_SESSION_CLOSED;  // nothing to close
  return Fail(std::move(error));
}

// Closing a token's last session logs out; C_Logout would log out every other session of the process too.
TokenSession::~TokenSession() {
  if (lost_ == CKR_OK && IsOfThisProcess()) (*token_.module)->C_CloseSession(session_);
}

CK_FLAGS TokenSession::FlagsNow() const {
  CK_TOKEN_INFO info{};
  return (*token_.module)->C_GetTokenInfo(token_.slot, &info) == CKR_OK ? info.flags : token_.flags;
}

Status TokenSession::RefuseBeforeAsking(const Secret& pin, const LoginRules& rules) const {
  const CK_FLAGS flags = FlagsNow();
  if ((flags & CKF_USER_PIN_LOCKED) != 0) return Fail(About(token_, Locked(), {}));
  if ((flags & CKF_USER_PIN_INITIALIZED) == 0) return Fail(Refusal(CKR_USER_PIN_NOT_INITIALIZED));
  if (pin.empty() && (flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0) {
    return Fail(About(token_,
                      {ErrorCode::kPassword,
                       {"cần mã PIN", "needs a PIN"},
                       {"Ghi mã PIN vào dòng đầu của một tệp riêng (chmod 600) và chỉ tệp đó bằng --pin-file",
                        "Write the PIN into the first line of a file of your own (chmod 600) and name it by "
                        "--pin-file"}},
                      {}));
  }
  if ((flags & CKF_USER_PIN_FINAL_TRY) != 0 && !rules.allow_last_try) {
    return Fail(
        About(token_,
              {ErrorCode::kPassword,
               {"chỉ còn một lần thử mã PIN, nên chương trình không thử",
                "one try of the PIN is left, so the program does not try"},
               {"Đăng nhập đúng một lần bằng công cụ của token (số lần thử sẽ trở lại đủ), rồi chạy lại",
                "Log in once with the token's own tool (that restores the tries), then run again"}},
              {}));
  }
  if ((flags & CKF_USER_PIN_TO_BE_CHANGED) != 0 && Logs(LogLevel::kWarning))
    Log(LogLevel::kWarning, {fmt::format("token {} yêu cầu đổi mã PIN", token_.label),
                             fmt::format("the token {} asks for a change of its PIN", token_.label)});
  return {};
}

Error TokenSession::Refusal(CK_RV rv) const {
  switch (rv) {
    case CKR_PIN_INCORRECT:
    case CKR_PIN_INVALID:
    case CKR_PIN_LEN_RANGE:
      return About(token_, Wrong(FlagsNow()), Pkcs11ErrorName(rv));
    case CKR_PIN_LOCKED:
      return About(token_, Locked(), Pkcs11ErrorName(rv));
    case CKR_PIN_EXPIRED:
      return About(token_, Expired(), Pkcs11ErrorName(rv));
    case CKR_USER_PIN_NOT_INITIALIZED:
      return About(token_,
                   {ErrorCode::kPassword,
                    {"chưa đặt mã PIN người dùng", "its user PIN was never set"},
                    {"Đặt mã PIN bằng công cụ của token", "Set the PIN with the token's tool"}},
                   {});
    default:
      return Problem(rv, "C_Login");
  }
}

Status TokenSession::AskLogin(CK_USER_TYPE user, const Secret& pin) {
  // A reader with keys of its own asks the person itself.
  const CK_RV rv = pin.empty()
                       ? (*token_.module)->C_Login(session_, user, nullptr, 0)
                       : (*token_.module)->C_Login(session_, user, Bytes(pin.c_str()), pin.view().size());
  if (rv == CKR_OK || (rv == CKR_USER_ALREADY_LOGGED_IN && user == CKU_USER)) return {};
  refused_ = Refusal(rv);
  return Fail(*refused_);
}

Status TokenSession::Login(const Secret& pin, const LoginRules& rules) {
  if (refused_) return Fail(*refused_);
  if ((token_.flags & CKF_LOGIN_REQUIRED) == 0 && pin.empty()) return {};
  if (Status status = RefuseBeforeAsking(pin, rules); !status) return status;
  return AskLogin(CKU_USER, pin);
}

Status TokenSession::LoginForKey(const Secret& pin) {
  if (refused_) return Fail(*refused_);
  return AskLogin(CKU_CONTEXT_SPECIFIC, pin);
}

Result<std::vector<CK_OBJECT_HANDLE>> TokenSession::Find(CK_OBJECT_CLASS type) {
  CK_ATTRIBUTE wanted{CKA_CLASS, &type, sizeof type};
  CK_RV rv = (*token_.module)->C_FindObjectsInit(session_, &wanted, 1);
  if (rv != CKR_OK) return Fail(Problem(rv, "C_FindObjectsInit"));
  std::vector<CK_OBJECT_HANDLE> objects;
  CK_ULONG got = 1;
  while (rv == CKR_OK && got > 0 && objects.size() < kMostObjects) {
    CK_OBJECT_HANDLE some[32];
    got = 0;
    rv = (*token_.module)->C_FindObjects(session_, some, std::size(some), &got);
    if (rv == CKR_OK) objects.insert(objects.end(), some, some + std::min<CK_ULONG>(got, std::size(some)));
  }
  (*token_.module)->C_FindObjectsFinal(session_);
  if (rv != CKR_OK) return Fail(Problem(rv, "C_FindObjects"));
  return objects;
}

std::optional<std::string> TokenSession::Attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  CK_ATTRIBUTE attribute{type, nullptr, 0};
  CK_RV rv = (*token_.module)->C_GetAttributeValue(session_, object, &attribute, 1);
  if (MeansLost(rv)) lost_ = rv;
  if (rv != CKR_OK || attribute.ulValueLen == CK_UNAVAILABLE_INFORMATION ||
      attribute.ulValueLen > kMostAttributeBytes)
    return std::nullopt;
  std::string value(attribute.ulValueLen, '\0');
  attribute.pValue = value.data();
  rv = (*token_.module)->C_GetAttributeValue(session_, object, &attribute, 1);
  if (MeansLost(rv)) lost_ = rv;
  if (rv != CKR_OK || attribute.ulValueLen > value.size()) return std::nullopt;
  value.resize(attribute.ulValueLen);
  return value;
}

std::optional<CK_ULONG> TokenSession::Number(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  const std::optional<std::string> bytes = Attribute(object, type);
  CK_ULONG number = 0;
  if (!bytes || bytes->size() != sizeof number) return std::nullopt;
  std::memcpy(&number, bytes->data(), sizeof number);
  return number;
}

std::optional<bool> TokenSession::Flag(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
  const std::optional<std::string> bytes = Attribute(object, type);
  if (!bytes || bytes->size() != sizeof(CK_BBOOL)) return std::nullopt;
  return bytes->front() != 0;
}

Status TokenSession::Lost() const {
  if (lost_ == CKR_OK) return {};
  return Fail(Problem(lost_, "C_GetAttributeValue"));
}

std::vector<CK_MECHANISM_TYPE> TokenSession::SigningMechanisms() const {
  CK_ULONG count = 0;
  if ((*token_.module)->C_GetMechanismList(token_.slot, nullptr, &count) != CKR_OK || count > 10'000)
    return {};
  std::vector<CK_MECHANISM_TYPE> all(count);
  if ((*token_.module)->C_GetMechanismList(token_.slot, all.data(), &count) != CKR_OK) return {};
  all.resize(std::min<CK_ULONG>(count, all.size()));
  // A mechanism may be there to verify alone. A token that tells nothing of it is believed to sign.
  std::erase_if(all, [&](CK_MECHANISM_TYPE type) {
    CK_MECHANISM_INFO info{};
    return (*token_.module)->C_GetMechanismInfo(token_.slot, type, &info) == CKR_OK &&
           (info.flags & CKF_SIGN) == 0;
  });
  return all;
}

CK_RV TokenSession::BeginSignature(CK_MECHANISM mechanism, CK_OBJECT_HANDLE key) {
  return (*token_.module)->C_SignInit(session_, &mechanism, key);
}

CK_RV TokenSession::Signature(std::string_view data, std::string& signature) {
  signature.assign(kMostSignatureBytes, '\0');
  CK_ULONG size = signature.size();
  const CK_RV rv =
      (*token_.module)->C_Sign(session_, Bytes(data.data()), data.size(), Bytes(signature.data()), &size);
  signature.resize(rv == CKR_OK ? std::min<CK_ULONG>(size, signature.size()) : 0);
  return rv;
}

Error TokenSession::Problem(CK_RV rv, const char* function) const {
  std::string cause = fmt::format("{}: {}", function, Pkcs11ErrorName(rv));
  if (MeansLost(rv)) {
    return About(token_,
                 {ErrorCode::kMissingResource,
                  {"đã bị rút ra hoặc mất kết nối", "was removed or lost its connection"},
                  {"Cắm lại token rồi chạy lại; các văn bản đã ký xong vẫn giữ nguyên",
                   "Plug the token in again and run again; documents that were signed stay as they are"}},
                 std::move(cause));
  }
  switch (rv) {
    case CKR_PIN_EXPIRED:
      return About(token_, Expired(), std::move(cause));
    case CKR_PIN_LOCKED:
      return About(token_, Locked(), std::move(cause));
    case CKR_USER_NOT_LOGGED_IN:
      return About(token_,
                   {ErrorCode::kMissingResource,
                    {"đã kết thúc phiên đăng nhập", "ended the login"},
                    {"Chạy lại để đăng nhập lại; chương trình không tự nhập lại mã PIN",
                     "Run again to log in again; the program does not give the PIN twice by itself"}},
                   std::move(cause));
    case CKR_KEY_FUNCTION_NOT_PERMITTED:
    case CKR_KEY_TYPE_INCONSISTENT:
    case CKR_ACTION_PROHIBITED:
      return About(token_,
                   {ErrorCode::kNotAccepted,
                    {"khóa này không được phép ký", "this key may not sign"},
                    {"Chọn khóa ký khác bằng object=… hoặc id=… trong URI",
                     "Choose a signing key by object=… or id=… in the URI"}},
                   std::move(cause));
    case CKR_FUNCTION_CANCELED:
    case CKR_CANCEL:
    case CKR_FUNCTION_REJECTED:
      return About(token_,
                   {ErrorCode::kNotAccepted,
                    {"người dùng đã từ chối trên thiết bị", "was told no by its user"},
                    {"Chạy lại và xác nhận trên thiết bị", "Run again and confirm on the device"}},
                   std::move(cause));
    case CKR_MECHANISM_INVALID:
    case CKR_MECHANISM_PARAM_INVALID:
    case CKR_KEY_SIZE_RANGE:
      return About(token_,
                   {ErrorCode::kNotAccepted,
                    {"không ký được theo thuật toán này", "does not sign by this algorithm"},
                    {"Chọn RSA (PKCS#1 v1.5) với SHA-256, hoặc dùng token khác",
                     "Choose RSA (PKCS#1 v1.5) with SHA-256, or use another token"}},
                   std::move(cause));
    default:
      return About(token_,
                   {ErrorCode::kMissingResource,
                    {"gặp lỗi", "failed"},
                    {"Rút token ra cắm lại, kiểm tra bằng công cụ của nó, rồi chạy lại",
                     "Unplug it and plug it in again, check it with its own tool, and run again"}},
                   std::move(cause));
  }
}

}  // namespace vanthu::signing
