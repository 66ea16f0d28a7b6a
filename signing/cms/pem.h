// PEM (RFC 7468) as DER.
#pragma once

#include <string_view>

#include "signing/cms/algorithm.h"

namespace vanthu::signing {

// The first "-----BEGIN ...-----" block's bytes; `bytes` as they are where there is none.
Der DerOf(std::string_view bytes);

}  // namespace vanthu::signing
