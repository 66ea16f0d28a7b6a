// The bytes of a PDF file: numbered objects, their cross-reference table, a trailer whose /ID is the hash of
// all before it. Private to the engine.
//
// Our own and not PoDoFo's: a table of 5,000 rows has 40,000 structure elements, each of which PoDoFo 0.9.8
// keeps as a map of maps until the end (over the 128 MB allowed), its /ID comes from the clock, and its
// object order and number form are not ours to fix, while a receiver proves a document by making the same
// bytes again. What is written here is a fifth of its code, and read back by PoDoFo, Poppler, qpdf and PDFBox
// in the tests.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/type/pdf_objects.h"
#include "pipeline/type/pdf_syntax.h"

namespace vanthu::templates {

using type::AppendNumber;
using type::Number;
using type::Reference;
using type::TextString;

class PdfFile final : public type::PdfObjects {
 public:
  PdfFile(bool compress, bool pdf_1_4);

  int Reserve() override;
  void Write(int object, std::string_view body) override;
  void WriteStream(int object, std::string_view entries, std::string_view data, bool plain) override;
  std::size_t Size() const { return bytes_.size(); }
  // Every reserved object must have been written.
  std::string Finish(int root, int info) &&;

 private:
  void Begin(int object);

  bool compress_;
  std::string bytes_;
  std::vector<std::uint64_t> offsets_;  // of object 1, 2, ...; 0: not yet
};

}  // namespace vanthu::templates
