// The values that a form's paths lead to, while the binder walks over it. Internal to the room.
//
// Holds the names that each as="…" has given, counts what was visited, and gathers what the record lacks.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "templates/forms/conventions.h"
#include "templates/forms/form.h"
#include "templates/forms/value.h"

namespace vanthu::templates {

class Binding {
 public:
  Binding(const Value& record, const Conventions& conventions) : record_(record), conventions_(conventions) {}

  const Conventions& conventions() const { return conventions_; }
  const std::vector<FormFault>& faults() const { return faults_; }
  bool exhausted() const { return visited_ > kMostVisits; }

  // Calls `visit` for each child that is no <each>, <if> or <else>: those are carried out.
  void Walk(const FormElement& parent, const std::function<void(const FormElement&)>& visit);

  // Everything that the path leads to, in order; through a list, of all its items.
  std::vector<const Value*> Lookup(const std::string& path) const;
  // The text of a <v>; empty, with a fault noted, where it must be there and is not.
  std::string TextOf(const FormElement& value);
  // A text of the record that a block needs.
  std::string Needed(const FormElement& element, const std::string& path);
  std::string Optional(const std::string& path) const;

  void Fault(const FormElement& element, std::string vi, std::string en);

 private:
  // Bounds work, and with it memory: a 10,000-row table takes about 200,000 visits.
  static constexpr long kMostVisits = 5'000'000;

  struct Named {
    const Value* value;
    Value position;
  };

  void Repeat(const FormElement& each, const std::function<void(const FormElement&)>& visit);
  bool Holds(const FormElement& condition) const;

  const Value& record_;
  const Conventions& conventions_;
  std::map<std::string, Named, std::less<>> names_;
  std::vector<FormFault> faults_;
  long visited_ = 0;
};

}  // namespace vanthu::templates
