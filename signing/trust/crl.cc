#include "signing/trust/crl.h"

#include <openssl/bio.h>
#include <openssl/pem.h>

#include <algorithm>

#include "signing/cms/der.h"
#include "signing/cms/openssl.h"

namespace vanthu::signing {
namespace {

constexpr std::string_view kIssuingPointOid = "2.5.29.28";
constexpr std::string_view kDeltaOid = "2.5.29.27";
constexpr std::string_view kExpiredOid = "2.5.29.60";
constexpr std::string_view kReasonOid = "2.5.29.21";
constexpr std::size_t kMostPointUrls = 16;

struct Extension {
  std::string oid;
  bool critical = false;
  std::string_view value;  // the octet string's content
};

// Calls `take` for each; false where one cannot be read.
template <typename Take>
bool ForEachExtension(std::string_view content, Take take) {
  for (der::Reader reader(content); !reader.AtEnd();) {
    const auto element = reader.Next(der::kSequence);
    if (!element) return false;
    der::Reader parts(element->content);
    Extension extension;
    const auto oid = parts.Next(der::kOid);
    if (const auto critical = parts.Next(der::kBoolean)) {
      extension.critical = critical->content != std::string_view("\0", 1);
    }
    const auto value = parts.Next(der::kOctetString);
    if (!oid || !value) return false;
    extension.oid = der::OidText(oid->content);
    extension.value = value->content;
    take(extension);
  }
  return true;
}

bool IsTrue(std::string_view content) {
  return !content.empty() && content != std::string_view("\0", 1);
}

// IssuingDistributionPoint ::= SEQUENCE { [0] distributionPoint, [1] onlyContainsUserCerts, [2]
// onlyContainsCACerts, [3] onlySomeReasons, [4] indirectCRL, [5] onlyContainsAttributeCerts }
void ReadIssuingPoint(std::string_view value, Crl& out) {
  der::Reader outer(value);
  const auto sequence = outer.Next(der::kSequence);
  if (!sequence) {
    out.unusable = true;
    return;
  }
  for (der::Reader reader(sequence->content); !reader.AtEnd();) {
    const auto part = reader.Next();
    if (!part) {
      out.unusable = true;
      return;
    }
    switch (part->id) {
      case 0xA0: {
        out.has_point = true;
        der::Reader point(part->content);
        const auto full_name = point.Next(der::kContext0);
        for (der::Reader names(full_name ? full_name->content : std::string_view()); !names.AtEnd();) {
          const auto name = names.Next();
          if (!name || out.point_urls.size() >= kMostPointUrls) break;
          if (name->id == 0x86) out.point_urls.emplace_back(name->content);
        }
        break;
      }
      case 0x81:
        out.only_users = IsTrue(part->content);
        break;
      case 0x82:
        out.only_authorities = IsTrue(part->content);
        break;
      case 0x83:
        out.unusable = true;
        break;
      case 0x84:
      case 0x85:
        out.unusable = out.unusable || IsTrue(part->content);
        break;
      default:
        out.unusable = true;
    }
  }
}

bool ReadExtensions(std::string_view content, Crl& out) {
  return ForEachExtension(content, [&](const Extension& extension) {
    if (extension.oid == kIssuingPointOid) {
      ReadIssuingPoint(extension.value, out);
    } else if (extension.oid == kExpiredOid) {
      const auto time = der::Reader(extension.value).Next(der::kGeneralizedTime);
      if (time) out.keeps_expired_since = der::ReadTime(*time);
    } else if (extension.oid == kDeltaOid || extension.critical) {
      out.unusable = true;
    }
  });
}

std::optional<der::Element> NextTime(der::Reader& reader) {
  if (reader.Is(der::kUtcTime)) return reader.Next(der::kUtcTime);
  return reader.Next(der::kGeneralizedTime);
}

// TBSCertList ::= SEQUENCE { version OPTIONAL, signature, issuer, thisUpdate, nextUpdate OPTIONAL,
// revokedCertificates OPTIONAL, [0] crlExtensions OPTIONAL }
bool ReadSignedPart(std::string_view content, Crl& out) {
  der::Reader reader(content);
  reader.Next(der::kInteger);
  const auto algorithm = reader.Next(der::kSequence);
  const auto issuer = reader.Next(der::kSequence);
  const auto this_update = NextTime(reader);
  if (!algorithm || !issuer || !this_update || algorithm->whole != out.algorithm) return false;
  const auto issued = der::ReadTime(*this_update);
  if (!issued) return false;
  out.issuer_name = issuer->whole;
  out.this_update = *issued;
  if (const auto next_update = NextTime(reader)) {
    out.next_update = der::ReadTime(*next_update);
    if (!out.next_update) return false;
  }
  if (const auto revoked = reader.Next(der::kSequence)) out.entries = revoked->content;
  if (const auto extensions = reader.Next(der::kContext0)) {
    der::Reader inner(extensions->content);
    const auto list = inner.Next(der::kSequence);
    if (!list || !ReadExtensions(list->content, out)) return false;
  }
  return reader.AtEnd();
}

std::string_view WithoutZeros(std::string_view octets) {
  while (octets.size() > 1 && octets.front() == '\0') octets.remove_prefix(1);
  return octets;
}

int DigitOf(char c) {
  return c <= '9' ? c - '0' : c - 'a' + 10;
}

std::string OctetsOf(std::string hex) {
  if (hex.size() % 2 != 0) hex.insert(hex.begin(), '0');
  std::string octets;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    octets += static_cast<char>(DigitOf(hex[i]) << 4 | DigitOf(hex[i + 1]));
  }
  return octets;
}

// False: a critical extension that nobody knows (certificateIssuer of an indirect CRL is one).
bool ReadEntryExtensions(std::string_view content, std::string& reason) {
  bool known = true;
  return ForEachExtension(content,
                          [&](const Extension& extension) {
                            if (extension.oid == kReasonOid) {
                              const auto value = der::Reader(extension.value).Next(der::kEnumerated);
                              const auto number = value ? der::SmallInteger(value->content) : std::nullopt;
                              if (number) reason = ReasonName(*number);
                            } else if (extension.critical) {
                              known = false;
                            }
                          }) &&
         known;
}

}  // namespace

