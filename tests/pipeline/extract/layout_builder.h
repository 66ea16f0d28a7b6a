// Layouts written by hand: a document's lines as text, set with the geometry that layout would find.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/file.h"
#include "pipeline/extract/extract.h"
#include "pipeline/extract/folded.h"
#include "pipeline/model/layout.h"

namespace vanthu::extract {

struct LineStyle {
  std::optional<bool> bold;
  double confidence = 1;
  Source source = Source::kText;
};

class LayoutBuilder {
 public:
  static constexpr double kLeft = 85, kRight = 545, kEm = 13, kLeading = 18, kCharWidth = 5.6;

  LayoutBuilder() { NewPage(); }

  LayoutBuilder& Recognised() {
    recognised_ = true;
    document_.pages.back().recognised = true;
    return *this;
  }
  LayoutBuilder& NewPage() {
    LayoutPage page;
    page.page = static_cast<int>(document_.pages.size());
    page.width_pt = 595;
    page.height_pt = 842;
    page.recognised = recognised_;
    document_.pages.push_back(page);
    y_ = 60;
    return *this;
  }
  // Two lines side by side, either may be empty: the header's and the closing's columns.
  LayoutBuilder& Row(const std::string& left, const std::string& right, LineStyle left_style = {},
                     LineStyle right_style = {}) {
    if (!left.empty()) Centred(left, 165, Region::kLeft, left_style);
    if (!right.empty()) Centred(right, 410, Region::kRight, right_style);
    y_ += kLeading;
    return *this;
  }
  // A recipient's line at the left edge of the left column.
  LayoutBuilder& Recipient(const std::string& text, const std::string& right = {},
                           LineStyle right_style = {}) {
    if (!text.empty()) Place(text, kLeft, Region::kLeft, Alignment::kLeft, {});
    if (!right.empty()) Centred(right, 430, Region::kRight, right_style);
    y_ += kLeading;
    return *this;
  }
  LayoutBuilder& Centre(const std::string& text, LineStyle style = {}) {
    Centred(text, (kLeft + kRight) / 2, Region::kBody, style);
    y_ += kLeading;
    return *this;
  }
  // A paragraph of the body, wrapped at the text width, its first line indented.
  LayoutBuilder& Body(const std::string& text, LineStyle style = {}, double indent = 36) {
    Paragraph paragraph;
    paragraph.alignment = Alignment::kJustified;
    paragraph.bold = style.bold;
    std::string line;
    double x = kLeft + indent;
    const auto flush = [&] {
      if (line.empty()) return;
      paragraph.lines.push_back(MakeLine(line, x, style));
      y_ += kLeading;
      line.clear();
      x = kLeft;
    };
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t end = text.find(' ', at);
      if (end == std::string::npos) end = text.size();
      const std::string word = text.substr(at, end - at);
      if (!line.empty() && x + WidthOf(line + " " + word) > kRight) flush();
      if (!word.empty()) line += (line.empty() ? std::string() : std::string(" ")) + word;
      at = end + 1;
    }
    flush();
    paragraph.text = text;
    Add(std::move(paragraph));
    return *this;
  }
  LayoutBuilder& Gap(int lines) {
    y_ += lines * kLeading;
    return *this;
  }
  LayoutBuilder& Footnote(const std::string& text) {
    Place(text, kLeft, Region::kFootnote, Alignment::kLeft, {});
    y_ += kLeading;
    return *this;
  }
  LayoutBuilder& Mark(const vanthu::Mark& mark) {
    document_.pages.back().marks.push_back(mark);
    return *this;
  }
  // A table whose rows are given as texts; over the whole width.
  LayoutBuilder& Table(const std::vector<std::vector<std::string>>& rows, int header_rows = 1) {
    vanthu::Table table;
    const int page = document_.pages.back().page;
    table.pages = {page};
    table.rows = static_cast<int>(rows.size());
    table.columns = rows.empty() ? 0 : static_cast<int>(rows.front().size());
    table.header_rows = header_rows;
    for (int r = 0; r < table.rows; ++r)
      for (int c = 0; c < table.columns; ++c) {
        Cell cell;
        cell.row = r;
        cell.col = c;
        cell.text = rows[static_cast<std::size_t>(r)][static_cast<std::size_t>(c)];
        cell.places.push_back({page, {kLeft + c * 60, y_, kLeft + c * 60 + 60, y_ + kLeading}});
        table.cells.push_back(cell);
      }
    table.places.push_back({page, {kLeft, y_, kRight, y_ + table.rows * kLeading}});
    y_ += (table.rows + 1) * kLeading;
    FlowItem item;
    item.table = static_cast<int>(document_.tables.size());
    document_.flow.push_back(item);
    document_.tables.push_back(table);
    return *this;
  }

  const DocumentLayout& Build() const { return document_; }
  double y() const { return y_; }
  static double WidthOf(const std::string& text) {
    return kCharWidth * static_cast<double>(Folded(text).key.size());
  }

  // A line at a place of its own choosing, outside the usual columns.
  void Place(const std::string& text, double x, Region region, Alignment alignment, LineStyle style) {
    Paragraph paragraph;
    paragraph.lines.push_back(MakeLine(text, x, style));
    paragraph.text = paragraph.lines.front().text;
    paragraph.region = region;
    paragraph.alignment = alignment;
    paragraph.bold = style.bold;
    Add(std::move(paragraph));
  }

 private:
  // Runs of spaces in `text` widen the gap between words, as a blank for a number does.
  Line MakeLine(const std::string& text, double x, LineStyle style) const {
    Line line;
    line.page = document_.pages.back().page;
    line.font_size_pt = kEm;
    line.baseline_pt = y_ + 11;
    line.bold = style.bold;
    line.confidence = style.confidence;
    double at = x;
    std::size_t begin = 0;
    while (begin < text.size()) {
      if (text[begin] == ' ') {
        at += kCharWidth;
        ++begin;
        continue;
      }
      std::size_t end = text.find(' ', begin);
      if (end == std::string::npos) end = text.size();
      Word word;
      word.text = text.substr(begin, end - begin);
      word.box = {at, y_, at + WidthOf(word.text), y_ + kEm};
      word.bold = style.bold;
      word.confidence = style.confidence;
      word.source = recognised_ ? Source::kOcr : style.source;
      word.font_size_pt = kEm;
      at = word.box.x1;
      line.box = line.words.empty() ? word.box : Union(line.box, word.box);
      if (!line.text.empty()) line.text += ' ';
      line.text += word.text;
      line.words.push_back(word);
      begin = end;
    }
    return line;
  }
  void Centred(const std::string& text, double centre, Region region, LineStyle style) {
    Place(text, centre - WidthOf(text) / 2, region, Alignment::kCentre, style);
  }
  void Add(Paragraph paragraph) {
    FlowItem item;
    item.paragraph = std::move(paragraph);
    document_.flow.push_back(std::move(item));
  }

  DocumentLayout document_;
  bool recognised_ = false;
  double y_ = 60;
};

inline const LineStyle kBold{true, 1, Source::kText};
inline const LineStyle kRegular{false, 1, Source::kText};

// The rules as the program reads them.
inline const Rules& TestRules() {
  static const RulesHandle rules = [] {
    Result<RulesHandle> read = ReadRules(DataFolder() / "rules");
    if (!read) throw std::runtime_error(Describe(read.error(), Language::kEnglish));
    return std::move(*read);
  }();
  return *rules;
}

}  // namespace vanthu::extract
