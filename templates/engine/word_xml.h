// libxml2's text writer as a value, for the parts of a DOCX: not indented, since white space between
// elements is text to some readers. The same calls give the same bytes. Text must hold only what XML 1.0 can
// (IsXmlText). Throws std::bad_alloc, and std::logic_error for calls out of order. Private to the engine.
#pragma once

#include <libxml/xmlwriter.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "pipeline/base/handle.h"

namespace vanthu::templates {

class WordXml {
 public:
  using Attributes = std::initializer_list<std::pair<const char*, std::string>>;

  WordXml();

  void Start(const char* name, Attributes attributes = {});
  void End();
  void Empty(const char* name, Attributes attributes = {});
  void Value(const char* name, const std::string& value) { Empty(name, {{"w:val", value}}); }
  void Value(const char* name, int value) { Value(name, std::to_string(value)); }
  void Element(const char* name, const std::string& text, Attributes attributes = {});

  // Ends all open elements; the writer is spent.
  std::string Finish();

 private:
  Handle<xmlBuffer, xmlBufferFree> buffer_;
  Handle<xmlTextWriter, xmlFreeTextWriter> writer_;  // destroyed first: it flushes into the buffer
};

// Whether every character is one of XML 1.0, 2.2.
bool IsXmlText(std::string_view utf8);

}  // namespace vanthu::templates
