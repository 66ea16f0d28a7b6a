#include "ocr/recognise/notation.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string_view>

namespace vanthu::ocr {
namespace {

constexpr double kUnknownIssuer = 0.85;  // confidence at most: doubtful

// Code letters at the beginning of a text: capitals, figures and Đ's bytes; what ends them is a stop or a
// hyphen.
std::string_view CodeAt(std::string_view text) {
  const std::size_t end = text.find_first_of("-.,;:()\"'!?/ ");
  return text.substr(0, end);
}

// The issuers a notation names: "BTC", "BNV" of "/TTLT-BTC-BNV;". Ends where the next is no code.
std::vector<std::string> IssuersIn(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    const std::string_view code = CodeAt(text);
    if (code.empty()) return out;
    out.emplace_back(code);
    if (code.size() >= text.size() || text[code.size()] != '-') return out;
    text.remove_prefix(code.size() + 1);
  }
}

// What follows "/TYPE-" in a word, for a type of the list; null where there is no such part.
const std::set<std::string>* KnownIssuers(const std::string& word, const Issuers& issuers,
                                          std::string_view* rest) {
  const std::size_t slash = word.rfind('/');
  if (slash == std::string::npos || slash == 0) return nullptr;
  const std::size_t hyphen = word.find('-', slash);
  if (hyphen == std::string::npos) return nullptr;
  const auto found = issuers.find(word.substr(slash + 1, hyphen - slash - 1));
  if (found == issuers.end()) return nullptr;
  *rest = std::string_view(word).substr(hyphen + 1);
  return &found->second;
}

}  // namespace

Issuers ReadIssuers(const std::filesystem::path& path) {
  Issuers out;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream codes(line);
    std::string type;
    codes >> type;
    for (std::string issuer; codes >> issuer;) out[type].insert(issuer);
  }
  return out;
}

void DoubtNotations(std::vector<Page>& pages, const Issuers& issuers) {
  for (Page& page : pages) {
    if (!page.recognised) continue;
    for (std::size_t i = 0; i < page.words.size(); ++i) {
      std::string_view rest;
      const std::set<std::string>* known = KnownIssuers(page.words[i].text, issuers, &rest);
      if (known == nullptr || page.words[i].source != Source::kOcr) continue;
      Word* named = &page.words[i];
      if (rest.empty() && i + 1 < page.words.size()) {  // the line ends after the hyphen
        named = &page.words[i + 1];
        rest = named->text;
      }
      const std::vector<std::string> codes = IssuersIn(rest);
      // Of a joint document the first must be known; after it sections' codes may follow ("TT-BCA-C41").
      if (!codes.empty() && known->count(codes.front()) == 0)
        named->confidence = std::min(named->confidence, kUnknownIssuer);
    }
  }
}

}  // namespace vanthu::ocr
