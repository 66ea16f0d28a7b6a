// ASN.1 as bytes: reading BER's elements and writing DER (X.690). For the files of signing/ alone.
//
// Our own and not OpenSSL's templates where the octets matter: what was signed are a signer's attributes as
// DER, and whether a file holds them so is seen in its bytes alone; a decoder that hands out values hides it.
// Certificates, keys and OCSP answers are OpenSSL's to read.
//
// Hostile input: any bytes. Reading never leaves the view it was given, lengths are checked before use, and
// nesting deeper than kMostDepth is refused.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::signing::der {

// Identifier octets: class, form and number of the types that CMS uses.
enum Id : std::uint8_t {
  kBoolean = 0x01,
  kInteger = 0x02,
  kBitString = 0x03,
  kOctetString = 0x04,
  kNull = 0x05,
  kOid = 0x06,
  kEnumerated = 0x0A,
  kUtf8String = 0x0C,
  kUtcTime = 0x17,
  kGeneralizedTime = 0x18,
  kSequence = 0x30,
  kSet = 0x31,
  kContext0 = 0xA0,  // [0] constructed
  kContext1 = 0xA1,
  kContext2 = 0xA2,
  kContext3 = 0xA3,
  kContext0Primitive = 0x80,
  kContext1Primitive = 0x81,
  kContext2Primitive = 0x82,
};

constexpr int kMostDepth = 64;

struct Element {
  std::uint8_t id = 0;     // numbers above 30 show as 0x1F in the low bits
  std::string_view whole;  // with identifier and length
  std::string_view content;
};

// The elements of one content, in order, definite lengths alone (see ToDefinite).
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  bool AtEnd() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  // Nothing at the end, at a broken element, and where another type stands; the place is then kept.
  std::optional<Element> Next();
  std::optional<Element> Next(std::uint8_t id);
  bool Is(std::uint8_t id) const { return !rest_.empty() && static_cast<std::uint8_t>(rest_.front()) == id; }

 private:
  std::string_view rest_;
};

// The first element of `ber`, its indefinite lengths made definite and its constructed octet strings made
// primitive, all else as it was: DER parts stay octet for octet. `used`: how many octets of `ber` it took.
// Nothing where it is broken or too deep.
std::optional<std::string> ToDefinite(std::string_view ber, std::size_t& used);

// `element` with the shortest lengths all the way down (X.690, 10.1). Nothing where it is broken.
std::optional<std::string> WithShortestLengths(std::string_view element);

std::string Wrap(std::uint8_t id, std::string_view content);
std::string Sequence(std::initializer_list<std::string_view> parts);
// X.690, 11.6: the elements in ascending order of their octets.
std::string SetOf(std::vector<std::string> elements, std::uint8_t id = kSet);
std::string Oid(std::string_view dotted);  // std::logic_error for what is none: they are our constants
std::string Integer(std::uint64_t value);
std::string UnsignedInteger(std::string_view big_endian);

// Dotted; empty where the octets are no OID.
std::string OidText(std::string_view content);
// Lower-case hexadecimal of an INTEGER's magnitude without leading zeros ("0" for zero, "-" before
// negatives).
std::string IntegerHex(std::string_view content);
std::optional<std::int64_t> SmallInteger(std::string_view content);
// UTCTime and GeneralizedTime, with or without fractions (which are cut) and offsets.
std::optional<std::chrono::sys_seconds> ReadTime(const Element& element);

std::string Hex(std::string_view bytes);

}  // namespace vanthu::signing::der
