#include "templates/engine/word_xml.h"

#include <algorithm>
#include <new>
#include <stdexcept>

#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

const xmlChar* Bytes(const char* text) {
  return reinterpret_cast<const xmlChar*>(text);
}

void Check(int result) {
  if (result < 0) throw std::logic_error("XML written out of order");
}

}  // namespace

WordXml::WordXml() : buffer_(xmlBufferCreate()) {
  if (!buffer_) throw std::bad_alloc();
  // Doubling: a long table's text is megabytes, and the default adds a page at a time.
  xmlBufferSetAllocationScheme(buffer_.get(), XML_BUFFER_ALLOC_DOUBLEIT);
  writer_.reset(xmlNewTextWriterMemory(buffer_.get(), 0));
  if (!writer_) throw std::bad_alloc();
  Check(xmlTextWriterStartDocument(writer_.get(), "1.0", "UTF-8", "yes"));
}

void WordXml::Start(const char* name, Attributes attributes) {
  Check(xmlTextWriterStartElement(writer_.get(), Bytes(name)));
  for (const auto& [key, value] : attributes)
    Check(xmlTextWriterWriteAttribute(writer_.get(), Bytes(key), Bytes(value.c_str())));
}

void WordXml::End() {
  Check(xmlTextWriterEndElement(writer_.get()));
}

void WordXml::Empty(const char* name, Attributes attributes) {
  Start(name, attributes);
  End();
}

void WordXml::Element(const char* name, const std::string& text, Attributes attributes) {
  Start(name, attributes);
  if (!text.empty()) Check(xmlTextWriterWriteString(writer_.get(), Bytes(text.c_str())));
  End();
}

std::string WordXml::Finish() {
  Check(xmlTextWriterEndDocument(writer_.get()));
  Check(xmlTextWriterFlush(writer_.get()));
  return {reinterpret_cast<const char*>(xmlBufferContent(buffer_.get())),
          static_cast<std::size_t>(xmlBufferLength(buffer_.get()))};
}

bool IsXmlText(std::string_view utf8) {
  const auto plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && (c & 0x80) == 0; };
  if (std::all_of(utf8.begin(), utf8.end(), plain)) return true;
  const std::u32string points = ToCodePoints(utf8);
  return std::all_of(points.begin(), points.end(), [](char32_t c) {
    return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
           (c >= 0x10000 && c <= 0x10FFFF);
  });
}

}  // namespace vanthu::templates
