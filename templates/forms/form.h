// A form (mẫu văn bản) as a value: what templates/forms/*.xml say, checked against form.xsd.
//
// Built by ParseForm only, so that every attribute is one that the schema allows.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::templates {

enum class ElementKind {
  kTemplate,
  kPart,
  kParagraph,
  kHeading,
  kTable,
  kColumn,
  kColumnGroup,
  kRow,
  kCell,
  kValue,
  kEach,
  kIf,
  kElse,
  kBlock,
  kBold,
  kItalic,
  kBreak,
  kChart,
  kSeries,
  kBar,
  kLabel,
  kText
};

struct FormElement {
  ElementKind kind = ElementKind::kText;
  long line = 0;
  std::map<std::string, std::string, std::less<>> attributes;
  std::string text;  // of kText: white space as written
  std::vector<FormElement> children;

  bool Has(std::string_view name) const { return attributes.find(name) != attributes.end(); }
  // The attribute's value, or `missing`.
  std::string Attribute(std::string_view name, std::string_view missing = {}) const {
    const auto found = attributes.find(name);
    return found == attributes.end() ? std::string(missing) : found->second;
  }
  bool Says(std::string_view name, std::string_view value) const {
    const auto found = attributes.find(name);
    return found != attributes.end() && found->second == value;
  }
};

struct Form {
  std::string id;      // "ke-hoach"
  std::string title;   // for people
  std::string file;    // as named by the user
  std::string sha256;  // of its bytes
  FormElement root;
};

// One thing wrong with a form, for the clerk who edits it.
struct FormFault {
  long line = 0;        // from 1
  std::string element;  // "heading"; empty where it is about the file
  Message message;      // with the nearest name where there is one
  friend bool operator==(const FormFault& a, const FormFault& b) {
    return a.line == b.line && a.element == b.element && a.message.vi == b.message.vi;
  }
};

// "ke-hoach.xml, dòng 12, <v>: …"
std::string Describe(const FormFault& fault, const std::string& file, Language language);

// "header.subject" -> {"header", "subject"}
std::vector<std::string> PathSteps(std::string_view path);

const char* NameOf(ElementKind kind);  // of the element: "heading"; "" for text

}  // namespace vanthu::templates
