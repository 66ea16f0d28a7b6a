// Appends incremental updates to PDFs with a classic cross-reference table, as editors and signers do.
#pragma once

#include <fmt/format.h>

#include <map>
#include <string>

namespace vanthu::test {

// The number after the last `word` of the file.
inline long LastNumber(const std::string& pdf, const std::string& word) {
  return std::stol(pdf.substr(pdf.rfind(word) + word.size()));
}

// The file with further or other objects: number -> body.
inline std::string Updated(std::string pdf, const std::map<int, std::string>& objects) {
  const long previous = LastNumber(pdf, "startxref\n"), root = LastNumber(pdf, "/Root ");
  const long size = std::max<long>(LastNumber(pdf, "/Size "), objects.rbegin()->first + 1);
  std::string table = "xref\n";
  for (const auto& [number, body] : objects) {
    table += fmt::format("{} 1\n{:010} 00000 n \n", number, pdf.size());
    pdf += fmt::format("{} 0 obj\n{}\nendobj\n", number, body);
  }
  const std::size_t at = pdf.size();
  return pdf + table +
         fmt::format("trailer\n<</Size {}/Root {} 0 R/Prev {}>>\nstartxref\n{}\n%%EOF\n", size, root,
                     previous, at);
}

// The body of an object as its last revision has it.
inline std::string ObjectOf(const std::string& pdf, int number) {
  const std::string head = fmt::format("\n{} 0 obj\n", number);
  const std::size_t at = pdf.rfind(head) + head.size();
  return pdf.substr(at, pdf.find("\nendobj", at) - at);
}

}  // namespace vanthu::test
