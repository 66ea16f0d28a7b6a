#include "signing/pades/security_store.h"

#include <set>

#include "pipeline/base/file.h"
#include "signing/pades/draft.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::Dictionary;
using pdf::Object;

constexpr std::size_t kMostItems = 10'000;

std::vector<Der> StreamsOf(const pdf::File& file, const Object& store, std::string_view key) {
  std::vector<Der> out;
  const Object list = file.Get(store, key, file.last());
  if (list.AsArray() == nullptr) return out;
  for (const Object& item : *list.AsArray()) {
    if (out.size() == kMostItems) break;
    const Object object = file.Resolve(item, file.last());
    if (object.AsStream() == nullptr) continue;
    Result<std::string> data = file.Decode(*object.AsStream(), file.last());
    if (data) out.push_back(std::move(*data));
  }
  return out;
}

// Appends to the store's list those of `items` that `known` lacks; whether any was new.
bool Append(Draft& draft, Dictionary& store, const std::string& key, const std::vector<Der>& items,
            const std::vector<Der>& known) {
  std::set<std::string> hashes;
  for (const Der& item : known) hashes.insert(Sha256Hex(item));
  Array list = draft.ArrayOf(store[key]);
  const std::size_t before = list.size();
  for (const Der& item : items) {
    if (!hashes.insert(Sha256Hex(item)).second) continue;
    const pdf::Ref ref = draft.update().Reserve();
    draft.update().WriteStream(ref, {}, item);
    list.emplace_back(ref);
  }
  if (list.size() == before) return false;
  draft.Put(store, key, Object(std::move(list)));
  return true;
}

// PDF 1.7 knows no /DSS: the extension says whose it is (EN 319 142-1, 5.6).
void NameExtension(Draft& draft, Dictionary& catalog) {
  Dictionary extensions = draft.DictionaryOf(catalog["Extensions"]);
  if (extensions.contains("ESIC")) return;
  extensions.insert_or_assign(
      "ESIC", Object(Dictionary{{"BaseVersion", Object(pdf::Name{"1.7"})}, {"ExtensionLevel", Object(2)}}));
  draft.Put(catalog, "Extensions", Object(std::move(extensions)));
}

std::vector<Der> DerOf(const std::vector<Certificate>& certificates) {
  std::vector<Der> out;
  out.reserve(certificates.size());
  for (const Certificate& certificate : certificates) out.push_back(certificate.der);
  return out;
}

}  // namespace

Material ReadSecurityStore(const pdf::File& file) {
  Material out;
  const Object store = file.Get(file.Catalog(file.last()), "DSS", file.last());
  if (store.AsDictionary() == nullptr) return out;
  for (const Der& der : StreamsOf(file, store, "Certs"))
    if (Result<Certificate> certificate = ParseCertificate(der))
      out.certificates.push_back(std::move(*certificate));
  out.crls = StreamsOf(file, store, "CRLs");
  out.ocsp_responses = StreamsOf(file, store, "OCSPs");
  return out;
}

Result<std::string> AddSecurityStore(std::string document, const Material& material,
                                     const std::string& password) {
  std::string appended;
  {
    const Result<pdf::File> file = pdf::File::Parse(document, pdf::WithPassword(password));
    if (!file) return Fail(file.error());
    const Material known = ReadSecurityStore(*file);
    pdf::Update update(*file);
    Draft draft(*file, update);
    Dictionary catalog = draft.DictionaryOf(Object(draft.CatalogRef()));
    Dictionary store = draft.DictionaryOf(catalog["DSS"]);
    store.insert_or_assign("Type", Object(pdf::Name{"DSS"}));
    bool is_new = Append(draft, store, "Certs", DerOf(material.certificates), DerOf(known.certificates));
    is_new = Append(draft, store, "CRLs", material.crls, known.crls) || is_new;
    is_new = Append(draft, store, "OCSPs", material.ocsp_responses, known.ocsp_responses) || is_new;
    if (is_new) {
      const pdf::Ref* own = catalog["DSS"].AsRef();
      const pdf::Ref ref = own != nullptr ? *own : update.Reserve();
      draft.Change(ref, Object(std::move(store)));
      if (own == nullptr) {
        catalog.insert_or_assign("DSS", Object(ref));
        NameExtension(draft, catalog);
        draft.Change(draft.CatalogRef(), Object(std::move(catalog)));
      }
      draft.WriteAll();
      appended = std::move(update).Finish();
    }
  }
  document += appended;
  return document;
}

}  // namespace vanthu::signing
