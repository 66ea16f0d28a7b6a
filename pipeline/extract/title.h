// Kind and subject of a document (ô 5a), the subject of a công văn (ô 5b), and "(Ban hành kèm theo ...)".
#pragma once

#include <optional>
#include <vector>

#include "pipeline/extract/head.h"
#include "pipeline/extract/reference.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// The line that names the document's kind.
struct TypeLine {
  std::size_t line = 0;  // index in Head::lines
  const DocumentType* type = nullptr;
  std::size_t end = 0;  // of the name in the line's key
  double certainty = 1;
};
std::optional<TypeLine> FindTypeLine(const Head& head, const FieldRules& rules);

// Lines of a title that begins after `line`: centred, of one weight, until a paragraph or a mark that ends
// titles.
std::vector<std::size_t> TitleLines(const Head& head, std::size_t line, const FieldRules& rules);

// The lines of "V/v ..." in the left column.
std::vector<std::size_t> LetterSubjectLines(const Head& head, const FieldRules& rules);
// Urgency or secrecy alone on a line, in capitals.
bool IsStampLine(const HeadLine& line, const FieldRules& rules);

// "(Kèm theo Kế hoạch số ... của ...)" that begins at or soon after a line: its lines and its text.
struct AttachedNote {
  std::vector<std::size_t> lines;  // indices in Head::lines
  Traced text;
  std::optional<Reference> reference;
};
std::optional<AttachedNote> FindAttachedNote(const Head& head, std::size_t from, const FieldRules& rules);

// The text of lines, joined, with its evidence.
Traced JoinHeadLines(const Head& head, const std::vector<std::size_t>& lines);

}  // namespace vanthu::extract
