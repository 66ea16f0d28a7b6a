#include "signing/pdf/chain.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "signing/pdf/filters.h"
#include "signing/pdf/parser.h"

namespace vanthu::signing::pdf {
namespace {

constexpr std::size_t kMostHeaderOffset = 1024;              // as the common readers search
constexpr std::size_t kMostTrailers_bytes = 64ULL << 20;     // of all trailers in memory
constexpr std::int64_t kMostOffset = 1'000'000'000'000'000;  // no file is as long

using Listed = std::pair<int, Entry>;

struct Section {
  std::uint64_t offset = 0;  // as startxref or /Prev say, from the file's first byte
  std::uint64_t end = 0;     // one past its trailer or "endobj"
  bool is_stream = false;
  Dictionary trailer;
  std::vector<Listed> entries;  // by number, each once
  std::optional<std::uint64_t> prev;
};

// "startxref 123 %%EOF" where a section ends.
struct Closing {
  std::size_t begin = 0;   // of the word
  std::uint64_t says = 0;  // from the file's first byte
  std::size_t end = 0;     // one past %%EOF and its line end
};

std::optional<Indirect> TakeIndirect(Parser& parser, std::string_view bytes) {
  parser.SkipWhite();
  Indirect out;
  out.begin = parser.at();
  // An offset into the middle of a number would make another object of it. An update may follow a file
  // without a last line end at once.
  if (out.begin > 0 && IsRegular(bytes[out.begin - 1]) && !bytes.substr(0, out.begin).ends_with("%%EOF"))
    return std::nullopt;
  const auto ref = parser.TakeHeader();
  auto object = ref ? parser.TakeObject() : std::nullopt;
  if (!object) return std::nullopt;
  out.ref = *ref;
  out.object = std::move(*object);
  if (out.object.AsDictionary() != nullptr && parser.TakeWord("stream")) {
    if (!parser.Take("\r\n") && !parser.Take("\n")) return std::nullopt;
    out.is_stream = true;
    out.data_begin = parser.at();
  } else if (!parser.TakeWord("endobj")) {
    return std::nullopt;
  }
  out.end = parser.at();
  out.cost_bytes = parser.cost_bytes();
  return out;
}

class ChainReader {
 public:
  ChainReader(std::string_view bytes, const ParseOptions& options) : bytes_(bytes), options_(options) {}
  Result<Chain> Read();

 private:
  Result<std::vector<Section>> ReadSections(std::uint64_t newest);
  Result<Section> ReadSection(std::uint64_t offset);
  Status ReadTable(Parser& parser, Section& section);
  Status ReadStream(Section& section);
  Status ReadStreamEntries(const Section& section, std::string_view data, std::vector<Listed>& entries);
  Status AddHidden(Section& section);
  Status Order(std::vector<Listed>& entries) const;
  Status Enter(std::vector<Listed>& entries, std::int64_t number, Entry entry);
  std::optional<Closing> ClosingAt(std::size_t at) const;
  Result<std::vector<Revision>> Group(std::vector<Section> sections, std::size_t last_startxref);
  std::optional<Closing> ClosingOf(const std::vector<Section>& sections, std::size_t i) const;
  std::optional<std::uint64_t> Offset(const Object& object) const;
  std::size_t Start(std::uint64_t offset) const;
  bool FindLinearised() const;

