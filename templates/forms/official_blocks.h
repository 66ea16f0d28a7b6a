// The blocks whose look Decree 30/2020 lays down: the head (boxes 1 to 5b, 10a, 10b), addressees (9a),
// content (6), recipients (9b) and signature (7a to 7c). Internal to the room.
#pragma once

#include <vector>

#include "templates/engine/document.h"
#include "templates/forms/binding.h"

namespace vanthu::templates {

// Two rows of two columns, so that number and date stand on one line whatever is above them: agency and
// motto; number, what the form puts below it and the stamps, and place and date.
std::vector<Columns> BuildHead(const FormElement& block, Binding& binding);

// The agency alone, at the top left: of lists that are no documents of their own.
Columns BuildAgency(const FormElement& block, Binding& binding);

// "Kính gửi:": one addressee on the same line, several on lines of their own (box 9a). A document without
// addressees has none unless the block is not optional.
std::vector<Paragraph> BuildAddressees(const FormElement& block, Binding& binding);

// The record's sections (box 6): headings by their level and label, the preamble's bases slanted.
std::vector<Paragraph> BuildContent(const FormElement& block, Binding& binding);

// "Nơi nhận:" and the list; empty where the record has none and the block is optional.
std::vector<ColumnItem> BuildRecipients(const FormElement& block, Binding& binding);

// Authority and post, the place of the signature, the name; empty where there is no signer and the block is
// optional.
std::vector<ColumnItem> BuildSignature(const FormElement& block, Binding& binding);

// The lines above a signature: as printed where the record says so, else made from authority, whom it is for,
// and post. Empty where they cannot be told.
std::vector<std::string> SignatureLines(const Binding& binding);

}  // namespace vanthu::templates
