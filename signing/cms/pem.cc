#include "signing/cms/pem.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include <limits>

#include "pipeline/base/handle.h"

namespace vanthu::signing {
namespace {

void FreeBytes(unsigned char* bytes) {
  OPENSSL_free(bytes);
}
void FreeText(char* text) {
  OPENSSL_free(text);
}

}  // namespace

Der DerOf(std::string_view bytes) {
  const bool has_block = bytes.find("-----BEGIN ") != std::string_view::npos;
  if (!has_block || bytes.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return Der(bytes);
  const Handle<BIO, BIO_free_all> input(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* data = nullptr;
  long size = 0;
  const bool read = input && PEM_read_bio(input.get(), &name, &header, &data, &size) == 1;
  const Handle<char, FreeText> owned_name(name);
  const Handle<char, FreeText> owned_header(header);
  const Handle<unsigned char, FreeBytes> owned(data);
  ERR_clear_error();
  return read ? Der(reinterpret_cast<const char*>(data), static_cast<std::size_t>(size)) : Der(bytes);
}

}  // namespace vanthu::signing
