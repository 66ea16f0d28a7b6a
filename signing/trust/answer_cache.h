// Answers of servers by key, in memory and in a folder. For revocation_service.cc alone.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "signing/cms/certificate.h"

namespace vanthu::signing {

struct KeptAnswer {
  Der bytes;
  Time fetched;
};

// Thread-safe. What cannot be written to the folder is kept in memory alone, and told once in the log.
class AnswerCache {
 public:
  // `folder` empty: memory alone. `kind`: "ocsp", "crl", "issuers": a folder in it, and the names' extension.
  AnswerCache(std::filesystem::path folder, std::string kind, std::string extension);

  std::optional<KeptAnswer> Find(const std::string& key);
  void Keep(const std::string& key, Der bytes, Time now);

 private:
  std::filesystem::path FileOf(const std::string& key) const;
  void KeepInMemory(const std::string& key, KeptAnswer answer);
  void Write(const std::filesystem::path& path, const Der& bytes);
  void MakeRoom();

  const std::filesystem::path folder_;
  const std::string extension_;
  std::mutex mutex_;
  std::map<std::string, KeptAnswer> memory_;
  std::size_t memory_bytes_ = 0;
  bool told_ = false;
};

}  // namespace vanthu::signing
