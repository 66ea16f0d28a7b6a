#include "signing/keys/token_uri.h"

#include <p11-kit/uri.h>

#include <utility>

#include "pipeline/base/handle.h"

namespace vanthu::signing {

struct ParsedUri {
  Handle<P11KitUri, p11_kit_uri_free> uri;
};

namespace {

tl::unexpected<Error> WrongUri(Message message, const char* cause) {
  return Fail(
      {ErrorCode::kUsage,
       std::move(message),
       {"Viết theo RFC 7512, ví dụ pkcs11:token=TÊN;object=NHÃN?module-path=/usr/lib/driver.so",
        "Write it by RFC 7512, such as pkcs11:token=NAME;object=LABEL?module-path=/usr/lib/driver.so"},
       {},
       {},
       cause});
}

std::optional<std::string> BytesOf(P11KitUri* uri, CK_ATTRIBUTE_TYPE type) {
  const CK_ATTRIBUTE* attribute = p11_kit_uri_get_attribute(uri, type);
  if (attribute == nullptr) return std::nullopt;
  if (attribute->pValue == nullptr) return std::string();
  return std::string(static_cast<const char*>(attribute->pValue), attribute->ulValueLen);
}

// p11-kit drops spaces; people write them as they are in a label, and mean them.
std::string WithEncodedSpaces(const std::string& text) {
  std::string out;
  for (const char c : text) c == ' ' ? out += "%20" : out += c;
  return out;
}

std::string TextOf(const char* text) {
  return text == nullptr ? std::string() : text;
}

}  // namespace

TokenUri::TokenUri(std::unique_ptr<ParsedUri> parsed) : parsed_(std::move(parsed)) {}
TokenUri::TokenUri(TokenUri&&) noexcept = default;
TokenUri& TokenUri::operator=(TokenUri&&) noexcept = default;
TokenUri::~TokenUri() = default;

Result<TokenUri> TokenUri::Parse(const std::string& text) {
  auto parsed = std::make_unique<ParsedUri>();
  parsed->uri.reset(p11_kit_uri_new());
  const int problem =
      p11_kit_uri_parse(WithEncodedSpaces(text).c_str(), P11_KIT_URI_FOR_ANY, parsed->uri.get());
  // The text itself is not shown: somebody may have put a PIN into it.
  if (problem != P11_KIT_URI_OK) {
    return WrongUri({"địa chỉ khóa không phải URI PKCS#11 đúng", "the key's address is no PKCS#11 URI"},
                    p11_kit_uri_message(problem));
  }
  if (p11_kit_uri_get_pin_value(parsed->uri.get()) != nullptr ||
      p11_kit_uri_get_pin_source(parsed->uri.get()) != nullptr) {
    return WrongUri({"URI PKCS#11 không được chứa mã PIN: ai cũng đọc được dòng lệnh",
                     "a PKCS#11 URI must hold no PIN: everybody can read a command line"},
                    "");
  }
  if (p11_kit_uri_any_unrecognized(parsed->uri.get()) != 0) {
    return WrongUri({"URI PKCS#11 có thuộc tính không ai hiểu", "the PKCS#11 URI has an unknown attribute"},
                    "");
  }
  return TokenUri(std::move(parsed));
}

bool TokenUri::Matches(CK_SLOT_ID slot_id, const CK_SLOT_INFO& slot, const CK_TOKEN_INFO& token) const {
  const CK_SLOT_ID wanted = p11_kit_uri_get_slot_id(parsed_->uri.get());
  return (wanted == static_cast<CK_SLOT_ID>(-1) || wanted == slot_id) &&
         p11_kit_uri_match_slot_info(parsed_->uri.get(), &slot) == 1 &&
         p11_kit_uri_match_token_info(parsed_->uri.get(), &token) == 1;
}

bool TokenUri::Matches(const CK_INFO& module) const {
  return p11_kit_uri_match_module_info(parsed_->uri.get(), &module) == 1;
}

std::optional<std::string> TokenUri::object() const {
  return BytesOf(parsed_->uri.get(), CKA_LABEL);
}
std::optional<std::string> TokenUri::id() const {
  return BytesOf(parsed_->uri.get(), CKA_ID);
}
std::filesystem::path TokenUri::module_path() const {
  return TextOf(p11_kit_uri_get_module_path(parsed_->uri.get()));
}
std::string TokenUri::module_name() const {
  return TextOf(p11_kit_uri_get_module_name(parsed_->uri.get()));
}

}  // namespace vanthu::signing
