// Input: an open PDF. Output: the one associated file of a name. Method: both routes of PDF/A-3 are walked -
// the catalog's /AF and the name tree /EmbeddedFiles - and must end at one and the same object, as a reader
// that knows only one of them would otherwise see another file; its stream may be plain or deflated once, so
// that what is decoded bounds the work. Fails safe: whatever is doubtful has a state that says so, and no
// bytes. Source: ISO 19005-3:2012, 6.8 and annex E; ISO 32000-1, 7.9.6, 7.11; Factur-X 1.0, 6.2.
#include "pipeline/intake/carried_file.h"

#include <Object.h>
#include <PDFDoc.h>
#include <Stream.h>
#include <XRef.h>

#include <array>
#include <vector>

#include "pipeline/intake/pdf_text.h"

namespace vanthu::intake {
namespace {

using State = CarriedFile::State;

constexpr int kMostNodes = 10'000;  // of the name tree, and entries of both routes: cycles end here
constexpr int kMostDepth = 32;

// A file specification of the name that is sought.
struct Found {
  Ref ref = Ref::INVALID();  // invalid: written in place, no object of its own
  Object specification;
};

class Seeker {
 public:
  Seeker(XRef* xref, const std::string& name) : xref_(xref), name_(name) {}

  std::vector<Found> InTree(const Object& root) {
    std::vector<Found> found;
    Walk(root, 0, found);
    return found;
  }
  std::vector<Found> InArray(const Object& array) {
    std::vector<Found> found;
    for (int i = 0; array.isArray() && i < array.arrayGetLength() && Spend(); ++i)
      Take(array.arrayGetNF(i), false, found);
    return found;
  }
  bool exhausted() const { return left_ <= 0; }

 private:
  bool Spend() { return --left_ > 0; }

  void Walk(const Object& node, int depth, std::vector<Found>& found) {
    if (!node.isDict() || depth > kMostDepth || !Spend()) return;
    const Object names = node.dictLookup("Names");
    for (int i = 0; names.isArray() && i + 1 < names.arrayGetLength() && Spend(); i += 2) {
      const Object key = names.arrayGet(i);
      Take(names.arrayGetNF(i + 1), key.isString() && Utf8Of(*key.getString()) == name_, found);
    }
    const Object kids = node.dictLookup("Kids");
    for (int i = 0; kids.isArray() && i < kids.arrayGetLength() && Spend(); ++i)
      Walk(kids.arrayGet(i), depth + 1, found);
  }

  void Take(const Object& item, bool keyed, std::vector<Found>& found) {
    Found one;
    if (item.isRef()) one.ref = item.getRef();
    one.specification = item.fetch(xref_);
    if (!one.specification.isDict()) return;
    bool named = keyed;
    for (const char* key : {"F", "UF"}) {
      const Object name = one.specification.dictLookup(key);
      named = named || (name.isString() && Utf8Of(*name.getString()) == name_);
    }
    if (named) found.push_back(std::move(one));
  }

  XRef* xref_;
  const std::string& name_;
  int left_ = kMostNodes;
};

// Plain, or deflated once without a predictor.
bool DecodesSimply(const Stream& stream) {
  const Dict* dictionary = const_cast<Stream&>(stream).getDict();
  Object filter = dictionary->lookup("Filter");
  if (filter.isArray() && filter.arrayGetLength() == 0) filter = Object(objNull);
  if (filter.isArray() && filter.arrayGetLength() == 1) filter = filter.arrayGet(0);
  const bool plain = filter.isNull() || filter.isName("FlateDecode");
  return plain && dictionary->lookup("DecodeParms").isNull() && dictionary->lookup("F").isNull();
}

CarriedFile ReadStream(Stream& stream, std::uint64_t most_bytes) {
  CarriedFile out;
  if (!DecodesSimply(stream)) return out;
  stream.reset();
  std::array<unsigned char, 16384> buffer;
  for (int n; (n = stream.doGetChars(buffer.size(), buffer.data())) > 0;) {
    if (out.bytes.size() + static_cast<std::size_t>(n) > most_bytes) {
      out.bytes = {};
      out.state = State::kTooLarge;
      stream.close();
      return out;
    }
    out.bytes.append(reinterpret_cast<const char*>(buffer.data()), static_cast<std::size_t>(n));
  }
  stream.close();
  out.state = State::kWhole;
  return out;
}

CarriedFile ReadFile(const Object& specification, std::uint64_t most_bytes) {
  CarriedFile out;
  const Object embedded = specification.dictLookup("EF");
  if (!embedded.isDict()) return out;
  // A reader takes either entry: where they differ there are two files.
  const Object& plain = embedded.dictLookupNF("F");
  const Object& unicode = embedded.dictLookupNF("UF");
  if (!plain.isRef() || (!unicode.isNull() && (!unicode.isRef() || unicode.getRef() != plain.getRef())))
    return out;
  const Object stream = embedded.dictLookup("F");
  return stream.isStream() ? ReadStream(*stream.getStream(), most_bytes) : out;
}

}  // namespace

std::optional<CarriedFile> FindCarriedIn(PDFDoc& pdf, const std::string& name, std::uint64_t most_bytes) {
  XRef* xref = pdf.getXRef();
  const Object catalog = xref->getCatalog();
  if (!catalog.isDict()) return std::nullopt;
  const Object names = catalog.dictLookup("Names");
  Seeker seeker(xref, name);
  const std::vector<Found> named =
      names.isDict() ? seeker.InTree(names.dictLookup("EmbeddedFiles")) : std::vector<Found>();
  const std::vector<Found> associated = seeker.InArray(catalog.dictLookup("AF"));
  CarriedFile out;
  if (named.empty() && associated.empty()) {
    if (!seeker.exhausted()) return std::nullopt;
    return out;
  }
  if (named.size() > 1 || associated.size() > 1) {
    out.state = State::kSeveral;
    return out;
  }
  if (named.empty() || associated.empty()) {
    out.state = State::kOneRoute;
    return out;
  }
  if (named[0].ref == Ref::INVALID() || named[0].ref != associated[0].ref) {
    out.state = State::kSeveral;
    return out;
  }
  if (!named[0].specification.dictLookup("AFRelationship").isName("Source")) return std::nullopt;
  return ReadFile(named[0].specification, most_bytes);
}

std::uint64_t FirstRevisionBytes(std::string_view file) {
  constexpr std::string_view kEnd = "%%EOF";
  constexpr std::size_t kHead = 1024;
  int ends = file.substr(0, kHead).find("/Linearized") == std::string_view::npos ? 1 : 2;
  std::size_t at = 0;
  while (ends-- > 0) {
    at = file.find(kEnd, at);
    if (at == std::string_view::npos) return file.size();
    at += kEnd.size();
  }
  if (file.substr(at, 1) == "\r") ++at;
  if (file.substr(at, 1) == "\n") ++at;
  return file.find_first_not_of(std::string_view("\r\n\t \0", 5), at) == std::string_view::npos ? file.size()
                                                                                                : at;
}

}  // namespace vanthu::intake
