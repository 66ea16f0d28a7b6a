#include "templates/forms/parse.h"

#include <fmt/format.h>
#include <libxml/tree.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/base/xml_document.h"
#include "templates/forms/check.h"
#include "templates/forms/nearest.h"

namespace vanthu::templates {
namespace {

// A form is written by hand: the longest that ships has 100 elements.
constexpr XmlLimits kFormLimits{std::size_t{1} << 20, 20'000, 40, 2'000};
constexpr std::uint64_t kMostSchemaBytes = 1u << 20;

const char* Text(const xmlChar* text) {
  return text == nullptr ? "" : reinterpret_cast<const char*>(text);
}

std::string AttributeOf(const xmlNode* node, const char* name) {
  xmlChar* value = xmlGetNoNsProp(node, reinterpret_cast<const xmlChar*>(name));
  std::string out = Text(value);
  xmlFree(value);
  return out;
}

// The names that the schema knows: what a misspelt one is held against.
class Vocabulary {
 public:
  explicit Vocabulary(const std::filesystem::path& schema) {
    const Result<std::string> xsd = ReadFile(schema, kMostSchemaBytes);
    if (!xsd) return;
    const auto document = ParseXmlDocument(*xsd, XmlLimits{});
    if (document) Gather(xmlDocGetRootElement(document->get()), {});
    for (const auto& [attribute, type] : types_)
      if (const auto found = of_types_.find(type); found != of_types_.end())
        values_[attribute].insert(found->second.begin(), found->second.end());
  }

  std::vector<std::string> Elements() const { return {elements_.begin(), elements_.end()}; }
  std::vector<std::string> Attributes() const { return {attributes_.begin(), attributes_.end()}; }
  std::vector<std::string> Values(const std::string& attribute) const {
    const auto found = values_.find(attribute);
    if (found == values_.end()) return {};
    return {found->second.begin(), found->second.end()};
  }
  bool HasElement(const std::string& name) const { return elements_.contains(name); }

 private:
  struct Place {
    std::string attribute, type;
  };

  void Gather(const xmlNode* node, const Place& place) {
    for (const xmlNode* child = node == nullptr ? nullptr : node->children; child != nullptr;
         child = child->next) {
      if (child->type != XML_ELEMENT_NODE) continue;
      const std::string kind = Text(child->name), name = AttributeOf(child, "name");
      Place inner = place;
      if (kind == "element" && !name.empty()) elements_.insert(name);
      if (kind == "simpleType" && !name.empty()) inner.type = name;
      if (kind == "attribute" && !name.empty()) {
        attributes_.insert(name);
        types_.emplace(name, AttributeOf(child, "type"));
        inner.attribute = name;
      }
      if (kind == "enumeration") {
        const std::string value = AttributeOf(child, "value");
        if (!place.attribute.empty()) values_[place.attribute].insert(value);
        if (!place.type.empty()) of_types_[place.type].insert(value);
      }
      Gather(child, inner);
    }
  }

  std::set<std::string> elements_, attributes_;
  std::multimap<std::string, std::string> types_;  // attribute -> named type
  std::map<std::string, std::set<std::string>> of_types_, values_;
};

Message WithNearest(std::string vi, std::string en, const std::string& nearest) {
  if (!nearest.empty()) {
    vi += fmt::format("; có phải là «{}»?", nearest);
    en += fmt::format("; did you mean \"{}\"?", nearest);
  }
  return {std::move(vi), std::move(en)};
}

Message SentenceOf(const SchemaFault& fault, const Vocabulary& names) {
  switch (fault.kind) {
    case SchemaFaultKind::kElement:
      if (names.HasElement(fault.element))
        return {fmt::format("phần tử <{}> không được đứng ở đây, hoặc còn thiếu phần tử bên trong",
                            fault.element),
                fmt::format("<{}> may not stand here, or lacks something inside", fault.element)};
      return WithNearest(fmt::format("không có phần tử <{}>", fault.element),
                         fmt::format("there is no element <{}>", fault.element),
                         NearestName(fault.element, names.Elements()));
    case SchemaFaultKind::kUnknownAttribute:
      return WithNearest(fmt::format("phần tử này không có thuộc tính «{}»", fault.attribute),
                         fmt::format("this element has no attribute \"{}\"", fault.attribute),
                         NearestName(fault.attribute, names.Attributes()));
    case SchemaFaultKind::kMissingAttribute:
      return {fmt::format("thiếu thuộc tính bắt buộc «{}»", fault.attribute),
              fmt::format("the required attribute \"{}\" is missing", fault.attribute)};
    case SchemaFaultKind::kValue:
      return WithNearest(
          fmt::format("thuộc tính «{}» không nhận giá trị «{}»", fault.attribute, fault.value),
          fmt::format("the attribute \"{}\" does not take the value \"{}\"", fault.attribute, fault.value),
          NearestName(fault.value, names.Values(fault.attribute)));
    case SchemaFaultKind::kText:
      return {"không được viết chữ ở đây; chữ đứng trong <p>, <heading>, <cell>",
              "no text may stand here; text stands in <p>, <heading>, <cell>"};
    case SchemaFaultKind::kOther:
      break;
  }
  return {"không đúng lược đồ: " + fault.cause, "not valid against the schema: " + fault.cause};
}

std::optional<ElementKind> KindOf(const std::string& name) {
  for (int kind = 0; kind < static_cast<int>(ElementKind::kText); ++kind)
    if (name == NameOf(static_cast<ElementKind>(kind))) return static_cast<ElementKind>(kind);
  return std::nullopt;
}

// The element and all below it; what has no name of the vocabulary is left out. Depth is bounded by the
// parser.
FormElement ElementOf(xmlNode* node, ElementKind kind) {
  FormElement element;
  element.kind = kind;
  element.line = xmlGetLineNo(node);
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next)
    if (attribute->ns == nullptr)
      element.attributes[Text(attribute->name)] = ToNfc(AttributeOf(node, Text(attribute->name)));
  for (xmlNode* child = node->children; child != nullptr; child = child->next) {
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) {
      FormElement text;
      text.line = xmlGetLineNo(child);
      text.text = ToNfc(Text(child->content));
      element.children.push_back(std::move(text));
    } else if (child->type == XML_ELEMENT_NODE) {
      if (const std::optional<ElementKind> inner = KindOf(Text(child->name)))
        element.children.push_back(ElementOf(child, *inner));
    }
  }
  return element;
}

