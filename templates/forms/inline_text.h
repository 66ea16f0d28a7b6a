// The text inside <p>, <heading> and <cell>: runs. Internal to the room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "templates/engine/document.h"
#include "templates/forms/binding.h"
#include "templates/forms/conventions.h"

namespace vanthu::templates {

// White space of the form is one space, none at the ends of a line; what the record says stays as it is.
std::vector<Run> BuildRuns(const FormElement& element, Binding& binding);

// The same, cut into lines at every line feed: the paragraphs of a cell.
std::vector<std::vector<Run>> SplitLines(const std::vector<Run>& runs);

// "- x" or "+ x": an item of a list.
bool OpensAsItem(std::string_view text);
// Of a cell's paragraphs, where there are several, makes those that open so items.
void MarkItems(std::vector<Paragraph>* paragraphs);

std::string PlainText(const std::vector<Run>& runs);

// A paragraph of that style with those runs: their weight and case as the style has them.
Paragraph StyledParagraph(const Style& style, std::vector<Run> runs);
Paragraph StyledParagraph(const Style& style, const std::string& text);

}  // namespace vanthu::templates
