// Any text lines, set anywhere on a page: extraction must neither crash nor hang, and its evidence must lie
// on a page.
//
// Input: one line of the document to a line of the input. The first byte says where it stands: 'l', 'r', 'c'
// (left, right, centred), 'p' (a new page first), 't' (a one-row table), 'f' (a footnote), anything else the
// body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/extract/extract.h"

namespace {

using namespace vanthu;

const extract::Rules& Rules() {
  static const extract::RulesHandle rules = [] {
    auto read = extract::ReadRules(DataFolder() / "rules");
    if (!read) std::abort();  // the data folder is wrong: nothing would be tested
    return std::move(*read);
  }();
  return *rules;
}

Line MakeLine(std::string_view text, int page, double x, double y, bool recognised) {
  Line line;
  line.page = page;
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find(' ', begin);
    if (end == std::string_view::npos) end = text.size();
    if (end > begin) {
      Word word;
      word.text = ToNfc(text.substr(begin, end - begin));
      word.box = {x, y, x + 6.0 * static_cast<double>(end - begin), y + 13};
      word.source = recognised ? Source::kOcr : Source::kText;
      word.confidence = recognised ? 0.8 : 1;
      line.box = line.words.empty() ? word.box : Union(line.box, word.box);
      if (!line.text.empty()) line.text += ' ';
      line.text += word.text;
      line.words.push_back(std::move(word));
    }
    x += 6.0 * static_cast<double>(end - begin) + 6;
    begin = end + 1;
  }
  return line;
}

void AddLine(std::string_view text, bool recognised, double* y, DocumentLayout* document) {
  const char place = text.empty() ? 'b' : text.front();
  if (place == 'p' || document->pages.empty()) {
    LayoutPage page;
    page.page = static_cast<int>(document->pages.size());
    page.width_pt = 595;
    page.height_pt = 842;
    page.recognised = recognised;
    document->pages.push_back(page);
    *y = 50;
  }
  const int page = document->pages.back().page;
  if (!text.empty()) text.remove_prefix(1);
  *y += 16;
  FlowItem item;
  if (place == 't') {
    Table table;
    table.pages = {page};
    table.rows = table.columns = 1;
    Cell cell;
    cell.text = ToNfc(text);
    cell.places = {{page, {80, *y, 540, *y + 14}}};
    table.cells.push_back(std::move(cell));
    item.table = static_cast<int>(document->tables.size());
    document->tables.push_back(std::move(table));
  } else {
    Paragraph paragraph;
    paragraph.lines.push_back(MakeLine(text, page,
                                       place == 'r'   ? 320
                                       : place == 'c' ? 220
                                                      : 85,
                                       *y, recognised));
    paragraph.text = paragraph.lines.front().text;
    paragraph.region = place == 'l'   ? Region::kLeft
                       : place == 'r' ? Region::kRight
                       : place == 'f' ? Region::kFootnote
                                      : Region::kBody;
    paragraph.alignment = place == 'c' ? Alignment::kCentre : Alignment::kLeft;
    item.paragraph = std::move(paragraph);
  }
  document->flow.push_back(std::move(item));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 1 << 16) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  DocumentLayout document;
  double y = 50;
  const bool recognised = size > 0 && (data[0] & 1) != 0;
  for (std::size_t begin = 0; begin <= input.size();) {
    std::size_t end = input.find('\n', begin);
    if (end == std::string_view::npos) end = input.size();
    AddLine(input.substr(begin, end - begin), recognised, &y, &document);
    begin = end + 1;
  }
  const Record record = extract::Extract(document, Rules());
  for (const auto& [pointer, evidence] : record.evidence)
    if (evidence.page < 0 || evidence.page >= static_cast<int>(document.pages.size()) ||
        !(evidence.confidence >= 0) || !(evidence.confidence <= 1))
      std::abort();
  return 0;
}
