#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

void CounterSign(Sample& s) {
  s.AddSignatureField("chu_ky_2");
  s.Close();
}

void FillText(Sample& s) {
  const int shown = s.AddForm("/Tx BMC BT /F1 10 Tf 2 4 Td (Tran B) Tj ET EMC", "[0 0 200 20]");
  s.maker.Put(s.text_field, "V", "(Tran B)");
  s.maker.Put(s.text_field, "AP", "<</N " + Reference(shown) + ">>");
}

void SignEmptyField(Sample& s) {
  const int value = s.maker.AddSignature({}, s.options.reserved);
  const int shown = s.AddForm("0 0 1 RG 2 2 116 56 re S");
  s.maker.Put(s.empty_signature, "V", Reference(value));
  s.maker.Put(s.empty_signature, "F", "132");
  s.maker.Put(s.empty_signature, "AP", "<</N " + Reference(shown) + ">>");
}

void AddStore(Sample& s) {
  const int certificate = s.maker.AddStream({}, "0certificate");
  const int list = s.maker.AddStream({}, "0list");
  const int store = s.maker.Add({{"Type", "/DSS"},
                                 {"Certs", References({certificate})},
                                 {"CRLs", References({list})},
                                 {"VRI", "<</0011<</Cert " + References({certificate}) + ">>>>"}});
  s.maker.Put(s.catalog, "DSS", Reference(store));
  s.maker.Put(s.catalog, "Extensions", "<</ESIC<</BaseVersion/1.7/ExtensionLevel 5>>>>");
}

void AddTimestamp(Sample& s) {
  s.AddSignatureField("dau_thoi_gian", "[0 0 0 0]",
                      {{"Type", "/DocTimeStamp"}, {"SubFilter", "/ETSI.RFC3161"}}, {{"AP", ""}});
}

void TagSignature(Sample& s) {
  const int field = s.AddSignatureField("chu_ky_2", "[300 600 420 660]", {}, {{"StructParent", "1"}});
  const int element =
      s.maker.Add({{"Type", "/StructElem"},
                   {"S", "/Form"},
                   {"P", Reference(s.document_element)},
                   {"Pg", Reference(s.page1)},
                   {"Alt", "(Chu ky)"},
                   {"K", "<</Type/OBJR/Obj " + Reference(field) + "/Pg " + Reference(s.page1) + ">>"}});
  s.maker.Put(s.document_element, "K", References({s.paragraph, element}));
  s.maker.Put(s.structure, "ParentTree",
              "<</Nums[0 " + References({s.paragraph}) + " 1 " + Reference(element) + "]>>");
  s.maker.Put(s.structure, "ParentTreeNextKey", "2");
  s.Close();
}

void TouchAll(Sample& s) {
  for (const int number : {s.catalog, s.pages, s.page1, s.page2, s.content1, s.font, s.picture, s.text_field,
                           s.text_appearance, s.stamp, s.stamp_appearance, s.link, s.signature})
    s.maker.Touch(number);
  s.Close();
}

// Field and widget apart, as some tools have it.
void SignWithWidgetApart(Sample& s) {
  const int value = s.maker.AddSignature({}, s.options.reserved);
  const int shown = s.AddForm("0 0 1 RG 2 2 116 56 re S");
  const int field = s.maker.Add({{"FT", "/Sig"}, {"T", "(chu_ky_2)"}, {"V", Reference(value)}});
  const int widget = s.maker.Add({{"Type", "/Annot"},
                                  {"Subtype", "/Widget"},
                                  {"Parent", Reference(field)},
                                  {"Rect", "[300 600 420 660]"},
                                  {"F", "132"},
                                  {"AP", "<</N " + Reference(shown) + ">>"}});
  s.maker.Put(field, "Kids", References({widget}));
  auto fields = s.field_list;
  fields.push_back(field);
  s.SetFields(fields);
  auto shown_list = s.annotation_list;
  shown_list.push_back(widget);
  s.SetAnnotations(shown_list);
  s.Close();
}

void Comment(Sample& s, const std::string& subtype, const std::string& rectangle, Entries more = {}) {
  AddComment(s, subtype, rectangle, std::move(more));
  s.Close();
}

}  // namespace

int AddComment(Sample& s, const std::string& subtype, const std::string& rectangle, Entries more) {
  Entries entries = {{"Type", "/Annot"},  {"Subtype", "/" + subtype},
                     {"Rect", rectangle}, {"Contents", "(ghi chu)"},
                     {"F", "4"},          {"P", Reference(s.page1)}};
  for (auto& entry : more) entries.push_back(std::move(entry));
  const int comment = s.maker.Add(entries);
  auto list = s.annotation_list;
  list.push_back(comment);
  s.SetAnnotations(list);
  return comment;
}

