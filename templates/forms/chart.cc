#include "templates/forms/chart.h"

#include <cmath>
#include <cstdlib>

#include "pipeline/base/unicode.h"
#include "templates/forms/format.h"
#include "templates/forms/inline_text.h"

namespace vanthu::templates {
namespace {

std::string TextIn(const FormElement& element) {
  std::string text;
  for (const FormElement& child : element.children) text += child.text;
  return CollapseSpace(text);
}

// The number of a <v>; none where the record has none and need not have one.
std::optional<ChartValue> ValueOf(const FormElement& element, Binding& binding) {
  const std::vector<const Value*> found = binding.Lookup(element.Attribute("path"));
  const double* number = found.empty() ? nullptr : found.front()->As<double>();
  if (number == nullptr) {
    binding.TextOf(element);  // notes the fault where it must be there
    return std::nullopt;
  }
  if (!std::isfinite(*number) || *number < 0) {
    binding.Fault(element, "biểu đồ không vẽ được số âm", "a chart cannot show a negative number");
    return std::nullopt;
  }
  return ChartValue{*number, VietnameseNumber(*number)};
}

}  // namespace

Chart BuildChart(const FormElement& element, Binding& binding) {
  Chart chart;
  chart.alt = "Biểu đồ thanh ngang: " + element.Attribute("title");
  if (element.Has("unit")) chart.alt += " (" + element.Attribute("unit") + ")";
  chart.alt += ".";
  if (element.Has("size")) chart.size_pt = std::strtod(element.Attribute("size").c_str(), nullptr);
  for (const FormElement& child : element.children)
    if (child.kind == ElementKind::kSeries) chart.series.push_back(TextIn(child));
  binding.Walk(element, [&](const FormElement& bar) {
    if (bar.kind != ElementKind::kBar) return;
    ChartGroup group;
    for (const FormElement& child : bar.children) {
      if (child.kind == ElementKind::kLabel)
        group.label = CollapseSpace(PlainText(BuildRuns(child, binding)));
      if (child.kind == ElementKind::kValue) group.values.push_back(ValueOf(child, binding));
    }
    chart.groups.push_back(std::move(group));
  });
  return chart;
}

}  // namespace vanthu::templates
