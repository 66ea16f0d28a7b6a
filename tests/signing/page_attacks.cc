// Incremental saving attacks, and shadow attacks on what pages show.
#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

constexpr const char* kOther = "BT /F1 14 Tf 72 740 Td (QUYET DINH khac) Tj ET";

std::function<void(Sample&)> Closed(std::function<void(Sample&)> change) {
  return [change = std::move(change)](Sample& s) {
    change(s);
    s.Close();
  };
}

CloseOptions Without(bool CloseOptions::*part) {
  CloseOptions close;
  close.*part = false;
  return close;
}

std::vector<LaterRevision> IncrementalSaving() {
  using enum Judged;
  SampleOptions plain, stream, packed, indirect, undefined;
  stream.xref_stream = true;
  packed.xref_stream = packed.object_streams = true;
  indirect.indirect_form = true;
  undefined.undefined = true;
  const auto content = Closed([](Sample& s) { s.maker.SetData(s.content1, kOther); });
  const auto open = [](CloseOptions close) {
    return [close](Sample& s) {
      s.maker.SetData(s.content1, kOther);
      s.Close(close);
    };
  };
  return {
      {"ISA: content overwritten", kSuspicious, plain, content},
      {"ISA: content overwritten, xref stream", kSuspicious, stream, content},
      {"ISA: content overwritten, object streams", kSuspicious, packed, content},
      {"ISA: content overwritten and signed again", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.SetData(s.content1, kOther);
         s.AddSignatureField("chu_ky_2");
       })},
      {"ISA: content of another number", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "Contents", Reference(s.shadow_content)); })},
      {"ISA: content added", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.page1, "Contents", References({s.content1, s.shadow_content}));
       })},
      {"ISA: content emptied", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.content2, ""); })},
      {"ISA: content freed", kSuspicious, plain, Closed([](Sample& s) { s.maker.Free(s.content1); })},
      {"ISA: content freed, xref stream", kSuspicious, stream,
       Closed([](Sample& s) { s.maker.Free(s.content1); })},
      {"ISA: what was not there is defined", kSuspicious, undefined,
       Closed([](Sample& s) { s.maker.SetStream(s.undefined, {}, kOther); })},
      {"ISA: filter added", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.content1, "Filter", "/ASCIIHexDecode"); })},
      {"ISA: page replaced in the tree", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.pages, "Kids", References({s.page2, s.page2}));
       })},
      {"ISA: pages exchanged", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.pages, "Kids", References({s.page2, s.page1}));
       })},
      {"ISA: page removed", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.pages, "Kids", References({s.page1}));
         s.maker.Put(s.pages, "Count", "1");
       })},
      {"ISA: page added", kSuspicious, plain, Closed([](Sample& s) {
         const int page = s.maker.Add({{"Type", "/Page"}, {"Parent", Reference(s.pages)}});
         s.maker.Put(s.pages, "Kids", References({s.page1, s.page2, page}));
         s.maker.Put(s.pages, "Count", "3");
       })},
      {"ISA: count of pages changed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.pages, "Count", "1"); })},
      {"ISA: another tree of pages", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.catalog, "Pages", Reference(s.shadow_pages)); })},
      {"ISA: another page with the old page's entries", kSuspicious, plain, Closed([](Sample& s) {
         const int page = s.maker.Add({{"Type", "/Page"},
                                       {"Parent", Reference(s.pages)},
                                       {"Resources", s.maker.Get(s.page1, "Resources")},
                                       {"Contents", Reference(s.shadow_content)}});
         s.maker.Put(s.pages, "Kids", References({page, s.page2}));
       })},
      {"ISA: page turned", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "Rotate", "180"); })},
      {"ISA: page cropped", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "CropBox", "[0 720 595 841]"); })},
      {"ISA: page size of the tree changed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.pages, "MediaBox", "[0 0 595 400]"); })},
      {"ISA: page scaled", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "UserUnit", "2"); })},
      {"ISA: resources replaced", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "Resources", "<<>>"); })},
      {"ISA: list of annotations is a stream", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "Annots", Reference(s.shadow_content)); })},
      {"ISA: indirect list of annotations replaced", kSuspicious, indirect,
       Closed([](Sample& s) { s.maker.SetRaw(s.annotations1, "[]"); })},
      {"ISA: no xref", kRefused, plain, open(Without(&CloseOptions::with_xref))},
      {"ISA: no trailer", kRefused, plain, open(Without(&CloseOptions::with_trailer))},
      {"ISA: no %%EOF", kRefused, plain, open(Without(&CloseOptions::with_eof))},
      {"ISA: bytes behind the end", kSuspicious, plain,
       [](Sample& s) { s.maker.Append("5 0 obj\n<</Length 0>>\nstream\n\nendstream\nendobj\n"); }},
      {"ISA: trailer without a revision behind the end", kSuspicious, plain,
       [](Sample& s) { s.maker.Append("trailer\n<</Root 1 0 R>>\n%%EOF\n"); }},
  };
}

