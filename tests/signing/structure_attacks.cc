// Hide-and-replace: what the signed revision carried unused is switched on by a cross-reference or trailer;
// and other plays with the file's structure.
#include <fmt/format.h>

#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

std::function<void(Sample&)> WithClose(std::function<CloseOptions(Sample&)> change) {
  return [change = std::move(change)](Sample& s) { s.Close(change(s)); };
}

CloseOptions WithTrailer(Entries trailer) {
  CloseOptions close;
  close.trailer = std::move(trailer);
  return close;
}

CloseOptions WithEntries(std::map<int, std::pair<int, std::uint64_t>> entries) {
  CloseOptions close;
  close.extra = std::move(entries);
  return close;
}

// Object streams of the signed revision, the newest last.
std::vector<int> ObjectStreams(const Sample& s) {
  std::vector<int> found;
  const std::string& bytes = s.maker.bytes();
  for (std::size_t at = bytes.find("/ObjStm"); at != std::string::npos; at = bytes.find("/ObjStm", at + 1)) {
    const std::size_t head = bytes.rfind(" 0 obj", at);
    const std::size_t line = bytes.rfind('\n', head);
    found.push_back(std::stoi(bytes.substr(line + 1, head - line - 1)));
  }
  return found;
}

}  // namespace

std::vector<LaterRevision> StructureAttacks() {
  using enum Judged;
  SampleOptions plain, stream, packed, twin;
  stream.xref_stream = true;
  packed.xref_stream = packed.object_streams = true;
  twin.twin = true;
  return {
      {"hide-and-replace: another root", kSuspicious, plain, WithClose([](Sample& s) {
         return WithTrailer({{"Root", Reference(s.shadow_catalog)}});
       })},
      {"hide-and-replace: another root, xref stream", kSuspicious, stream, WithClose([](Sample& s) {
         return WithTrailer({{"Root", Reference(s.shadow_catalog)}});
       })},
      {"hide-and-replace: root is no catalog", kRefused, plain, WithClose([](Sample&) {
         return WithTrailer({{"Root", "999 0 R"}});
       })},
      {"hide-and-replace: twin of the content switched on", kSuspicious, twin, WithClose([](Sample& s) {
         return WithEntries({{s.content1, {0, s.twin_offset}}});
       })},
      {"hide-and-replace: twin switched on and signed", kSuspicious, twin, WithClose([](Sample& s) {
         s.AddSignatureField("chu_ky_2");
         return WithEntries({{s.content1, {0, s.twin_offset}}});
       })},
      {"hide-and-replace: entry of the content leads to another number", kSuspicious, plain,
       WithClose([](Sample& s) {
         return WithEntries({{s.content1, {0, s.maker.OffsetOf(s.shadow_content)}}});
       })},
      {"hide-and-replace: entry of the catalog leads to another number", kRefused, plain,
       WithClose([](Sample& s) {
         return WithEntries({{s.catalog, {0, s.maker.OffsetOf(s.shadow_catalog)}}});
       })},
      {"hide-and-replace: entry of the font leads to another number", kSuspicious, stream,
       WithClose([](Sample& s) {
         return WithEntries({{s.font, {0, s.maker.OffsetOf(s.shadow_font)}}});
       })},
      {"hide-and-replace: shadow tree written as the tree", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.Put(s.pages, "Kids", s.maker.Get(s.shadow_pages, "Kids"));
         s.maker.Put(s.pages, "Count", "1");
         return CloseOptions{};
       })},
      {"xref: entries in the wrong order", kSuspicious, plain, WithClose([](Sample& s) {
         return WithEntries({{s.content1, {0, s.maker.OffsetOf(s.content2)}},
                             {s.content2, {0, s.maker.OffsetOf(s.content1)}}});
       })},
      {"xref: entry into nothing", kSuspicious, plain, WithClose([](Sample& s) {
         return WithEntries({{s.page2, {0, 9}}});
       })},
      {"xref: entry behind the end", kSuspicious, plain, WithClose([](Sample& s) {
         return WithEntries({{s.picture, {0, 99'999'999}}});
       })},
      {"xref: another generation", kSuspicious, plain, WithClose([](Sample& s) {
         return WithEntries({{s.content1, {1, s.maker.OffsetOf(s.content1)}}});
       })},
      {"xref: damaged object", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.SetRaw(s.font, "<</Type/Font ((");
         return CloseOptions{};
       })},
      {"xref: stream too short", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.SetRaw(s.content2, "<</Length 9999999>>\nstream\nBT ET\nendstream");
         return CloseOptions{};
       })},
      {"xref: signed revision left out of the chain", kRefused, plain, WithClose([](Sample&) {
         return WithTrailer({{"Prev", "0"}});
       })},
      {"xref: chain in a circle", kRefused, plain, WithClose([](Sample& s) {
         return WithTrailer({{"Prev", std::to_string(s.maker.bytes().size() + 1)}});
       })},
      {"xref: encryption added", kRefused, plain, WithClose([](Sample&) {
         return WithTrailer({{"Encrypt", "<</Filter/Standard/V 2/R 3/O(a)/U(b)/P -4>>"}});
       })},
      {"xref: object stream overwritten", kRefused, packed, WithClose([](Sample& s) {
         const int number = ObjectStreams(s).front();
         s.maker.Put(number, "N", "1");
         return CloseOptions{};
       })},
      {"xref: object stream overwritten with the same", kRefused, packed, WithClose([](Sample& s) {
         s.maker.Touch(ObjectStreams(s).front());
         return CloseOptions{};
       })},
      {"tree of pages in a circle", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.Put(s.pages, "Kids", References({s.page1, s.pages}));
         return CloseOptions{};
       })},
      {"references without an end", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.SetRaw(s.font, Reference(s.picture));
         s.maker.SetRaw(s.picture, Reference(s.font));
         return CloseOptions{};
       })},
      {"arrays without an end", kSuspicious, plain, WithClose([](Sample& s) {
         s.maker.SetRaw(s.font, std::string(100'000, '['));
         return CloseOptions{};
       })},
      {"a hundred thousand fields", kSuspicious, plain, WithClose([](Sample& s) {
         std::string list = "[";
         for (int i = 0; i < 100'000; ++i) list += Reference(s.empty_signature) + " ";
         s.PutForm("Fields", list + "]");
         return CloseOptions{};
       })},
  };
}

}  // namespace vanthu::signing::testing
