// Universal signature forgery: a signature dictionary that lacks what there is to check; and signature
// wrapping: a second part of the byte range that was moved, a gap that is not the signature's.
#include <fmt/format.h>

#include <array>

#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

// The signed file with `from` turned into `to` in its signature dictionary; bytes before and after stay.
std::function<void(Sample&)> InDictionary(std::string from, std::string to) {
  return [=](Sample& s) {
    std::string& bytes = s.maker.bytes();
    const std::size_t begin = s.maker.OffsetOf(s.signature_value);
    const std::size_t at = bytes.find(from, begin);
    bytes.replace(at, from.size(), fmt::format("{:<{}}", to, from.size()).substr(0, from.size()));
  };
}

struct Gap {
  std::size_t begin = 0;  // of "<"
  std::size_t end = 0;    // behind ">"
};

Gap FindGap(Sample& s) {
  const std::size_t key = s.maker.bytes().find("/Contents <", s.maker.OffsetOf(s.signature_value));
  const std::size_t begin = key + 10;
  return {begin, s.maker.bytes().find('>', begin) + 1};
}

// Written over the byte range; no longer than that.
void SetRange(Sample& s, const std::string& text) {
  std::string& bytes = s.maker.bytes();
  const std::size_t begin = bytes.find("/ByteRange ", s.maker.OffsetOf(s.signature_value)) + 11;
  const std::size_t length = bytes.find(']', begin) + 1 - begin;
  bytes.replace(begin, length, fmt::format("{:<{}}", text, length));
}

std::function<void(Sample&)> Range(std::function<std::string(std::size_t, Gap)> text) {
  return [text = std::move(text)](Sample& s) { SetRange(s, text(s.maker.bytes().size(), FindGap(s))); };
}

// A second revision whose signature has these entries (USF in a file that is otherwise whole).
std::function<void(Sample&)> SecondWith(Entries value) {
  return [value](Sample& s) {
    s.AddSignatureField("gia", "[300 600 420 660]", value);
    s.Close();
  };
}

// The signed second part stands at the end of the file, where the byte range now points to; between stands
// what the attacker wrote: another content and, where the signed startxref points to, another
// cross-reference.
void MoveSecondPart(Sample& s, bool wrapped) {
  std::string& bytes = s.maker.bytes();
  const Gap gap = FindGap(s);
  const std::string second = bytes.substr(gap.end);
  const std::string dictionary_end = ">>\nendobj\n";
  std::string between =
      dictionary_end + fmt::format("{} 0 obj\n<</Length 5>>\nstream\nBT ET\nendstream\nendobj\n", s.content1);
  if (wrapped) {
    const std::size_t xref = std::stoul(second.substr(second.rfind("startxref") + 10));
    between.append(xref - gap.end - between.size(), ' ');
    between += fmt::format("xref\n{} 1\n{:010} 00000 n \n{} 1\n{:010} 00000 n \ntrailer\n<</Root {}/Size {}",
                           s.content1, gap.end + dictionary_end.size(), s.signature_value,
                           s.maker.OffsetOf(s.signature_value), Reference(s.maker.root()), s.maker.next());
    const std::size_t prev = second.find("/Prev ");
    between +=
        second.substr(prev, second.find('\n', prev) - prev) + fmt::format(">>\nstartxref\n{}\n%%EOF\n", xref);
  }
  SetRange(s, fmt::format("[0 {} {} {}]", gap.begin, gap.end + between.size(), second.size()));
  bytes.insert(gap.end, between);
}

}  // namespace

