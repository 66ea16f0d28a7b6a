// A TIFF, JPEG or PNG as a document of pictures. Private to the room.
#pragma once

#include <memory>
#include <string>

#include "pipeline/intake/intake.h"

namespace vanthu::intake {

Result<std::unique_ptr<Document>> OpenPicture(FileKind kind, std::string bytes, const std::string& file,
                                              const Options& options);

}  // namespace vanthu::intake
