// Doubtful syllables settled by what the rest of the document says, and specks of ink that were read as signs
// dropped.
//
// Input: the recognised pages of one document. Method: a word of letters whose confidence is below kSettled
// and whose marks alone are in doubt ("Bố sung") takes the form that the same letters have beside the same
// neighbours elsewhere in the document, or in a list of set phrases (data/phrases.txt), if that form has at
// least kVotes votes there and four times those of the form read; in capitals also where the recogniser seems
// surer and only an acute and a hook over a circumflex are confused. Only tones and marks change, never a
// base letter; never digits, codes, or what may be a name (a capital beside a capital). What was changed
// keeps a confidence of kBySense: no longer doubtful, but below what the recogniser is sure of. Accuracy:
// docs/benchmarks.md. Fails: a slip that the document repeats in the same words stays.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::ocr {

// Set phrases, one a line; none where the file is not there.
std::vector<std::string> ReadPhrases(const std::filesystem::path& path);

void SettleByAgreement(std::vector<Page>& pages, const std::vector<std::string>& phrases);

}  // namespace vanthu::ocr