std::vector<LaterRevision> SignatureAttacks() {
  using enum Judged;
  const SampleOptions plain;
  SampleOptions roomy;
  roomy.reserved = 256;
  std::vector<LaterRevision> all = {
      {"USF: no contents", kBadRange, plain, InDictionary("/Contents", "/Kontents")},
      {"USF: no byte range", kBadRange, plain, InDictionary("/ByteRange", "/BiteRange")},
      {"USF: no subfilter", kBadRange, plain, InDictionary("/SubFilter", "/SabFilter")},
      {"USF: unknown subfilter", kDigest, plain,
       InDictionary("/ETSI.CAdES.detached", "/ETSI.CAdES.detechad")},
      {"USF: byte range of names", kBadRange, plain, Range([](std::size_t, Gap) { return "[/a /b /c /d]"; })},
      {"USF: byte range is empty", kBadRange, plain, Range([](std::size_t, Gap) { return "[]"; })},
      {"USF: byte range is null", kBadRange, plain, Range([](std::size_t, Gap) { return "null"; })},
      {"USF: byte range of nothing", kBadRange, plain, Range([](std::size_t, Gap) { return "[0 0 0 0]"; })},
      {"USF: byte range of two numbers", kBadRange, plain,
       Range([](std::size_t, Gap gap) { return fmt::format("[0 {}]", gap.begin); })},
      {"USF: byte range of six numbers", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {} 1 1]", gap.begin, gap.end, n - gap.end);
       })},
      {"USF: byte range of reals", kBadRange, plain,
       Range([](std::size_t, Gap gap) { return fmt::format("[0.0 {}.0 1.0 1.0]", gap.begin); })},
      {"USF: negative byte range", kBadRange, plain,
       Range([](std::size_t, Gap gap) { return fmt::format("[0 -{} {} 1]", gap.begin, gap.end); })},
      {"USF: byte range past the end", kBadRange, plain,
       Range([](std::size_t n, Gap gap) { return fmt::format("[0 {} {} {}]", gap.begin, gap.end, n); })},
      {"USF: byte range that overflows", kBadRange, plain,
       Range([](std::size_t, Gap) { return "[0 9 9 9223372036854775807]"; })},
      {"SWA: byte range does not begin at 0", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[1 {} {} {}]", gap.begin - 1, gap.end, n - gap.end);
       })},
      {"SWA: parts overlap", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {}]", gap.begin, gap.begin - 9, n - gap.begin + 9);
       })},
      {"SWA: gap too wide", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {}]", gap.begin, gap.end + 9, n - gap.end - 9);
       })},
      {"SWA: gap begins before", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {}]", gap.begin - 9, gap.end, n - gap.end);
       })},
      {"SWA: gap without its brackets", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {}]", gap.begin + 1, gap.end - 1, n - gap.end + 1);
       })},
      {"SWA: ends before the revision", kBadRange, plain, Range([](std::size_t n, Gap gap) {
         return fmt::format("[0 {} {} {}]", gap.begin, gap.end, n - gap.end - 20);
       })},
      {"SWA: second part moved", kRefused, plain, [](Sample& s) { MoveSecondPart(s, false); }},
      {"SWA: second part moved, xref wrapped", kRefused, plain, [](Sample& s) { MoveSecondPart(s, true); }},
      {"SWA: second part moved, xref wrapped, tail repeated", kBadRange, plain,
       [](Sample& s) {
         MoveSecondPart(s, true);
         s.Close();
       }},
      {"SWA: padding is not zero", kBadRange, roomy,
       [](Sample& s) { s.maker.bytes().replace(FindGap(s).end - 9, 8, "3C3C3E3E"); }},
      {"SWA: no hexadecimal", kBadRange, plain,
       [](Sample& s) { s.maker.bytes().replace(FindGap(s).end - 9, 4, "obj "); }},
      {"SWA: second contents", kBadRange, plain, InDictionary("/Filter /Adobe.PPKLite", "/Contents<3000>")},
      {"SWA: a byte of the text flipped", kDigest, plain,
       [](Sample& s) { s.maker.bytes()[s.maker.bytes().find("QUYET DINH")] ^= 1; }},
  };
  const std::vector<std::pair<std::string, Entries>> seconds = {
      {"contents empty", {{"Contents", "<>"}}},
      {"contents zero", {{"Contents", "<00>"}}},
      {"contents null", {{"Contents", "null"}}},
      {"contents a number", {{"Contents", "0"}}},
      {"contents a reference", {{"Contents", "999 0 R"}}},
      {"contents a literal", {{"Contents", "(0)"}}},
      {"no contents", {{"Contents", ""}}},
      {"byte range null", {{"ByteRange", "null"}}},
      {"byte range empty", {{"ByteRange", "[]"}}},
      {"byte range of zeros", {{"ByteRange", "[0 0 0 0]"}}},
      {"no byte range", {{"ByteRange", ""}}},
      {"no subfilter", {{"SubFilter", ""}}},
      {"subfilter null", {{"SubFilter", "null"}}},
      {"no type, contents or byte range", {{"Type", ""}, {"Contents", ""}, {"ByteRange", ""}}},
      {"another signature's byte range", {{"ByteRange", "[0 100 300 500]"}}}};
  for (const auto& [name, value] : seconds)
    all.push_back({"USF, second signature: " + name, kSuspicious, plain, SecondWith(value)});
  return all;
}

}  // namespace vanthu::signing::testing
