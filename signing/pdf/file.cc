#include "signing/pdf/file.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "signing/pdf/chain.h"
#include "signing/pdf/filters.h"
#include "signing/pdf/parser.h"
#include "signing/pdf/security.h"

namespace vanthu::signing::pdf {
namespace {

// What is kept of parsed objects and of decoded object streams, each; when it is used up, all is let go.
constexpr std::size_t kMostKept_bytes = 64ULL << 20;
constexpr std::size_t kMostObjectStream_bytes = 32ULL << 20;
constexpr std::int64_t kMostInObjectStream = 500'000;  // guess: writers put 100 to 10,000 into one
// Reading objects again and again must end: about two seconds' work, and three times the file (measured: 20
// to 100 MB a second).
constexpr std::size_t kMostRead_bytes = 64ULL << 20;
constexpr std::size_t kMostReadings = 3;
constexpr int kMostSteps = 32;  // of references to references

// ISO 32000-1, 7.6.1: /Contents of a signature is not encrypted.
bool IsSignature(const Dictionary& dictionary) {
  const auto type = dictionary.find("Type");
  const bool may_be = type == dictionary.end() || type->second.IsNull() || type->second.IsName("Sig") ||
                      type->second.IsName("DocTimeStamp");
  return may_be && dictionary.contains("ByteRange") && dictionary.contains("Contents");
}

// White space; "%%EOF" once more says nothing either, and some writers repeat it.
bool IsBlank(std::string_view rest) {
  Parser parser(rest);
  do parser.SkipWhite();
  while (parser.Take("%%EOF"));
  return parser.AtEnd();
}

template <typename Change>
Object WithStrings(const Object& object, const Change& change) {
  if (const String* string = object.AsString()) return Object(String{change(string->bytes)});
  if (const Array* array = object.AsArray()) {
    Array out;
    out.reserve(array->size());
    for (const Object& item : *array) out.push_back(WithStrings(item, change));
    return Object(std::move(out));
  }
  if (object.AsStream() != nullptr) return object;
  if (const Dictionary* dictionary = object.AsDictionary()) {
    const bool is_signature = IsSignature(*dictionary);
    Dictionary out;
    for (const auto& [key, value] : *dictionary)
      out.emplace_hint(out.end(), key,
                       is_signature && key == "Contents" ? value : WithStrings(value, change));
    return Object(std::move(out));
  }
  return object;
}

std::uint64_t Key(int number, std::size_t revision) {
  return (static_cast<std::uint64_t>(revision) << 32) | static_cast<std::uint32_t>(number);
}

struct ObjectStream {
  std::string data;
  std::vector<std::pair<int, std::size_t>> places;  // number; offset in `data`
  std::size_t Size() const { return data.size() + places.size() * sizeof(places[0]); }
};

}  // namespace

Entries::const_iterator Entries::find(int number) const {
  const auto found =
      std::lower_bound(entries_.begin(), entries_.end(), number,
                       [](const value_type& entry, int wanted) { return entry.first < wanted; });
  return found != entries_.end() && found->first == number ? found : entries_.end();
}

struct File::Parts {
  std::string_view bytes;
  ParseOptions options;
  Chain chain;
  bool trailing = false;
  struct Writing {
    int number = 0;
    int revision = 0;
    auto operator<=>(const Writing&) const = default;  // NOLINT(modernize-use-nullptr): as in object.h
  };
  std::vector<Writing> writings;  // sorted: which revisions wrote which object
  std::optional<Security> security;
  int encrypt_number = -1;  // of /Encrypt, whose own strings are plain

  // By number and writing revision; null: tried, and nothing is there.
  std::unordered_map<std::uint64_t, std::shared_ptr<const Indirect>> objects;
  std::size_t objects_bytes = 0;
  std::unordered_map<std::uint64_t, std::shared_ptr<const ObjectStream>> streams;
  std::size_t streams_bytes = 0;
  std::size_t decoded_bytes = 0;
  std::size_t read_bytes = 0;
  bool opening = false;  // an object stream is being opened: none other is needed for that
  std::set<int> damaged;

  void ListWritings();
  Status CheckContainers() const;
  Status Unlock();
  std::optional<Place> Find(int number, std::size_t revision) const;
  Object At(Ref ref, std::size_t revision);
  Object Resolve(Object object, std::size_t revision);
  Result<std::string> Decode(const Stream& stream, std::size_t revision);
  std::optional<std::size_t> EndOf(const Indirect& stream, const Place& place, std::size_t revision);

