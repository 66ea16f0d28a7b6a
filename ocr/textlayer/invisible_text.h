// Words -> the text layer under a page's picture: found, selected and copied, never seen.
//
// Input: words with boxes in an upright frame and the frame's map to the page. Output: a PDF content stream,
// and /ToUnicode for the codes it uses. Method: a glyphless font, every glyph half an em wide; a line's words
// share one size and baseline that cover all their boxes, Tz stretches each word to its box's width, and a
// space as wide as the gap stands between neighbours. Tz and Tm are set for every word, since Poppler forgets
// Tz at ET. Accuracy: a word's selection has its box's ends to 0.01 pt, and covers its height. Where it
// fails: curved lines. Source: the idea is Tesseract's pdfrenderer; ISO 32000-1, 9.4.4 and 9.10.3.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pipeline/model/geometry.h"
#include "pipeline/model/page.h"

namespace vanthu::ocr {

// The font's vertical measures in thousandths of an em, for its descriptor: a word's box is 0.8 above the
// baseline and 0.2 below, the proportion of Times New Roman (891 : 216).
inline constexpr int kAscent = 800;
inline constexpr int kDescent = -200;
// Advance of every glyph, in thousandths: what pdf.ttf of Tesseract holds.
inline constexpr int kAdvance = 500;

// The codes of one document: 1, 2, ... in the order of their first use, any Unicode character each.
class CodeTable {
 public:
  // 0: the table is full (65,535 different characters: no document has them).
  int CodeOf(char32_t c);
  int size() const { return static_cast<int>(characters_.size()); }
  std::string ToUnicode() const;  // a CMap

 private:
  std::map<char32_t, int> codes_;
  std::vector<char32_t> characters_;
};

// The text objects for one page, font resource /F0; empty where there are no words. Words whose box is not
// finite are left out, empty boxes get a small size.
std::string InvisibleText(const std::vector<Word>& words, const Affine& to_source, double page_height_pt,
                          CodeTable& codes);

}  // namespace vanthu::ocr
