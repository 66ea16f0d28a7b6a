// A reference to another document in running text: "Kế hoạch số 34/KH-UBND ngày 09/03/2023 của UBND huyện
// Thanh Hà", "Nghị định 107/2021/NĐ-CP", "Đề án 06", "Luật Ngân sách nhà nước".
//
// Method: a recursive-descent reading of kind, number, date and agency over folded text. Spans are positions
// in the folded key, so that every part has its evidence.
#pragma once

#include <optional>
#include <string>

#include "pipeline/extract/document_number.h"
#include "pipeline/extract/field_rules.h"
#include "pipeline/extract/folded.h"
#include "pipeline/extract/written_date.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool empty() const { return end <= begin; }
};

struct Reference {
  TextSpan span;
  std::string type_code;
  const DocumentType* type = nullptr;  // null for a law
  std::optional<DocumentNumber> number;
  std::optional<WrittenDate> date;
  Text agency;
  TextSpan agency_span;
};

struct ReferenceOptions {
  bool recognised = false;
  bool blank_number = false;                // "Kế hoạch số:      /KH-UBND" counts
  const DocumentType* list_type = nullptr;  // "số 12/UBND-VX" after a công văn: of the same kind
};

// A reference that begins at `at` (a word's first letter). Null if none does.
std::optional<Reference> ParseReference(const Folded& text, std::size_t at, const FieldRules& rules,
                                        const ReferenceOptions& options);

}  // namespace vanthu::extract
