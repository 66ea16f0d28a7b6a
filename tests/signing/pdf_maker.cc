#include "tests/signing/pdf_maker.h"

#include <fmt/format.h>

#include <algorithm>

namespace vanthu::signing::testing {
namespace {

constexpr std::string_view kByteRange = "[0 ********** ********** **********]";

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const unsigned char byte : bytes) hex += fmt::format("{:02X}", byte);
  return hex;
}

// A SEQUENCE of one OCTET STRING: the right length in its first bytes, and no CMS.
std::string AnyDer(std::string_view) {
  return std::string("\x30\x12\x04\x10", 4) + "not a signature!";
}

void SetEntry(Entries& entries, const std::string& key, const std::string& value) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
  if (found != entries.end())
    found->second = value;
  else
    entries.emplace_back(key, value);
}

std::string Print(const Entries& entries) {
  std::string text = "<<";
  for (const auto& [key, value] : entries)
    if (!value.empty()) text += "/" + key + " " + value + "\n";
  return text + ">>";
}

void PutBigEndian(std::string& out, std::uint64_t value, int width) {
  for (int i = width - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xFF);
}

}  // namespace

std::string Reference(int number) {
  return fmt::format("{} 0 R", number);
}

std::string References(const std::vector<int>& all) {
  std::string text = "[";
  for (const int number : all) text += (text.size() > 1 ? " " : "") + Reference(number);
  return text + "]";
}

PdfMaker::PdfMaker(const std::string& version)
    : bytes_("%PDF-" + version + "\n%\xE2\xE3\xCF\xD3\n"), signer_(AnyDer) {}

int PdfMaker::Add(Entries entries) {
  objects_[next_].entries = std::move(entries);
  dirty_.insert(next_);
  return next_++;
}

int PdfMaker::AddStream(Entries entries, std::string data) {
  const int number = Add(std::move(entries));
  objects_[number].data = std::move(data);
  return number;
}

int PdfMaker::AddRaw(std::string text) {
  const int number = Add({});
  objects_[number].raw = std::move(text);
  return number;
}

void PdfMaker::Put(int number, const std::string& key, const std::string& value) {
  SetEntry(objects_.at(number).entries, key, value);
  dirty_.insert(number);
}

void PdfMaker::Drop(int number, const std::string& key) {
  std::erase_if(objects_.at(number).entries, [&](const auto& entry) { return entry.first == key; });
  dirty_.insert(number);
}

void PdfMaker::SetData(int number, std::string data) {
  objects_.at(number).data = std::move(data);
  dirty_.insert(number);
}

void PdfMaker::SetStream(int number, Entries entries, std::string data) {
  objects_[number] = {std::move(entries), std::move(data), {}, false, 0};
  dirty_.insert(number);
  next_ = std::max(next_, number + 1);
}

void PdfMaker::Set(int number, Entries entries) {
  objects_[number] = {std::move(entries), std::nullopt, {}, false, 0};
  dirty_.insert(number);
  next_ = std::max(next_, number + 1);
}

void PdfMaker::SetRaw(int number, std::string text) {
  objects_[number] = {{}, std::nullopt, std::move(text), false, 0};
  dirty_.insert(number);
  next_ = std::max(next_, number + 1);
}

void PdfMaker::Free(int number) {
  objects_.erase(number);
  dirty_.erase(number);
  freed_.insert(number);
}

std::string PdfMaker::Get(int number, const std::string& key) const {
  for (const auto& [name, value] : objects_.at(number).entries)
    if (name == key) return value;
  return "";
}

int PdfMaker::AddSignature(Entries entries, std::size_t reserved) {
  Entries all = {{"Type", "/Sig"},
                 {"Filter", "/Adobe.PPKLite"},
                 {"SubFilter", "/ETSI.CAdES.detached"},
                 {"M", "(D:20260105090000+07'00')"},
                 {"ByteRange", std::string(kByteRange)},
                 {"Contents", "<" + std::string(2 * reserved, '0') + ">"}};
  for (const auto& [key, value] : entries) SetEntry(all, key, value);
  const int number = Add(std::move(all));
  objects_[number].is_signature = true;
  objects_[number].reserved = reserved;
  signature_ = number;
  return number;
}

std::string PdfMaker::Text(const Body& body) const {
  if (!body.raw.empty()) return body.raw;
  if (!body.data) return Print(body.entries);
  Entries entries = body.entries;
  SetEntry(entries, "Length", std::to_string(body.data->size()));
  return Print(entries) + "\nstream\n" + *body.data + "\nendstream";
}

void PdfMaker::Write(int number, const Body& body) {
  offsets_[number] = bytes_.size();
  bytes_ += fmt::format("{} 0 obj\n{}\nendobj\n", number, Text(body));
}

void PdfMaker::WriteObjectStream(const std::vector<int>& numbers) {
  std::string head;
  std::string bodies;
  const int stream = next_++;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    head += fmt::format("{} {} ", numbers[i], bodies.size());
    bodies += Text(objects_.at(numbers[i])) + "\n";
    in_stream_[numbers[i]] = {stream, static_cast<int>(i)};
  }
  objects_[stream] = {
      {{"Type", "/ObjStm"}, {"N", std::to_string(numbers.size())}, {"First", std::to_string(head.size())}},
      head + bodies,
      {},
      false,
      0};
  Write(stream, objects_.at(stream));
  dirty_.insert(stream);
}

