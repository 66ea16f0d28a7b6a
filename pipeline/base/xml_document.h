// Bytes from outside -> a libxml2 document, bounded, and what a schema says of it.
//
// No network, no document type (so no entities), bounded in bytes, depth, elements and the length of tags.
// For the rooms that read XML: their adapters' .cc files include it, and libxml2's header with it.
#pragma once

#include <libxml/tree.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/base/handle.h"

namespace vanthu {

using XmlDocument = Handle<xmlDoc, xmlFreeDoc>;

struct XmlLimits {
  std::size_t bytes = std::size_t{64} << 20;
  int elements = 1'000'000;  // libxml2 takes about 200 bytes for each
  int depth = 64;
  // libxml2 2.9 compares every attribute of an element with every other, so a tag's length has to be bounded.
  std::size_t quotes_in_tag = 20'000;
};

// Why bytes are no acceptable XML. Line from 1; 0 where it is about the whole.
struct XmlFault {
  ErrorCode code = ErrorCode::kDamaged;  // or kLimit
  long line = 0;
  Message what;
};

tl::expected<XmlDocument, XmlFault> ParseXmlDocument(std::string_view xml, const XmlLimits& limits);

enum class SchemaFaultKind {
  kElement,           // an element that may not stand here, or that lacks something inside
  kUnknownAttribute,  // no such attribute on this element
  kMissingAttribute,
  kValue,  // an attribute's value is not one of its type
  kText,   // text where none may stand
  kOther,
};

// One thing that the schema does not allow.
struct SchemaFault {
  SchemaFaultKind kind = SchemaFaultKind::kOther;
  long line = 0;
  std::string element;    // its name
  std::string attribute;  // empty where it is about the element itself
  std::string value;      // the attribute's value that is not allowed
  std::string cause;      // libxml2's own words
};

// Faults in the document's order; none: valid. What follows an element that may not stand there is not looked
// at. kMissingResource where the schema cannot be read. The document is not changed.
Result<std::vector<SchemaFault>> ValidateXml(xmlDoc* document, const std::filesystem::path& schema);

}  // namespace vanthu