  std::string_view bytes_;
  const ParseOptions& options_;
  Chain chain_;
  std::size_t entries_ = 0;
  std::size_t trailers_bytes_ = 0;
};

Error TooMany(Message message) {
  Error error;
  error.code = ErrorCode::kLimit;
  error.message = std::move(message);
  error.advice = {"Xin bản được lưu lại gọn hơn", "Ask for a copy that was saved anew"};
  return error;
}

Error BrokenSection() {
  return DamagedFile({"bảng tham chiếu của tệp PDF bị hỏng", "the PDF's cross-reference section is broken"});
}

Error BrokenTail() {
  return DamagedFile({"phần cuối tệp PDF (startxref) bị hỏng", "the end of the PDF (startxref) is broken"});
}

std::optional<std::uint64_t> ChainReader::Offset(const Object& object) const {
  const std::int64_t* value = object.AsInteger();
  if (value == nullptr || *value < 0 || *value > kMostOffset) return std::nullopt;
  const std::uint64_t at = static_cast<std::uint64_t>(*value) + chain_.header;
  return at < bytes_.size() ? std::optional(at) : std::nullopt;
}

Status ChainReader::Enter(std::vector<Listed>& entries, std::int64_t number, Entry entry) {
  if (number < 0 || number > options_.most_objects || ++entries_ > options_.most_entries)
    return Fail(TooMany({"tệp PDF liệt kê quá nhiều đối tượng", "the PDF lists too many objects"}));
  entries.emplace_back(static_cast<int>(number), entry);
  return {};
}

// By number. One object at two places in one section is what readers disagree about; the head of the free
// list is often repeated.
Status ChainReader::Order(std::vector<Listed>& entries) const {
  const auto by_number = [](const Listed& a, const Listed& b) { return a.first < b.first; };
  if (!std::is_sorted(entries.begin(), entries.end(), by_number))
    std::stable_sort(entries.begin(), entries.end(), by_number);
  for (std::size_t i = 1; i < entries.size(); ++i)
    if (entries[i].first == entries[i - 1].first && entries[i].first != 0 && entries[i] != entries[i - 1])
      return Fail(DamagedFile({"bảng tham chiếu của tệp PDF ghi một đối tượng hai lần",
                               "the PDF's cross-reference section lists one object twice"}));
  entries.erase(std::unique(entries.begin(), entries.end(),
                            [](const Listed& a, const Listed& b) { return a.first == b.first; }),
                entries.end());
  return {};
}

Status ChainReader::ReadTable(Parser& parser, Section& section) {
  while (!parser.TakeWord("trailer")) {
    const auto first = parser.TakeUnsigned();
    const auto count = first ? parser.TakeUnsigned() : std::nullopt;
    if (!count) return Fail(BrokenSection());
    for (std::int64_t i = 0; i < *count; ++i) {
      const auto offset = parser.TakeUnsigned();
      const auto generation = offset ? parser.TakeUnsigned() : std::nullopt;
      const bool used = generation && parser.TakeWord("n");
      if (!generation || *offset > kMostOffset || *generation > 0xFFFFFFF || (!used && !parser.TakeWord("f")))
        return Fail(BrokenSection());
      Entry entry;
      entry.kind = used ? Entry::Kind::kInFile : Entry::Kind::kFree;
      entry.generation = static_cast<int>(*generation);
      if (used) entry.offset = static_cast<std::uint64_t>(*offset) + chain_.header;
      if (auto entered = Enter(section.entries, *first + i, entry); !entered) return entered;
    }
  }
  const auto trailer = parser.TakeObject();
  if (!trailer || trailer->AsDictionary() == nullptr) return Fail(BrokenSection());
  section.trailer = *trailer->AsDictionary();
  section.end = parser.at();
  trailers_bytes_ += parser.cost_bytes();
  if (auto ordered = Order(section.entries); !ordered) return ordered;
  return AddHidden(section);
}

// 7.5.8.4: what a hybrid file's table calls free may stand in the stream that its trailer names.
Status ChainReader::AddHidden(Section& section) {
  const Object trailer(section.trailer);
  if (trailer["XRefStm"].IsNull()) return {};
  const auto offset = Offset(trailer["XRefStm"]);
  if (!offset) return Fail(BrokenSection());
  Section hidden;
  hidden.offset = *offset;
  if (auto read = ReadStream(hidden); !read) return read;
  std::vector<Listed> all;
  all.reserve(section.entries.size() + hidden.entries.size());
  auto table = section.entries.begin();
  auto stream = hidden.entries.begin();
  while (table != section.entries.end() || stream != hidden.entries.end()) {
    const bool has_table = table != section.entries.end();
    const bool has_stream = stream != hidden.entries.end();
    if (has_table && (!has_stream || table->first < stream->first)) {
      all.push_back(*table++);
    } else if (has_stream && (!has_table || stream->first < table->first)) {
      all.push_back(*stream++);
    } else {
      all.push_back(table->second.kind != Entry::Kind::kFree ? *table : *stream);
      ++table;
      ++stream;
    }
  }
  section.entries = std::move(all);
  return {};
}

Status ChainReader::ReadStream(Section& section) {
  const auto found = ReadIndirect(bytes_, section.offset, Parser::kMostCost_bytes);
  if (!found || !found->is_stream || !found->object["Type"].IsName("XRef")) return Fail(BrokenSection());
  trailers_bytes_ += found->cost_bytes;
  const std::int64_t* length = found->object["Length"].AsInteger();
  const auto end = length != nullptr ? EndOfStream(bytes_, found->data_begin, *length) : std::nullopt;
  if (!end) return Fail(BrokenSection());
  section.is_stream = true;
  section.trailer = *found->object.AsDictionary();
  section.end = *end;
  std::vector<Filter> filters;
  const auto add = [&filters](const Object& name, const Object& parameters) {
    if (name.AsName() == nullptr) return false;
    filters.push_back({name.AsName()->text, {}});
    if (parameters.AsDictionary() != nullptr) filters.back().parameters = *parameters.AsDictionary();
    return true;
  };
  const Object& filter = found->object["Filter"];
  const Object& parameters = found->object["DecodeParms"];
  if (const Array* names = filter.AsArray()) {
    const Array* each = parameters.AsArray();
    for (std::size_t i = 0; i < names->size() && i < 8; ++i)
      if (!add((*names)[i], each != nullptr && i < each->size() ? (*each)[i] : Object()))
        return Fail(BrokenSection());
  } else if (!filter.IsNull() && !add(filter, parameters)) {
    return Fail(BrokenSection());
  }
  auto data = DecodeThrough(bytes_.substr(found->data_begin, static_cast<std::size_t>(*length)), filters,
                            options_.most_decoded_bytes);
  if (!data) return Fail(data.error().code == ErrorCode::kLimit ? data.error() : BrokenSection());
  chain_.decoded_bytes += data->size();
  if (chain_.decoded_bytes > options_.most_decoded_total)
    return Fail(TooMany({"tệp PDF giải nén ra quá lớn", "the PDF is too large when it is decompressed"}));
  return ReadStreamEntries(section, *data, section.entries);
}

// Table 18: fields of `W` bytes each, big-endian.
Status ChainReader::ReadStreamEntries(const Section& section, std::string_view data,
                                      std::vector<Listed>& entries) {
  const Object trailer(section.trailer);
  const Array* widths = trailer["W"].AsArray();
  const std::int64_t* size = trailer["Size"].AsInteger();
  if (widths == nullptr || widths->size() != 3 || size == nullptr) return Fail(BrokenSection());
  std::array<std::size_t, 3> width{};
  for (std::size_t i = 0; i < 3; ++i) {
    const std::int64_t* value = (*widths)[i].AsInteger();
    if (value == nullptr || *value < 0 || *value > 8) return Fail(BrokenSection());
    width[i] = static_cast<std::size_t>(*value);
  }
  const std::size_t row = width[0] + width[1] + width[2];
  if (row == 0) return Fail(BrokenSection());
  const Array whole{Object(0), Object(*size)};
  const Array* index = trailer["Index"].IsNull() ? &whole : trailer["Index"].AsArray();
  if (index == nullptr || index->size() % 2 != 0) return Fail(BrokenSection());
  std::size_t at = 0;
  const auto field = [&](std::size_t i, std::uint64_t otherwise) {
    if (width[i] == 0) return otherwise;
    std::uint64_t value = 0;
    for (std::size_t byte = 0; byte < width[i]; ++byte)
      value = (value << 8) | static_cast<unsigned char>(data[at++]);
    return value;
  };
  constexpr std::uint64_t kMostInt = 0x7FFFFFFF;
  for (std::size_t pair = 0; pair + 1 < index->size(); pair += 2) {
    const std::int64_t* first = (*index)[pair].AsInteger();
    const std::int64_t* count = (*index)[pair + 1].AsInteger();
    if (first == nullptr || count == nullptr || *first < 0 || *count < 0 || *first > kMostOffset)
      return Fail(BrokenSection());
    for (std::int64_t i = 0; i < *count; ++i) {
      if (data.size() - at < row) return Fail(BrokenSection());
      const std::uint64_t kind = field(0, 1);
      const std::uint64_t second = field(1, 0);
      const std::uint64_t third = field(2, 0);
      const bool fits = kind == 1 ? second <= static_cast<std::uint64_t>(kMostOffset) : second <= kMostInt;
      if ((kind == 1 || kind == 2) && (!fits || third > kMostInt)) return Fail(BrokenSection());
      Entry entry;  // an unknown kind is a reference to null (7.5.8.3)
      if (kind == 1) {
        entry.kind = Entry::Kind::kInFile;
        entry.offset = second + chain_.header;
        entry.generation = static_cast<int>(third);
      } else if (kind == 2) {
        entry.kind = Entry::Kind::kInStream;
        entry.stream = static_cast<int>(second);
        entry.index = static_cast<int>(third);
      } else {
        entry.generation = static_cast<int>(std::min<std::uint64_t>(third, 0xFFFF));
      }
      if (auto entered = Enter(entries, *first + i, entry); !entered) return entered;
    }
  }
  return Order(entries);
}

Result<Section> ChainReader::ReadSection(std::uint64_t offset) {
  Section section;
  section.offset = offset;
  Parser parser(bytes_, offset);
  parser.SkipWhite();
  auto read = parser.TakeWord("xref") ? ReadTable(parser, section) : ReadStream(section);
  if (!read) return Fail(std::move(read.error()));
  if (trailers_bytes_ > kMostTrailers_bytes)
    return Fail(TooMany({"phần cuối của tệp PDF quá lớn", "the PDF's trailers are too large"}));
  const auto prev = section.trailer.find("Prev");
  // Some writers say "none" with 0, where the header stands.
  if (prev != section.trailer.end() && !prev->second.IsNull() && !(prev->second == Object(0))) {
    section.prev = Offset(prev->second);
    if (!section.prev) return Fail(BrokenSection());
  }
  return section;
}

// Newest first. Each lies before the one that names it, so there is no circle.
Result<std::vector<Section>> ChainReader::ReadSections(std::uint64_t newest) {
  std::vector<Section> out;
  std::optional<std::uint64_t> next = newest;
  while (next) {
    if (out.size() >= static_cast<std::size_t>(options_.most_revisions))
      return Fail(TooMany({"tệp PDF được lưu nối tiếp quá nhiều lần", "the PDF was updated too many times"}));
    auto section = ReadSection(*next);
    if (!section) return Fail(std::move(section.error()));
    next = section->prev;
    const bool forward = !out.empty() && out.back().prev && section->offset > out.back().offset;
    // Annex F: the section of a linearised file's first page stands at its beginning and names the main one.
    if (forward && (!chain_.linearised || next)) return Fail(BrokenSection());
    if (next && *next == section->offset) return Fail(BrokenSection());
    out.push_back(std::move(*section));
  }
  return out;
}

std::optional<Closing> ChainReader::ClosingAt(std::size_t at) const {
  Parser parser(bytes_, at);
  parser.SkipSpace();
  Closing out;
  out.begin = parser.at();
  if (!parser.TakeWord("startxref")) return std::nullopt;
  parser.SkipWhite();
  const auto says = parser.TakeUnsigned();
  if (!says || *says > kMostOffset) return std::nullopt;
  out.says = static_cast<std::uint64_t>(*says) + chain_.header;
  parser.SkipWhite();
  if (!parser.Take("%%EOF")) return std::nullopt;
  if (!parser.Take("\r\n") && !parser.Take("\n")) parser.Take("\r");
  out.end = parser.at();
  return out;
}

// A section's first byte: what names it may point at the white space before it.
std::size_t ChainReader::Start(std::uint64_t offset) const {
  Parser parser(bytes_, static_cast<std::size_t>(std::min<std::uint64_t>(offset, bytes_.size())));
  parser.SkipWhite();
  return parser.at();
}

// Of section `i`, newest first: where the revision that it ends ends.
std::optional<Closing> ChainReader::ClosingOf(const std::vector<Section>& sections, std::size_t i) const {
  const bool is_first_page = i + 2 == sections.size() && sections[i + 1].offset > sections[i].offset;
  const bool is_main = i > 0 && i + 1 == sections.size() && sections[i].offset > sections[i - 1].offset;
  if (is_main) return std::nullopt;  // a part of the first page's
  auto closing = ClosingAt(sections[is_first_page ? i + 1 : i].end);
  if (closing && Start(closing->says) != Start(sections[i].offset)) closing.reset();
  return closing;
}

Result<std::vector<Revision>> ChainReader::Group(std::vector<Section> sections, std::size_t last_startxref) {
  std::vector<Revision> out;  // newest first
  std::vector<std::vector<Listed>> entries;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    const auto closing = ClosingOf(sections, i);
    if (i == 0 && (!closing || closing->begin != last_startxref)) return Fail(BrokenTail());
    Section& section = sections[i];
    if (closing) {
      // The revision after this one must begin where it ends, or later.
      if (!out.empty() && closing->end > out.back().xref_offset) return Fail(BrokenSection());
      if (!out.empty()) out.back().begin = closing->end;
      out.emplace_back();
      out.back().end = closing->end;
      out.back().xref_offset = section.offset;
      out.back().uses_xref_stream = section.is_stream;
      out.back().trailer = std::move(section.trailer);
      entries.push_back(std::move(section.entries));
    } else {
      auto& all = entries.back();
      all.insert(all.end(), section.entries.begin(), section.entries.end());
      section.entries = {};
    }
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    // Of a revision's sections the newer stands first.
    auto& all = entries[i];
    const auto by_number = [](const Listed& a, const Listed& b) { return a.first < b.first; };
    if (!std::is_sorted(all.begin(), all.end(), by_number))
      std::stable_sort(all.begin(), all.end(), by_number);
    all.erase(std::unique(all.begin(), all.end(),
                          [](const Listed& a, const Listed& b) { return a.first == b.first; }),
              all.end());
    out[i].entries = Entries(std::move(all));
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// The first object of a linearised file says so.
bool ChainReader::FindLinearised() const {
  Parser parser(bytes_, chain_.header);
  parser.SkipSpace();  // the header is a comment, too
  constexpr std::size_t kMostCost_bytes = 64ULL << 10;
  const auto first = ReadIndirect(bytes_, parser.at(), kMostCost_bytes);
  return first && !first->object["Linearized"].IsNull();
}

Result<Chain> ChainReader::Read() {
  const std::size_t header = bytes_.substr(0, kMostHeaderOffset + 5).find("%PDF-");
  if (header == std::string_view::npos)
    return Fail(
        DamagedFile({"không phải tệp PDF: không có phần đầu %PDF-", "no PDF: the header %PDF- is missing"}));
  chain_.header = header;
  chain_.linearised = FindLinearised();
  const std::size_t last = bytes_.rfind("startxref");
  if (last == std::string_view::npos) return Fail(BrokenTail());
  const auto closing = ClosingAt(last);
  if (!closing || closing->says >= last) return Fail(BrokenTail());
  auto sections = ReadSections(closing->says);
  if (!sections) return Fail(std::move(sections.error()));
  auto revisions = Group(std::move(*sections), last);
  if (!revisions) return Fail(std::move(revisions.error()));
  chain_.revisions = std::move(*revisions);
  return std::move(chain_);
}

}  // namespace

Result<Chain> ReadChain(std::string_view bytes, const ParseOptions& options) {
  return ChainReader(bytes, options).Read();
}

Error DamagedFile(Message message) {
  Error error;
  error.code = ErrorCode::kDamaged;
  error.message = std::move(message);
  error.advice = {"Xin lại tệp từ nơi gửi", "Ask the sender for the file again"};
  return error;
}

std::optional<Indirect> ReadIndirect(std::string_view bytes, std::size_t at, std::size_t most_cost_bytes,
                                     std::size_t* read_bytes) {
  if (at >= bytes.size()) return std::nullopt;
  Parser parser(bytes, at, most_cost_bytes);
  auto out = TakeIndirect(parser, bytes);
  if (read_bytes != nullptr) *read_bytes += parser.at() - at;
  return out;
}

std::optional<std::size_t> EndOfStream(std::string_view bytes, std::size_t data_begin, std::int64_t length) {
  if (length < 0 || data_begin > bytes.size() ||
      static_cast<std::uint64_t>(length) > bytes.size() - data_begin)
    return std::nullopt;
  Parser parser(bytes, data_begin + static_cast<std::size_t>(length));
  parser.SkipWhite();
  if (!parser.TakeWord("endstream") || !parser.TakeWord("endobj")) return std::nullopt;
  return parser.at();
}

}  // namespace vanthu::signing::pdf
