#include "random_record.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "pipeline/base/unicode.h"
#include "templates/forms/build.h"
#include "tests/templates/engine/laid_pages.h"
#include "tests/templates/engine/random_document.h"
#include "tests/templates/engine/random_source.h"

namespace vanthu::templates {
namespace {

using Source = RandomSource;

std::string OneText(Source& source, int most) {
  std::string text = RandomWords(source, source.Rarely() ? 255 : most);
  std::replace(text.begin(), text.end(), '\n', ' ');
  // What a record's reader lets in: valid UTF-8, not empty.
  return FromCodePoints(ToCodePoints(text)) == text && text.find_first_not_of(' ') != std::string::npos ? text
                                                                                                        : "x";
}

Text Maybe(Source& source, int most) {
  return source.Below(6) == 0 ? Text() : Text(OneText(source, most));
}

// What nearly every form needs: seldom absent, or few records would be set.
Text Mostly(Source& source, int most) {
  return source.Below(40) == 0 ? Text() : Text(OneText(source, most));
}

Text TypeCode(Source& source) {
  static constexpr std::array kCodes = {"KH", "QĐ", "NQ", "BC", "TB", "xx"};
  return kCodes[static_cast<std::size_t>(source.Byte()) * kCodes.size() / 256];
}

std::optional<Date> MostlyDate(Source& source) {
  if (source.Below(40) == 0) return std::nullopt;
  return MakeDate(1 + source.Byte() * 39, 1 + source.Below(12), 1 + source.Below(28));
}

std::vector<std::string> ManyTexts(Source& source, int most, int words) {
  std::vector<std::string> out;
  for (int count = source.Rarely() ? 200 : source.Below(most + 1); count > 0; --count)
    out.push_back(OneText(source, words));
  return out;
}

vanthu::Section MakeSection(Source& source, int level) {
  vanthu::Section out;
  out.level = level;
  if (level > 0) {
    out.label = Maybe(source, 1);
    out.title = Maybe(source, 12);
  }
  out.paragraphs = ManyTexts(source, 4, 60);
  if (level > 0 && level < 6 && !source.Done())
    for (int count = source.Below(3); count > 0; --count)
      out.sections.push_back(MakeSection(source, level + 1));
  return out;
}

// A grid cut into cells of random spans, as a reader of tables gives them.
vanthu::Table MakeTable(Source& source) {
  vanthu::Table out;
  out.columns = 1 + source.Below(9);
  out.rows = 1 + source.Below(source.Rarely() ? 200 : 25);
  out.header_rows = std::min(source.Below(4), out.rows);
  if (source.Below(3) == 0) out.caption = OneText(source, 10);
  std::vector<bool> taken(static_cast<std::size_t>(out.rows * out.columns));
  const auto at = [&](int row, int col) { return static_cast<std::size_t>(row * out.columns + col); };
  for (int row = 0; row < out.rows; ++row)
    for (int col = 0; col < out.columns; ++col) {
      if (taken[at(row, col)]) continue;
      Cell cell;
      cell.row = row;
      cell.col = col;
      const int end = row < out.header_rows ? out.header_rows : out.rows;
      if (source.Below(6) == 0) cell.rowspan = std::min(1 + source.Below(20), end - row);
      int free = 1;
      while (col + free < out.columns && !taken[at(row, col + free)]) ++free;
      if (source.Below(6) == 0) cell.colspan = 1 + source.Below(free);
      for (int r = row; r < row + cell.rowspan; ++r)
        for (int c = col; c < col + cell.colspan; ++c) taken[at(r, c)] = true;
      if (source.Below(5) > 0) cell.text = OneText(source, 20);
      out.cells.push_back(std::move(cell));
    }
  return out;
}

Task MakeTask(Source& source) {
  Task out;
  out.group = ManyTexts(source, 2, 6);
  out.ordinal = Maybe(source, 1);
  if (source.Below(2) == 0) {
    out.goal = Maybe(source, 8);
    out.mission = Maybe(source, 8);
  }
  out.content = OneText(source, 40);
  out.lead = ManyTexts(source, 3, 6);
  out.coordinate = ManyTexts(source, 3, 6);
  if (source.Below(2) == 0) {
    out.deadline = Deadline();
    out.deadline->text = OneText(source, 4);
  }
  out.product = Maybe(source, 8);
  out.note = Maybe(source, 8);
  return out;
}

Header MakeHeader(Source& source) {
  Header out;
  out.parent_agency = Maybe(source, 8);
  out.issuing_agency = Mostly(source, 10);
  out.number = Mostly(source, 1);
  out.notation = Mostly(source, 2);
  out.type_code = TypeCode(source);
  out.type_name = Mostly(source, 2);
  out.place = Mostly(source, 3);
  out.date = MostlyDate(source);
  out.subject = Mostly(source, 40);
  if (source.Below(3) == 0) out.urgency = Maybe(source, 2);
  if (source.Below(3) == 0) out.secrecy = Maybe(source, 2);
  if (source.Below(3) == 0)
    out.issued_with = IssuedWith{TypeCode(source), Mostly(source, 1), Mostly(source, 2), MostlyDate(source),
                                 Maybe(source, 6)};
  return out;
}

// Letters without case, sorted: forms may set a value in capitals.
std::u32string Folded(std::u32string letters) {
  for (char32_t& c : letters)
    c = static_cast<char32_t>(u_foldCase(static_cast<UChar32>(c), U_FOLD_CASE_DEFAULT));
  std::sort(letters.begin(), letters.end());
  return letters;
}

void Append(const std::string& text, Paragraph* out) {
  out->runs.push_back({text + ' ', false, false, false, {}});
}

void AppendSection(const vanthu::Section& section, Paragraph* out) {
  for (const Text& text : {section.label, section.title})
    if (text) Append(*text, out);
  for (const std::string& text : section.paragraphs) Append(text, out);
  for (const vanthu::Section& inner : section.sections) AppendSection(inner, out);
}

// What `ke-hoach` promises to show of a record, whatever is in it.
Document Promised(const Record& record) {
  Paragraph all;
  if (record.header.subject) Append(*record.header.subject, &all);
  for (const vanthu::Section& section : record.sections) AppendSection(section, &all);
  for (const vanthu::Table& table : record.tables)
    for (const Cell& cell : table.cells) Append(cell.text, &all);
  for (const Appendix& appendix : record.appendices)
    for (const std::string& text : appendix.paragraphs) Append(text, &all);
  Document out;
  out.sections.emplace_back().blocks.emplace_back(std::move(all));
  return out;
}

}  // namespace

Record RandomRecord(std::string_view bytes) {
  Source source(bytes);
  Record out;
  out.header = MakeHeader(source);
  out.addressees = ManyTexts(source, 3, 8);
  if (source.Below(12) > 0)
    out.signer = Signer{{}, ManyTexts(source, 2, 2), Maybe(source, 5), Mostly(source, 5), Mostly(source, 4)};
  out.recipients = ManyTexts(source, 6, 10);
  for (int count = source.Below(4); count > 0; --count)
    out.sections.push_back(MakeSection(source, source.Below(2)));
  for (int count = source.Below(4); count > 0; --count) out.tables.push_back(MakeTable(source));
  for (int i = 0; i < static_cast<int>(out.tables.size()); ++i) {
    if (source.Below(3) == 0) continue;  // a table of the body
    Appendix appendix;
    appendix.label = Maybe(source, 1);
    appendix.title = Maybe(source, 12);
    appendix.tables = {i};
    appendix.paragraphs = ManyTexts(source, 2, 30);
    appendix.footnotes = ManyTexts(source, 2, 20);
    out.appendices.push_back(std::move(appendix));
  }
  for (int count = source.Rarely() ? 100 : source.Below(8); count > 0; --count)
    out.tasks.push_back(MakeTask(source));
  return out;
}

std::string FaultsOfForm(const Form& form, const Record& record, const Conventions& conventions) {
  const Result<Document> document = BuildDocument(form, record, {&conventions});
  if (!document) {
    const ErrorCode code = document.error().code;
    const bool named = code == ErrorCode::kNotAccepted || code == ErrorCode::kLimit;
    return named && !document.error().message.vi.empty() ? "" : "a form's error without a name";
  }
  if (form.id == "ke-hoach") {
    const std::u32string has = Folded(SortedLetters(*document));
    const std::u32string needs = Folded(SortedLetters(Promised(record)));
    if (!std::includes(has.begin(), has.end(), needs.begin(), needs.end()))
      return "the document lacks letters of its record";
  }
  return Faults(*document);
}

}  // namespace vanthu::templates
