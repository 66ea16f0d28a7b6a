#include "templates/forms/binding.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "templates/forms/format.h"

namespace vanthu::templates {
namespace {

constexpr std::size_t kMostFaults = 100;  // more help nobody

// The values under `from` along the steps from `next`; lists on the way are opened.
void Descend(const Value& from, const std::vector<std::string>& steps, std::size_t next,
             std::vector<const Value*>* out) {
  if (next == steps.size()) {
    out->push_back(&from);
    return;
  }
  if (const ValueList* list = from.As<ValueList>()) {
    for (const Value& item : *list) Descend(item, steps, next, out);
    return;
  }
  if (const Value* inner = from.Find(steps[next])) Descend(*inner, steps, next + 1, out);
}

// An item and, where asked, the items of its own kind below it.
void Flatten(const Value& item, bool deep, std::vector<const Value*>* out) {
  out->push_back(&item);
  const Value* inner = deep ? item.Find("sections") : nullptr;
  if (inner == nullptr) return;
  if (const ValueList* list = inner->As<ValueList>())
    for (const Value& one : *list) Flatten(one, deep, out);
}

}  // namespace

void Binding::Fault(const FormElement& element, std::string vi, std::string en) {
  if (faults_.size() < kMostFaults)
    faults_.push_back({element.line, NameOf(element.kind), {std::move(vi), std::move(en)}});
}

void Binding::Walk(const FormElement& parent, const std::function<void(const FormElement&)>& visit) {
  for (const FormElement& child : parent.children) {
    if (++visited_ > kMostVisits) return;
    switch (child.kind) {
      case ElementKind::kEach:
        Repeat(child, visit);
        break;
      case ElementKind::kIf:
        if (Holds(child)) {
          Walk(child, visit);
        } else {
          for (const FormElement& inner : child.children)
            if (inner.kind == ElementKind::kElse) Walk(inner, visit);
        }
        break;
      case ElementKind::kElse:
        break;
      default:
        visit(child);
    }
  }
}

void Binding::Repeat(const FormElement& each, const std::function<void(const FormElement&)>& visit) {
  std::vector<const Value*> items;
  for (const Value* found : Lookup(each.Attribute("path")))
    if (const ValueList* list = found->As<ValueList>())
      for (const Value& item : *list) Flatten(item, each.Says("deep", "yes"), &items);
  const std::string name = each.Attribute("as");
  for (std::size_t i = 0; i < items.size() && !exhausted(); ++i) {
    names_.insert_or_assign(name, Named{items[i], {static_cast<double>(i + 1)}});
    Walk(each, visit);
  }
  names_.erase(name);
}

std::vector<const Value*> Binding::Lookup(const std::string& path) const {
  const std::vector<std::string> steps = PathSteps(path);
  std::vector<const Value*> out;
  const auto named = names_.find(steps[0]);
  if (named == names_.end()) {
    Descend(record_, steps, 0, &out);
  } else if (steps.size() == 2 && steps[1] == "position") {
    out.push_back(&named->second.position);
  } else {
    Descend(*named->second.value, steps, 1, &out);
  }
  return out;
}

bool Binding::Holds(const FormElement& condition) const {
  const std::string is = condition.Attribute("is"), starts = condition.Attribute("starts");
  const auto says = [&](const Value& value) {
    const auto text = FormatValue(value, "", conventions_);
    return text && (is.empty() || *text == is) && (starts.empty() || text->starts_with(starts));
  };
  const bool any = std::ranges::any_of(Lookup(condition.Attribute("path")), [&](const Value* value) {
    if (value->Empty()) return false;
    if (is.empty() && starts.empty()) return true;
    if (const ValueList* list = value->As<ValueList>()) return std::ranges::any_of(*list, says);
    return says(*value);
  });
  return any != condition.Says("empty", "yes");
}

std::string Binding::TextOf(const FormElement& element) {
  const std::string path = element.Attribute("path"), format = element.Attribute("format");
  const std::vector<const Value*> found = Lookup(path);
  const Value none;
  const Value& value = found.empty() ? none : *found.front();
  const ValueList* list = value.As<ValueList>();
  std::string out;
  bool any = false;
  const std::string separator = element.Attribute("separator", "; ");
  const auto add = [&](const Value& item) {
    const auto text = FormatValue(item, format, conventions_);
    if (!text)
      return Fault(element, fmt::format("giá trị của «{}» {}", path, text.error().vi),
                   fmt::format("the value of \"{}\" is {}", path, text.error().en));
    if (any) out += separator;
    any = true;
    out += *text;
  };
  if (list != nullptr)
    for (const Value& item : *list) add(item);
  else
    add(value);
  const bool optional = element.Says("optional", "yes") || HasBlank(format);
  if (value.Empty() && !optional)
    Fault(element, fmt::format("bản ghi không có «{}», mà biểu mẫu cần", path),
          fmt::format("the record has no \"{}\", which the form needs", path));
  return out;
}

std::string Binding::Optional(const std::string& path) const {
  const std::vector<const Value*> found = Lookup(path);
  if (found.empty() || found.front()->Empty()) return {};
  const std::string* text = found.front()->As<std::string>();
  return text == nullptr ? std::string() : *text;
}

std::string Binding::Needed(const FormElement& element, const std::string& path) {
  std::string text = Optional(path);
  if (text.empty())
    Fault(element, fmt::format("bản ghi không có «{}», mà khối {} cần", path, element.Attribute("name")),
          fmt::format("the record has no \"{}\", which the block {} needs", path, element.Attribute("name")));
  return text;
}

}  // namespace vanthu::templates
