#include "pipeline/run/printed_text.h"

#include "pipeline/base/unicode.h"

namespace vanthu::run {
namespace {

constexpr std::size_t kMostSearched = std::size_t{2} << 30;  // a second or two
constexpr std::size_t kLongestRow = 1 << 20;

bool IsLetterOrDigit(char32_t c) {
  if (c < 0x80) return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');  // of lower-case text
  const bool punctuation = c < 0xC0 || (c >= 0x2000 && c < 0x2070) || c == 0xD7 || c == 0xF7;
  return !punctuation;
}

// The words alone, lower case, a space before, between and after: so that whole words are found.
std::string Key(const std::string& text) {
  std::string out = " ";
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty()) out += FromCodePoints(word) + ' ';
    word.clear();
  };
  for (const char32_t c : ToCodePoints(ToLower(text)))
    if (IsLetterOrDigit(c))
      word.push_back(c);
    else
      end_word();
  end_word();
  return out;
}

void AddTo(std::string* out, const std::string& text) {
  *out += Key(text) + '\n';
}

// Prose goes on without a break: what was read as two paragraphs may be one in the record.
void GoOn(std::string* out, const std::string& text) {
  if (!out->empty() && out->back() == ' ') out->pop_back();
  *out += Key(text);
}

void AddSections(const std::vector<Section>& sections, std::string* out) {
  for (const Section& section : sections) {
    for (const Text* text : {&section.label, &section.title})
      if (*text) GoOn(out, **text);
    for (const std::string& paragraph : section.paragraphs) GoOn(out, paragraph);
    AddSections(section.sections, out);
  }
}

// The texts of every row, cells that span rows in each of them.
std::vector<std::string> RowsOf(const Table& table) {
  std::vector<std::string> rows(static_cast<std::size_t>(std::max(table.rows, 0)));
  for (const Cell& cell : table.cells) {
    const std::string text = Key(cell.text);
    for (int row = cell.row; row < cell.row + cell.rowspan && row < table.rows; ++row)
      if (std::string& out = rows[static_cast<std::size_t>(row)]; out.size() < kLongestRow)
        out += text + '\n';
  }
  return rows;
}

std::string RowText(const Table& table, int row) {
  std::string out;
  for (const Cell& cell : table.cells)
    if (row >= cell.row && row < cell.row + cell.rowspan) AddTo(&out, cell.text);
  return out;
}

const Table* TableOf(const std::vector<Table>& tables, const Task& task) {
  if (!task.table || !task.row || *task.table < 0 || static_cast<std::size_t>(*task.table) >= tables.size())
    return nullptr;
  return &tables[static_cast<std::size_t>(*task.table)];
}

}  // namespace

PrintedText::PrintedText(const Record& page) : page_(page) {
  for (const Appendix& appendix : page.appendices) {
    for (const std::string& text : appendix.paragraphs) AddTo(&whole_, text);
    for (const std::string& text : appendix.footnotes) AddTo(&whole_, text);
  }
  AddSections(page.sections, &whole_);
  whole_ += '\n';
  for (const Table& table : page.tables) {
    const std::vector<std::string> rows = RowsOf(table);
    for (const Cell& cell : table.cells) {
      const std::string text = Key(cell.text);
      whole_ += text + '\n';
      if (cell.row >= 0 && static_cast<std::size_t>(cell.row) < rows.size())
        rows_.emplace(text, rows[static_cast<std::size_t>(cell.row)]);
    }
  }
}

PrintedText::Row PrintedText::RowOf(const std::vector<Table>& tables, const Task& task,
                                    const Task* same) const {
  if (const Table* table = TableOf(tables, task)) return RowText(*table, *task.row);
  if (same != nullptr)
    if (const Table* table = TableOf(page_.tables, *same)) return RowText(*table, *same->row);
  const auto row = rows_.find(Key(task.content));
  return row == rows_.end() ? Row() : Row(row->second);
}

bool PrintedText::Stands(const Row& row, const std::string& text) {
  const std::string key = Key(text);
  if (key.size() <= 1) return true;
  const std::string& where = row ? *row : whole_;
  searched_bytes_ += where.size();
  return searched_bytes_ <= kMostSearched && where.find(key) != std::string::npos;
}

}  // namespace vanthu::run
