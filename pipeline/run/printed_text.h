// The words that a record's document shows, for looking up whether a derived value stands there word for
// word.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/model/record.h"

namespace vanthu::run {

class PrintedText {
 public:
  // A table's row as one text, lower case; none: the whole document.
  using Row = std::optional<std::string>;

  // Of what was read from the pages.
  explicit PrintedText(const Record& page);

  // The row that a task comes from: of the record's own tables where it names one, else of the pages' where
  // the same task was read there (`same`), else where a cell of them holds its words.
  Row RowOf(const std::vector<Table>& tables, const Task& task, const Task* same) const;

  // Whether the words of `text` stand in `row`, else in the whole document; punctuation, white space and
  // letter case aside. After some thousand searches of the whole document nothing stands any more: the time
  // is bounded.
  bool Stands(const Row& row, const std::string& text);

 private:
  const Record& page_;
  std::string whole_;
  std::map<std::string, std::string> rows_;  // by a cell's text
  std::size_t searched_bytes_ = 0;
};

}  // namespace vanthu::run
