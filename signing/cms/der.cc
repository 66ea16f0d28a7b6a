#include "signing/cms/der.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <stdexcept>

namespace vanthu::signing::der {
namespace {

struct Header {
  std::uint8_t id = 0;
  std::size_t size = 0;               // of identifier and length
  std::optional<std::size_t> length;  // none: indefinite
};

std::optional<Header> ReadHeader(std::string_view bytes) {
  const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(bytes[i]); };
  if (bytes.size() < 2) return std::nullopt;
  Header header;
  header.id = octet(0);
  std::size_t at = 1;
  if ((header.id & 0x1F) == 0x1F) {
    while (at < bytes.size() && (octet(at) & 0x80) != 0) ++at;
    ++at;
  }
  if (at >= bytes.size()) return std::nullopt;
  const std::uint8_t first = octet(at++);
  if (first < 0x80) {
    header.length = first;
  } else if (first > 0x80) {
    const std::size_t count = first & 0x7F;
    std::size_t length = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (at >= bytes.size() || length > std::numeric_limits<std::size_t>::max() >> 8) return std::nullopt;
      length = length << 8 | octet(at++);
    }
    header.length = length;
  }
  header.size = at;
  if (header.length && *header.length > bytes.size() - at) return std::nullopt;
  return header;
}

std::string Length(std::size_t length) {
  if (length < 0x80) return std::string(1, static_cast<char>(length));
  std::string octets;
  for (; length > 0; length >>= 8) octets.insert(octets.begin(), static_cast<char>(length & 0xFF));
  octets.insert(octets.begin(), static_cast<char>(0x80 | octets.size()));
  return octets;
}

bool IsConstructed(std::uint8_t id) {
  return (id & 0x20) != 0;
}

constexpr std::uint8_t kConstructedOctets = 0x24;

// The octets of a constructed OCTET STRING whose parts are definite already.
std::optional<std::string> JoinOctets(std::string_view content) {
  std::string octets;
  for (Reader parts(content); !parts.AtEnd();) {
    const auto part = parts.Next(kOctetString);
    if (!part) return std::nullopt;
    octets += part->content;
  }
  return octets;
}

// One element at the front of `bytes`, appended to `out`.
bool Define(std::string_view bytes, int depth, std::size_t& used, std::string& out) {
  const auto header = ReadHeader(bytes);
  if (!header || depth > kMostDepth) return false;
  if (!IsConstructed(header->id)) {
    if (!header->length) return false;
    used = header->size + *header->length;
    out += bytes.substr(0, used);
    return true;
  }
  const std::string_view body =
      header->length ? bytes.substr(header->size, *header->length) : bytes.substr(header->size);
  std::string content;
  std::size_t at = 0;
  for (;;) {
    if (header->length && at == body.size()) break;
    if (!header->length && body.substr(at, 2) == std::string_view("\0\0", 2)) break;
    std::size_t taken = 0;
    if (!Define(body.substr(at), depth + 1, taken, content)) return false;
    at += taken;
  }
  used = header->size + at + (header->length ? 0 : 2);
  if (header->id == kConstructedOctets) {
    const auto octets = JoinOctets(content);
    if (!octets) return false;
    out += Wrap(kOctetString, *octets);
  } else if (header->length && content == body) {
    out += bytes.substr(0, used);
  } else {
    out += bytes.substr(0, 1);
    if ((header->id & 0x1F) == 0x1F) return false;  // no type of ours has such a number
    out += Length(content.size());
    out += content;
  }
  return true;
}

bool Shorten(std::string_view bytes, int depth, std::string& out) {
  Reader reader(bytes);
  while (!reader.AtEnd()) {
    const auto element = reader.Next();
    if (!element || depth > kMostDepth) return false;
    if (!IsConstructed(element->id) || (element->id & 0x1F) == 0x1F) {
      out += (element->id & 0x1F) == 0x1F ? std::string(element->whole) : Wrap(element->id, element->content);
      continue;
    }
    std::string content;
    if (!Shorten(element->content, depth + 1, content)) return false;
    out += Wrap(element->id, content);
  }
  return true;
}