  std::string_view Until(std::size_t revision) const {
    return bytes.substr(0, chain.revisions[revision].end);
  }
  bool MayRead() const { return read_bytes < kMostRead_bytes + kMostReadings * bytes.size(); }
  std::shared_ptr<const Indirect> Keep(std::uint64_t key, std::shared_ptr<const Indirect> object);
  std::shared_ptr<const Indirect> InFile(int number, const Place& place);
  std::shared_ptr<const Indirect> InStream(int number, const Place& place, std::size_t revision);
  std::shared_ptr<const ObjectStream> OpenStream(int number, std::size_t revision);
  std::optional<std::int64_t> LengthOf(const Indirect& stream, std::size_t revision);
  std::optional<Object> StreamOf(const Indirect& found, const Place& place, std::size_t revision);
  std::vector<Filter> FiltersOf(const Dictionary& dictionary, std::size_t revision);
};

void File::Parts::ListWritings() {
  std::size_t count = 0;
  for (const Revision& revision : chain.revisions) count += revision.entries.size();
  writings.reserve(count);
  for (std::size_t i = 0; i < chain.revisions.size(); ++i)
    for (const auto& [number, entry] : chain.revisions[i].entries)
      writings.push_back({number, static_cast<int>(i)});
  std::sort(writings.begin(), writings.end());
}

// An update that writes an object stream's number anew would change every object in it without listing one:
// no writer does that.
Status File::Parts::CheckContainers() const {
  if (chain.revisions.size() < 2) return {};
  for (std::size_t i = 0; i < writings.size(); ++i) {
    const auto [number, writer] = writings[i];
    const auto revision = static_cast<std::size_t>(writer);
    const Entry& entry = chain.revisions[revision].entries.find(number)->second;
    if (entry.kind != Entry::Kind::kInStream) continue;
    const bool rewritten = i + 1 < writings.size() && writings[i + 1].number == number;
    const std::size_t until =
        rewritten ? static_cast<std::size_t>(writings[i + 1].revision) - 1 : chain.revisions.size() - 1;
    const auto container = Find(entry.stream, until);
    if (container && container->revision > revision)
      return Fail(DamagedFile({"một lần lưu thêm ghi đè luồng đối tượng đang dùng",
                               "an update overwrites an object stream that is in use"}));
  }
  return {};
}

std::optional<File::Place> File::Parts::Find(int number, std::size_t revision) const {
  auto found =
      std::upper_bound(writings.begin(), writings.end(), Writing{number, static_cast<int>(revision)});
  if (found == writings.begin() || (--found)->number != number) return std::nullopt;
  const auto writer = static_cast<std::size_t>(found->revision);
  return Place{chain.revisions[writer].entries.find(number)->second, writer};
}

std::shared_ptr<const Indirect> File::Parts::Keep(std::uint64_t key, std::shared_ptr<const Indirect> object) {
  const std::size_t size = (object != nullptr ? object->cost_bytes + sizeof(Indirect) : 0) + 80;
  if (objects_bytes + size > kMostKept_bytes) {
    objects.clear();
    objects_bytes = 0;
  }
  objects_bytes += size;
  objects[key] = object;
  return object;
}

// Null where no such object stands at its place, wholly within its revision's bytes.
std::shared_ptr<const Indirect> File::Parts::InFile(int number, const Place& place) {
  const std::uint64_t key = Key(number, place.revision);
  if (const auto kept = objects.find(key); kept != objects.end()) return kept->second;
  if (!MayRead()) return nullptr;
  auto read = ReadIndirect(Until(place.revision), place.entry.offset, Parser::kMostCost_bytes, &read_bytes);
  if (!read || read->ref != Ref{number, place.entry.generation}) return Keep(key, nullptr);
  if (security && number != encrypt_number && !read->object["Type"].IsName("XRef"))
    read->object = WithStrings(read->object, [&](const std::string& text) {
      return security->Decrypt(text, read->ref, Security::Kind::kString);
    });
  return Keep(key, std::make_shared<const Indirect>(std::move(*read)));
}

std::shared_ptr<const Indirect> File::Parts::InStream(int number, const Place& place, std::size_t revision) {
  const std::uint64_t key = Key(number, place.revision);
  if (const auto kept = objects.find(key); kept != objects.end()) return kept->second;
  const auto stream = MayRead() ? OpenStream(place.entry.stream, revision) : nullptr;
  if (stream == nullptr) return nullptr;
  const auto index = static_cast<std::size_t>(place.entry.index);
  if (index >= stream->places.size() || stream->places[index].first != number) return Keep(key, nullptr);
  const std::size_t at = stream->places[index].second;
  Parser parser(stream->data, at);
  auto object = parser.TakeObject();
  read_bytes += parser.at() - at;
  if (!object) return Keep(key, nullptr);
  Indirect out;
  out.ref = {number, 0};
  out.object = std::move(*object);
  out.cost_bytes = parser.cost_bytes();
  return Keep(key, std::make_shared<const Indirect>(std::move(out)));
}

// 7.5.7. /Extends says nothing about where an object is.
std::shared_ptr<const ObjectStream> File::Parts::OpenStream(int number, std::size_t revision) {
  const auto place = opening ? std::nullopt : Find(number, revision);
  if (!place || place->entry.kind != Entry::Kind::kInFile) return nullptr;
  const std::uint64_t key = Key(number, place->revision);
  if (const auto kept = streams.find(key); kept != streams.end()) return kept->second;
  opening = true;
  const auto found = InFile(number, *place);
  const auto object =
      found != nullptr && found->is_stream ? StreamOf(*found, *place, revision) : std::nullopt;
  const std::int64_t* count = object ? (*object)["N"].AsInteger() : nullptr;
  const std::int64_t* first = object ? (*object)["First"].AsInteger() : nullptr;
  auto out = std::make_shared<ObjectStream>();
  bool sound = count != nullptr && first != nullptr && *count >= 0 && *count <= kMostInObjectStream &&
               *first >= 0 && (*object)["Type"].IsName("ObjStm");
  if (sound) {
    auto data = Decode(*object->AsStream(), revision);
    sound =
        data && data->size() <= kMostObjectStream_bytes && static_cast<std::size_t>(*first) <= data->size();
    if (sound) out->data = std::move(*data);
  }
  opening = false;
  Parser parser(sound ? std::string_view(out->data).substr(0, static_cast<std::size_t>(*first))
                      : std::string_view());
  for (std::int64_t i = 0; sound && i < *count; ++i) {
    const auto member = parser.TakeUnsigned();
    const auto offset = member ? parser.TakeUnsigned() : std::nullopt;
    sound = offset && *member <= options.most_objects &&
            *offset <= static_cast<std::int64_t>(out->data.size()) - *first;
    if (sound)
      out->places.emplace_back(static_cast<int>(*member), static_cast<std::size_t>(*first + *offset));
  }
  if (!sound) out = nullptr;
  const std::size_t size = out != nullptr ? out->Size() : 0;
  if (streams_bytes + size > kMostKept_bytes) {
    streams.clear();
    streams_bytes = 0;
  }
  streams_bytes += size;
  return streams[key] = out;
}

// A stream's length is a number in the file or, but for object streams, in an object stream.
std::optional<std::int64_t> File::Parts::LengthOf(const Indirect& stream, std::size_t revision) {
  const Object& length = stream.object["Length"];
  if (const std::int64_t* value = length.AsInteger()) return *value;
  const Ref* ref = length.AsRef();
  const auto place = ref != nullptr ? Find(ref->number, revision) : std::nullopt;
  if (!place) return std::nullopt;
  std::shared_ptr<const Indirect> found;
  if (place->entry.kind == Entry::Kind::kInFile && place->entry.generation == ref->generation)
    found = InFile(ref->number, *place);
  if (place->entry.kind == Entry::Kind::kInStream && ref->generation == 0)
    found = InStream(ref->number, *place, revision);
  const std::int64_t* value = found != nullptr ? found->object.AsInteger() : nullptr;
  return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::size_t> File::Parts::EndOf(const Indirect& stream, const Place& place,
                                              std::size_t revision) {
  if (!stream.is_stream) return stream.end;
  const auto length = LengthOf(stream, revision);
  return length ? EndOfStream(Until(place.revision), stream.data_begin, *length) : std::nullopt;
}

std::optional<Object> File::Parts::StreamOf(const Indirect& found, const Place& place, std::size_t revision) {
  const auto length = LengthOf(found, revision);
  if (!length || !EndOfStream(Until(place.revision), found.data_begin, *length)) return std::nullopt;
  Stream stream;
  // Shares what `found` holds: the pointer keeps a copy of the cheap object alive.
  const auto held = std::make_shared<const Object>(found.object);
  stream.dictionary = std::shared_ptr<const Dictionary>(held, held->AsDictionary());
  stream.data = bytes.substr(found.data_begin, static_cast<std::size_t>(*length));
  if (security && !security->Leaves(*stream.dictionary)) {
    stream.decrypted = std::make_shared<const std::string>(
        security->Decrypt(stream.data, found.ref, Security::Kind::kStream));
    stream.data = *stream.decrypted;
    read_bytes += stream.data.size();
  }
  return Object(std::move(stream));
}

Object File::Parts::At(Ref ref, std::size_t revision) {
  const auto place = Find(ref.number, revision);
  if (!place || place->entry.kind == Entry::Kind::kFree) return {};
  const bool in_file = place->entry.kind == Entry::Kind::kInFile;
  if (ref.generation != (in_file ? place->entry.generation : 0)) return {};
  const auto found = in_file ? InFile(ref.number, *place) : InStream(ref.number, *place, revision);
  if (found != nullptr && !found->is_stream) return found->object;
  auto stream = found != nullptr ? StreamOf(*found, *place, revision) : std::nullopt;
  if (!stream) damaged.insert(ref.number);
  return stream ? std::move(*stream) : Object();
}

Object File::Parts::Resolve(Object object, std::size_t revision) {
  for (int i = 0; i < kMostSteps; ++i) {
    const Ref* ref = object.AsRef();
    if (ref == nullptr) return object;
    object = At(Ref(*ref), revision);
  }
  return {};
}

std::vector<Filter> File::Parts::FiltersOf(const Dictionary& dictionary, std::size_t revision) {
  const auto get = [&](std::string_view key) {
    const auto entry = dictionary.find(key);
    return entry != dictionary.end() ? Resolve(entry->second, revision) : Object();
  };
  const auto listed = [](const Object& object) {
    if (const Array* array = object.AsArray()) return *array;
    return object.IsNull() ? Array() : Array{object};
  };
  const Array names = listed(get("Filter"));
  const Array parameters = listed(get("DecodeParms"));
  std::vector<Filter> out;
  constexpr std::size_t kMostNames = 16;  // more is refused where it is decoded
  for (std::size_t i = 0; i < names.size() && i < kMostNames; ++i) {
    const Object name = Resolve(names[i], revision);
    if (name.IsName("Crypt")) continue;  // undone where the stream was read
    Filter filter;
    filter.name = name.AsName() != nullptr ? name.AsName()->text : "?";
    const Object its = i < parameters.size() ? Resolve(parameters[i], revision) : Object();
    if (const Dictionary* entries = its.AsDictionary())
      for (const auto& [key, value] : *entries) filter.parameters.emplace(key, Resolve(value, revision));
    out.push_back(std::move(filter));
  }
  return out;
}

Result<std::string> File::Parts::Decode(const Stream& stream, std::size_t revision) {
  if (stream.dictionary == nullptr) return std::string();
  const std::uint64_t left =
      options.most_decoded_total - std::min<std::uint64_t>(options.most_decoded_total, decoded_bytes);
  auto out = DecodeThrough(stream.data, FiltersOf(*stream.dictionary, revision),
                           static_cast<std::size_t>(std::min(options.most_decoded_bytes, left)));
  if (out) decoded_bytes += out->size();
  if (!out && out.error().code != ErrorCode::kNotAccepted) decoded_bytes += options.most_decoded_bytes / 8;
  return out;
}

// /Encrypt of the newest trailer; an update may neither add nor drop it.
Status File::Parts::Unlock() {
  const Object newest(chain.revisions.back().trailer);
  const Object& encrypt = newest["Encrypt"];
  for (const Revision& revision : chain.revisions)
    if (!(Object(revision.trailer)["Encrypt"] == encrypt))
      return Fail(DamagedFile({"các lần lưu của tệp PDF mã hóa khác nhau",
                               "the revisions of the PDF are encrypted in different ways"}));
  if (encrypt.IsNull()) return {};
  const std::size_t last = chain.revisions.size() - 1;
  if (const Ref* ref = encrypt.AsRef()) encrypt_number = ref->number;
  Dictionary direct;
  const Object dictionary = Resolve(encrypt, last);
  if (dictionary.AsDictionary() != nullptr)
    for (const auto& [key, value] : *dictionary.AsDictionary()) direct.emplace(key, Resolve(value, last));
  const Object ids = Resolve(newest["ID"], last);
  const String* id =
      ids.AsArray() != nullptr && !ids.AsArray()->empty() ? ids.AsArray()->front().AsString() : nullptr;
  auto opened = Security::Open(Object(std::move(direct)), id != nullptr ? id->bytes : "", options.password);
  if (!opened) return Fail(std::move(opened.error()));
  objects.clear();  // what was read on the way was not decrypted
  streams.clear();
  objects_bytes = streams_bytes = 0;
  security = std::move(*opened);
  return {};
}

File::File(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
File::File(File&&) noexcept = default;
File& File::operator=(File&&) noexcept = default;
File::~File() = default;

Result<File> File::Parse(std::string_view bytes, const ParseOptions& options) {
  auto chain = ReadChain(bytes, options);
  if (!chain) return Fail(std::move(chain.error()));
  auto parts = std::make_unique<Parts>();
  parts->bytes = bytes;
  parts->options = options;
  parts->chain = std::move(*chain);
  parts->decoded_bytes = parts->chain.decoded_bytes;
  parts->trailing = !IsBlank(bytes.substr(parts->chain.revisions.back().end));
  parts->ListWritings();
  if (auto sound = parts->CheckContainers(); !sound) return Fail(std::move(sound.error()));
  if (auto unlocked = parts->Unlock(); !unlocked) return Fail(std::move(unlocked.error()));
  File out(std::move(parts));
  if (out.Catalog(out.last()).AsDictionary() == nullptr)
    return Fail(DamagedFile({"tệp PDF không có danh mục gốc", "the PDF has no catalog"}));
  return out;
}

std::string_view File::bytes() const {
  return parts_->bytes;
}
std::uint64_t File::header_offset() const {
  return parts_->chain.header;
}
bool File::encrypted() const {
  return parts_->security.has_value();
}
bool File::linearised() const {
  return parts_->chain.linearised;
}
const std::vector<Revision>& File::revisions() const {
  return parts_->chain.revisions;
}
bool File::HasTrailingBytes() const {
  return parts_->trailing;
}
std::vector<int> File::Damaged() const {
  return {parts_->damaged.begin(), parts_->damaged.end()};
}

Object File::At(Ref ref, std::size_t revision) const {
  return parts_->At(ref, revision);
}
Object File::Resolve(const Object& object, std::size_t revision) const {
  return parts_->Resolve(object, revision);
}
Object File::Get(const Object& dictionary, std::string_view key, std::size_t revision) const {
  return parts_->Resolve(dictionary[key], revision);
}
std::optional<File::Place> File::Find(int number, std::size_t revision) const {
  return parts_->Find(number, revision);
}
Result<std::string> File::Decode(const Stream& stream, std::size_t revision) const {
  return parts_->Decode(stream, revision);
}

std::optional<File::Span> File::SpanOf(int number, std::size_t revision) const {
  const auto place = Find(number, revision);
  if (!place || place->entry.kind != Entry::Kind::kInFile) return std::nullopt;
  const auto found = parts_->InFile(number, *place);
  const auto end = found != nullptr ? parts_->EndOf(*found, *place, revision) : std::nullopt;
  return end ? std::optional(Span{found->begin, *end}) : std::nullopt;
}

int File::NextNumber() const {
  int next = parts_->writings.empty() ? 1 : parts_->writings.back().number + 1;
  const Object trailer(revisions().back().trailer);
  const std::int64_t* size = trailer["Size"].AsInteger();
  if (size != nullptr && *size > next && *size <= parts_->options.most_objects)
    next = static_cast<int>(*size);
  return next;
}

Object File::Catalog(std::size_t revision) const {
  const Dictionary& trailer = revisions()[revision].trailer;
  const auto root = trailer.find("Root");
  return root != trailer.end() ? Resolve(root->second, revision) : Object();
}

Object File::Encrypted(const Object& object, Ref ref) const {
  if (!encrypted()) return object;
  return WithStrings(object, [&](const std::string& text) {
    return parts_->security->Encrypt(text, ref, Security::Kind::kString);
  });
}

std::string File::EncryptedData(std::string_view data, Ref ref, const Dictionary& dictionary) const {
  if (!encrypted() || parts_->security->Leaves(dictionary)) return std::string(data);
  return parts_->security->Encrypt(data, ref, Security::Kind::kStream);
}

std::string File::Decrypted(std::string_view text, Ref ref) const {
  if (!encrypted()) return std::string(text);
  return parts_->security->Decrypt(text, ref, Security::Kind::kString);
}

}  // namespace vanthu::signing::pdf
