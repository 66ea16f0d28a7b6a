// A signature field in a document's interactive form: a new one with its widget, or an empty one that is
// there. Private to the room.
#pragma once

#include <array>
#include <optional>
#include <string>

#include "signing/pdf/file.h"
#include "signing/pdf/update.h"

namespace vanthu::signing {

// What the widget shows and where, in the page's user space.
struct Widget {
  int page = 0;                        // 0-based
  std::array<double, 4> rect{};        // x0, y0, x1, y1; all 0: nothing to be seen
  std::optional<pdf::Ref> appearance;  // form XObject; none: an empty one is written
  std::string alternate_name;          // read aloud (/TU), UTF-8
};

struct FieldPlan {
  std::string name;  // an empty signature field of this full name is filled, else a new one is made
  Widget widget;
};

// Writes the field with `value` as its /V: form, page and, in a tagged document, structure (PDF/UA wants
// every widget in a Form element: ISO 14289-1, 7.18.4). Only what has to change is written again.
// kNotAccepted: the field has a value already, is locked, or is none for signatures; the form is dynamic XFA;
// there is no such page.
Status WriteSignatureField(const pdf::File& file, const FieldPlan& plan, pdf::Ref value, pdf::Update& update);

// "vanthu-signer-1", "...-2": the first that the form does not have.
std::string FreeFieldName(const pdf::File& file, const std::string& stem);

}  // namespace vanthu::signing
