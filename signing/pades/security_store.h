// The document security store, /DSS (ETSI EN 319 142-1, 5.4): what proves certificates good, kept in the
// document for when the authorities' servers are gone.
#pragma once

#include <string>

#include "signing/pdf/file.h"
#include "signing/trust/validation.h"

namespace vanthu::signing {

// What the newest revision's store holds. Bounded; streams that cannot be decoded are left out.
Material ReadSecurityStore(const pdf::File& file);

// Adds what is not there yet by one update; the document as it was where nothing is new. No /VRI: EN 319
// 142-1 leaves it to the writer, and readers use the whole store.
Result<std::string> AddSecurityStore(std::string document, const Material& material,
                                     const std::string& password = {});

}  // namespace vanthu::signing
