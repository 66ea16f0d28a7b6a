// A paragraph's look in Word's terms, and the styles that a document's paragraphs share. Private to the
// engine. ECMA-376 part 1, 17.3 and 17.7.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "templates/engine/document.h"
#include "templates/engine/word_xml.h"

namespace vanthu::templates {

int Twips(double points);       // twentieths of a point
int HalfPoints(double points);  // a letter's size, at least 1

inline constexpr int kNoOutline = 9;  // Word's level of body text

struct CharacterFormat {
  int half_points = 28;
  bool bold = false;
  bool italic = false;
  bool red = false;

  bool operator==(const CharacterFormat&) const = default;
};

// Lengths in twips.
struct ParagraphFormat {
  int before = 0;
  int after = 0;
  int line = 240;  // 240 is single
  int indent = 0;
  int first_indent = 0;  // beyond `indent`; negative hangs
  Align align = Align::kLeft;
  bool keep_next = false;
  int outline = kNoOutline;  // from 0
  CharacterFormat letters;   // of the paragraph's mark, and of its runs where they agree

  bool operator==(const ParagraphFormat&) const = default;
};

struct WordStyle {
  std::string id;
  std::string name;
  ParagraphFormat format;
};

// `width_pt`: of the text, which bounds indents as the layout does.
ParagraphFormat FormatOf(const Paragraph& paragraph, double width_pt);
CharacterFormat FormatOf(const Run& run, const Paragraph& paragraph);

enum class CellPart : std::uint8_t { kNone, kBody, kHeader };

// Grows as paragraphs ask: a style looks as the first paragraph that bears it.
class WordStyles {
 public:
  const WordStyle& StyleOf(const Paragraph& paragraph, CellPart cell, const ParagraphFormat& format);
  // word/styles.xml: defaults, Normal, Header, and what was asked for.
  std::string Xml(const std::string& language, int page_number_half_points) const;

 private:
  std::deque<WordStyle> styles_;  // references stay good
};

// The children of w:pPr and w:rPr that tell `format` from `base`, in the schema's order. Null base: all.
void WriteParagraphProperties(const ParagraphFormat& format, const ParagraphFormat* base, WordXml& xml);
void WriteOutline(const ParagraphFormat& format, const ParagraphFormat* base, WordXml& xml);
void WriteCharacterProperties(const CharacterFormat& format, const CharacterFormat* base, WordXml& xml);

}  // namespace vanthu::templates
