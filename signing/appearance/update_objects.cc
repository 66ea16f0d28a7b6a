#include "signing/appearance/update_objects.h"

#include <zlib.h>

#include <new>

#include <fmt/format.h>

namespace vanthu::signing {
namespace {

std::string Deflated(std::string_view data) {
  uLongf size = compressBound(static_cast<uLong>(data.size()));
  std::string out(size, '\0');
  const int done =
      compress2(reinterpret_cast<Bytef*>(out.data()), &size, reinterpret_cast<const Bytef*>(data.data()),
                static_cast<uLong>(data.size()), Z_DEFAULT_COMPRESSION);
  if (done != Z_OK) throw std::bad_alloc();  // the only other cause, a small buffer, is ruled out
  out.resize(size);
  return out;
}

}  // namespace

// The bodies of fonts and forms hold no strings but plain ones - "(Adobe)", "(Identity)": no escapes, no
// parentheses inside.
std::string UpdateObjects::Encrypted(std::string_view body, pdf::Ref ref) const {
  if (!file_.encrypted()) return std::string(body);
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    const std::size_t open = body.find('(', at);
    const std::size_t close = open != std::string_view::npos ? body.find(')', open) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += body.substr(at);
      break;
    }
    out += body.substr(at, open - at);
    const pdf::String plain{std::string(body.substr(open + 1, close - open - 1))};
    out += pdf::Print(file_.Encrypted(pdf::Object(plain), ref));
    at = close + 1;
  }
  return out;
}

void UpdateObjects::Write(int object, std::string_view body) {
  const pdf::Ref ref{object, 0};
  update_.WriteRaw(ref, Encrypted(body, ref));
}

void UpdateObjects::WriteStream(int object, std::string_view entries, std::string_view data, bool plain) {
  const pdf::Ref ref{object, 0};
  const std::string coded = file_.EncryptedData(plain ? std::string(data) : Deflated(data), ref);
  update_.WriteRaw(ref, fmt::format("<<{}{}/Length {}>>\nstream\n{}\nendstream", Encrypted(entries, ref),
                                    plain ? "" : "/Filter/FlateDecode", coded.size(), coded));
}

}  // namespace vanthu::signing