std::string ReasonName(std::int64_t reason) {
  static constexpr std::string_view kNames[] = {
      "unspecified",   "keyCompromise",        "cACompromise",    "affiliationChanged",
      "superseded",    "cessationOfOperation", "certificateHold", "",
      "removeFromCRL", "privilegeWithdrawn",   "aACompromise"};
  return reason >= 0 && reason <= 10 ? std::string(kNames[reason]) : std::string();
}

std::optional<Crl> ReadCrl(std::string_view der) {
  der::Reader outer(der);
  const auto whole = outer.Next(der::kSequence);
  if (!whole) return std::nullopt;
  der::Reader reader(whole->content);
  const auto signed_part = reader.Next(der::kSequence);
  const auto algorithm = reader.Next(der::kSequence);
  const auto signature = reader.Next(der::kBitString);
  if (!signed_part || !algorithm || !signature || signature->content.size() < 2 ||
      signature->content[0] != 0) {
    return std::nullopt;
  }
  Crl crl;
  crl.signed_part = signed_part->whole;
  crl.algorithm = algorithm->whole;
  crl.signature = signature->content.substr(1);
  if (!ReadSignedPart(signed_part->content, crl)) return std::nullopt;
  return crl;
}

CrlLookup FindEntry(const Crl& crl, const std::string& serial) {
  CrlLookup lookup;
  const bool negative = !serial.empty() && serial.front() == '-';  // against RFC 5280, but seen
  const std::string octets = negative ? std::string() : OctetsOf(serial);
  const std::string_view wanted = WithoutZeros(octets);
  for (der::Reader reader(crl.entries); !reader.AtEnd();) {
    const auto entry = reader.Next(der::kSequence);
    if (!entry) return {.readable = false, .entry = std::nullopt};
    der::Reader parts(entry->content);
    const auto number = parts.Next(der::kInteger);
    const auto time = NextTime(parts);
    if (!number || !time) return {.readable = false, .entry = std::nullopt};
    std::string reason;
    if (const auto extensions = parts.Next(der::kSequence)) {
      if (!ReadEntryExtensions(extensions->content, reason))
        return {.readable = false, .entry = std::nullopt};
    }
    const bool same =
        negative ? der::IntegerHex(number->content) == serial : WithoutZeros(number->content) == wanted;
    if (!same) continue;
    const auto at = der::ReadTime(*time);
    if (!at) return {.readable = false, .entry = std::nullopt};
    lookup.entry = CrlEntry{*at, std::move(reason)};
  }
  return lookup;
}

std::optional<Der> CrlFromFile(std::string bytes) {
  if (ReadCrl(bytes)) return bytes;
  if (bytes.find("-----BEGIN ") == std::string::npos) return std::nullopt;
  const QuietErrors quiet;
  const Handle<BIO, BIO_free_all> bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  unsigned char* data = nullptr;
  long size = 0;
  if (bio == nullptr ||
      PEM_bytes_read_bio(&data, &size, nullptr, PEM_STRING_X509_CRL, bio.get(), nullptr, nullptr) != 1) {
    return std::nullopt;
  }
  Der der(reinterpret_cast<char*>(data), static_cast<std::size_t>(size));
  OPENSSL_free(data);
  if (!ReadCrl(der)) return std::nullopt;
  return der;
}

}  // namespace vanthu::signing
