#include "signing/trust/store.h"

#include <algorithm>
#include <array>
#include <system_error>

#include "pipeline/base/file.h"
#include "signing/cms/openssl.h"
#include "signing/trust/crl.h"

namespace vanthu::signing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;
constexpr std::uint64_t kMostBytes = 1 << 20;
constexpr std::uint64_t kMostCrlBytes = 64 << 20;
constexpr int kMostDepth = 4;

struct Place {
  bool signer = true;
  bool timestamp = true;
  bool anchors = false;  // everything here is an anchor
};

bool IsCertificateFile(const fs::path& path) {
  static constexpr std::array<std::string_view, 6> kEndings = {".crt", ".cer", ".pem",
                                                               ".der", ".p7b", ".p7c"};
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c);
  });
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

// The folders between the store and the file say what it is for.
Place PlaceOf(const fs::path& inside) {
  Place place;
  for (const fs::path& part : inside.parent_path()) {
    if (part == "tsa") place.signer = false;
    if (part == "agency" || part == "public") place.timestamp = false;
    if (part == "anchors") place.anchors = true;
  }
  return place;
}

void AddAnchor(const Certificate& certificate, const Place& place, TrustStore& store) {
  for (Anchor& anchor : store.anchors) {
    if (anchor.certificate.der != certificate.der) continue;
    anchor.signer = anchor.signer || place.signer;
    anchor.timestamp = anchor.timestamp || place.timestamp;
    return;
  }
  store.anchors.push_back({certificate, place.signer, place.timestamp});
}

void AddCertificates(const fs::path& path, const Place& place, TrustStore& store) {
  const auto bytes = ReadFile(path, kMostBytes);
  const auto certificates =
      bytes ? ParseCertificates(*bytes) : Result<std::vector<Certificate>>(Fail(bytes.error()));
  if (!certificates) {
    store.skipped.push_back(path.string());
    return;
  }
  for (const Certificate& certificate : *certificates) {
    if (certificate.self_signed || place.anchors) {
      AddAnchor(certificate, place, store);
    } else {
      store.intermediates.push_back(certificate);
    }
  }
}

void AddCrl(const fs::path& path, TrustStore& store) {
  auto bytes = ReadFile(path, kMostCrlBytes);
  auto der = bytes ? CrlFromFile(std::move(*bytes)) : std::nullopt;
  if (der) {
    store.crls.push_back(std::move(*der));
  } else {
    store.skipped.push_back(path.string());
  }
}

void AddOcsp(const fs::path& path, TrustStore& store) {
  auto bytes = ReadFile(path, kMostBytes);
  if (bytes && !bytes->empty() && bytes->front() == '\x30') {
    store.ocsp_responses.push_back(std::move(*bytes));
  } else {
    store.skipped.push_back(path.string());
  }
}

Error NoFolder(const fs::path& folder) {
  Error error =
      MakeError(ErrorCode::kMissingResource,
                {"không mở được kho chứng thư tin cậy", "the trust store cannot be opened"},
                {"Cần một thư mục chứa chứng thư của các cơ quan chứng thực (.crt, .cer, .pem, .p7b).",
                 "A folder of the authorities' certificates is needed (.crt, .cer, .pem, .p7b)."});
  error.file = folder.string();
  return error;
}

// The regular files, sorted: the same store reads the same way everywhere. Links to folders are not followed.
std::optional<std::vector<fs::path>> FilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
  if (error) return std::nullopt;
  for (; at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (error || files.size() > kMostFiles) break;
    std::error_code ignored;
    if (at.depth() >= kMostDepth) at.disable_recursion_pending();
    if (at->is_regular_file(ignored)) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

Result<TrustStore> ReadTrustStore(const fs::path& folder) {
  const QuietErrors quiet;
  std::error_code error;
  if (!fs::is_directory(folder, error)) return Fail(NoFolder(folder));
  const auto files = FilesIn(folder);
  if (!files) return Fail(NoFolder(folder));
  if (files->size() > kMostFiles) {
    Error many = MakeError(ErrorCode::kLimit, {"kho chứng thư có quá nhiều tệp (hơn 10.000)",
                                               "the trust store has too many files (more than 10,000)"});
    many.file = folder.string();
    return Fail(std::move(many));
  }
  TrustStore store;
  for (const fs::path& path : *files) {
    const fs::path inside = path.lexically_relative(folder);
    const fs::path top = inside.has_parent_path() ? *inside.begin() : fs::path();
    if (top == "crl") {
      AddCrl(path, store);
    } else if (top == "ocsp") {
      AddOcsp(path, store);
    } else if (IsCertificateFile(path)) {
      AddCertificates(path, PlaceOf(inside), store);
    }
  }
  return store;
}

}  // namespace vanthu::signing
