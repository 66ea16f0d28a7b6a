// A verdict as a person reads it.
#include <fmt/format.h>

#include <map>
#include <string_view>

#include "pipeline/run/verify.h"

namespace vanthu::run {
namespace {

// The record's words in both languages.
const std::map<std::string_view, Message>& Words() {
  static const std::map<std::string_view, Message> kWords = {
      {"passed", {"HỢP LỆ", "PASSED"}},
      {"indeterminate", {"CHƯA XÁC ĐỊNH ĐƯỢC", "INDETERMINATE"}},
      {"failed", {"KHÔNG HỢP LỆ", "FAILED"}},
      {"unsigned", {"KHÔNG CÓ CHỮ KÝ SỐ", "NOT SIGNED"}},
      {"intact", {"nguyên vẹn", "intact"}},
      {"altered", {"ĐÃ BỊ THAY ĐỔI", "ALTERED"}},
      {"whole-file", {"toàn bộ tệp", "the whole file"}},
      {"whole-revision", {"toàn bộ văn bản vào lúc ký", "the whole document as it was then"}},
      {"partial", {"CHỈ MỘT PHẦN", "ONLY A PART"}},
      {"none", {"không có", "none"}},
      {"allowed",
       {"có, thuộc loại được phép (ký thêm, dấu thời gian)",
        "yes, of the kind that is allowed (further signatures, timestamps)"}},
      {"suspicious", {"CÓ, KHÔNG ĐƯỢC PHÉP", "YES, NOT ALLOWED"}},
      {"trusted", {"tin cậy", "trusted"}},
      {"untrusted", {"không tin cậy", "not trusted"}},
      {"unknown", {"không rõ", "unknown"}},
      {"good", {"không bị thu hồi", "not revoked"}},
      {"revoked", {"ĐÃ BỊ THU HỒI", "REVOKED"}},
      {"signer", {"người có thẩm quyền", "authorised person"}},
      {"agency", {"cơ quan, tổ chức", "agency"}},
      {"annex", {"phụ lục", "annex"}},
      {"copy", {"bản sao điện tử", "electronic copy"}},
      {"timestamp", {"dấu thời gian của văn bản", "document timestamp"}},
  };
  return kWords;
}

class Teller {
 public:
  explicit Teller(Language language) : language_(language) {}

  std::string Say(const char* vi, const char* en) const {
    return language_ == Language::kVietnamese ? vi : en;
  }
  std::string Say(const Text& word) const {
    if (!word) return Say("không có", "none");
    const auto found = Words().find(*word);
    if (found == Words().end()) return *word;
    return language_ == Language::kVietnamese ? found->second.vi : found->second.en;
  }
  void Line(const char* vi, const char* en, const std::string& value) {
    out_ += fmt::format("     {}: {}\n", Say(vi, en), value);
  }
  void Append(const std::string& text) { out_ += text; }
  std::string Take() { return std::move(out_); }

 private:
  Language language_;
  std::string out_;
};

// "2026-11-28T09:00:00+07:00" as "28/11/2026 09:00:00".
std::string Day(const Text& iso) {
  if (!iso || iso->size() < 19) return "?";
  const std::string_view text = *iso;
  return fmt::format("{}/{}/{} {}", text.substr(8, 2), text.substr(5, 2), text.substr(0, 4),
                     text.substr(11, 8));
}

std::string Times(const SignatureFound& one, const Teller& teller) {
  const std::string stamped =
      one.timestamp_time
          ? fmt::format("{} ({})", Day(one.timestamp_time), teller.Say("theo dấu thời gian", "by timestamp"))
          : "";
  const std::string claimed = one.claimed_time
                                  ? fmt::format("{} ({})", Day(one.claimed_time),
                                                teller.Say("máy người ký ghi, chưa được chứng minh",
                                                           "by the signer's machine, not proven"))
                                  : "";
  if (stamped.empty() && claimed.empty()) return teller.Say("không ghi", "not said");
  return stamped.empty() ? claimed : claimed.empty() ? stamped : stamped + "; " + claimed;
}

void TellOne(std::size_t number, const SignatureFound& one, Teller& teller) {
  teller.Append(fmt::format("  {}. {}{}: {}{}\n", number, one.field.value_or("?"),
                            one.role ? " (" + teller.Say(one.role) + ")" : "", teller.Say(one.verdict),
                            one.sub_indication ? " [" + *one.sub_indication + "]" : ""));
  teller.Line("Tổ chức cấp chứng thư số", "Issuer",
              fmt::format("{} ({})", one.issuer.value_or("?"), teller.Say(one.chain)));
  teller.Line("Người ký", "Signer", one.signer.value_or("?"));
  teller.Line("Cơ quan, đơn vị quản lý", "Managing unit", one.organisation.value_or("?"));
  teller.Line("Thời gian ký", "Signing time", Times(one, teller));
  teller.Line("Tính toàn vẹn", "Integrity",
              fmt::format("{}; {}: {}; {}: {}", teller.Say(one.integrity), teller.Say("phạm vi", "covers"),
                          teller.Say(one.coverage), teller.Say("thay đổi sau khi ký", "changes since"),
                          teller.Say(one.changes_after)));
  teller.Line("Hiệu lực của chứng thư số lúc ký", "Validity at signing time",
              fmt::format("{}: {}", teller.Say("thu hồi", "revocation"), teller.Say(one.revocation)));
  teller.Line("Thời hạn của chứng thư số", "Certificate valid",
              Day(one.valid_from) + " - " + Day(one.valid_to));
  teller.Line("Mức chữ ký, thuật toán", "Level, algorithm",
              fmt::format("{}, {}", one.level.value_or("?"), one.algorithm.value_or("?")));
  for (const std::string& reason : one.reasons) teller.Append("     ! " + reason + "\n");
}

}  // namespace

std::string TellVerdict(const std::string& file, const Verification& verification, Language language) {
  Teller teller(language);
  teller.Append(fmt::format("{}: {}\n", file, teller.Say(Text(verification.verdict))));
  for (const std::string& reason : verification.reasons) teller.Append("  ! " + reason + "\n");
  for (std::size_t i = 0; i < verification.signatures.size(); ++i)
    TellOne(i + 1, verification.signatures[i], teller);
  return teller.Take();
}

}  // namespace vanthu::run
