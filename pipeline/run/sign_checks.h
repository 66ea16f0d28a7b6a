// What is looked at before and after signing. Private to the room.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/run/sign.h"
#include "signing/trust/validation.h"

namespace vanthu::run {

// Whether a document may be signed in this role: what is there must be intact, and an agency's seal goes on a
// document that somebody has signed (NĐ 30/2020). Judged in a process of its own.
Status CheckDocument(const std::filesystem::path& file, std::string_view bytes, const SignSettings& settings);

// Whether the certificate may sign now: TT 15/2025/TT-BKHCN wants period, use, chain and revocation checked
// before. What could not be checked is a remark.
Status CheckCertificate(const signing::Certificate& certificate, const signing::CertificateVerdict& verdict,
                        std::vector<Message>* remarks);

// The last signature of `document` is intact and covers it; kInternal otherwise: nothing that fails is handed
// out.
Status CheckSigned(std::string_view document, const std::string& password);

}  // namespace vanthu::run
