// Evil annotations, sneaky signatures, actions, layers, and what else a catalog can be made to do.
#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

constexpr const char* kOverLine2 = "[70 695 370 715]";  // over "Muc thu: ..." (and the stamp)
constexpr const char* kOverTitle = "[70 735 370 756]";

std::function<void(Sample&)> Closed(std::function<void(Sample&)> change) {
  return [change = std::move(change)](Sample& s) {
    change(s);
    s.Close();
  };
}

std::function<void(Sample&)> Comment(std::string subtype, std::string rectangle, Entries more = {}) {
  return Closed([=](Sample& s) { AddComment(s, subtype, rectangle, more); });
}

// With an appearance that hides and writes.
std::function<void(Sample&)> Drawn(std::string subtype, std::string rectangle, std::string content) {
  return Closed([=](Sample& s) {
    const int shown = s.AddForm(content, "[0 0 300 20]");
    AddComment(s, subtype, rectangle, {{"AP", "<</N " + Reference(shown) + ">>"}});
  });
}

std::function<void(Sample&)> PutCatalog(std::string key, std::string value) {
  return Closed([=](Sample& s) { s.maker.Put(s.catalog, key, value); });
}

std::vector<LaterRevision> EvilAnnotations() {
  using enum Judged;
  SampleOptions plain, p1, p2, p3;
  p1.certified = 1;
  p2.certified = 2;
  p3.certified = 3;
  const std::string white = "1 g 0 0 300 20 re f 0 g BT /F1 12 Tf 2 4 Td (500 dong) Tj ET";
  return {
      {"EAA: FreeText over text", kSuspicious, p3, Drawn("FreeText", kOverTitle, white)},
      {"EAA: FreeText over text, drawn by the viewer", kSuspicious, p3,
       Comment("FreeText", kOverTitle, {{"DA", "(/F1 12 Tf)"}, {"C", "[1 1 1]"}})},
      {"EAA: Stamp over text", kSuspicious, p3, Drawn("Stamp", kOverTitle, white)},
      {"EAA: Stamp over a picture", kSuspicious, p3, Drawn("Stamp", "[72 560 112 600]", white)},
      {"EAA: Redact", kSuspicious, p3, Comment("Redact", kOverTitle, {{"OverlayText", "(500)"}})},
      {"EAA: Redact beside text", kSuspicious, p3, Comment("Redact", "[400 780 500 800]")},
      {"EAA: Square over text", kSuspicious, p3, Comment("Square", kOverTitle, {{"IC", "[1 1 1]"}})},
      {"EAA: Ink over text", kSuspicious, p3,
       Comment("Ink", kOverTitle, {{"InkList", "[[70 745 370 745]]"}, {"BS", "<</W 20>>"}})},
      {"EAA: Highlight that writes", kSuspicious, p3, Drawn("Highlight", kOverTitle, white)},
      {"EAA: Underline that hides", kSuspicious, p3, Drawn("Underline", kOverTitle, "1 g 0 0 300 20 re f")},
      {"EAA: note as large as a line", kSuspicious, p3, Drawn("Text", kOverTitle, white)},
      {"EAA: Popup that draws", kSuspicious, p3, Drawn("Popup", kOverTitle, white)},
      {"EAA: link added", kSuspicious, p3, Comment("Link", kOverTitle, {{"A", "<</S/URI/URI(http://a)>>"}})},
      {"EAA: launch added", kSuspicious, p3, Comment("Text", kOverTitle, {{"A", "<</S/Launch/F(a)>>"}})},
      {"EAA: script added", kSuspicious, p3,
       Comment("Text", "[500 700 520 720]", {{"AA", "<</E<</S/JavaScript/JS(1)>>>>"}})},
      {"EAA: attachment added", kSuspicious, p3, Comment("FileAttachment", "[500 700 520 720]")},
      {"EAA: film added", kSuspicious, p3, Comment("Screen", "[500 700 520 720]")},
      {"EAA: 3D added", kSuspicious, p3, Comment("3D", "[500 700 520 720]")},
      {"EAA: watermark added", kSuspicious, p3, Comment("Watermark", "[500 700 520 720]")},
      {"EAA: unknown kind", kSuspicious, p3, Comment("Xyz", "[500 700 520 720]")},
      {"EAA: widget without a field", kSuspicious, p3, Drawn("Widget", kOverLine2, white)},
      {"EAA: layered note", kSuspicious, p3, Closed([](Sample& s) {
         AddComment(s, "Text", "[500 700 520 720]", {{"OC", Reference(s.layer)}});
       })},
      {"EAA: stamp taken out, P 3", kSuspicious, p3, Closed([](Sample& s) {
         std::erase(s.annotation_list, s.stamp);
         s.SetAnnotations(s.annotation_list);
       })},
      {"EAA: stamp redrawn, P 3", kSuspicious, p3,
       Closed([](Sample& s) { s.maker.SetData(s.stamp_appearance, "0 g 0 0 300 20 re f"); })},
      {"EAA: note, P 2", kSuspicious, p2, Comment("Text", "[500 735 520 755]")},
      {"EAA: note, P 1", kSuspicious, p1, Comment("Text", "[500 735 520 755]")},
      {"EAA: note, not certified", kSuspicious, plain, Comment("Text", "[500 735 520 755]")},
      {"EAA: FreeText, not certified", kSuspicious, plain, Drawn("FreeText", kOverTitle, white)},
      {"action: link's target changed", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Drop(s.link, "Dest");
         s.maker.Put(s.link, "A", "<</S/URI/URI(http://a)>>");
       })},
      {"action: link's page changed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.link, "Dest", "[" + Reference(s.page1) + " /Fit]"); })},
      {"action: page opens a file", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.page1, "AA", "<</O<</S/Launch/F(a)>>>>"); })},
  };
}