std::vector<LaterRevision> Shadows() {
  using enum Judged;
  SampleOptions plain, drawn, need, bare;
  drawn.drawn_field = true;
  need.need_appearances = true;
  bare.fields = false;
  return {
      {"hide: stamp taken from the page", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.annotation_list;
         std::erase(list, s.stamp);
         s.SetAnnotations(list);
       })},
      {"hide: stamp taken from the page and signed", kSuspicious, plain, Closed([](Sample& s) {
         std::erase(s.annotation_list, s.stamp);
         s.AddSignatureField("chu_ky_2");
       })},
      {"hide: all annotations gone", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Drop(s.page1, "Annots"); })},
      {"hide: stamp freed", kSuspicious, plain, Closed([](Sample& s) { s.maker.Free(s.stamp); })},
      {"hide: stamp emptied", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.stamp_appearance, ""); })},
      {"hide: stamp without an appearance", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Drop(s.stamp, "AP"); })},
      {"hide: stamp's appearance freed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Free(s.stamp_appearance); })},
      {"hide: stamp moved", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.stamp, "Rect", "[400 20 500 40]"); })},
      {"hide: stamp hidden by a flag", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.stamp, "F", "2"); })},
      {"hide: picture freed", kSuspicious, plain, Closed([](Sample& s) { s.maker.Free(s.picture); })},
      {"hide: picture made small", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.picture, std::string("\xFF\xFF\xFF", 3)); })},
      {"hide: order of annotations changed", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.annotation_list;
         std::swap(list[0], list[1]);
         s.SetAnnotations(list);
       })},
      {"hide: field shown twice", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.annotation_list;
         list.push_back(s.stamp);
         s.SetAnnotations(list);
       })},
      {"hide: text field taken from the page", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.annotation_list;
         std::erase(list, s.text_field);
         s.SetAnnotations(list);
       })},
      {"hide: appearance of the signature emptied", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.signature_appearance, ""); })},
      {"replace: appearance overwritten, value kept", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.text_appearance, "BT /F1 10 Tf (Ke Gian) Tj ET"); })},
      {"replace: appearance exchanged, value kept", kSuspicious, plain, Closed([](Sample& s) {
         const int shown = s.AddForm("BT /F1 10 Tf (Ke Gian) Tj ET", "[0 0 200 20]");
         s.maker.Put(s.text_field, "AP", "<</N " + Reference(shown) + ">>");
       })},
      {"replace: appearance removed, value kept", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Drop(s.text_field, "AP"); })},
      {"replace: default appearance changed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.text_field, "DA", "(/F1 0.1 Tf 1 g)"); })},
      {"replace: default appearance changed with the value", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.text_field, "V", "(x)");
         s.maker.Put(s.text_field, "DA", "(/F1 0.1 Tf 1 g)");
       })},
      {"replace: font overwritten", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.font, "Encoding", "<</Differences[48/nine/eight/seven]>>"); })},
      {"replace: font of the page exchanged", kSuspicious, plain, Closed([](Sample& s) {
         auto resources = s.maker.Get(s.page1, "Resources");
         ReplaceAll(resources, "/F1 " + Reference(s.font), "/F1 " + Reference(s.shadow_font));
         s.maker.Put(s.page1, "Resources", resources);
       })},
      {"replace: font of the form exchanged", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("DR", "<</Font<</F1 " + Reference(s.shadow_font) + ">>>>"); })},
      {"replace: font overwritten and signed", kSuspicious, bare, Closed([](Sample& s) {
         s.maker.Put(s.font, "BaseFont", "/Symbol");
         s.AddSignatureField("chu_ky_2");
       })},
      {"replace: picture exchanged", kSuspicious, plain, Closed([](Sample& s) {
         auto resources = s.maker.Get(s.page1, "Resources");
         ReplaceAll(resources, "/Im1 " + Reference(s.picture), "/Im1 " + Reference(s.stamp_appearance));
         s.maker.Put(s.page1, "Resources", resources);
       })},
      {"replace: field that the page draws too", kSuspicious, drawn, Closed([](Sample& s) {
         s.maker.Put(s.text_field, "V", "(x)");
         s.maker.SetData(s.text_appearance, "BT /F1 10 Tf (x) Tj ET");
       })},
      {"replace: appearances drawn anew no longer", kSuspicious, need,
       Closed([](Sample& s) { s.PutForm("NeedAppearances", ""); })},
      {"replace: font of a new signature is the page's", kSuspicious, bare, Closed([](Sample& s) {
         s.maker.Put(s.font, "FirstChar", "32");
         s.AddSignatureField("chu_ky_2", "[300 600 420 660]", {},
                             {{"DR", "<</Font<</F1 " + Reference(s.font) + ">>>>"}});
       })},
  };
}

}  // namespace

void ReplaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string LaterRevision::Make(const Signer& signer, std::size_t reserved) const {
  SampleOptions with = options;
  with.signer = signer;
  with.reserved = reserved;
  Sample sample(with);
  change(sample);
  return sample.maker.bytes();
}

std::vector<LaterRevision> PageAttacks() {
  auto all = IncrementalSaving();
  for (auto& one : Shadows()) all.push_back(std::move(one));
  return all;
}

std::vector<LaterRevision> AllAttacks() {
  std::vector<LaterRevision> all;
  for (auto* attacks :
       {&PageAttacks, &FormAttacks, &CertificationAttacks, &StructureAttacks, &SignatureAttacks})
    for (auto& one : (*attacks)()) all.push_back(std::move(one));
  return all;
}

}  // namespace vanthu::signing::testing
