// Symbol fonts: list marks that come as private-use codes. Input: a code point and its font's name. Output:
// the mark as Unicode has it, or the code unchanged. Source: Microsoft's Symbol and Wingdings character
// tables; a PDF made by Word gives their glyphs as U+F000 + byte.
#pragma once

#include <array>
#include <string_view>

namespace vanthu::intake {

struct SymbolRow {
  char32_t private_use;
  char32_t unicode;
};

inline constexpr std::array<SymbolRow, 14> kSymbols = {{
    {0xF02D, U'-'},       // Symbol minus, used as a dash
    {0xF0B7, U'\u2022'},  // bullet
    {0xF0A7, U'\u25AA'},  // small square
    {0xF06E, U'\u25A0'},  // square
    {0xF06F, U'\u25A1'},  // empty square: a tick box
    {0xF0A8, U'\u25FB'},  // empty square
    {0xF071, U'\u2751'},  // shadowed square
    {0xF076, U'\u2756'},  // four diamonds
    {0xF0D8, U'\u27A2'},  // arrowhead
    {0xF0E0, U'\u2192'},  // arrow
    {0xF0FC, U'\u2713'},  // tick
    {0xF0FE, U'\u2611'},  // ticked box
    {0xF0A3, U'\u2264'},  // Symbol: less or equal
    {0xF0B3, U'\u2265'},  // Symbol: greater or equal
}};

inline char32_t SymbolFor(char32_t code, std::string_view font) {
  const bool private_use = code >= 0xF000 && code <= 0xF0FF;
  if (!private_use) return code;
  for (const SymbolRow& row : kSymbols)
    if (row.private_use == code) return row.unicode;
  // A symbol font that only hides ordinary letters: its codes are ASCII with 0xF000 added.
  const bool pictures =
      font.find("ingding") != std::string_view::npos || font.find("ebding") != std::string_view::npos;
  if (!pictures && code >= 0xF020 && code < 0xF07F) return code - 0xF000;
  return code;
}

}  // namespace vanthu::intake
