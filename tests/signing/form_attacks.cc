// Attacks on fields, locks and the signatures that are there.
#include "tests/signing/later_revisions.h"

namespace vanthu::signing::testing {
namespace {

std::function<void(Sample&)> Closed(std::function<void(Sample&)> change) {
  return [change = std::move(change)](Sample& s) {
    change(s);
    s.Close();
  };
}

void Fill(Sample& s) {
  s.maker.Put(s.text_field, "V", "(Tran B)");
  s.maker.SetData(s.text_appearance, "BT /F1 10 Tf 2 4 Td (Tran B) Tj ET");
}

std::function<void(Sample&)> PutField(const std::string& key, const std::string& value) {
  return Closed([key, value](Sample& s) { s.maker.Put(s.text_field, key, value); });
}

std::vector<LaterRevision> Fields() {
  using enum Judged;
  SampleOptions plain, indirect, read_only, p1, p2, all_locked, one_locked, others_locked, bare;
  indirect.indirect_form = true;
  read_only.read_only = true;
  p1.certified = 1;
  p2.certified = 2;
  all_locked.lock = "/Action/All";
  one_locked.lock = "/Action/Include/Fields[(ten)]";
  others_locked.lock = "/Action/Exclude/Fields[(dong_y)]";
  bare.fields = false;
  return {
      {"form: text field added", kSuspicious, plain, Closed([](Sample& s) {
         const int field = s.maker.Add({{"Type", "/Annot"},
                                        {"Subtype", "/Widget"},
                                        {"FT", "/Tx"},
                                        {"T", "(moi)"},
                                        {"V", "(500 dong)"},
                                        {"Rect", "[70 695 370 715]"}});
         s.field_list.push_back(field);
         s.SetFields(s.field_list);
         s.annotation_list.push_back(field);
         s.SetAnnotations(s.annotation_list);
       })},
      {"form: text field removed", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.field_list;
         std::erase(list, s.text_field);
         s.SetFields(list);
       })},
      {"form: all fields removed", kSuspicious, indirect,
       Closed([](Sample& s) { s.maker.SetRaw(s.fields, "[]"); })},
      {"form: taken out", kSuspicious, plain, Closed([](Sample& s) { s.maker.Drop(s.catalog, "AcroForm"); })},
      {"form: freed", kSuspicious, indirect, Closed([](Sample& s) { s.maker.Free(s.form); })},
      {"form: XFA added", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("XFA", Reference(s.shadow_content)); })},
      {"form: NeedAppearances set", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("NeedAppearances", "true"); })},
      {"form: NeedAppearances set, signatures only", kSuspicious, bare,
       Closed([](Sample& s) { s.PutForm("NeedAppearances", "true"); })},
      {"form: default appearance changed", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("DA", "(/F1 1 Tf 1 g)"); })},
      {"form: calculation order added", kSuspicious, plain, Closed([](Sample& s) { s.PutForm("CO", "[]"); })},
      {"form: default resources removed", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("DR", "<<>>"); })},
      {"form: flags of signatures cleared", kSuspicious, plain,
       Closed([](Sample& s) { s.PutForm("SigFlags", "0"); })},
      {"form: unknown entry", kSuspicious, plain, Closed([](Sample& s) { s.PutForm("Xyz", "1"); })},
      {"field: read-only filled in", kSuspicious, read_only, Closed(Fill)},
      {"field: read-only cleared", kSuspicious, read_only, PutField("Ff", "0")},
      {"field: flags changed", kSuspicious, plain, PutField("Ff", "4096")},
      {"field: read-only set without a lock", kSuspicious, plain, PutField("Ff", "1")},
      {"field: hidden", kSuspicious, plain, PutField("F", "2")},
      {"field: moved", kSuspicious, plain, PutField("Rect", "[70 730 370 760]")},
      {"field: moved while filled in", kSuspicious, plain, Closed([](Sample& s) {
         Fill(s);
         s.maker.Put(s.text_field, "Rect", "[70 730 370 760]");
       })},
      {"field: renamed", kSuspicious, plain, PutField("T", "(khac)")},
      {"field: background", kSuspicious, plain, PutField("MK", "<</BG[1 1 1]>>")},
      {"field: script added", kSuspicious, plain,
       PutField("AA", "<</F<</S/JavaScript/JS(event.value=1)>>>>")},
      {"field: action added", kSuspicious, plain, PutField("A", "<</S/URI/URI(http://a)>>")},
      {"field: layer added", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.text_field, "OC", Reference(s.layer)); })},
      {"field: value of the wrong kind", kSuspicious, plain, PutField("V", "<</A 1>>")},
      {"field: kind changed", kSuspicious, plain, PutField("FT", "/Sig")},
      {"field: made a stream", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.text_field, "BT ET"); })},
      {"field: rollover appearance added", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.text_field, "V", "(x)");
         s.maker.Put(s.text_field, "AP",
                     "<</N " + Reference(s.text_appearance) + "/R " + Reference(s.stamp_appearance) + ">>");
       })},
      {"field: one more place on a page", kSuspicious, plain, Closed([](Sample& s) {
         const int widget = s.maker.Add({{"Type", "/Annot"},
                                         {"Subtype", "/Widget"},
                                         {"Parent", Reference(s.text_field)},
                                         {"Rect", "[70 695 370 715]"}});
         s.maker.Put(s.text_field, "Kids", References({widget}));
         s.annotation_list.push_back(widget);
         s.SetAnnotations(s.annotation_list);
       })},
      {"checkbox: appearance without its value", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.checkbox, "AS", "/Yes"); })},
      {"checkbox: picture exchanged with its value", kSuspicious, plain, Closed([](Sample& s) {
         s.maker.Put(s.checkbox, "V", "/Yes");
         s.maker.Put(s.checkbox, "AS", "/Yes");
         s.maker.Put(s.checkbox, "AP", "<</N<</Yes " + Reference(s.stamp_appearance) + ">>>>");
       })},
      {"lock: all, filled in", kSuspicious, all_locked, Closed(Fill)},
      {"lock: this field, filled in", kSuspicious, one_locked, Closed(Fill)},
      {"lock: all but another, filled in", kSuspicious, others_locked, Closed(Fill)},
      {"lock: all, empty place signed", kSuspicious, all_locked, Closed([](Sample& s) {
         const int value = s.maker.AddSignature({}, s.options.reserved);
         s.maker.Put(s.empty_signature, "V", Reference(value));
       })},
      {"P 1: filled in", kSuspicious, p1, Closed(Fill)},
      {"P 1: signed", kSuspicious, p1, Closed([](Sample& s) { s.AddSignatureField("chu_ky_2"); })},
      {"P 1: empty place added", kSuspicious, p1, Closed([](Sample& s) {
         s.AddSignatureField("cho_2", "[300 600 420 660]", {{"Contents", ""}}, {{"V", ""}, {"AP", ""}});
       })},
      {"P 2: appearance without its value", kSuspicious, p2,
       Closed([](Sample& s) { s.maker.SetData(s.text_appearance, ""); })},
  };
}

