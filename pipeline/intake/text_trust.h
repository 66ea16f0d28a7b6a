// May the words of a page's text layer be believed? Input: what the page paints and the words built from it.
// Output: trusted, refused or absent, and why. Method: the page is no picture with a few stamped words; its
// characters are mapped; its tokens are possible syllables, or plain words of another language. Accuracy:
// separates the layers of digital plans and received documents (valid > 0.99) from recognisers' garbage (see
// tests); few words are trusted on their font's word. Fails: a well-formed lie (a layer of real words that
// are not those on the page).
#pragma once

#include <vector>

#include "pipeline/intake/page_content.h"
#include "pipeline/intake/word_builder.h"

namespace vanthu::intake {

struct TrustVerdict {
  TextLayer layer = TextLayer::kAbsent;
  bool picture = false;  // the page is a picture: words painted over it are stamps, not its text
  std::vector<Finding> findings;
};

TrustVerdict JudgeTextLayer(const PageContent& content, const BuiltWords& built, int page);

}  // namespace vanthu::intake
