#include "signing/pades/byte_range.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "signing/pdf/parser.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::Object;
using pdf::Parser;

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

// "<", hexadecimal digits in pairs and white space, ">": their bytes.
std::optional<std::string> BytesOfGap(std::string_view gap) {
  if (gap.size() < 2 || gap.front() != '<' || gap.back() != '>') return std::nullopt;
  std::string out;
  int high = -1;
  for (const char c : gap.substr(1, gap.size() - 2)) {
    if (pdf::IsSpace(c)) continue;
    const int digit = HexDigit(c);
    if (digit < 0) return std::nullopt;
    if (high >= 0) out += static_cast<char>(high * 16 + digit);
    high = high < 0 ? digit : -1;
  }
  return high < 0 ? std::optional(std::move(out)) : std::nullopt;
}

struct Length {
  std::size_t header = 0;
  std::optional<std::size_t> content;  // none: indefinite
};

// X.690, 8.1: identifier and length octets at the beginning of `data`.
std::optional<Length> LengthOf(std::string_view data) {
  const auto byte = [data](std::size_t i) { return static_cast<unsigned char>(data[i]); };
  std::size_t at = 1;
  if (data.empty()) return std::nullopt;
  if ((byte(0) & 31) == 31) {  // a tag of several octets; none in CMS is as long
    while (at < data.size() && at < 4 && (byte(at) & 0x80) != 0) ++at;
    ++at;
  }
  if (at >= data.size()) return std::nullopt;
  const unsigned first = byte(at++);
  if (first < 0x80) return Length{at, first};
  if (first == 0x80) return Length{at, std::nullopt};
  const std::size_t count = first & 0x7FU;
  if (count > 7 || data.size() - at < count) return std::nullopt;
  std::size_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = (value << 8) | byte(at++);
  return Length{at, value};
}

// Where the value that begins `data` ends: also of BER's indefinite lengths, as old signers write them. One
// pass: what is open is counted, not called.
std::optional<std::size_t> EndOfValue(std::string_view data) {
  std::size_t at = 0;
  std::size_t open = 0;
  do {
    if (open > 0 && data.substr(at, 2) == std::string_view("\0\0", 2)) {
      at += 2;
      --open;
      continue;
    }
    const auto length = LengthOf(data.substr(at));
    if (!length) return std::nullopt;
    at += length->header;
    if (!length->content) {
      ++open;
    } else if (*length->content > data.size() - at) {
      return std::nullopt;
    } else {
      at += *length->content;
    }
  } while (open > 0);
  return at;
}

// After "<<": the place of the value of `key` in the dictionary that `parser` stands at.
std::optional<std::size_t> PlaceOfEntry(Parser& parser, std::string_view key) {
  parser.SkipSpace();
  if (!parser.Take("<<")) return std::nullopt;
  while (true) {
    parser.SkipSpace();
    if (parser.AtEnd() || parser.Take(">>")) return std::nullopt;
    const auto name = parser.TakeObject();
    if (!name || name->AsName() == nullptr) return std::nullopt;
    parser.SkipSpace();
    if (name->AsName()->text == key) return parser.at();
    if (!parser.TakeObject()) return std::nullopt;
  }
}

class RangeCheck {
 public:
  RangeCheck(const pdf::File& file, const SignatureField& field) : file_(file), field_(field) {}

  SignedRange Check() {
    const Object& dictionary = field_.dictionary;
    if (dictionary.AsDictionary() == nullptr || field_.sub_filter.empty()) Say(RangeProblem::kNoSubFilter);
    const pdf::String* contents = dictionary["Contents"].AsString();
    const bool has_contents =
        contents != nullptr &&
        std::any_of(contents->bytes.begin(), contents->bytes.end(), [](char c) { return c != 0; });
    if (!has_contents) Say(RangeProblem::kNoContents);
    if (has_contents) Trim(contents->bytes);
    if (ReadRange()) {
      CheckGap(contents != nullptr ? contents->bytes : "");
      CheckEnd();
      CheckPlace();
    }
    return std::move(out_);
  }