std::vector<LaterRevision> SneakySignatures() {
  using enum Judged;
  SampleOptions plain, p2;
  p2.certified = 2;
  const std::string white = "1 g 0 0 120 60 re f 0 g BT /F1 12 Tf 2 4 Td (500 dong) Tj ET";
  const auto sneaky = [white](Entries value, Entries field) {
    return Closed([=](Sample& s) {
      Entries entries = field;
      entries.emplace_back("AP", "<</N " + Reference(s.AddForm(white)) + ">>");
      s.AddSignatureField("la", kOverTitle, value, entries);
    });
  };
  return {
      {"SSA: unsigned field over text", kSuspicious, p2, sneaky({{"Contents", ""}}, {{"V", ""}})},
      {"SSA: unsigned field over text, not certified", kSuspicious, plain,
       sneaky({{"Contents", ""}}, {{"V", ""}})},
      {"SSA: value is null", kSuspicious, p2, sneaky({{"Contents", ""}}, {{"V", "null"}})},
      {"SSA: value is no signature", kSuspicious, p2, sneaky({{"Contents", ""}}, {{"V", "<</Type/Sig>>"}})},
      {"SSA: value without contents", kSuspicious, p2, sneaky({{"Contents", ""}}, {})},
      {"SSA: value without a byte range", kSuspicious, p2, sneaky({{"ByteRange", ""}}, {})},
      {"SSA: value covers something else", kSuspicious, p2, sneaky({{"ByteRange", "[0 100 200 300]"}}, {})},
      {"SSA: old value used again", kSuspicious, p2, Closed([white](Sample& s) {
         s.AddSignatureField(
             "la", kOverTitle, {{"Contents", ""}},
             {{"V", Reference(s.signature_value)}, {"AP", "<</N " + Reference(s.AddForm(white)) + ">>"}});
       })},
      {"SSA: covers half the page", kSuspicious, p2,
       Closed([](Sample& s) { s.AddSignatureField("la", "[0 400 595 841]"); })},
      {"SSA: covers half the page, not certified", kSuspicious, plain,
       Closed([](Sample& s) { s.AddSignatureField("la", "[0 400 595 841]"); })},
      {"SSA: unsigned, drawn by its background", kSuspicious, p2, Closed([](Sample& s) {
         s.AddSignatureField("la", kOverTitle, {{"Contents", ""}},
                             {{"V", ""}, {"AP", ""}, {"MK", "<</BG[1 1 1]/CA(500 dong)>>"}});
       })},
      {"SSA: widget on the page alone", kSuspicious, p2, Closed([white](Sample& s) {
         AddComment(s, "Widget", kOverTitle,
                    {{"FT", "/Sig"}, {"T", "(la)"}, {"AP", "<</N " + Reference(s.AddForm(white)) + ">>"}});
       })},
      {"SSA: empty place made to draw", kSuspicious, p2, Closed([white](Sample& s) {
         s.maker.Put(s.empty_signature, "AP", "<</N " + Reference(s.AddForm(white)) + ">>");
       })},
      {"SSA: field with an action", kSuspicious, p2, Closed([](Sample& s) {
         s.AddSignatureField("la", "[300 600 420 660]", {}, {{"A", "<</S/URI/URI(http://a)>>"}});
       })},
      {"SSA: field with a layer", kSuspicious, p2, Closed([](Sample& s) {
         s.AddSignatureField("la", "[300 600 420 660]", {}, {{"OC", Reference(s.layer)}});
       })},
      {"SSA: field shown twice", kSuspicious, p2, Closed([](Sample& s) {
         s.annotation_list.push_back(s.AddSignatureField("la"));
         s.SetAnnotations(s.annotation_list);
       })},
  };
}

