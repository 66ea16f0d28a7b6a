// A file that is written piece by piece: a stream buffer, for libraries that write to streams and seek.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <streambuf>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu {

// Memory: one buffer, however long the file grows. The file is not seen whole until Finish(); whoever needs
// all or nothing writes into a folder that nobody reads and renames that. Not thread-safe.
class FileOutput final : public std::streambuf {
 public:
  // Creates the file, or empties the one that is there. The folder must exist. kWrite.
  static Result<std::unique_ptr<FileOutput>> Create(const std::filesystem::path& path);
  // Closes without a word; what was written since the last flush may be lost.
  ~FileOutput() override;
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  // Flushes to the disk and closes. kWrite with the reason of the first write that failed, such as a full
  // disk: streams and libraries over them pass over it. Call once.
  Status Finish();

 protected:
  int_type overflow(int_type c) override;
  std::streamsize xsputn(const char* data, std::streamsize size) override;
  int sync() override;
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode which) override;
  pos_type seekpos(pos_type to, std::ios_base::openmode which) override;  // within what was written

 private:
  FileOutput(std::filesystem::path path, int descriptor);
  std::uint64_t Position() const;
  bool Flush();
  bool WriteAt(const char* data, std::size_t size);

  std::filesystem::path path_;
  int descriptor_;
  std::vector<char> buffer_;
  std::uint64_t flushed_ = 0;  // where the buffer's first byte will go
  std::uint64_t size_ = 0;     // of the file, without the buffer
  int failure_ = 0;            // errno of the first write that failed
};

// A new file's bytes, flushed to the disk. As FileOutput, in one call.
Status WriteFlushed(const std::filesystem::path& path, std::string_view bytes);

}  // namespace vanthu
