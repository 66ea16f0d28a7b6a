// Roman numerals of I alone, told from figures and letters by their stems.
//
// Input: a line and what the engine read of it. Output: the reading, corrected where the ink decides. Method:
// the stems at the beginning of a word are followed from left to right, as far apart as I's are set (0.33 em,
// bold 0.39; figures 0.5) and upright or nearly so; a stem whose head has serifs on both sides is an I, one
// with a flag on the left a 1. The engine's own places are not asked where the numeral ends: they may give
// its last stem to the "/". What the stems count otherwise, and "1/2023" of an unclear head, becomes
// doubtful. Accuracy: 79 lines of numerals and months in eight typefaces and resolutions (150 and 200 dpi,
// worn): of 76 misread ones 5 stay, none certain. Fails: sans-serif I and l stay as read, "I/2023" of such a
// face is doubtful.
#pragma once

#include "ocr/recognise/read_ink.h"

namespace vanthu::ocr {

void CorrectRoman(const ReadInk& ink, ReadWord& word);

// A heading's numeral whose stop the engine left out ("II NỘI DUNG"): the dot is there, on the baseline,
// close to the last stem and far from the next word.
void AddStopToNumeral(const ReadInk& ink, ReadLine& reading);

// A short line that the engine read as nothing may still be a Roman numeral.
void ReadRoman(const ReadInk& ink, ReadLine& reading);

}  // namespace vanthu::ocr
