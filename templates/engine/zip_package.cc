#include "templates/engine/zip_package.h"

#include <zip.h>

#include "pipeline/base/handle.h"
#include "templates/engine/refusal.h"

namespace vanthu::templates {
namespace {

constexpr zip_uint16_t kFirstDay = (0 << 9) | (1 << 5) | 1;  // MS-DOS date: 1980-01-01
constexpr zip_uint32_t kDeflateLevel = 6;

tl::unexpected<Error> NoZip(const std::string& cause) {
  return Fail(Refusal(ErrorCode::kInternal,
                      {"không đóng gói được tệp DOCX", "the DOCX file cannot be packed"}, cause));
}

Status AddPart(zip_t* archive, const ZipPart& part) {
  // The archive reads the bytes when it is closed; `part` outlives it.
  zip_source_t* source = zip_source_buffer(archive, part.bytes.data(), part.bytes.size(), 0);
  if (source == nullptr) return NoZip(zip_strerror(archive));
  const zip_int64_t index = zip_file_add(archive, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
  if (index < 0) {
    zip_source_free(source);
    return NoZip(zip_strerror(archive));
  }
  const auto at = static_cast<zip_uint64_t>(index);
  if (zip_set_file_compression(archive, at, ZIP_CM_DEFLATE, kDeflateLevel) != 0 ||
      zip_file_set_dostime(archive, at, 0, kFirstDay, 0) != 0)
    return NoZip(zip_strerror(archive));
  return {};
}

Result<std::string> ReadSource(zip_source_t* source) {
  zip_stat_t stat;
  if (zip_source_stat(source, &stat) != 0 || (stat.valid & ZIP_STAT_SIZE) == 0) return NoZip("size");
  std::string out(stat.size, '\0');
  if (zip_source_open(source) != 0) return NoZip("open");
  const zip_int64_t read = zip_source_read(source, out.data(), out.size());
  zip_source_close(source);
  if (read < 0 || static_cast<zip_uint64_t>(read) != stat.size) return NoZip("read");
  return out;
}

}  // namespace

Result<std::string> ZipOf(const std::vector<ZipPart>& parts) {
  zip_error_t error;
  zip_error_init(&error);
  const Handle<zip_source_t, zip_source_free> source(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!source) return NoZip(zip_error_strerror(&error));
  zip_source_keep(source.get());  // one share for the archive, one for us to read from
  Handle<zip_t, zip_discard> archive(zip_open_from_source(source.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(source.get());
    return NoZip(zip_error_strerror(&error));
  }
  for (const ZipPart& part : parts)
    if (Status added = AddPart(archive.get(), part); !added) return Fail(added.error());
  if (zip_close(archive.get()) != 0) return NoZip(zip_strerror(archive.get()));
  static_cast<void>(archive.release());  // closed, and gone
  return ReadSource(source.get());
}

}  // namespace vanthu::templates
