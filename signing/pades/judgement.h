// How findings become a verdict, by the names of ETSI EN 319 102-1, clause 5.1.3 and table 5-6. Private to
// the room.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/signature_check.h"
#include "signing/pades/verify.h"

namespace vanthu::signing {

// The worst indication so far, with the sub-indication that came first at that rank, and every reason.
class Judgement {
 public:
  void Fail(const char* sub_indication, Message reason) {
    Add(Verdict::kFailed, sub_indication, std::move(reason));
  }
  void Doubt(const char* sub_indication, Message reason) {
    Add(Verdict::kIndeterminate, sub_indication, std::move(reason));
  }
  void Warn(Message reason);
  bool Passes() const { return verdict_ == Verdict::kPassed; }
  void Settle(SignatureReport& report);

 private:
  void Add(Verdict verdict, const char* sub_indication, Message reason);

  Verdict verdict_ = Verdict::kPassed;
  std::string sub_indication_;
  std::vector<Message> reasons_;
};

// The document is what was signed, by the key of the certificate that is named: whatever else there is to
// say.
bool IsIntact(const CmsSignature& cms);
void JudgeCms(const CmsSignature& cms, Judgement& judgement);
void JudgeToken(const TimestampToken& token, Judgement& judgement);
// `proven`: a trusted timestamp says when; otherwise what ran out or was revoked may still have been good
// then.
void JudgeCertificate(const CertificateVerdict& verdict, bool proven, Judgement& judgement);
// Claimed against proven: some tools of the country write local time marked as UTC, 7 hours off.
void JudgeTimes(const SignatureReport& report, Judgement& judgement);

// "signer", "agency", "annex", "copy" by the names that this program gives its fields, else by whose identity
// number the certificate holds (UID=CCCD:..., CMND:... a person; MST:..., MNS:... an agency: Circular
// 22/2020/TT-BTTTT and the certificates seen); empty where neither tells.
std::string RoleOf(std::string_view field, const std::optional<Certificate>& signer);

// ISO 32000-1, 7.9.4, with the spellings that tools have. None where it is no date.
std::optional<Time> ParsePdfDate(std::string_view text);

}  // namespace vanthu::signing
