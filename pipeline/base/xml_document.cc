#include "pipeline/base/xml_document.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <new>

namespace vanthu {
namespace {

using ParserHandle = Handle<xmlParserCtxt, xmlFreeParserCtxt>;
using SchemaHandle = Handle<xmlSchema, xmlSchemaFree>;
using SchemaParserHandle = Handle<xmlSchemaParserCtxt, xmlSchemaFreeParserCtxt>;
using ValidatorHandle = Handle<xmlSchemaValidCtxt, xmlSchemaFreeValidCtxt>;

std::string Chomped(const char* text) {
  std::string out = text == nullptr ? "" : text;
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

std::string NameOf(const xmlNode* node) {
  return node == nullptr || node->name == nullptr ? std::string() : reinterpret_cast<const char*>(node->name);
}

// What the parser's callbacks note; reached through xmlParserCtxt::_private.
struct ParserGuard {
  XmlLimits limits;
  int elements = 0;
  bool document_type = false;
  bool too_large = false;
};

ParserGuard& GuardOf(void* context) {
  return *static_cast<ParserGuard*>(static_cast<xmlParserCtxt*>(context)->_private);
}

void RefuseDocumentType(void* context, const xmlChar*, const xmlChar*, const xmlChar*) {
  GuardOf(context).document_type = true;
  xmlStopParser(static_cast<xmlParserCtxt*>(context));
}

void StartElement(void* context, const xmlChar* name, const xmlChar* prefix, const xmlChar* uri,
                  int namespace_count, const xmlChar** namespaces, int attribute_count, int defaulted,
                  const xmlChar** attributes) {
  xmlParserCtxt* parser = static_cast<xmlParserCtxt*>(context);
  ParserGuard& guard = GuardOf(context);
  if (++guard.elements > guard.limits.elements || parser->nameNr > guard.limits.depth + 2) {
    guard.too_large = true;
    xmlStopParser(parser);
    return;
  }
  xmlSAX2StartElementNs(context, name, prefix, uri, namespace_count, namespaces, attribute_count, defaulted,
                        attributes);
}

bool HasLongTag(std::string_view xml, std::size_t most_quotes) {
  std::size_t quotes = 0;
  for (const char c : xml) {
    if (c == '<') quotes = 0;
    if ((c == '"' || c == '\'') && ++quotes > most_quotes) return true;
  }
  return false;
}

void Ignore(void*, xmlError*) {}

// What fails outside a parser's context (a conversion of characters), libxml2 tells the standard error
// stream, whatever the options. This thread's handler for it, while it lives; faults with a context go there
// all the same.
class QuietLibrary {
 public:
  QuietLibrary() : context_(xmlStructuredErrorContext), handler_(xmlStructuredError) {
    xmlSetStructuredErrorFunc(nullptr, Ignore);
  }
  ~QuietLibrary() { xmlSetStructuredErrorFunc(context_, handler_); }
  QuietLibrary(const QuietLibrary&) = delete;
  QuietLibrary& operator=(const QuietLibrary&) = delete;

 private:
  void* context_;
  xmlStructuredErrorFunc handler_;
};

tl::unexpected<XmlFault> Refuse(ErrorCode code, long line, std::string vi, std::string en) {
  return tl::unexpected<XmlFault>(XmlFault{code, line, {std::move(vi), std::move(en)}});
}

SchemaFaultKind KindOf(int code) {
  switch (code) {
    case XML_SCHEMAV_CVC_ELT_1:
    case XML_SCHEMAV_ELEMENT_CONTENT:
      return SchemaFaultKind::kElement;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_3_2_2:
      return SchemaFaultKind::kUnknownAttribute;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_4:
      return SchemaFaultKind::kMissingAttribute;
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_1:
    case XML_SCHEMAV_CVC_COMPLEX_TYPE_2_3:
      return SchemaFaultKind::kText;
    default:
      return code >= XML_SCHEMAV_CVC_DATATYPE_VALID_1_2_1 && code <= XML_SCHEMAV_CVC_ENUMERATION_VALID
                 ? SchemaFaultKind::kValue
                 : SchemaFaultKind::kOther;
  }
}

// The attribute that has this value; libxml2 names the value and the element only.
std::string AttributeWith(const xmlNode* element, const std::string& value) {
  if (element == nullptr || element->type != XML_ELEMENT_NODE) return {};
  for (const xmlAttr* attribute = element->properties; attribute != nullptr; attribute = attribute->next) {
    xmlChar* content = xmlNodeGetContent(reinterpret_cast<const xmlNode*>(attribute));
    const bool same = content != nullptr && value == reinterpret_cast<const char*>(content);
    xmlFree(content);
    if (same) return NameOf(reinterpret_cast<const xmlNode*>(attribute));
  }
  return {};
}

struct FaultList {
  std::vector<SchemaFault> faults;
  static constexpr std::size_t kMost = 1000;  // a file with more is not a file that somebody corrects by hand
};

void NoteFault(void* target, xmlError* error) {
  FaultList& list = *static_cast<FaultList*>(target);
  if (error == nullptr || list.faults.size() >= FaultList::kMost) return;
  const xmlNode* node = static_cast<const xmlNode*>(error->node);
  if (node != nullptr && node->type == XML_ATTRIBUTE_NODE) node = node->parent;
  SchemaFault fault;
  fault.kind = KindOf(error->code);
  fault.line = node != nullptr ? xmlGetLineNo(node) : error->line;
  fault.element = NameOf(node);
  fault.cause = Chomped(error->message);
  const std::string word = error->str1 == nullptr ? "" : error->str1;
  if (fault.kind == SchemaFaultKind::kUnknownAttribute || fault.kind == SchemaFaultKind::kMissingAttribute)
    fault.attribute = word;
  if (fault.kind == SchemaFaultKind::kValue) {
    fault.value = word;
    fault.attribute = AttributeWith(node, word);
  }
  list.faults.push_back(std::move(fault));
}

}  // namespace

tl::expected<XmlDocument, XmlFault> ParseXmlDocument(std::string_view xml, const XmlLimits& limits) {
  if (xml.size() > limits.bytes) return Refuse(ErrorCode::kLimit, 0, "tệp quá lớn", "the file is too large");
  if (HasLongTag(xml, limits.quotes_in_tag))
    return Refuse(ErrorCode::kLimit, 0, "thẻ quá dài", "a tag is too long");
  const QuietLibrary quiet;
  const ParserHandle parser(xmlNewParserCtxt());
  if (!parser) throw std::bad_alloc();
  ParserGuard guard{limits};
  parser->_private = &guard;
  parser->sax->internalSubset = RefuseDocumentType;
  parser->sax->startElementNs = StartElement;
  XmlDocument document(xmlCtxtReadMemory(
      parser.get(), xml.data(), static_cast<int>(xml.size()), "document.xml", nullptr,
      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_BIG_LINES | XML_PARSE_NOCDATA));
  if (guard.too_large)
    return Refuse(ErrorCode::kLimit, 0, "lồng nhau quá sâu hoặc quá nhiều phần tử",
                  "nested too deep or too many elements");
  if (guard.document_type)
    return Refuse(ErrorCode::kDamaged, 1, "không được có DOCTYPE", "a DOCTYPE is not allowed");
  if (!document || parser->wellFormed == 0) {
    const xmlError* error = xmlCtxtGetLastError(parser.get());
    const std::string words = error == nullptr ? "" : Chomped(error->message);
    return Refuse(ErrorCode::kDamaged, error == nullptr ? 1 : error->line, "không phải XML: " + words,
                  "not XML: " + words);
  }
  return document;
}

Result<std::vector<SchemaFault>> ValidateXml(xmlDoc* document, const std::filesystem::path& schema_path) {
  std::error_code ignored;  // libxml2 would tell the standard error stream of a missing file
  const bool there = std::filesystem::is_regular_file(schema_path, ignored);
  const SchemaParserHandle parser(there ? xmlSchemaNewParserCtxt(schema_path.c_str()) : nullptr);
  FaultList list;
  if (parser) xmlSchemaSetParserStructuredErrors(parser.get(), NoteFault, &list);
  const SchemaHandle schema(parser ? xmlSchemaParse(parser.get()) : nullptr);
  if (!schema) {
    Error error;
    error.code = ErrorCode::kMissingResource;
    error.file = schema_path.string();
    error.message = {"không đọc được lược đồ", "the schema cannot be read"};
    if (!list.faults.empty()) error.cause = list.faults.front().cause;
    return Fail(std::move(error));
  }
  const ValidatorHandle validator(xmlSchemaNewValidCtxt(schema.get()));
  if (!validator) throw std::bad_alloc();
  xmlSchemaSetValidStructuredErrors(validator.get(), NoteFault, &list);
  if (xmlSchemaValidateDoc(validator.get(), document) != 0 && list.faults.empty())
    list.faults.push_back({SchemaFaultKind::kOther, 1, {}, {}, {}, "invalid"});
  return std::move(list.faults);
}

}  // namespace vanthu