 private:
  void Say(RangeProblem problem) {
    if (std::find(out_.problems.begin(), out_.problems.end(), problem) == out_.problems.end())
      out_.problems.push_back(problem);
  }

  void Trim(std::string_view contents) {
    // What is no DER at all is left whole, for the CMS reader to refuse.
    const std::size_t end = EndOfValue(contents).value_or(contents.size());
    out_.contents = contents.substr(0, end);
    if (!IsZero(contents, end) && !IsPaddingEncrypted(contents, end)) Say(RangeProblem::kPaddingNotZero);
  }

  // 7.6.1: /Contents is not encrypted. Apache PDFBox encrypts the zeros that keep its place all the same, and
  // puts the value over their beginning. What is left of them carries nothing: it is decrypted to zeros, but
  // for up to two blocks of AES where the value ends.
  bool IsPaddingEncrypted(std::string_view contents, std::size_t end) const {
    if (!file_.encrypted()) return false;
    constexpr std::size_t kMostMixed_bytes = 31;
    const std::string plain = file_.Decrypted(contents, field_.value ? *field_.value : field_.field);
    return plain.size() > end + kMostMixed_bytes && IsZero(plain, end + kMostMixed_bytes);
  }

  static bool IsZero(std::string_view text, std::size_t from) {
    return text.find_first_not_of('\0', from) == std::string_view::npos;
  }

  // False where there are no four numbers that lie in the file in their order.
  bool ReadRange() {
    const Array* range = field_.dictionary["ByteRange"].AsArray();
    std::array<std::int64_t, 4> value{};
    bool is_range = range != nullptr && range->size() == 4;
    for (std::size_t i = 0; is_range && i < 4; ++i) {
      const std::int64_t* number = (*range)[i].AsInteger();
      is_range = number != nullptr;
      if (is_range) value[i] = *number;
    }
    if (!is_range) {
      Say(RangeProblem::kNoByteRange);
      return false;
    }
    const auto size = static_cast<std::int64_t>(file_.bytes().size());
    for (const std::size_t i : {0U, 2U}) {
      if (value[i] < 0 || value[i + 1] < 0 || value[i] > size || value[i + 1] > size - value[i]) {
        Say(RangeProblem::kNegative);
        return false;
      }
    }
    if (value[0] != 0) Say(RangeProblem::kNotFromStart);
    if (value[2] < value[0] + value[1]) {
      Say(RangeProblem::kOverlap);
      return false;
    }
    out_.first_end = static_cast<std::uint64_t>(value[0] + value[1]);
    out_.second_begin = static_cast<std::uint64_t>(value[2]);
    out_.end = static_cast<std::uint64_t>(value[2] + value[3]);
    return true;
  }

  void CheckGap(std::string_view contents) {
    const auto gap = BytesOfGap(file_.bytes().substr(out_.first_end, out_.second_begin - out_.first_end));
    if (!gap) {
      Say(RangeProblem::kGapNotContents);
    } else if (*gap != contents) {
      Say(RangeProblem::kContentsElsewhere);
    }
  }

  static bool IsWhite(std::string_view text) { return std::all_of(text.begin(), text.end(), pdf::IsSpace); }

  void CheckEnd() {
    const std::string_view bytes = file_.bytes();
    const auto& revisions = file_.revisions();
    // Some signers end before the line end after %%EOF, some after more white space.
    const auto least = [&](const pdf::Revision& revision) {
      std::uint64_t at = revision.end;
      while (at > 0 && (bytes[at - 1] == '\n' || bytes[at - 1] == '\r')) --at;
      return at;
    };
    const auto after = std::find_if(revisions.begin(), revisions.end(), [&](const pdf::Revision& revision) {
      return least(revision) > out_.end;
    });
    if (after != revisions.begin()) {
      const auto found = std::prev(after);
      constexpr std::uint64_t kMostWhite = 4096;  // guess: writers pad with one or two line ends
      const std::uint64_t end = std::min(found->end, out_.end);
      if (out_.end - end <= kMostWhite && IsWhite(bytes.substr(end, out_.end - end)))
        out_.revision = static_cast<std::size_t>(found - revisions.begin());
    }
    if (!out_.revision && out_.end == bytes.size()) out_.revision = file_.last();
    if (!out_.revision) Say(RangeProblem::kNotAtRevisionEnd);
    out_.covers_file =
        out_.end == bytes.size() || (out_.revision == file_.last() && !file_.HasTrailingBytes());
  }

