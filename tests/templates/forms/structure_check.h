// Is a produced PDF's logical structure what PDF/A level A and PDF/UA-1 ask for?
//
// Input: the file. Output: what is off, in English; empty: nothing. Looked at (ISO 14289-1, 7; the Matterhorn
// Protocol's checkpoints that a machine can judge): only standard types, each where it may stand; headings
// that skip no level; tables whose cells cover their grid once and whose heads have a scope; figures with
// alternative text; every marked content of every page owned by exactly one element, and found by the parent
// tree; tab order by structure. Not looked at: whether the reading order is sensible (the text tests do).
#pragma once

#include <string>
#include <vector>

namespace vanthu::templates {

std::vector<std::string> StructureFaults(const std::string& pdf);

}  // namespace vanthu::templates
