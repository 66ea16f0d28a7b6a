// libxml2's text writer as a value: elements, attributes and text into memory, indented by one space a level.
// The same calls give the same bytes. All text is cleaned (CleanText). Throws std::bad_alloc, and
// std::logic_error for calls out of order. Internal to the room.
#pragma once

#include <libxml/xmlwriter.h>

#include <string>

#include "pipeline/base/handle.h"
#include "pipeline/model/record.h"

namespace vanthu::record {

class XmlWriter {
 public:
  XmlWriter();

  void Start(const char* name);
  void End();
  // Left out if empty.
  void Attribute(const char* name, const std::string& value);
  void RequiredAttribute(const char* name, const std::string& value);  // written even if empty
  void Content(const std::string& text);
  // An element that holds text only; left out if there is none.
  void Element(const char* name, const std::string& text);
  void Element(const char* name, const Text& text);
  void DocumentType(const char* name, const char* public_id, const char* system_id);

  // Ends all open elements; the writer is spent.
  std::string Finish();

 private:
  Handle<xmlBuffer, xmlBufferFree> buffer_;
  Handle<xmlTextWriter, xmlFreeTextWriter> writer_;  // destroyed first: it flushes into the buffer
};

}  // namespace vanthu::record