std::vector<LaterRevision> Catalogs() {
  using enum Judged;
  SampleOptions plain, p2, tagged;
  p2.certified = 2;
  tagged.tagged = true;
  return {
      {"catalog: OpenAction", kSuspicious, plain, PutCatalog("OpenAction", "<</S/JavaScript/JS(1)>>")},
      {"catalog: AA", kSuspicious, plain, PutCatalog("AA", "<</WC<</S/JavaScript/JS(1)>>>>")},
      {"catalog: scripts", kSuspicious, plain,
       PutCatalog("Names", "<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>")},
      {"catalog: attachments", kSuspicious, p2,
       PutCatalog("Names", "<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)>>]>>>>")},
      {"catalog: associated files", kSuspicious, plain, PutCatalog("AF", "[<</Type/Filespec/F(a)>>]")},
      {"catalog: layer switched off", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.catalog, "OCProperties",
                     "<</OCGs[" + Reference(s.layer) + "]/D<</OFF[" + Reference(s.layer) + "]>>>>");
       })},
      {"catalog: layers taken out", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Drop(s.catalog, "OCProperties"); })},
      {"catalog: layer's usage changed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.layer, "Usage", "<</View<</ViewState/OFF>>>>"); })},
      {"catalog: certification removed", kSuspicious, p2,
       Closed([](Sample& s) { s.maker.Drop(s.catalog, "Perms"); })},
      {"catalog: certification replaced", kSuspicious, p2, Closed([](Sample& s) {
         const int field = s.AddSignatureField("chung_thuc_2", "[0 0 0 0]");
         s.maker.Put(s.catalog, "Perms", "<</DocMDP " + s.maker.Get(field, "V") + ">>");
       })},
      {"catalog: P of the certification changed", kSuspicious, p2, Closed([](Sample& s) {
         s.maker.Put(s.signature_value, "Reference", "[<</TransformMethod/DocMDP/TransformParams<</P 3>>>>]");
       })},
      {"catalog: certification for the signature that was there", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.catalog, "Perms", "<</DocMDP " + Reference(s.signature_value) + ">>");
       })},
      {"catalog: usage rights", kSuspicious, plain, PutCatalog("Perms", "<</UR3<</Type/Sig>>>>")},
      {"catalog: outlines", kSuspicious, plain, PutCatalog("Outlines", "<</Type/Outlines>>")},
      {"catalog: language", kSuspicious, plain, PutCatalog("Lang", "(en)")},
      {"catalog: page labels", kSuspicious, plain, PutCatalog("PageLabels", "<</Nums[0<</S/r>>]>>")},
      {"catalog: viewer's preferences", kSuspicious, plain,
       PutCatalog("ViewerPreferences", "<</HideToolbar true>>")},
      {"catalog: private data", kSuspicious, plain, PutCatalog("PieceInfo", "<<>>")},
      {"catalog: collection", kSuspicious, plain, PutCatalog("Collection", "<<>>")},
      {"catalog: unknown key", kSuspicious, plain, PutCatalog("Xyz", "1")},
      {"catalog: extensions are a stream", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.catalog, "Extensions", Reference(s.shadow_content)); })},
      {"catalog: metadata are a drawing", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.catalog, "Metadata", Reference(s.stamp_appearance)); })},
      {"catalog: version is no version", kSuspicious, plain, PutCatalog("Version", "/abc")},
      {"catalog: validation data with more", kSuspicious, plain, PutCatalog("DSS", "<</Certs[]/JS(1)>>")},
      {"catalog: information with a stream", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.info, "X", Reference(s.shadow_content)); })},
      {"structure: added", kSuspicious, plain, PutCatalog("StructTreeRoot", "<</Type/StructTreeRoot>>")},
      {"structure: removed", kSuspicious, tagged,
       Closed([](Sample& s) { s.maker.Drop(s.catalog, "StructTreeRoot"); })},
      {"structure: reads otherwise", kSuspicious, tagged,
       Closed([](Sample& s) { s.maker.Put(s.paragraph, "ActualText", "(500 dong)"); })},
      {"structure: element added", kSuspicious, tagged, Closed([](Sample& s) {
         const int element = s.maker.Add({{"Type", "/StructElem"},
                                          {"S", "/P"},
                                          {"P", Reference(s.document_element)},
                                          {"ActualText", "(500 dong)"}});
         s.maker.Put(s.document_element, "K", References({s.paragraph, element}));
       })},
      {"structure: element removed", kSuspicious, tagged,
       Closed([](Sample& s) { s.maker.Put(s.document_element, "K", "[]"); })},
      {"structure: form element that reads otherwise", kSuspicious, tagged, Closed([](Sample& s) {
         const int field = s.AddSignatureField("chu_ky_2");
         const int element = s.maker.Add({{"S", "/Form"},
                                          {"P", Reference(s.document_element)},
                                          {"ActualText", "(500 dong)"},
                                          {"K", "<</Type/OBJR/Obj " + Reference(field) + ">>"}});
         s.maker.Put(s.document_element, "K", References({s.paragraph, element}));
       })},
      {"structure: parent tree points elsewhere", kSuspicious, tagged, Closed([](Sample& s) {
         s.maker.Put(s.structure, "ParentTree", "<</Nums[0 " + References({s.document_element}) + "]>>");
       })},
      {"structure: not marked", kSuspicious, tagged, PutCatalog("MarkInfo", "<</Marked false>>")},
  };
}

}  // namespace

std::vector<LaterRevision> CertificationAttacks() {
  auto all = EvilAnnotations();
  for (auto& one : SneakySignatures()) all.push_back(std::move(one));
  for (auto& one : Catalogs()) all.push_back(std::move(one));
  return all;
}

}  // namespace vanthu::signing::testing
