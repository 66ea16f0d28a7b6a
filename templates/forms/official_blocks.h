// The blocks whose look Decree 30/2020 lays down: the head (boxes 1 to 5b, 10a, 10b), the recipients (9b) and
// the signature (7a to 7c). Internal to the room.
#pragma once

#include <vector>

#include "templates/engine/document.h"
#include "templates/forms/binding.h"

namespace vanthu::templates {

// Agency, number and what the form puts below it on the left; motto, place and date on the right.
Columns BuildHead(const FormElement& block, Binding& binding);

// "Nơi nhận:" and the list; empty where the record has none and the block is optional.
std::vector<ColumnItem> BuildRecipients(const FormElement& block, Binding& binding);

// Authority and post, the place of the signature, the name; empty where there is no signer and the block is
// optional.
std::vector<ColumnItem> BuildSignature(const FormElement& block, Binding& binding);

// The lines above a signature: as printed where the record says so, else made from authority, whom it is for,
// and post. Empty where they cannot be told.
std::vector<std::string> SignatureLines(const Binding& binding);

}  // namespace vanthu::templates
