#include "pipeline/extract/outline.h"

namespace vanthu::extract {
namespace {

Section ToSection(const OutlineNode& node) {
  Section out;
  out.label = node.label;
  out.title = node.title;
  out.level = node.level;
  for (const Paragraph* paragraph : node.paragraphs) out.paragraphs.push_back(paragraph->text);
  for (const OutlineNode& child : node.children) out.sections.push_back(ToSection(child));
  return out;
}

}  // namespace

std::vector<Section> ToSections(const Outline& outline) {
  std::vector<Section> out;
  for (const OutlineNode& node : outline.roots) out.push_back(ToSection(node));
  return out;
}

}  // namespace vanthu::extract
