#include "templates/forms/form.h"

#include <fmt/format.h>

namespace vanthu::templates {

std::string Describe(const FormFault& fault, const std::string& file, Language language) {
  const bool vi = language == Language::kVietnamese;
  std::string out = file;
  if (fault.line > 0)
    out += fmt::format("{}{} {}", out.empty() ? "" : ", ", vi ? "dòng" : "line", fault.line);
  if (!fault.element.empty()) out += fmt::format("{}<{}>", out.empty() ? "" : ", ", fault.element);
  return fmt::format("{}: {}", out, vi ? fault.message.vi : fault.message.en);
}

std::vector<std::string> PathSteps(std::string_view path) {
  std::vector<std::string> steps;
  while (true) {
    const std::size_t dot = path.find('.');
    steps.emplace_back(path.substr(0, dot));
    if (dot == std::string_view::npos) return steps;
    path.remove_prefix(dot + 1);
  }
}

const char* NameOf(ElementKind kind) {
  switch (kind) {
    case ElementKind::kTemplate:
      return "template";
    case ElementKind::kPart:
      return "part";
    case ElementKind::kParagraph:
      return "p";
    case ElementKind::kHeading:
      return "heading";
    case ElementKind::kTable:
      return "table";
    case ElementKind::kColumn:
      return "column";
    case ElementKind::kColumnGroup:
      return "columns";
    case ElementKind::kRow:
      return "row";
    case ElementKind::kCell:
      return "cell";
    case ElementKind::kValue:
      return "v";
    case ElementKind::kEach:
      return "each";
    case ElementKind::kIf:
      return "if";
    case ElementKind::kElse:
      return "else";
    case ElementKind::kBlock:
      return "block";
    case ElementKind::kBold:
      return "b";
    case ElementKind::kItalic:
      return "i";
    case ElementKind::kBreak:
      return "br";
    case ElementKind::kChart:
      return "chart";
    case ElementKind::kSeries:
      return "series";
    case ElementKind::kBar:
      return "bar";
    case ElementKind::kLabel:
      return "label";
    case ElementKind::kText:
      break;
  }
  return "";
}

}  // namespace vanthu::templates