std::vector<LaterRevision> SignaturesThere() {
  using enum Judged;
  const SampleOptions plain;
  SampleOptions indirect;
  indirect.indirect_form = true;
  return {
      {"signature: taken out of the form", kSuspicious, plain, Closed([](Sample& s) {
         auto list = s.field_list;
         std::erase(list, s.signature);
         s.SetFields(list);
       })},
      {"signature: value removed", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Drop(s.signature, "V"); })},
      {"signature: value freed", kSuspicious, indirect,
       Closed([](Sample& s) { s.maker.Free(s.signature_value); })},
      {"signature: value overwritten", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.signature_value, "M", "(D:20200101000000Z)"); })},
      {"signature: value replaced by a copy", kSuspicious, plain, Closed([](Sample& s) {
         const int value = s.maker.AddSignature({{"Reason", "(khac)"}}, s.options.reserved);
         s.maker.Put(s.signature, "V", Reference(value));
       })},
      {"signature: another appearance", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.SetData(s.signature_appearance, "BT ET 0 0 9 9 re f"); })},
      {"signature: moved", kSuspicious, plain,
       Closed([](Sample& s) { s.maker.Put(s.signature, "Rect", "[0 0 595 841]"); })},
      {"signature: one more widget", kSuspicious, plain, Closed([](Sample& s) {
         const int widget = s.maker.Add({{"Type", "/Annot"},
                                         {"Subtype", "/Widget"},
                                         {"Parent", Reference(s.signature)},
                                         {"AP", "<</N " + Reference(s.stamp_appearance) + ">>"},
                                         {"Rect", "[70 730 370 760]"}});
         s.maker.Put(s.signature, "Kids", References({widget}));
         s.annotation_list.push_back(widget);
         s.SetAnnotations(s.annotation_list);
       })},
      {"signature: field below it", kSuspicious, plain, Closed([](Sample& s) {
         const int field = s.maker.Add(
             {{"FT", "/Sig"}, {"T", "(duoi)"}, {"Parent", Reference(s.signature)}, {"Rect", "[0 0 0 0]"}});
         s.maker.Put(s.signature, "Kids", References({field}));
       })},
      {"signature: new one of the same name", kSuspicious, plain,
       Closed([](Sample& s) { s.AddSignatureField("chu_ky_1"); })},
      {"signature: value in a widget below an empty place", kSuspicious, plain, Closed([](Sample& s) {
         const int widget = s.maker.Add({{"Type", "/Annot"},
                                         {"Subtype", "/Widget"},
                                         {"Parent", Reference(s.empty_signature)},
                                         {"V", "(x)"},
                                         {"AP", "<</N " + Reference(s.stamp_appearance) + ">>"},
                                         {"Rect", "[70 730 370 760]"}});
         s.maker.Put(s.empty_signature, "Kids", References({widget}));
         s.annotation_list.push_back(widget);
         s.SetAnnotations(s.annotation_list);
       })},
  };
}

}  // namespace

std::vector<LaterRevision> FormAttacks() {
  auto all = Fields();
  for (auto& one : SignaturesThere()) all.push_back(std::move(one));
  return all;
}

}  // namespace vanthu::signing::testing
