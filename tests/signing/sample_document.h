// A signed document of two pages with all that later revisions are known to attack: text, a font, a picture,
// a form with text field, checkbox and an empty place for a signature, a link, a stamp that hides a line, a
// layer, attachments, metadata; and what an attacker may have put there before it was signed.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tests/signing/pdf_maker.h"

namespace vanthu::signing::testing {

struct SampleOptions {
  bool xref_stream = false;
  bool object_streams = false;
  bool fields = true;          // text field, checkbox, empty signature field, beside the signed one
  bool indirect_form = false;  // /AcroForm, its /Fields and the pages' /Annots as objects of their own
  int certified = 0;           // /Perms /DocMDP with this P; 0: an approval signature
  std::string lock;            // entries of the signed field's FieldMDP, e.g. "/Action /All"
  bool stamp = true;           // an opaque stamp over the second line of page 1
  bool need_appearances = false;
  bool tagged = false;        // a structure tree
  bool drawn_field = false;   // page 1 draws the text field's appearance, too
  bool twin = false;          // a second object with the number of page 1's content, which nothing names
  bool undefined = false;     // page 1's content goes on in an object that is not there
  bool read_only = false;     // the text field is
  Signer signer;              // null: no real CMS
  std::size_t reserved = 64;  // bytes of /Contents
};

// Revision 0 is the document, revision 1 signs it; what is written after that is the test's.
struct Sample {
  explicit Sample(const SampleOptions& options = {});

  PdfMaker maker;
  SampleOptions options;
  int catalog = 0, pages = 0, page1 = 0, page2 = 0, content1 = 0, content2 = 0, font = 0, picture = 0;
  int info = 0, metadata = 0, form = 0;  // `form` 0: in the catalog
  int fields = 0, annotations1 = 0;      // indirect arrays; 0: in place
  int text_field = 0, text_appearance = 0, checkbox = 0, empty_signature = 0, link = 0, stamp = 0;
  int stamp_appearance = 0, layer = 0;
  int signature = 0, signature_value = 0, signature_appearance = 0;
  // Carried along unused: a second text, tree of pages and catalog, and a second description of the font.
  int shadow_content = 0, shadow_pages = 0, shadow_catalog = 0, shadow_font = 0;
  int structure = 0, document_element = 0, paragraph = 0;
  std::uint64_t twin_offset = 0;
  int undefined = 0;
  std::vector<int> field_list, annotation_list;

  void Close() { Close(CloseOptions{}); }
  void Close(CloseOptions close);  // with the cross-reference that the options name
  // Writes them into the form and into page 1.
  void SetFields(const std::vector<int>& list);
  void SetAnnotations(const std::vector<int>& list);
  void PutForm(const std::string& key, const std::string& value);
  std::string GetForm(const std::string& key) const;
  // A second signature on page 1, as signing tools add it; not closed. Its field's number.
  int AddSignatureField(const std::string& name, const std::string& rectangle = "[300 600 420 660]",
                        Entries value_entries = {}, Entries field_entries = {});
  int AddForm(const std::string& content, const std::string& box = "[0 0 120 60]");

 private:
  Entries form_entries_;
  void WriteForm();
  void Build();
  void Sign();
};

}  // namespace vanthu::signing::testing
