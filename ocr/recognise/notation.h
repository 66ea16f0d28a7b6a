// Notations whose issuer no such document has.
//
// Input: the recognised pages of one document, and who may issue what (data/issuers.txt). Output: the words
// of "22/2019/TT-BTTTI" made doubtful, also where a line's end parts them. Only types whose issuers are a
// closed list are judged, and nothing is put in the place of what was read: which letter is wrong, the list
// cannot say.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "pipeline/model/page.h"

namespace vanthu::ocr {

using Issuers = std::map<std::string, std::set<std::string>>;  // type code -> issuers' codes

// None where the file is not there.
Issuers ReadIssuers(const std::filesystem::path& path);

void DoubtNotations(std::vector<Page>& pages, const Issuers& issuers);

}  // namespace vanthu::ocr
