#include "signing/pdf/update.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "signing/pdf/filters.h"

namespace vanthu::signing::pdf {
namespace {

// 14.4 wants a value that changes with the content; any hash does.
std::string Identifier(std::string_view a, std::string_view b) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned int size = 0;
  const std::string data = std::string(a) + std::string(b);
  if (EVP_Digest(data.data(), data.size(), out.data(), &size, EVP_sha256(), nullptr) != 1)
    throw std::logic_error("no digest");
  return {reinterpret_cast<const char*>(out.data()), 16};
}

void AppendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>((value >> shift) & 0xFF);
}

}  // namespace

Update::Update(const File& file) : file_(file), next_(file.NextNumber()) {
  const std::string_view bytes = file.bytes();
  if (!bytes.empty() && bytes.back() != '\n' && bytes.back() != '\r') bytes_ += '\n';
}

Ref Update::Reserve() {
  return {next_++, 0};
}

std::uint64_t Update::Begin(Ref ref) {
  written_.push_back({ref, file_.bytes().size() + bytes_.size()});
  next_ = std::max(next_, ref.number + 1);
  bytes_ += fmt::format("{} {} obj\n", ref.number, ref.generation);
  return file_.bytes().size() + bytes_.size();
}

std::uint64_t Update::WriteRaw(Ref ref, std::string_view body) {
  const std::uint64_t at = Begin(ref);
  bytes_ += body;
  bytes_ += "\nendobj\n";
  return at;
}

void Update::Write(Ref ref, const Object& object) {
  const Stream* stream = object.AsStream();
  if (stream == nullptr) {
    WriteRaw(ref, Print(file_.Encrypted(object, ref)));
  } else {
    WriteData(ref, *stream->dictionary, stream->data);
  }
}

Ref Update::Add(const Object& object) {
  const Ref ref = Reserve();
  Write(ref, object);
  return ref;
}

void Update::WriteStream(Ref ref, Dictionary dictionary, std::string_view data, bool plain) {
  if (plain || dictionary.contains("Filter")) return WriteData(ref, std::move(dictionary), data);
  dictionary["Filter"] = Object(Name{"FlateDecode"});
  dictionary.erase("DecodeParms");
  WriteData(ref, std::move(dictionary), Deflate(data));
}

void Update::WriteData(Ref ref, Dictionary dictionary, std::string_view data) {
  const std::string written = file_.EncryptedData(data, ref, dictionary);
  dictionary["Length"] = Object(static_cast<std::int64_t>(written.size()));
  Begin(ref);
  bytes_ += Print(file_.Encrypted(Object(std::move(dictionary)), ref));
  bytes_ += "\nstream\n";
  bytes_ += written;
  bytes_ += "\nendstream\nendobj\n";
}

Dictionary Update::Trailer() const {
  const Object before(file_.revisions().back().trailer);
  Dictionary out;
  for (const char* key : {"Root", "Info", "Encrypt"})
    if (!before[key].IsNull()) out.emplace(key, before[key]);
  out.emplace("Prev", Object(static_cast<std::int64_t>(file_.revisions().back().xref_offset -
                                                       file_.header_offset())));
  const Object ids = file_.Get(before, "ID", file_.last());
  const Array* both = ids.AsArray();
  const bool has = both != nullptr && both->size() == 2 && (*both)[0].AsString() != nullptr;
  const std::string known = has ? Print(ids) : std::to_string(file_.bytes().size());
  const Object mine(String{Identifier(known, bytes_)});
  out.emplace("ID", Object(Array{has ? (*both)[0] : mine, mine}));
  return out;
}

std::vector<Update::Span> Update::Spans() const {
  std::vector<Span> out;
  for (std::size_t i = 0; i < written_.size(); ++i) {
    const bool follows = !out.empty() && written_[i].ref.number == written_[out.back().first].ref.number +
                                                                       static_cast<int>(out.back().count);
    if (follows) {
      ++out.back().count;
    } else {
      out.push_back({i, 1});
    }
  }
  return out;
}

void Update::FinishTable(Dictionary trailer) {
  const std::uint64_t section = file_.bytes().size() + bytes_.size();
  trailer["Size"] = Object(next_);
  bytes_ += written_.empty() ? "xref\n0 0\n" : "xref\n";
  for (const Span& span : Spans()) {
    bytes_ += fmt::format("{} {}\n", written_[span.first].ref.number, span.count);
    for (std::size_t i = 0; i < span.count; ++i) {
      const Written& it = written_[span.first + i];
      bytes_ += fmt::format("{:010} {:05} n \n", it.offset - file_.header_offset(), it.ref.generation);
    }
  }
  bytes_ += "trailer\n" + Print(Object(std::move(trailer)));
  bytes_ += fmt::format("\nstartxref\n{}\n%%EOF\n", section - file_.header_offset());
}

void Update::FinishStream(Dictionary trailer) {
  const Ref self = Reserve();
  const std::uint64_t section = file_.bytes().size() + bytes_.size();
  written_.push_back({self, section});
  const std::uint64_t farthest = section - file_.header_offset();
  int width = 4;
  while (width < 8 && (farthest >> (8 * width)) != 0) ++width;
  Array index;
  std::string rows;
  for (const Span& span : Spans()) {
    index.emplace_back(written_[span.first].ref.number);
    index.emplace_back(static_cast<std::int64_t>(span.count));
    for (std::size_t i = 0; i < span.count; ++i) {
      const Written& it = written_[span.first + i];
      AppendBigEndian(rows, 1, 1);
      AppendBigEndian(rows, it.offset - file_.header_offset(), width);
      AppendBigEndian(rows, static_cast<std::uint64_t>(it.ref.generation), 2);
    }
  }
  const std::string data = Deflate(rows);
  trailer["Type"] = Object(Name{"XRef"});
  trailer["Size"] = Object(next_);
  trailer["W"] = Object(Array{Object(1), Object(width), Object(2)});
  trailer["Index"] = Object(std::move(index));
  trailer["Filter"] = Object(Name{"FlateDecode"});
  trailer["Length"] = Object(static_cast<std::int64_t>(data.size()));
  bytes_ += fmt::format("{} 0 obj\n", self.number) + Print(Object(std::move(trailer)));
  bytes_ += "\nstream\n" + data + "\nendstream\nendobj\n";
  bytes_ += fmt::format("startxref\n{}\n%%EOF\n", farthest);
}

std::string Update::Finish() && {
  std::sort(written_.begin(), written_.end(),
            [](const Written& a, const Written& b) { return a.ref.number < b.ref.number; });
  const auto same = [](const Written& a, const Written& b) { return a.ref.number == b.ref.number; };
  if (std::adjacent_find(written_.begin(), written_.end(), same) != written_.end())
    throw std::logic_error("an update writes an object twice");
  const int first_new = file_.NextNumber();
  const auto added = std::count_if(written_.begin(), written_.end(),
                                   [first_new](const Written& it) { return it.ref.number >= first_new; });
  if (added != next_ - first_new) throw std::logic_error("a reserved object was never written");
  Dictionary trailer = Trailer();
  if (file_.revisions().back().uses_xref_stream) {
    FinishStream(std::move(trailer));
  } else {
    FinishTable(std::move(trailer));
  }
  return std::move(bytes_);
}

}  // namespace vanthu::signing::pdf
