// Finding the token: every slot with a token, of every module, against the URI.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "signing/keys/token_session.h"

namespace vanthu::signing {
namespace {

constexpr CK_ULONG kMostSlots = 256;  // a guess far above any reader

// Cryptoki's texts are padded by blanks, or by zeros where the maker erred.
template <std::size_t kSize>
std::string Trimmed(const unsigned char (&field)[kSize]) {
  std::string text(reinterpret_cast<const char*>(field), kSize);
  text.resize(std::min(text.find('\0'), text.size()));
  while (!text.empty() && text.back() == ' ') text.pop_back();
  return text;
}

std::vector<CK_SLOT_ID> SlotsWithToken(const Pkcs11Module& module) {
  CK_ULONG count = 0;
  if (module->C_GetSlotList(CK_TRUE, nullptr, &count) != CKR_OK) return {};
  // One more than there were: a token may be plugged in between the two calls.
  std::vector<CK_SLOT_ID> slots(std::min(count + 8, kMostSlots));
  count = slots.size();
  if (module->C_GetSlotList(CK_TRUE, slots.data(), &count) != CKR_OK) return {};
  slots.resize(std::min<CK_ULONG>(count, slots.size()));
  return slots;
}

struct Found {
  std::vector<Token> fitting;
  std::vector<Token> others;
};

void LookAt(const TokenUri& uri, const std::shared_ptr<Pkcs11Module>& module, Found& found) {
  CK_INFO about{};
  const bool module_fits = (*module)->C_GetInfo(&about) != CKR_OK || uri.Matches(about);
  for (const CK_SLOT_ID slot : SlotsWithToken(*module)) {
    CK_SLOT_INFO slot_info{};
    CK_TOKEN_INFO info{};
    if ((*module)->C_GetSlotInfo(slot, &slot_info) != CKR_OK ||
        (*module)->C_GetTokenInfo(slot, &info) != CKR_OK)
      continue;  // pulled out just now, or not for this module
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
    Token token{
        module,    slot, Trimmed(info.label), Trimmed(info.serialNumber), Trimmed(info.manufacturerID),
        info.flags};
    const bool fits = module_fits && uri.Matches(slot, slot_info, info);
    (fits ? found.fitting : found.others).push_back(std::move(token));
  }
}

std::string List(const std::vector<Token>& tokens) {
  std::string out;
  for (const Token& token : tokens) out += (out.empty() ? "" : "; ") + token.Described();
  return out;
}

}  // namespace

std::string Token::Described() const {
  return fmt::format("{} (serial {}, slot-id {}, {})", label, serial, slot, module->path().string());
}

Result<Token> FindToken(const TokenUri& uri, const std::vector<std::shared_ptr<Pkcs11Module>>& modules) {
  Found found;
  for (const auto& module : modules) LookAt(uri, module, found);
  if (found.fitting.size() == 1) return std::move(found.fitting.front());
  if (found.fitting.size() > 1) {
    return Fail({ErrorCode::kUsage,
                 {"có nhiều token cùng khớp URI: " + List(found.fitting),
                  "several tokens fit the URI: " + List(found.fitting)},
                 {"Thêm serial=…, slot-id=… hoặc module-path=… vào URI để chọn một token",
                  "Add serial=…, slot-id=… or module-path=… to the URI to choose one"},
                 {},
                 {},
                 {}});
  }
  if (!found.others.empty()) {
    return Fail({ErrorCode::kMissingResource,
                 {"không có token nào khớp URI; đang cắm: " + List(found.others),
                  "no token fits the URI; plugged in: " + List(found.others)},
                 {"Cắm đúng token, hoặc sửa token=… hay serial=… trong URI",
                  "Plug in the right token, or mend token=… or serial=… in the URI"},
                 {},
                 {},
                 {}});
  }
  return Fail({ErrorCode::kMissingResource,
               {"không có token nào được cắm", "no token is plugged in"},
               {"Cắm token và kiểm tra trình điều khiển, rồi chạy lại",
                "Plug in the token, check its driver, and run again"},
               {},
               {},
               modules.size() == 1 ? modules.front()->path().string() : std::string()});
}

}  // namespace vanthu::signing
