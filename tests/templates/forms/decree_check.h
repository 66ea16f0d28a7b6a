// Whether a produced PDF looks as Decree 30/2020, Annex I lays down. Reads the file alone - words with their
// fonts and places, strokes - and knows nothing of forms, conventions or the engine, so that a mistake in
// those is not made twice. What it cannot find (a plan without a signer) it does not ask for; what it finds
// must be right.
#pragma once

#include <string>
#include <vector>

namespace vanthu::templates {

// One sentence a fault, with the page; empty where there is none. Throws std::runtime_error where the file
// cannot be read.
std::vector<std::string> CheckDecree(const std::string& pdf);

}  // namespace vanthu::templates
