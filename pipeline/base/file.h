// Whole files, read with a bound and written whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "pipeline/base/error.h"

namespace vanthu {

// Reads a regular file. Directories, devices and files over max_bytes are errors that name the path. The
// string can grow by `headroom` bytes before it has to move.
Result<std::string> ReadFile(const std::filesystem::path& path, std::uint64_t max_bytes,
                             std::size_t headroom = 0);

// Writes `bytes` beside `path` (or the file a link names), flushes and renames: a reader sees the old file or
// the new one, a full disk leaves the old one. Makes missing folders. Devices and pipes are written in place.
Status WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes);

// Flushes a folder's entries, so that a rename inside it survives a power cut.
Status SyncFolder(const std::filesystem::path& folder);

// An Error about `path` with errno's words as its cause.
Error SystemError(ErrorCode code, const std::filesystem::path& path, int error_number);

// Lower-case hexadecimal SHA-256.
// The SHA-256 of a regular file, read in pieces. Errors as ReadFile.
Result<std::string> Sha256OfFile(const std::filesystem::path& path, std::uint64_t max_bytes);
// Lower-case hexadecimal SHA-256.
std::string Sha256Hex(std::string_view bytes);

// Where the program's read-only data lies (share/vanthu): $VANTHU_DATA_DIR, else relative to the executable.
std::filesystem::path DataFolder();
// Where the modules that are loaded late lie (lib/vanthu): $VANTHU_MODULE_DIR, else relative to the
// executable.
std::filesystem::path ModuleFolder();

}  // namespace vanthu
