// Which files a batch holds: named files as they are, folders searched through, in a stable order.
#pragma once

#include <filesystem>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::run {

struct Discovery {
  std::vector<std::filesystem::path> files;  // sorted within each folder
  std::vector<Error> unreadable;             // folders and names that could not be looked into
};

// A folder's files are taken if their first bytes say PDF, TIFF, JPEG or PNG, whatever their name; hidden
// files and links to folders are passed over (a link in a circle must not hang a batch). A file that is named
// is always taken.
Discovery FindInputs(const std::vector<std::filesystem::path>& paths);

}  // namespace vanthu::run
