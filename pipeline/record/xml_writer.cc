#include "pipeline/record/xml_writer.h"

#include <new>
#include <stdexcept>

#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

const xmlChar* Bytes(const std::string& text) {
  return reinterpret_cast<const xmlChar*>(text.c_str());
}
const xmlChar* Bytes(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

void Check(int result) {
  if (result < 0) throw std::logic_error("XML written out of order");
}

}  // namespace

XmlWriter::XmlWriter() : buffer_(xmlBufferCreate()) {
  if (!buffer_) throw std::bad_alloc();
  writer_.reset(xmlNewTextWriterMemory(buffer_.get(), 0));
  if (!writer_) throw std::bad_alloc();
  Check(xmlTextWriterSetIndent(writer_.get(), 1));
  Check(xmlTextWriterStartDocument(writer_.get(), "1.0", "UTF-8", nullptr));
}

void XmlWriter::Start(const char* name) {
  Check(xmlTextWriterStartElement(writer_.get(), Bytes(name)));
}

void XmlWriter::End() {
  Check(xmlTextWriterEndElement(writer_.get()));
}

void XmlWriter::Attribute(const char* name, const std::string& value) {
  if (!CleanText(value).empty()) RequiredAttribute(name, value);
}

void XmlWriter::RequiredAttribute(const char* name, const std::string& value) {
  Check(xmlTextWriterWriteAttribute(writer_.get(), Bytes(name), Bytes(CleanText(value))));
}

void XmlWriter::Content(const std::string& text) {
  const std::string clean = CleanText(text);
  if (!clean.empty()) Check(xmlTextWriterWriteString(writer_.get(), Bytes(clean)));
}

void XmlWriter::Element(const char* name, const std::string& text) {
  const std::string clean = CleanText(text);
  if (!clean.empty()) Check(xmlTextWriterWriteElement(writer_.get(), Bytes(name), Bytes(clean)));
}

void XmlWriter::Element(const char* name, const Text& text) {
  if (text) Element(name, *text);
}

void XmlWriter::DocumentType(const char* name, const char* public_id, const char* system_id) {
  Check(xmlTextWriterWriteDTD(writer_.get(), Bytes(name), Bytes(public_id), Bytes(system_id), nullptr));
}

std::string XmlWriter::Finish() {
  Check(xmlTextWriterEndDocument(writer_.get()));
  Check(xmlTextWriterFlush(writer_.get()));
  return {reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
          static_cast<std::size_t>(xmlBufferLength(buffer_.get()))};
}

}  // namespace vanthu::record
