// A paragraph's text with the words it came from, so that every value cut out of it has a place and a
// confidence.
#pragma once

#include <string>
#include <vector>

#include "pipeline/extract/folded.h"
#include "pipeline/extract/notes.h"
#include "pipeline/model/layout.h"

namespace vanthu::extract {

class Traced {
 public:
  Traced() = default;
  explicit Traced(const Paragraph& paragraph);
  explicit Traced(const Line& line);
  // Lines joined by a space, or by none after a hyphen or slash that ends a line.
  explicit Traced(const std::vector<const Line*>& lines);
  // The same; words without a letter or figure at a line's ends are left out where they are less sure than
  // `speck`.
  Traced(const std::vector<const Line*>& lines, double speck);

  const Folded& folded() const { return folded_; }
  const std::string& text() const { return folded_.text; }
  const std::string& key() const { return folded_.key; }
  std::string Slice(std::size_t begin, std::size_t end) const { return folded_.Slice(begin, end); }

  // Of the words under [begin, end) of the key: the union of their boxes on the first page touched, their
  // least confidence times `certainty`. Null if no word lies there.
  std::optional<Evidence> EvidenceOf(std::size_t begin, std::size_t end, const Mapper& mapper,
                                     double certainty) const;
  // Words under [begin, end) of the key, in order.
  std::vector<const Word*> Words(std::size_t begin, std::size_t end) const;

 private:
  struct Span {
    std::size_t begin = 0;  // byte offsets in the text
    std::size_t end = 0;
    const Word* word = nullptr;
    int page = 0;
  };
  void Align(const std::vector<const Line*>& lines);

  Folded folded_;
  std::vector<Span> spans_;
};

}  // namespace vanthu::extract