xmlNode* FindNode(xmlNode* node, long line, const std::string& name) {
  for (xmlNode* child = node == nullptr ? nullptr : node->children; child != nullptr; child = child->next) {
    if (child->type != XML_ELEMENT_NODE) continue;
    if (xmlGetLineNo(child) == line && name == Text(child->name)) return child;
    if (xmlNode* found = FindNode(child, line, name)) return found;
  }
  return nullptr;
}

// Every fault of the schema: after an element that may not stand where it does nothing more is looked at, so
// that one is taken out and the rest looked at again. Spoils the document.
Result<std::vector<SchemaFault>> AllSchemaFaults(xmlDoc* document, const std::filesystem::path& schema) {
  constexpr int kMostRounds = 50;  // misplaced elements that are told in one run
  std::vector<SchemaFault> all;
  std::set<std::tuple<long, std::string, std::string>> told;
  for (int round = 0; round < kMostRounds; ++round) {
    Result<std::vector<SchemaFault>> found = ValidateXml(document, schema);
    if (!found) return found;
    bool removed = false;
    for (SchemaFault& fault : *found) {
      xmlNode* misplaced = fault.kind == SchemaFaultKind::kElement
                               ? FindNode(reinterpret_cast<xmlNode*>(document), fault.line, fault.element)
                               : nullptr;
      if (misplaced != nullptr && misplaced->parent != nullptr &&
          misplaced->parent->type == XML_ELEMENT_NODE) {
        xmlUnlinkNode(misplaced);
        xmlFreeNode(misplaced);
        removed = true;
      }
      if (told.emplace(fault.line, fault.element, fault.cause).second) all.push_back(std::move(fault));
    }
    if (!removed) break;
  }
  return all;
}

void AddSchemaFaults(const std::vector<SchemaFault>& found, const std::filesystem::path& schema,
                     std::vector<FormFault>* faults) {
  if (found.empty()) return;
  const Vocabulary names(schema);
  for (const SchemaFault& fault : found)
    faults->push_back({fault.line, fault.element, SentenceOf(fault, names)});
}

}  // namespace

Result<ParsedForm> ParseForm(std::string_view xml, const std::string& file,
                             const std::filesystem::path& schema) {
  ParsedForm parsed;
  const auto document = ParseXmlDocument(xml, kFormLimits);
  if (!document) {
    parsed.faults.push_back({document.error().line, {}, document.error().what});
    return parsed;
  }
  xmlNode* root = xmlDocGetRootElement(document->get());
  const std::optional<ElementKind> kind = root == nullptr ? std::nullopt : KindOf(Text(root->name));
  Form form{{}, {}, file, Sha256Hex(xml), {}};
  if (kind == ElementKind::kTemplate) form.root = ElementOf(root, *kind);
  const Result<std::vector<SchemaFault>> found = AllSchemaFaults(document->get(), schema);
  if (!found) return Fail(found.error());
  AddSchemaFaults(*found, schema, &parsed.faults);
  if (kind == ElementKind::kTemplate) {
    form.id = form.root.Attribute("id");
    form.title = form.root.Attribute("title");
    CheckForm(form, &parsed.faults);
    if (parsed.faults.empty()) parsed.form = std::move(form);
  }
  std::stable_sort(parsed.faults.begin(), parsed.faults.end(),
                   [](const FormFault& a, const FormFault& b) { return a.line < b.line; });
  return parsed;
}

}  // namespace vanthu::templates
