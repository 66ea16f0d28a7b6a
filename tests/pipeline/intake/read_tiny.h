// Reads one page of a TinyPdf, and looks words up in it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "pipeline/intake/intake.h"
#include "tests/pipeline/intake/tiny_pdf.h"

namespace vanthu::test {

inline Page ReadBytes(const std::string& bytes, int index = 0, const intake::Options& options = {}) {
  const TemporaryFile file(bytes);
  auto document = intake::OpenDocument(file.path(), options);
  if (!document) {
    ADD_FAILURE() << Describe(document.error(), Language::kEnglish);
    return {};
  }
  auto page = (*document)->ReadPage(index);
  if (!page) {
    ADD_FAILURE() << Describe(page.error(), Language::kEnglish);
    return {};
  }
  return *page;
}

inline Page Read(const TinyPdf& pdf, int index = 0) {
  return ReadBytes(pdf.Bytes(), index);
}

// All words, a space between.
inline std::string Joined(const Page& page) {
  std::string out;
  for (const Word& word : page.words) out += (out.empty() ? "" : " ") + word.text;
  return out;
}

inline const Word* Find(const Page& page, std::string_view text) {
  for (const Word& word : page.words)
    if (word.text == text) return &word;
  return nullptr;
}

inline bool HasFinding(const Page& page, std::string_view code) {
  for (const Finding& finding : page.findings)
    if (finding.code == code) return true;
  return false;
}

}  // namespace vanthu::test