std::vector<LaterRevision> HonestRevisions() {
  using enum Judged;
  const SampleOptions plain;
  SampleOptions indirect, stream, packed, bare, p1, p2, p3, lock_others, tagged, drawn;
  indirect.indirect_form = true;
  stream.xref_stream = true;
  packed.xref_stream = packed.object_streams = true;
  bare.fields = bare.stamp = false;
  p1.certified = 1;
  p2.certified = 2;
  p3.certified = 3;
  lock_others.lock = "/Action/Include/Fields[(dong_y)]";
  tagged.tagged = true;
  drawn.drawn_field = true;
  const std::string quad = "[72 510 172 510 72 498 172 498]";
  std::vector<LaterRevision> all = {
      {"nothing", kNone, plain, [](Sample&) {}},
      {"empty update", kNone, plain, [](Sample& s) { s.Close(); }},
      {"objects written anew as they were", kNone, plain, TouchAll},
      {"objects written anew as they were, packed", kNone, packed, TouchAll},
      {"unpacked", kNone, packed,
       [](Sample& s) {
         s.options.object_streams = false;
         TouchAll(s);
       }},
      {"an object that nothing uses", kNone, plain,
       [](Sample& s) {
         s.maker.Add({{"Type", "/Font"}});
         s.Close();
       }},
      {"counter-signature", kAllowed, plain, CounterSign},
      {"counter-signature, lists of their own", kAllowed, indirect, CounterSign},
      {"counter-signature, xref stream", kAllowed, stream, CounterSign},
      {"counter-signature, object streams", kAllowed, packed, CounterSign},
      {"counter-signature, no other fields", kAllowed, bare, CounterSign},
      {"counter-signature, P 2", kAllowed, p2, CounterSign},
      {"counter-signature, P 3", kAllowed, p3, CounterSign},
      {"counter-signature, tagged", kAllowed, tagged, TagSignature},
      {"counter-signature, table after stream", kAllowed, stream,
       [](Sample& s) {
         s.options.xref_stream = false;
         CounterSign(s);
       }},
      {"counter-signature, widget apart", kAllowed, plain, SignWithWidgetApart},
      {"counter-signature, invisible", kAllowed, plain,
       [](Sample& s) {
         s.AddSignatureField("chu_ky_2", "[0 0 0 0]", {}, {{"AP", ""}});
         s.Close();
       }},
      {"counter-signature over the signer's name", kAllowed, plain,
       [](Sample& s) {
         s.AddSignatureField("con_dau", "[60 690 180 760]");
         s.Close();
       }},
      {"five signatures", kAllowed, bare,
       [](Sample& s) {
         for (const char* name : {"a", "b", "c", "d"}) {
           s.AddSignatureField(name, "[100 100 200 130]", {},
                               {{"DR", "<</XObject<<>>>>"}, {"MK", "<</R 90>>"}});
           s.Close();
         }
       }},
      {"certified after the first signature", kAllowed, plain,
       [](Sample& s) {
         const int field = s.AddSignatureField(
             "chung_thuc", "[0 0 0 0]",
             {{"Reference", "[<</TransformMethod/DocMDP/TransformParams<</P 2/V/1.2>>>>]"}}, {{"AP", ""}});
         s.maker.Put(s.catalog, "Perms", "<</DocMDP " + s.maker.Get(field, "V") + ">>");
         s.Close();
       }},
      {"empty place signed", kAllowed, p2,
       [](Sample& s) {
         SignEmptyField(s);
         s.Close();
       }},
      {"empty place signed elsewhere, with a lock", kAllowed, plain,
       [](Sample& s) {
         SignEmptyField(s);
         s.maker.Put(s.empty_signature, "Rect", "[320 300 440 360]");
         s.maker.Put(s.empty_signature, "Lock", "<</Type/SigFieldLock/Action/All>>");
         s.Close();
       }},
      {"empty place added", kAllowed, p2,
       [](Sample& s) {
         s.AddSignatureField("cho_2", "[300 600 420 660]", {{"Contents", ""}}, {{"V", ""}, {"AP", ""}});
         s.Close();
       }},
      {"title, date and metadata", kAllowed, plain,
       [](Sample& s) {
         s.maker.Put(s.info, "ModDate", "(D:20260201080000+07'00')");
         s.maker.Put(s.info, "Producer", "(iText)");
         s.maker.SetData(s.metadata, "<x:xmpmeta>2</x:xmpmeta>");
         CounterSign(s);
       }},
      {"page dated, with tabulator order", kNone, plain,
       [](Sample& s) {
         s.maker.Put(s.page1, "LastModified", "(D:20260201080000+07'00')");
         s.maker.Put(s.page1, "Tabs", "/S");
         s.Close();
       }},
      {"inherited size written into the page, in other digits", kNone, plain,
       [](Sample& s) {
         s.maker.Put(s.page1, "MediaBox", "[0 0.0 595.31999 841.91998]");
         s.Close();
       }},
      {"form entries of a signing tool", kAllowed, bare,
       [](Sample& s) {
         const int zapf =
             s.maker.Add({{"Type", "/Font"}, {"Subtype", "/Type1"}, {"BaseFont", "/ZapfDingbats"}});
         s.PutForm("DR", "<</Font<</ZaDb " + Reference(zapf) + ">>>>");
         s.PutForm("DA", "(/Helv 0 Tf 0 g)");
         s.maker.Put(s.catalog, "Version", "/1.7");
         CounterSign(s);
       }},
      {"default resources grow", kAllowed, plain,
       [](Sample& s) {
         const int zapf =
             s.maker.Add({{"Type", "/Font"}, {"Subtype", "/Type1"}, {"BaseFont", "/ZapfDingbats"}});
         s.PutForm("DR", "<</Font<</F1 " + Reference(s.font) + "/ZaDb " + Reference(zapf) +
                             ">>/XObject<</FRM " + Reference(s.picture) + ">>>>");
         FillText(s);
         s.Close();
       }},
      {"NeedAppearances with signatures only", kAllowed, bare,
       [](Sample& s) {
         s.PutForm("NeedAppearances", "false");
         CounterSign(s);
       }},
      {"text field filled in", kAllowed, plain,
       [](Sample& s) {
         FillText(s);
         s.maker.Put(s.text_field, "M", "(D:20260201080000+07'00')");
         s.Close();
       }},
      {"text field filled in, appearance overwritten", kAllowed, p2,
       [](Sample& s) {
         s.maker.Put(s.text_field, "V", "(Tran B)");
         s.maker.SetData(s.text_appearance, "BT /F1 10 Tf 2 4 Td (Tran B) Tj ET");
         s.Close();
       }},
      {"text field emptied", kAllowed, plain,
       [](Sample& s) {
         s.maker.Put(s.text_field, "V", "()");
         s.maker.SetData(s.text_appearance, "");
         s.Close();
       }},
      {"checkbox set", kAllowed, p2,
       [](Sample& s) {
         s.maker.Put(s.checkbox, "V", "/Yes");
         s.maker.Put(s.checkbox, "AS", "/Yes");
         s.Close();
       }},
      {"filled in beside a lock", kAllowed, lock_others,
       [](Sample& s) {
         FillText(s);
         s.maker.Put(s.checkbox, "Ff", "1");
         s.Close();
       }},
      {"drawn field, filled with an appearance of its own", kAllowed, drawn,
       [](Sample& s) {
         FillText(s);
         s.Close();
       }},
      {"validation data", kAllowed, plain,
       [](Sample& s) {
         AddStore(s);
         s.Close();
       }},
      {"validation data, P 1", kAllowed, p1,
       [](Sample& s) {
         AddStore(s);
         s.Close();
       }},
      {"validation data and timestamp, P 1", kAllowed, p1,
       [](Sample& s) {
         AddStore(s);
         s.Close();
         AddTimestamp(s);
         s.Close();
         s.maker.Put(s.catalog, "DSS", "<</Certs[]>>");
         s.Close();
       }},
      {"note, P 3", kAllowed, p3,
       [](Sample& s) {
         Comment(s, "Text", "[500 735 520 755]", {{"Name", "/Comment"}});
       }},
      {"note over the text, P 3", kAllowed, p3, [](Sample& s) { Comment(s, "Text", "[80 735 100 755]"); }},
      {"highlight, P 3", kAllowed, p3,
       [quad](Sample& s) {
         const int shown = s.maker.AddStream({{"Type", "/XObject"},
                                              {"Subtype", "/Form"},
                                              {"BBox", "[72 498 172 512]"},
                                              {"Resources", "<</ExtGState<</G<</BM/Multiply>>>>>>"}},
                                             "/G gs 1 1 0 rg 72 498 100 14 re f");
         Comment(s, "Highlight", "[72 498 172 512]",
                 {{"QuadPoints", quad}, {"AP", "<</N " + Reference(shown) + ">>"}});
       }},
      {"text beside the text, P 3", kAllowed, p3,
       [](Sample& s) {
         Comment(s, "FreeText", "[400 780 560 810]", {{"DA", "(/F1 10 Tf)"}});
       }},
      {"words of a comment changed, P 3", kNone, p3,
       [](Sample& s) {
         s.maker.Put(s.stamp, "Contents", "(da xem)");
         s.Close();
       }},
  };
  return all;
}

}  // namespace vanthu::signing::testing
