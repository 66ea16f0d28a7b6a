#include "tests/signing/sample_document.h"

#include <algorithm>

namespace vanthu::signing::testing {
namespace {

constexpr const char* kText1 =
    "BT /F1 14 Tf 72 740 Td (QUYET DINH so 25/QD-UBND) Tj 0 -40 Td (Muc thu: 100 000 dong) Tj ET\n"
    "q 40 0 0 40 72 560 cm /Im1 Do Q\n/OC /L1 BDC BT /F1 12 Tf 72 500 Td (Noi dung) Tj ET EMC";
constexpr const char* kText2 = "BT /F1 14 Tf 72 740 Td (Trang hai) Tj ET";

Entries FormBox(const std::string& box) {
  return {{"Type", "/XObject"}, {"Subtype", "/Form"}, {"BBox", box}};
}

}  // namespace

Sample::Sample(const SampleOptions& sample_options) : options(sample_options) {
  if (options.signer) maker.SetSigner(options.signer);
  Build();
  Close();
  Sign();
  Close();
}

void Sample::Close(CloseOptions close) {
  close.xref_stream = options.xref_stream;
  close.object_streams = options.object_streams;
  maker.Close(close);
}

int Sample::AddForm(const std::string& content, const std::string& box) {
  Entries entries = FormBox(box);
  entries.emplace_back("Resources", "<</Font<</F1 " + Reference(font) + ">>>>");
  return maker.AddStream(entries, content);
}

void Sample::WriteForm() {
  std::string text = "<<";
  for (const auto& [key, value] : form_entries_) text += "/" + key + " " + value + "\n";
  text += ">>";
  if (form > 0)
    maker.SetRaw(form, text);
  else
    maker.Put(catalog, "AcroForm", text);
}

void Sample::PutForm(const std::string& key, const std::string& value) {
  const auto found = std::find_if(form_entries_.begin(), form_entries_.end(),
                                  [&](const auto& entry) { return entry.first == key; });
  if (found == form_entries_.end())
    form_entries_.emplace_back(key, value);
  else if (value.empty())
    form_entries_.erase(found);
  else
    found->second = value;
  WriteForm();
}

std::string Sample::GetForm(const std::string& key) const {
  for (const auto& [name, value] : form_entries_)
    if (name == key) return value;
  return "";
}

void Sample::SetFields(const std::vector<int>& list) {
  field_list = list;
  if (fields > 0)
    maker.SetRaw(fields, References(list));
  else
    PutForm("Fields", References(list));
}

void Sample::SetAnnotations(const std::vector<int>& list) {
  annotation_list = list;
  if (annotations1 > 0)
    maker.SetRaw(annotations1, References(list));
  else
    maker.Put(page1, "Annots", References(list));
}

void Sample::Build() {
  catalog = maker.Add({});
  pages = maker.Add({});
  page1 = maker.Add({});
  page2 = maker.Add({});
  content1 = maker.AddStream({}, kText1);
  content2 = maker.AddStream({}, kText2);
  font = maker.Add({{"Type", "/Font"}, {"Subtype", "/Type1"}, {"BaseFont", "/Helvetica"}});
  picture = maker.AddStream({{"Type", "/XObject"},
                             {"Subtype", "/Image"},
                             {"Width", "1"},
                             {"Height", "1"},
                             {"ColorSpace", "/DeviceRGB"},
                             {"BitsPerComponent", "8"}},
                            std::string("\xC0\x10\x10", 3));
  info = maker.Add({{"Title", "(Quyet dinh)"}, {"ModDate", "(D:20260101080000+07'00')"}});
  metadata = maker.AddStream({{"Type", "/Metadata"}, {"Subtype", "/XML"}}, "<x:xmpmeta/>");
  layer = maker.Add({{"Type", "/OCG"}, {"Name", "(Lop)"}});
  link = maker.Add({{"Type", "/Annot"},
                    {"Subtype", "/Link"},
                    {"Rect", "[72 490 172 512]"},
                    {"Dest", "[" + Reference(page2) + " /Fit]"},
                    {"P", Reference(page1)}});
  annotation_list = {link};
  if (options.stamp) {
    stamp_appearance =
        AddForm("1 g 0 0 300 20 re f 0 g BT /F1 12 Tf 2 4 Td (Muc thu: 500 dong) Tj ET", "[0 0 300 20]");
    stamp = maker.Add({{"Type", "/Annot"},
                       {"Subtype", "/Stamp"},
                       {"Rect", "[70 695 370 715]"},
                       {"F", "4"},
                       {"AP", "<</N " + Reference(stamp_appearance) + ">>"},
                       {"P", Reference(page1)}});
    annotation_list.push_back(stamp);
  }
  if (options.fields) {
    text_appearance = AddForm("/Tx BMC BT /F1 10 Tf 2 4 Td (Nguyen Van A) Tj ET EMC", "[0 0 200 20]");
    text_field = maker.Add({{"Type", "/Annot"},
                            {"Subtype", "/Widget"},
                            {"FT", "/Tx"},
                            {"T", "(ten)"},
                            {"V", "(Nguyen Van A)"},
                            {"DA", "(/F1 10 Tf 0 g)"},
                            {"F", "4"},
                            {"Rect", "[72 400 272 420]"},
                            {"AP", "<</N " + Reference(text_appearance) + ">>"},
                            {"P", Reference(page1)}});
    const int on = AddForm("0 0 10 10 re f", "[0 0 10 10]");
    checkbox = maker.Add({{"Type", "/Annot"},
                          {"Subtype", "/Widget"},
                          {"FT", "/Btn"},
                          {"T", "(dong_y)"},
                          {"V", "/Off"},
                          {"AS", "/Off"},
                          {"F", "4"},
                          {"Rect", "[72 370 82 380]"},
                          {"AP", "<</N<</Yes " + Reference(on) + ">>>>"},
                          {"P", Reference(page1)}});
    empty_signature = maker.Add({{"Type", "/Annot"},
                                 {"Subtype", "/Widget"},
                                 {"FT", "/Sig"},
                                 {"T", "(cho_ky)"},
                                 {"F", "4"},
                                 {"Rect", "[320 200 440 260]"},
                                 {"P", Reference(page1)}});
    field_list = {text_field, checkbox, empty_signature};
    annotation_list.insert(annotation_list.end(), field_list.begin(), field_list.end());
  }
  shadow_content = maker.AddStream({}, "BT /F1 14 Tf 72 740 Td (QUYET DINH khac) Tj ET");
  shadow_font = maker.Add({{"Type", "/Font"},
                           {"Subtype", "/Type1"},
                           {"BaseFont", "/Helvetica"},
                           {"Encoding", "<</Differences[48/nine/eight/seven]>>"}});
  shadow_pages = maker.Add({{"Type", "/Pages"}, {"Kids", References({page2})}, {"Count", "1"}});
  shadow_catalog = maker.Add({{"Type", "/Catalog"}, {"Pages", Reference(shadow_pages)}});
  const std::string resources = "<</Font<</F1 " + Reference(font) + ">>/XObject<</Im1 " + Reference(picture) +
                                ">>/Properties<</L1 " + Reference(layer) + ">>>>";
  maker.Set(pages, {{"Type", "/Pages"},
                    {"Kids", References({page1, page2})},
                    {"Count", "2"},
                    {"MediaBox", "[0 0 595.32 841.92]"}});
  maker.Set(page1, {{"Type", "/Page"},
                    {"Parent", Reference(pages)},
                    {"Resources", resources},
                    {"Contents", Reference(content1)}});
  maker.Set(page2, {{"Type", "/Page"},
                    {"Parent", Reference(pages)},
                    {"Resources", resources},
                    {"Contents", Reference(content2)}});
  maker.Set(catalog,
            {{"Type", "/Catalog"},
             {"Pages", Reference(pages)},
             {"Metadata", Reference(metadata)},
             {"OCProperties", "<</OCGs[" + Reference(layer) + "]/D<</ON[" + Reference(layer) + "]>>>>"}});
  if (options.tagged) {
    structure = maker.Add({});
    document_element = maker.Add({});
    paragraph = maker.Add({{"Type", "/StructElem"},
                           {"S", "/P"},
                           {"P", Reference(document_element)},
                           {"Pg", Reference(page1)},
                           {"K", "0"}});
    maker.Set(document_element, {{"Type", "/StructElem"},
                                 {"S", "/Document"},
                                 {"P", Reference(structure)},
                                 {"K", References({paragraph})}});
    maker.Set(structure, {{"Type", "/StructTreeRoot"},
                          {"K", Reference(document_element)},
                          {"ParentTree", "<</Nums[0 " + References({paragraph}) + "]>>"},
                          {"ParentTreeNextKey", "1"}});
    maker.Put(page1, "StructParents", "0");
    maker.Put(catalog, "StructTreeRoot", Reference(structure));
    maker.Put(catalog, "MarkInfo", "<</Marked true>>");
  }
  if (options.drawn_field) {
    std::string with_field = resources;
    with_field.replace(with_field.find("/Im1"), 0, "/Fm1 " + Reference(text_appearance));
    maker.Put(page1, "Resources", with_field);
    maker.SetData(content1, std::string(kText1) + "\nq 1 0 0 1 72 300 cm /Fm1 Do Q");
  }
  if (options.read_only) maker.Put(text_field, "Ff", "1");
  if (options.undefined) {
    undefined = maker.Add({});
    maker.Free(undefined);
    maker.Put(page1, "Contents", References({content1, undefined}));
  }
  if (options.twin) {
    const std::string evil = "BT /F1 14 Tf 72 740 Td (QUYET DINH khac) Tj ET";
    twin_offset = maker.bytes().size();
    maker.Append(std::to_string(content1) + " 0 obj\n<</Length " + std::to_string(evil.size()) +
                 ">>\nstream\n" + evil + "\nendstream\nendobj\n");
  }
  if (options.indirect_form) {
    form = maker.AddRaw("null");
    fields = maker.AddRaw("[]");
    annotations1 = maker.AddRaw("[]");
    maker.Put(catalog, "AcroForm", Reference(form));
    maker.Put(page1, "Annots", Reference(annotations1));
    form_entries_.emplace_back("Fields", Reference(fields));
  }
  SetAnnotations(annotation_list);
  if (options.fields) {
    PutForm("DR", "<</Font<</F1 " + Reference(font) + ">>>>");
    PutForm("DA", "(/F1 0 Tf 0 g)");
    if (options.need_appearances) PutForm("NeedAppearances", "true");
    SetFields(field_list);
  }
  maker.SetRoot(catalog);
  maker.SetInfo(info);
}

int Sample::AddSignatureField(const std::string& name, const std::string& rectangle, Entries value_entries,
                              Entries field_entries) {
  const int value = maker.AddSignature(std::move(value_entries), options.reserved);
  const int appearance = AddForm("1 0 0 RG 2 w 2 2 116 56 re S");
  Entries entries = {{"Type", "/Annot"},      {"Subtype", "/Widget"},
                     {"FT", "/Sig"},          {"T", "(" + name + ")"},
                     {"V", Reference(value)}, {"F", "132"},
                     {"Rect", rectangle},     {"AP", "<</N " + Reference(appearance) + ">>"},
                     {"P", Reference(page1)}};
  for (const auto& [key, text] : field_entries) {
    std::erase_if(entries, [&](const auto& entry) { return entry.first == key; });
    if (!text.empty()) entries.emplace_back(key, text);
  }
  const int field = maker.Add(entries);
  auto list = field_list;
  list.push_back(field);
  SetFields(list);
  auto shown = annotation_list;
  shown.push_back(field);
  SetAnnotations(shown);
  PutForm("SigFlags", "3");
  return field;
}

void Sample::Sign() {
  Entries value;
  std::string references;
  if (options.certified > 0)
    references += "<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</Type/TransformParams/V/1.2/P " +
                  std::to_string(options.certified) + ">>>>";
  if (!options.lock.empty())
    references += "<</Type/SigRef/TransformMethod/FieldMDP/TransformParams<</Type/TransformParams/V/1.2" +
                  options.lock + ">>>>";
  if (!references.empty()) value.emplace_back("Reference", "[" + references + "]");
  signature = AddSignatureField("chu_ky_1", "[320 100 440 160]", value);
  const std::string value_reference = maker.Get(signature, "V");
  signature_value = std::stoi(value_reference);
  signature_appearance = signature_value + 1;
  if (options.certified > 0) maker.Put(catalog, "Perms", "<</DocMDP " + value_reference + ">>");
}

}  // namespace vanthu::signing::testing
