// What a signer of a SignedData says, judged: who signed, over which attributes, naming which certificate.
// Shared by signatures and timestamps. For the files of signing/cms alone.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "signing/cms/algorithm_identifier.h"
#include "signing/cms/cms_reader.h"
#include "signing/cms/der.h"

namespace vanthu::signing {

inline constexpr std::string_view kContentTypeOid = "1.2.840.113549.1.9.3";
inline constexpr std::string_view kMessageDigestOid = "1.2.840.113549.1.9.4";
inline constexpr std::string_view kSigningCertificateOid = "1.2.840.113549.1.9.16.2.12";    // RFC 2634
inline constexpr std::string_view kSigningCertificateV2Oid = "1.2.840.113549.1.9.16.2.47";  // RFC 5035
inline constexpr std::string_view kTstInfoOid = "1.2.840.113549.1.9.16.1.4";                // RFC 3161

// A signature has a chain of a few certificates; thousands are an attempt to keep us busy.
inline constexpr std::size_t kMostCertificates = 100;

// Those that can be read.
std::vector<Certificate> ParseEmbedded(const std::vector<Der>& certificates);

std::vector<const CmsAttribute*> Find(const std::vector<CmsAttribute>& attributes, std::string_view oid);
// The element in the value of the one attribute of that kind; nothing where there is none, or several, or it
// has several values. Valid as long as `attributes`.
std::optional<der::Element> OnlyValue(const std::vector<CmsAttribute>& attributes, std::string_view oid);

std::optional<Certificate> FindSigner(const SignerInfo& info, const std::vector<Certificate>& certificates);

struct EssFinding {
  bool present = false;
  bool right = true;
};
// Both versions may stand side by side and are judged each by itself (RFC 5035, 3); two of one version may
// not.
EssFinding CheckEss(const SignerInfo& info, const Certificate* signer);

// The digest algorithms of SignerInfo and of the signature: the first is of the content, the second of the
// attributes; where they differ, one of them is not what the signer believed.
SignatureMethod MethodOfSigner(const SignerInfo& info, Digest digest, bool& disagree);

// The signature over the attributes: as RFC 5652, 5.4 wants them hashed, else as they stand in the file with
// the SET's tag - some producers sign what they wrote, unsorted.
SignatureCheck CheckOverAttributes(const Certificate& signer, const SignatureMethod& method,
                                   const SignerInfo& info);

}  // namespace vanthu::signing