std::optional<int> Digits(std::string_view text, std::size_t at, std::size_t count) {
  int value = 0;
  if (at + count > text.size()) return std::nullopt;
  for (const char c : text.substr(at, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

// What follows the seconds (or minutes): a fraction, then Z or an offset. Nothing where it is no such thing;
// a time without zone is read as UTC, as every reader does.
std::optional<std::chrono::minutes> ReadZone(std::string_view text) {
  if (!text.empty() && (text.front() == '.' || text.front() == ',')) {
    text.remove_prefix(1);
    while (!text.empty() && text.front() >= '0' && text.front() <= '9') text.remove_prefix(1);
  }
  if (text.empty() || text == "Z") return std::chrono::minutes(0);
  if (text.size() != 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const auto hours = Digits(text, 1, 2);
  const auto minutes = Digits(text, 3, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const std::chrono::minutes offset(*hours * 60 + *minutes);
  return text[0] == '+' ? offset : -offset;
}

}  // namespace

std::optional<Element> Reader::Next() {
  const auto header = ReadHeader(rest_);
  if (!header || !header->length) return std::nullopt;
  Element element;
  element.id = header->id;
  element.whole = rest_.substr(0, header->size + *header->length);
  element.content = element.whole.substr(header->size);
  rest_.remove_prefix(element.whole.size());
  return element;
}

std::optional<Element> Reader::Next(std::uint8_t id) {
  if (!Is(id)) return std::nullopt;
  return Next();
}

std::optional<std::string> ToDefinite(std::string_view ber, std::size_t& used) {
  std::string out;
  if (!Define(ber, 0, used, out)) return std::nullopt;
  return out;
}

std::optional<std::string> WithShortestLengths(std::string_view element) {
  std::string out;
  if (!Shorten(element, 0, out)) return std::nullopt;
  return out;
}

std::string Wrap(std::uint8_t id, std::string_view content) {
  std::string out(1, static_cast<char>(id));
  out += Length(content.size());
  out += content;
  return out;
}

std::string Sequence(std::initializer_list<std::string_view> parts) {
  std::string content;
  for (const std::string_view part : parts) content += part;
  return Wrap(kSequence, content);
}

std::string SetOf(std::vector<std::string> elements, std::uint8_t id) {
  // char_traits compares octets as unsigned, and a shorter prefix first, as X.690's padding with zeros does.
  std::sort(elements.begin(), elements.end());
  std::string content;
  for (const std::string& element : elements) content += element;
  return Wrap(id, content);
}

std::string Oid(std::string_view dotted) {
  std::vector<std::uint64_t> arcs;
  for (const char* at = dotted.data(); at < dotted.data() + dotted.size();) {
    std::uint64_t arc = 0;
    const auto [end, error] = std::from_chars(at, dotted.data() + dotted.size(), arc);
    if (error != std::errc()) throw std::logic_error("no OID: " + std::string(dotted));
    arcs.push_back(arc);
    at = end + 1;
  }
  if (arcs.size() < 2) throw std::logic_error("no OID: " + std::string(dotted));
  arcs[1] += arcs[0] * 40;
  std::string content;
  for (std::size_t i = 1; i < arcs.size(); ++i) {
    std::string octets(1, static_cast<char>(arcs[i] & 0x7F));
    for (std::uint64_t rest = arcs[i] >> 7; rest > 0; rest >>= 7) {
      octets.insert(octets.begin(), static_cast<char>(0x80 | (rest & 0x7F)));
    }
    content += octets;
  }
  return Wrap(kOid, content);
}

std::string Integer(std::uint64_t value) {
  std::string octets;
  for (; value > 0; value >>= 8) octets.insert(octets.begin(), static_cast<char>(value & 0xFF));
  return UnsignedInteger(octets);
}

std::string UnsignedInteger(std::string_view big_endian) {
  while (!big_endian.empty() && big_endian.front() == '\0') big_endian.remove_prefix(1);
  std::string content(big_endian);
  if (content.empty() || (content.front() & 0x80) != 0) content.insert(content.begin(), '\0');
  return Wrap(kInteger, content);
}

std::string OidText(std::string_view content) {
  // No registered OID of the field has 32 octets; longer ones are attempts to be slow.
  if (content.empty() || content.size() > 64 || (content.back() & 0x80) != 0) return {};
  std::string text;
  std::uint64_t arc = 0;
  for (const char c : content) {
    if (arc > std::numeric_limits<std::uint64_t>::max() >> 7) return {};
    arc = arc << 7 | (static_cast<std::uint8_t>(c) & 0x7F);
    if ((c & 0x80) != 0) continue;
    if (text.empty()) {
      const std::uint64_t first = std::min<std::uint64_t>(arc / 40, 2);
      text += std::to_string(first);
      text += '.';
      text += std::to_string(arc - first * 40);
    } else {
      text += '.';
      text += std::to_string(arc);
    }
    arc = 0;
  }
  return text;
}

std::string Hex(std::string_view bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto octet = static_cast<std::uint8_t>(c);
    text += kDigits[octet >> 4];
    text += kDigits[octet & 0xF];
  }
  return text;
}

std::string IntegerHex(std::string_view content) {
  std::string magnitude(content);
  const bool negative = !content.empty() && (content.front() & 0x80) != 0;
  if (negative) {  // two's complement
    int carry = 1;
    for (auto at = magnitude.rbegin(); at != magnitude.rend(); ++at) {
      const int octet = (static_cast<std::uint8_t>(*at) ^ 0xFF) + carry;
      *at = static_cast<char>(octet & 0xFF);
      carry = octet >> 8;
    }
  }
  std::string text = Hex(magnitude);
  text.erase(0, std::min(text.find_first_not_of('0'), text.size()));
  if (text.empty()) text.assign(1, '0');
  if (negative) text.insert(text.begin(), '-');
  return text;
}

std::optional<std::int64_t> SmallInteger(std::string_view content) {
  if (content.empty() || content.size() > 8) return std::nullopt;
  std::uint64_t value = (content.front() & 0x80) != 0 ? ~std::uint64_t{0} : 0;
  for (const char c : content) value = value << 8 | static_cast<std::uint8_t>(c);
  return static_cast<std::int64_t>(value);
}

std::optional<std::chrono::sys_seconds> ReadTime(const Element& element) {
  const std::string_view text = element.content;
  const bool utc = element.id == kUtcTime;
  if (!utc && element.id != kGeneralizedTime) return std::nullopt;
  const std::size_t year_digits = utc ? 2 : 4;
  auto year = Digits(text, 0, year_digits);
  const auto month = Digits(text, year_digits, 2);
  const auto day = Digits(text, year_digits + 2, 2);
  const auto hour = Digits(text, year_digits + 4, 2);
  const auto minute = Digits(text, year_digits + 6, 2);
  if (!year || !month || !day || !hour || !minute) return std::nullopt;
  const auto second = Digits(text, year_digits + 8, 2);  // BER may leave them out
  const auto zone = ReadZone(text.substr(year_digits + (second ? 10 : 8)));
  if (utc) *year += *year < 50 ? 2000 : 1900;  // RFC 5280, 4.1.2.5.1
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!zone || !date.ok() || *hour > 23 || *minute > 59 || second.value_or(0) > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(second.value_or(0)) - *zone;
}

}  // namespace vanthu::signing::der