std::string PdfMaker::Trailer(const CloseOptions& options) const {
  Entries entries = {{"Size", std::to_string(next_)}, {"Root", Reference(root_)}};
  if (info_ > 0) entries.emplace_back("Info", Reference(info_));
  entries.emplace_back("ID", "[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]");
  if (previous_ > 0) entries.emplace_back("Prev", std::to_string(previous_));
  for (const auto& [key, value] : options.trailer) SetEntry(entries, key, value);
  std::string text = Print(entries);
  return text.substr(2, text.size() - 4);
}

void PdfMaker::WriteTable(const CloseOptions& options) {
  const std::uint64_t offset = bytes_.size();
  bytes_ += "xref\n";
  if (previous_ == 0) bytes_ += "0 1\n0000000000 65535 f \n";
  for (const int number : freed_) bytes_ += fmt::format("{} 1\n0000000000 00001 f \n", number);
  for (const int number : dirty_) {
    const auto moved = options.offsets.find(number);
    const std::uint64_t at = moved != options.offsets.end() ? moved->second : offsets_.at(number);
    bytes_ += fmt::format("{} 1\n{:010d} 00000 n \n", number, at);
  }
  for (const auto& [number, entry] : options.extra)
    bytes_ += fmt::format("{} 1\n{:010d} {:05d} n \n", number, entry.second, entry.first);
  if (options.with_trailer) bytes_ += "trailer\n<<" + Trailer(options) + ">>\n";
  bytes_ += fmt::format("startxref\n{}\n", offset);
  previous_ = offset;
}

void PdfMaker::WriteXrefStream(const CloseOptions& options) {
  const int own = next_++;
  offsets_[own] = bytes_.size();
  dirty_.insert(own);
  std::string index;
  std::string rows;
  const auto row = [&](int number, int kind, std::uint64_t middle, int last) {
    index += fmt::format(" {} 1", number);
    PutBigEndian(rows, static_cast<std::uint64_t>(kind), 1);
    PutBigEndian(rows, middle, 4);
    PutBigEndian(rows, static_cast<std::uint64_t>(last), 2);
  };
  if (previous_ == 0) row(0, 0, 0, 65535);
  for (const int number : freed_) row(number, 0, 0, 1);
  for (const int number : dirty_) {
    const auto moved = options.offsets.find(number);
    if (moved != options.offsets.end()) {
      row(number, 1, moved->second, 0);
    } else if (const auto place = in_stream_.find(number); place != in_stream_.end()) {
      row(number, 2, static_cast<std::uint64_t>(place->second.first), place->second.second);
    } else {
      row(number, 1, offsets_.at(number), 0);
    }
  }
  for (const auto& [number, entry] : options.extra) row(number, 1, entry.second, entry.first);
  const std::uint64_t offset = bytes_.size();
  bytes_ += fmt::format("{} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{}]/Length {}\n{}>>\nstream\n", own,
                        index.substr(1), rows.size(), Trailer(options));
  bytes_ += rows + fmt::format("\nendstream\nendobj\nstartxref\n{}\n", offset);
  previous_ = offset;
}

void PdfMaker::Close(const CloseOptions& options) {
  in_stream_.clear();
  std::vector<int> packed;
  const std::set<int> written = dirty_;
  for (const int number : written) {
    const Body& body = objects_.at(number);
    if (options.xref_stream && options.object_streams && !body.data && !body.is_signature)
      packed.push_back(number);
    else
      Write(number, body);
  }
  if (!packed.empty()) WriteObjectStream(packed);
  if (!options.with_xref)
    bytes_ += fmt::format("startxref\n{}\n", previous_);
  else if (options.xref_stream)
    WriteXrefStream(options);
  else
    WriteTable(options);
  if (options.with_eof) bytes_ += "%%EOF\n";
  dirty_.clear();
  freed_.clear();
  if (signature_) FillSignature();
}

void PdfMaker::FillSignature() {
  const Body& body = objects_.at(*signature_);
  const std::uint64_t begin = offsets_.at(*signature_);
  const std::size_t gap = bytes_.find("<" + std::string(2 * body.reserved, '0') + ">", begin);
  const std::size_t range = bytes_.find(kByteRange, begin);
  signature_.reset();
  if (gap == std::string::npos) {  // the test wrote another /Contents
    if (range != std::string::npos)
      bytes_.replace(range, kByteRange.size(), fmt::format("{:<{}}", "[0 0 0 0]", kByteRange.size()));
    return;
  }
  const std::size_t after = gap + 2 * body.reserved + 2;
  if (range != std::string::npos) {
    const std::string text = fmt::format("[0 {} {} {}", gap, after, bytes_.size() - after);
    bytes_.replace(range, kByteRange.size(), fmt::format("{:<{}}]", text, kByteRange.size() - 1));
  }
  const std::string contents = Hex(signer_(bytes_.substr(0, gap) + bytes_.substr(after)));
  bytes_.replace(gap + 1, contents.size(), contents);
}

}  // namespace vanthu::signing::testing
