// A content stream as a row of operators with their operands (ISO 32000-1, 7.8.2). Tolerant: what cannot be
// read is passed over. Never fails, always ends.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vanthu::signing {

struct ContentOperand {
  enum class Kind { kNumber, kName, kString, kOpen, kClose, kOther } kind = Kind::kOther;
  double number = 0;
  std::string text;  // of a name without "/", of a string with escapes resolved
};

struct ContentOperator {
  std::string name;
  std::vector<ContentOperand> operands;  // arrays flat, between kOpen and kClose; the last 4096 at most

  // The i-th number from the end, 0 the last; 0 when there is none.
  double FromEnd(std::size_t i) const;
};

class ContentTokens {
 public:
  explicit ContentTokens(std::string_view content) : rest_(content) {}
  // Nothing at the end. "BI" comes with its whole picture passed over.
  std::optional<ContentOperator> Next();

 private:
  void SkipSpace();
  std::string ReadLiteral();
  std::string ReadHex();
  std::string ReadName();
  std::string_view ReadWord();
  void SkipInlinePicture();

  std::string_view rest_;
};

}  // namespace vanthu::signing
