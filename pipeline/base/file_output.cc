#include "pipeline/base/file_output.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "pipeline/base/file.h"

namespace vanthu {

namespace {
constexpr std::size_t kBufferBytes = 1 << 16;
}

Result<std::unique_ptr<FileOutput>> FileOutput::Create(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (descriptor < 0) return Fail(SystemError(ErrorCode::kWrite, path, errno));
  return std::unique_ptr<FileOutput>(new FileOutput(path, descriptor));
}

FileOutput::FileOutput(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor), buffer_(kBufferBytes) {
  setp(buffer_.data(), buffer_.data() + buffer_.size());
}

FileOutput::~FileOutput() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status FileOutput::Finish() {
  Flush();
  if (failure_ == 0 && ::fsync(descriptor_) != 0) failure_ = errno;
  // A full disk may show itself only here.
  if (::close(std::exchange(descriptor_, -1)) != 0 && failure_ == 0) failure_ = errno;
  if (failure_ != 0) return Fail(SystemError(ErrorCode::kWrite, path_, failure_));
  return {};
}

std::uint64_t FileOutput::Position() const {
  return flushed_ + static_cast<std::uint64_t>(pptr() - pbase());
}

bool FileOutput::WriteAt(const char* data, std::size_t size) {
  while (size > 0 && failure_ == 0) {
    const ssize_t put = ::pwrite(descriptor_, data, size, static_cast<off_t>(flushed_));
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      failure_ = errno;
      break;
    }
    data += put;
    size -= static_cast<std::size_t>(put);
    flushed_ += static_cast<std::uint64_t>(put);
    size_ = std::max(size_, flushed_);
  }
  return failure_ == 0;
}

bool FileOutput::Flush() {
  const bool written = WriteAt(pbase(), static_cast<std::size_t>(pptr() - pbase()));
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  return written;
}

FileOutput::int_type FileOutput::overflow(int_type c) {
  if (!Flush()) return traits_type::eof();
  if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
  *pptr() = traits_type::to_char_type(c);
  pbump(1);
  return c;
}

std::streamsize FileOutput::xsputn(const char* data, std::streamsize size) {
  if (size <= 0) return 0;
  if (size > epptr() - pptr()) {
    if (!Flush()) return 0;
    if (size >= static_cast<std::streamsize>(buffer_.size()))
      return WriteAt(data, static_cast<std::size_t>(size)) ? size : 0;
  }
  std::copy(data, data + size, pptr());
  pbump(static_cast<int>(size));
  return size;
}

int FileOutput::sync() {
  return Flush() ? 0 : -1;
}

FileOutput::pos_type FileOutput::seekoff(off_type offset, std::ios_base::seekdir from,
                                         std::ios_base::openmode which) {
  const std::uint64_t base = from == std::ios_base::beg   ? 0
                             : from == std::ios_base::cur ? Position()
                                                          : std::max(size_, Position());
  return seekpos(pos_type(static_cast<off_type>(base) + offset), which);
}

FileOutput::pos_type FileOutput::seekpos(pos_type to, std::ios_base::openmode) {
  const auto target = static_cast<off_type>(to);
  if (target < 0 || static_cast<std::uint64_t>(target) > std::max(size_, Position()))
    return pos_type(off_type(-1));
  if (static_cast<std::uint64_t>(target) == Position()) return to;  // tellp() asks this way
  if (!Flush()) return pos_type(off_type(-1));
  flushed_ = static_cast<std::uint64_t>(target);
  return to;
}

Status WriteFlushed(const std::filesystem::path& path, std::string_view bytes) {
  auto file = FileOutput::Create(path);
  if (!file) return Fail(file.error());
  (*file)->sputn(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return (*file)->Finish();
}

}  // namespace vanthu
