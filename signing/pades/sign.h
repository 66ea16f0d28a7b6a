// One PAdES signature (ETSI EN 319 142-1), as a chain of types, each step consuming the last:
//
//   PrepareSignature   document -> PreparedSignature   the update is appended, the signature's place is left
//   empty DigestSignature    -> DigestedSignature            what the key has to sign EmbedSignature     ->
//   the signed document          its answer, with a timestamp where a service is given
//
// so that the key may lie on another machine between the steps. Earlier bytes are never touched; the document
// grows at its end. Keys, clock and timestamp service are given by the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "signing/cms/signed_data.h"
#include "signing/pades/signing_field.h"
#include "signing/trust/timestamp_service.h"

namespace vanthu::signing {

inline constexpr char kCadesDetached[] = "ETSI.CAdES.detached";
inline constexpr char kRfc3161[] = "ETSI.RFC3161";

struct SignaturePlan {
  std::string field;         // as FieldPlan::name
  std::optional<Time> time;  // /M, written with +07'00'; none: a document timestamp has no claimed time
  std::string sub_filter = kCadesDetached;
  std::string password;                // of an encrypted document
  std::size_t reserved_bytes = 16384;  // for the CMS
};

// Writes what the widget shows into the update and says where it stands. May be empty: an invisible
// signature.
using WidgetWriter = std::function<Result<Widget>(const pdf::File&, pdf::Update&)>;

// The offsets are from the document's first byte.
struct PreparedSignature {
  std::string document;
  std::uint64_t contents_begin = 0;  // of "<"
  std::uint64_t contents_end = 0;    // one past ">"

  std::string_view First() const { return std::string_view(document).substr(0, contents_begin); }
  std::string_view Second() const { return std::string_view(document).substr(contents_end); }
};

// `document` should have room behind it (ReadFile's headroom), else it is copied once. As File::Parse and
// WriteSignatureField.
Result<PreparedSignature> PrepareSignature(std::string document, const SignaturePlan& plan,
                                           const WidgetWriter& widget);

// The prepared signature at the end of a document that was put down between the steps: its last signature is
// still empty. kNotAccepted where it is not.
Result<PreparedSignature> ResumeSignature(std::string document, const std::string& password = {});

struct DigestedSignature {
  PreparedSignature prepared;
  std::string message_digest;  // of the document
  Der attributes;              // what the key signs
  Certificate signer;
  SignatureAlgorithm algorithm;
};

Result<DigestedSignature> DigestSignature(PreparedSignature prepared, const Certificate& signer,
                                          const SignatureAlgorithm& algorithm);

// `signature`: the key's, over `attributes`. `timestamps` null: B-B, else B-T. kNotAccepted where the
// signature is not the signer's over these attributes, or is larger than what was reserved.
Result<std::string> EmbedSignature(DigestedSignature digested, std::string_view signature,
                                   const std::vector<Certificate>& chain, TimestampService* timestamps);

// A whole CMS made elsewhere; checked against the document before it is put in. kNotAccepted.
Result<std::string> EmbedCms(PreparedSignature prepared, std::string_view cms, TimestampService* timestamps);

// A DocTimeStamp over all there is. The document grows by one update.
Result<std::string> AddDocumentTimestamp(std::string document, TimestampService& timestamps,
                                         const std::string& password = {});

// "D:20230309101500+07'00'".
std::string PdfDate(Time time);

}  // namespace vanthu::signing