  // The signature's dictionary must stand in what it signs, around the gap, with the gap as its /Contents.
  void CheckPlace() {
    if (out_.revision && *out_.revision < field_.revision) Say(RangeProblem::kDictionaryOutside);
    const int number = field_.value ? field_.value->number : field_.field.number;
    const auto place = file_.Find(number, field_.revision);
    if (place && place->entry.kind == pdf::Entry::Kind::kInStream) return Say(RangeProblem::kEncoded);
    const auto span = file_.SpanOf(number, field_.revision);
    if (!span || span->end > out_.end) return Say(RangeProblem::kDictionaryOutside);
    Parser parser(file_.bytes().substr(0, span->end), span->begin);
    const auto header = parser.TakeHeader();
    if (header && !field_.value && !PlaceOfEntry(parser, "V")) return Say(RangeProblem::kContentsElsewhere);
    const auto contents = PlaceOfEntry(parser, "Contents");
    if (!contents || *contents != out_.first_end) return Say(RangeProblem::kContentsElsewhere);
    if (!parser.TakeObject() || parser.at() != out_.second_begin) Say(RangeProblem::kGapNotContents);
  }

  const pdf::File& file_;
  const SignatureField& field_;
  SignedRange out_;
};

}  // namespace

SignedRange CheckRange(const pdf::File& file, const SignatureField& field) {
  return RangeCheck(file, field).Check();
}

Message Describe(RangeProblem problem) {
  switch (problem) {
    case RangeProblem::kNoByteRange:
      return {"chữ ký không ghi phạm vi được ký (ByteRange) hợp lệ", "the signature has no valid /ByteRange"};
    case RangeProblem::kNoContents:
      return {"chữ ký không có nội dung (Contents)", "the signature has no /Contents"};
    case RangeProblem::kNoSubFilter:
      return {"chữ ký không ghi định dạng (SubFilter)", "the signature has no /SubFilter"};
    case RangeProblem::kNotFromStart:
      return {"phạm vi được ký không bắt đầu từ đầu tệp",
              "what is signed does not begin where the file begins"};
    case RangeProblem::kNegative:
      return {"phạm vi được ký nằm ngoài tệp", "what is signed lies outside the file"};
    case RangeProblem::kOverlap:
      return {"hai phần được ký chồng lên nhau", "the two signed parts overlap"};
    case RangeProblem::kGapNotContents:
      return {"phần không được ký không chỉ gồm giá trị chữ ký",
              "what is left unsigned is not the signature's value alone"};
    case RangeProblem::kContentsElsewhere:
      return {"phần không được ký không phải giá trị của chính chữ ký này",
              "what is left unsigned is not this signature's own value"};
    case RangeProblem::kPaddingNotZero:
      return {"phần đệm sau giá trị chữ ký chứa dữ liệu lạ",
              "the padding after the signature's value is not zero"};
    case RangeProblem::kNotAtRevisionEnd:
      return {"phần được ký không kết thúc ở cuối một lần lưu của tệp",
              "what is signed does not end where a revision of the file ends"};
    case RangeProblem::kDictionaryOutside:
      return {"bản thân chữ ký nằm ngoài phần nó ký", "the signature itself lies outside what it signs"};
    case RangeProblem::kEncoded:
      return {"chữ ký nằm trong luồng nén nên không thể ký đúng",
              "the signature stands in a compressed object stream"};
  }
  return {"phạm vi được ký không hợp lệ", "what is signed is not valid"};
}

}  // namespace vanthu::signing
