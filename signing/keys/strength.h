// What every key refuses to sign with, wherever it lies: TT 15/2025/TT-BKHCN (RSA of 2048 bits or more, ECDSA
// of 256 or more, SHA-256 or stronger).
#pragma once

#include "signing/cms/certificate.h"

namespace vanthu::signing {

// Whether a key of the one scheme makes signatures of the other: a plain RSA key does PSS too.
bool Fits(Scheme key, Scheme wanted);

// kNotAccepted: too weak, or of a scheme that the certificate's key does not have.
Status RefuseWeak(const Certificate& certificate, const SignatureAlgorithm& algorithm);

}  // namespace vanthu::signing
