#include "pipeline/run/discover.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fstream>
#include <string_view>
#include <system_error>

#include "pipeline/base/file.h"

namespace vanthu::run {
namespace {

namespace fs = std::filesystem;

bool LooksLikeDocument(const fs::path& path) {
  std::array<char, 1024> head{};
  std::ifstream in(path, std::ios::binary);
  in.read(head.data(), head.size());
  const std::string_view bytes(head.data(), static_cast<std::size_t>(in.gcount()));
  using namespace std::string_view_literals;
  for (const std::string_view magic :
       {"II*\0"sv, "MM\0*"sv, "II+\0"sv, "MM\0+"sv, "\xff\xd8\xff"sv, "\x89PNG\r\n\x1a\n"sv})
    if (bytes.starts_with(magic)) return true;
  // Readers accept a PDF header anywhere in the first kilobyte (ISO 32000-1, implementation note 13).
  return bytes.find("%PDF-") != std::string_view::npos;
}

// What is named like a document but does not begin like one (an empty or damaged file) must be reported, not
// skipped.
bool NamedLikeDocument(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
  constexpr std::array<std::string_view, 6> kKnown = {".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"};
  return std::find(kKnown.begin(), kKnown.end(), extension) != kKnown.end();
}

void Walk(const fs::path& folder, Discovery* found) {
  std::error_code failed;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed))
    entries.push_back(*it);
  if (failed) {
    found->unreadable.push_back(SystemError(ErrorCode::kUnreadable, folder, failed.value()));
    return;
  }
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& entry : entries) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(".")) continue;
    std::error_code ignored;
    if (entry.is_directory(ignored) && !entry.is_symlink(ignored))
      Walk(entry.path(), found);
    else if (entry.is_regular_file(ignored) &&
             (NamedLikeDocument(entry.path()) || LooksLikeDocument(entry.path())))
      found->files.push_back(entry.path());
  }
}

}  // namespace

Discovery FindInputs(const std::vector<fs::path>& paths) {
  Discovery found;
  for (const fs::path& path : paths) {
    std::error_code failed;
    const fs::file_status status = fs::status(path, failed);
    if (status.type() == fs::file_type::not_found || status.type() == fs::file_type::none)
      found.unreadable.push_back(SystemError(ErrorCode::kUnreadable, path, failed ? failed.value() : ENOENT));
    else if (fs::is_directory(status))
      Walk(path, &found);
    else
      found.files.push_back(path);
  }
  return found;
}

}  // namespace vanthu::run
