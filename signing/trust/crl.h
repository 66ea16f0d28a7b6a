// A certificate revocation list (RFC 5280, 5) read in place: lists of many megabytes are looked through, not
// built up in memory. For the files of signing/trust alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

// Views into the bytes it was read from.
struct Crl {
  std::string_view issuer_name;
  Time this_update;
  std::optional<Time> next_update;
  std::string_view signed_part;  // tbsCertList
  std::string_view algorithm;
  std::string_view signature;
  std::string_view entries;  // content of revokedCertificates
  bool unusable =
      false;  // delta, indirect, for some reasons alone, or with a critical extension nobody knows
  bool only_users = false;  // issuingDistributionPoint
  bool only_authorities = false;
  bool has_point = false;
  std::vector<std::string> point_urls;
  std::optional<Time> keeps_expired_since;  // expiredCertsOnCRL (ISO 9594-8)
};

struct CrlEntry {
  Time at;
  std::string reason;  // RFC 5280 name; empty: none
};

// Nothing where it is none.
std::optional<Crl> ReadCrl(std::string_view der);

struct CrlLookup {
  bool readable =
      true;  // false: an entry is broken, or has a critical extension nobody knows: the list says nothing
  std::optional<CrlEntry> entry;
};
// `serial`: as Certificate has it. Looks through the whole list.
CrlLookup FindEntry(const Crl& crl, const std::string& serial);

// RFC 5280, 5.3.1: "keyCompromise"; empty for an unknown one.
std::string ReasonName(std::int64_t reason);

// DER or PEM ("X509 CRL") of a file, as DER; nothing where it holds none.
std::optional<Der> CrlFromFile(std::string bytes);

}  // namespace vanthu::signing
