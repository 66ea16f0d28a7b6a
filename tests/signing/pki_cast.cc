// The cast of the test PKI: who there is, under whom, and what is wrong with each.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/signing/pki.h"

namespace vanthu::signing::pki {
namespace {

using std::chrono::hours;
constexpr hours kDay{24};
constexpr hours kYear{24 * 365};

constexpr const char* kSignUsage = "critical,digitalSignature,nonRepudiation";
constexpr const char* kCaUsage = "critical,keyCertSign,cRLSign";

void Write(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream out(path, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!out.flush()) throw std::logic_error("test PKI: cannot write " + path.string());
}

CertificatePlan Ca(std::string name) {
  CertificatePlan plan;
  plan.common_name = std::move(name);
  plan.organisation = "Ban Cơ yếu thử nghiệm";
  plan.ca = true;
  plan.key_usage = kCaUsage;
  return plan;
}

CertificatePlan Leaf(std::string name, KeyKind key = KeyKind::kRsa2048) {
  CertificatePlan plan;
  plan.common_name = std::move(name);
  plan.key = key;
  plan.key_usage = kSignUsage;
  return plan;
}

CertificatePlan Tsa(std::string name) {
  CertificatePlan plan = Leaf(std::move(name));
  plan.organisation = "Ban Cơ yếu thử nghiệm";
  plan.extended_key_usage = "critical,timeStamping";
  return plan;
}

// RSA keys take a quarter of a second each: those whose key is not the point have a quick one.
bool IsMinor(Who who) {
  static constexpr Who kMinor[] = {
      Who::kTsaOther,       Who::kNotYetValid,    Who::kNotCa,   Who::kUnderNotCa, Who::kShortPath,
      Who::kBelowShortPath, Who::kUnderShortPath, Who::kTsaRoot, Who::kOtherRoot,  Who::kStranger};
  return std::find(std::begin(kMinor), std::end(kMinor), who) != std::end(kMinor);
}

}  // namespace

const char* Name(Who who) {
  static constexpr const char* kNames[] = {
      "root",          "sub-ca",     "signer",           "signer-p256",      "signer-p384", "signer-pss",
      "agency",        "tsa",        "tsa-root",         "tsa-other",        "ocsp",        "expired",
      "not-yet-valid", "revoked",    "wrong-usage",      "weak-key",         "weak-digest", "not-ca",
      "under-not-ca",  "short-path", "below-short-path", "under-short-path", "other-root",  "stranger"};
  return kNames[static_cast<std::size_t>(who)];
}

std::optional<Who> Pki::IssuerOf(Who who) const {
  switch (who) {
    case Who::kRoot:
    case Who::kTsaRoot:
    case Who::kOtherRoot:
      return std::nullopt;
    case Who::kSubCa:
    case Who::kShortPath:
      return Who::kRoot;
    case Who::kTsaOther:
      return Who::kTsaRoot;
    case Who::kUnderNotCa:
      return Who::kNotCa;
    case Who::kBelowShortPath:
      return Who::kShortPath;
    case Who::kUnderShortPath:
      return Who::kBelowShortPath;
    case Who::kStranger:
      return Who::kOtherRoot;
    default:
      return Who::kSubCa;
  }
}

CertificatePlan Pki::PlanOf(Who who) const {
  CertificatePlan plan;
  switch (who) {
    case Who::kRoot:
      plan = Ca("Root CA thử nghiệm");
      break;
    case Who::kSubCa:
      plan = Ca("CA phục vụ các cơ quan thử nghiệm");
      break;
    case Who::kSigner:
      plan = Leaf("Nguyễn Văn Kiểm");
      break;
    case Who::kSignerP256:
      plan = Leaf("Trần Thị Đường Cong", KeyKind::kP256);
      break;
    case Who::kSignerP384:
      plan = Leaf("Lê Hữu Ngữ", KeyKind::kP384);
      break;
    case Who::kSignerPss:
      plan = Leaf("Phạm Quốc Muối", KeyKind::kRsaPss2048);
      break;
    case Who::kAgency:
      plan = Leaf("ỦY BAN NHÂN DÂN XÃ AN THÀNH");
      break;
    case Who::kTsa:
      plan = Tsa("Dấu thời gian thử nghiệm");
      break;
    case Who::kTsaRoot:
      plan = Ca("Root TSA thử nghiệm");
      break;
    case Who::kTsaOther:
      plan = Tsa("Dấu thời gian khác");
      break;
    case Who::kOcsp:
      plan = Leaf("OCSP thử nghiệm");
      plan.key_usage = "critical,digitalSignature";
      plan.extended_key_usage = "OCSPSigning";
      plan.ocsp_no_check = true;
      break;
    case Who::kExpired:
      plan = Leaf("Đặng Hết Hạn");
      break;
    case Who::kNotYetValid:
      plan = Leaf("Vũ Chưa Tới");
      break;
    case Who::kRevoked:
      plan = Leaf("Bùi Thu Hồi");
      break;
    case Who::kWrongUsage:
      plan = Leaf("may-chu.example.vn");
      plan.key_usage = "critical,keyEncipherment";
      plan.extended_key_usage = "serverAuth";
      break;
    case Who::kWeakKey:
      plan = Leaf("Hồ Khóa Ngắn", KeyKind::kRsa1024);
      break;
    case Who::kWeakDigest:
      plan = Leaf("Ngô Băm Cũ");
      plan.digest = "SHA1";
      break;
    case Who::kNotCa:
      plan = Leaf("Không phải CA");
      break;
    case Who::kUnderNotCa:
      plan = Leaf("Dưới kẻ không phải CA");
      break;
    case Who::kShortPath:
      plan = Ca("CA một bậc");
      plan.path_length = 0;
      break;
    case Who::kBelowShortPath:
      plan = Ca("CA quá bậc");
      break;
    case Who::kUnderShortPath:
      plan = Leaf("Dưới CA quá bậc");
      break;
    case Who::kOtherRoot:
      plan = Ca("Root CA lạ");
      break;
    case Who::kStranger:
      plan = Leaf("Người lạ");
      break;
  }
  if (IsMinor(who)) plan.key = KeyKind::kP256;
  plan.not_before = options_.now - (plan.ca ? 5 * kYear : kYear);
  plan.not_after = options_.now + (plan.ca ? 15 * kYear : 2 * kYear);
  if (who == Who::kExpired) plan.not_after = options_.now - 30 * kDay;
  if (who == Who::kNotYetValid) plan.not_before = options_.now + 30 * kDay;
  if (!plan.ca) {
    plan.ocsp_url = options_.ocsp_url;
    plan.crl_url = options_.crl_url;
    plan.issuer_url = options_.issuer_url;
  }
  return plan;
}

const Identity& Pki::operator[](Who who) {
  const auto known = made_.find(who);
  if (known != made_.end()) return known->second;
  const std::optional<Who> issuer = IssuerOf(who);
  const Identity* above = issuer ? &(*this)[*issuer] : nullptr;
  return made_.emplace(who, MakeCertificate(PlanOf(who), above)).first->second;
}

std::vector<Der> Pki::Chain(Who who) {
  std::vector<Der> chain;
  for (std::optional<Who> above = IssuerOf(who); above; above = IssuerOf(*above)) {
    chain.push_back((*this)[*above].certificate);
  }
  return chain;
}

Der Pki::SubCaCrl() {
  CrlPlan plan;
  plan.this_update = options_.now - hours(1);
  plan.next_update = options_.now + 7 * kDay;
  plan.revoked.push_back({Certificate(Who::kRevoked), RevokedAt(), "keyCompromise"});
  return MakeCrl((*this)[Who::kSubCa], plan);
}

Der Pki::RootCrl() {
  CrlPlan plan;
  plan.this_update = options_.now - hours(1);
  plan.next_update = options_.now + 30 * kDay;
  return MakeCrl((*this)[Who::kRoot], plan);
}

void WritePki(Pki& pki, const std::filesystem::path& folder) {
  constexpr const char* kPassword = "mat-khau";
  const std::filesystem::path trust = folder / "trust";
  std::filesystem::create_directories(trust / "tsa");
  std::filesystem::create_directories(trust / "crl");
  std::filesystem::create_directories(folder / "crl");
  Write(folder / "password.txt", std::string(kPassword) + "\n");
  std::filesystem::permissions(folder / "password.txt",
                               std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  for (int i = 0; i <= static_cast<int>(Who::kStranger); ++i) {
    const Who who = static_cast<Who>(i);
    const std::string name = Name(who);
    Write(folder / (name + ".crt"), ToPem(pki[who].certificate, "CERTIFICATE"));
    Write(folder / (name + ".key"), ToPem(pki[who].key, "PRIVATE KEY"));
    Write(folder / (name + ".p12"), MakePkcs12(pki[who], pki.Chain(who), kPassword));
  }
  Write(trust / "root.crt", ToPem(pki.Certificate(Who::kRoot), "CERTIFICATE"));
  Write(trust / "sub-ca.crt", ToPem(pki.Certificate(Who::kSubCa), "CERTIFICATE"));
  Write(trust / "tsa" / "tsa-root.crt", ToPem(pki.Certificate(Who::kTsaRoot), "CERTIFICATE"));
  const Der sub_ca_crl = pki.SubCaCrl();
  const Der root_crl = pki.RootCrl();
  Write(trust / "crl" / "sub-ca.crl", sub_ca_crl);
  Write(trust / "crl" / "root.crl", root_crl);
  Write(folder / "crl" / "sub-ca.pem", ToPem(sub_ca_crl, "X509 CRL"));
  Write(folder / "crl" / "root.pem", ToPem(root_crl, "X509 CRL"));
}

}  // namespace vanthu::signing::pki
