// XLSX through libxlsxwriter, whose 1.1.4 writes files only: the workbook is made in a folder of its own and
// read back. Text is always written as a string, never as a formula or a link.
#include <fmt/format.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/record/cell_value.h"
#include "pipeline/record/sheets.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {
namespace {

constexpr std::size_t kMaxCellUnits =
    32'767;  // UTF-16 units a cell holds (ECMA-376 as office programs apply it)
constexpr double kNarrowest = 6, kWidest = 60;  // column widths in characters
constexpr std::uint64_t kMaxWorkbookBytes = std::uint64_t{1} << 30;

Error WriteError(const std::string& cause) {
  Error error;
  error.code = ErrorCode::kWrite;
  error.message = {"không ghi được bảng tính", "the workbook cannot be written"};
  error.cause = cause;
  return error;
}

// A folder that goes with everything in it.
class WorkFolder {
 public:
  WorkFolder() {
    std::error_code failure;
    std::string pattern = (std::filesystem::temp_directory_path(failure) / "vanthu-xlsx-XXXXXX").string();
    if (!failure && mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~WorkFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  WorkFolder(const WorkFolder&) = delete;
  WorkFolder& operator=(const WorkFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }  // empty: none could be made

 private:
  std::filesystem::path path_;
};

// Cut to what a cell holds, at a code point.
std::string Fitted(const std::string& text) {
  if (text.size() <= kMaxCellUnits) return text;  // never more units than bytes
  std::u32string out;
  std::size_t units = 1;  // of the ellipsis
  const std::u32string code = ToCodePoints(text);
  for (const char32_t c : code) {
    units += c > 0xFFFF ? 2 : 1;
    if (units > kMaxCellUnits) return FromCodePoints(out) + "…";
    out.push_back(c);
  }
  return text;
}

// A workbook under construction. The first error is kept; close() is called once.
class Workbook {
 public:
  explicit Workbook(const std::filesystem::path& folder)
      : path_(folder / "workbook.xlsx"), folder_(folder.string()) {
    lxw_workbook_options options = {};
    options.tmpdir = folder_.data();
    book_ = workbook_new_opt(path_.c_str(), &options);
    if (book_ == nullptr) throw std::bad_alloc();
  }
  ~Workbook() {
    if (book_ != nullptr) workbook_close(book_);
  }
  Workbook(const Workbook&) = delete;
  Workbook& operator=(const Workbook&) = delete;

  // Null if the name or the number of sheets is refused.
  lxw_worksheet* AddSheet(const std::string& name) { return workbook_add_worksheet(book_, name.c_str()); }

  // One format a kind: heading or not, and the number format.
  lxw_format* Format(bool heading, const std::string& number_format) {
    lxw_format*& format = formats_[{heading, number_format}];
    if (format != nullptr) return format;
    format = workbook_add_format(book_);
    format_set_text_wrap(format);
    format_set_border(format, LXW_BORDER_THIN);
    format_set_align(format, heading ? LXW_ALIGN_VERTICAL_CENTER : LXW_ALIGN_VERTICAL_TOP);
    if (heading) {
      format_set_bold(format);
      format_set_align(format, LXW_ALIGN_CENTER);
      format_set_bg_color(format, 0xE7E6E6);
    }
    if (!number_format.empty()) format_set_num_format(format, number_format.c_str());
    return format;
  }

  void Write(lxw_worksheet* sheet, int row, int col, const CellValue& value, bool heading) {
    const lxw_row_t r = static_cast<lxw_row_t>(row);
    const lxw_col_t c = static_cast<lxw_col_t>(col);
    if (const auto* number = std::get_if<NumberValue>(&value)) {
      Note(worksheet_write_number(sheet, r, c, number->value, Format(heading, number->format)));
    } else if (const auto* date = std::get_if<Date>(&value)) {
      lxw_datetime day = {static_cast<int>(date->year()),
                          static_cast<int>(static_cast<unsigned>(date->month())),
                          static_cast<int>(static_cast<unsigned>(date->day())),
                          0,
                          0,
                          0};
      Note(worksheet_write_datetime(sheet, r, c, &day, Format(heading, "dd/mm/yyyy")));
    } else if (const auto* text = std::get_if<std::string>(&value)) {
      Note(worksheet_write_string(sheet, r, c, Fitted(*text).c_str(), Format(heading, "")));
    } else {
      Note(worksheet_write_blank(sheet, r, c, Format(heading, "")));
    }
  }

  void Merge(lxw_worksheet* sheet, const Cell& cell, lxw_format* format) {
    Note(worksheet_merge_range(sheet, static_cast<lxw_row_t>(cell.row), static_cast<lxw_col_t>(cell.col),
                               static_cast<lxw_row_t>(cell.row + cell.rowspan - 1),
                               static_cast<lxw_col_t>(cell.col + cell.colspan - 1), "", format));
  }

  void SetWidth(lxw_worksheet* sheet, int col, double width) {
    const lxw_col_t c = static_cast<lxw_col_t>(col);
    Note(worksheet_set_column(sheet, c, c, width, nullptr));
  }

  void Note(lxw_error error) {
    if (error_ == LXW_NO_ERROR) error_ = error;
  }

  Result<std::string> Finish() {
    Note(workbook_close(book_));
    book_ = nullptr;
    if (error_ != LXW_NO_ERROR) return Fail(WriteError(lxw_strerror(error_)));
    return ReadFile(path_, kMaxWorkbookBytes);
  }

 private:
  std::filesystem::path path_;
  std::string folder_;
  lxw_workbook* book_ = nullptr;  // freed by workbook_close
  std::map<std::pair<bool, std::string>, lxw_format*> formats_;
  lxw_error error_ = LXW_NO_ERROR;
};

// A list with one row of headings, which stays in sight.
lxw_worksheet* AddList(Workbook& book, const std::string& name, const std::vector<TaskColumn>& columns) {
  lxw_worksheet* sheet = book.AddSheet(name);
  if (sheet == nullptr) return nullptr;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    book.SetWidth(sheet, static_cast<int>(i), columns[i].width);
    book.Write(sheet, 0, static_cast<int>(i), std::string(columns[i].heading), true);
  }
  worksheet_freeze_panes(sheet, 1, 0);
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
  return sheet;
}

void WriteRow(Workbook& book, lxw_worksheet* sheet, int row, const std::vector<CellValue>& values) {
  for (std::size_t i = 0; i < values.size(); ++i)
    book.Write(sheet, row, static_cast<int>(i), values[i], false);
}

// Width of every column: what its unmerged cells need, shared over lines from the widest on.
std::vector<double> ColumnWidths(const Table& table) {
  std::vector<double> widths(static_cast<std::size_t>(table.columns), kNarrowest);
  for (const Cell& cell : table.cells) {
    if (cell.colspan != 1) continue;
    double& width = widths[static_cast<std::size_t>(cell.col)];
    std::size_t start = 0;
    while (start <= cell.text.size()) {
      const std::size_t end = std::min(cell.text.find('\n', start), cell.text.size());
      const double letters =
          static_cast<double>(ToCodePoints(std::string_view(cell.text).substr(start, end - start)).size());
      width = std::max(width, std::min(kWidest, letters + 2));
      start = end + 1;
    }
  }
  return widths;
}

bool FitsSheet(const Table& table) {
  return table.rows <= LXW_ROW_MAX && table.columns <= LXW_COL_MAX;
}

void WriteTable(Workbook& book, lxw_worksheet* sheet, const Table& table) {
  const std::vector<double> widths = ColumnWidths(table);
  for (std::size_t i = 0; i < widths.size(); ++i) book.SetWidth(sheet, static_cast<int>(i), widths[i]);
  for (const Cell& cell : table.cells) {
    const bool heading = cell.row < table.header_rows;
    const CellValue value = heading ? CellValue(CleanText(cell.text)) : ReadCellValue(cell.text);
    if (cell.rowspan > 1 || cell.colspan > 1) book.Merge(sheet, cell, book.Format(heading, ""));
    book.Write(sheet, cell.row, cell.col, value, heading);
  }
  if (table.header_rows > 0 && table.header_rows < table.rows)
    worksheet_freeze_panes(sheet, static_cast<lxw_row_t>(table.header_rows), 0);
  worksheet_set_landscape(sheet);
  worksheet_fit_to_pages(sheet, 1, 0);
}

}  // namespace

Result<std::string> TasksToXlsx(const std::vector<Record>& records) {
  const WorkFolder folder;
  if (folder.path().empty()) return Fail(WriteError("no temporary folder"));
  Workbook book(folder.path());
  lxw_worksheet* tasks = AddList(book, "Nhiệm vụ", TaskColumns());
  lxw_worksheet* documents = AddList(book, "Văn bản", DocumentColumns());
  if (tasks == nullptr || documents == nullptr) return Fail(WriteError("no sheet"));
  int task_row = 0, document_row = 0;
  for (const Record& record : records) {
    WriteRow(book, documents, ++document_row, DocumentRow(record));
    for (const Task& task : record.tasks) WriteRow(book, tasks, ++task_row, TaskRow(record, task));
  }
  worksheet_autofilter(tasks, 0, 0, static_cast<lxw_row_t>(task_row),
                       static_cast<lxw_col_t>(TaskColumns().size() - 1));
  return book.Finish();
}

Result<std::string> TablesToXlsx(const std::vector<Table>& tables) {
  const WorkFolder folder;
  if (folder.path().empty()) return Fail(WriteError("no temporary folder"));
  Workbook book(folder.path());
  int number = 0;
  for (const Table& table : tables) {
    lxw_worksheet* sheet = book.AddSheet(fmt::format("Bảng {}", ++number));
    if (sheet == nullptr || !FitsSheet(table)) return Fail(WriteError("the table is too large for a sheet"));
    WriteTable(book, sheet, table);
  }
  if (tables.empty() && book.AddSheet("Không có bảng") == nullptr) return Fail(WriteError("no sheet"));
  return book.Finish();
}

}  // namespace vanthu::record
