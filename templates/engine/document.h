// A document ready to be set: what a form and a record become, and all that the engine knows of either.
//
// Lengths in PDF points; text in UTF-8, NFC. A value without behaviour: built by templates/forms, read by the
// writers (PDF, text, DOCX). Nothing here knows fonts, records or forms.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace vanthu::templates {

struct Run {
  std::string text;  // a line feed breaks the line
  bool bold = false;
  bool italic = false;
  bool red = false;               // urgency and secrecy stamps
  std::optional<double> size_pt;  // absent: the paragraph's
};

enum class Align { kLeft, kCentre, kRight, kJustified };

// What a paragraph is to a reader that cannot see it: its tag.
enum class Role { kParagraph, kTitle, kHeading, kListItem, kCaption };

struct Paragraph {
  Role role = Role::kParagraph;
  int level = 1;  // of a heading, from 1
  std::vector<Run> runs;
  Align align = Align::kLeft;
  double size_pt = 14;
  double line_spacing = 1.0;   // of the font's own line height
  double indent_pt = 0;        // of all lines
  double first_indent_pt = 0;  // of the first line, beyond indent_pt; negative hangs
  double space_before_pt = 0;
  double space_after_pt = 0;
  bool keep_with_next = false;
  // A frame of the text's colour around the paragraph, centred as its text is; it grows with the text.
  struct Frame {
    double width_pt = 0, height_pt = 0;
  };
  std::optional<Frame> frame;
  // A solid rule under the paragraph, centred: its length as a share of the widest line; absent for none.
  std::optional<double> rule_share;
  std::string style;  // its name in the conventions, for a writer whose reader edits by styles; may be empty
};

// An empty place that something is put in later: signature and seal pictures. The writers keep its box.
struct Place {
  std::string name;  // "signer", "agency"
  double height_pt = 0;
};

using ColumnItem = std::variant<Paragraph, Place>;

struct Column {
  double width_share = 0.5;  // of the text width
  std::vector<ColumnItem> items;
};

// Columns side by side, never split over pages: the head's two, the closing's two.
struct Columns {
  std::vector<Column> columns;
  double space_before_pt = 0;
  double space_after_pt = 0;
  bool keep_with_previous = false;  // the closing stays with the body's last lines
};

struct TableCell {
  int row = 0;
  int column = 0;
  int row_span = 1;
  int column_span = 1;
  std::vector<Paragraph> paragraphs;
  bool header = false;  // heads its column, or its row where it stands in a group row
};

enum class RowKind { kBody, kGroup, kNumbers };  // kGroup stays with the next row; kNumbers: (1) (2) (3)

struct Table {
  std::vector<double> column_shares;  // of the table's width; they add up to 1
  int header_rows = 0;                // repeated on every page
  int rows = 0;
  std::vector<RowKind> row_kinds;  // one a row
  std::vector<TableCell> cells;    // every grid position is covered exactly once
  double rule_pt = 0.5;
  double padding_pt = 3;
  std::string summary;  // for readers that cannot see it
};

struct ChartValue {
  double value = 0;  // not negative
  std::string text;  // as written beside the bar: "1.250,5"
};

// Bars of one label, one below the other.
struct ChartGroup {
  std::string label;
  std::vector<std::optional<ChartValue>> values;  // one a series; absent: no bar
};

// Horizontal bars with their values. Series are told apart by fills that a printer without colours keeps.
struct Chart {
  std::vector<std::string> series;  // at most kMostSeries
  std::vector<ChartGroup> groups;
  double size_pt = 11;
  std::string alt;  // what the chart is about; the values are added for readers that cannot see it
};

inline constexpr std::size_t kMostSeries = 6;

using Block = std::variant<Paragraph, Columns, Table, Place, Chart>;

enum class Orientation { kPortrait, kLandscape };

// Pages of one orientation and one numbering.
struct Section {
  Orientation orientation = Orientation::kPortrait;
  bool restart_numbers = false;    // each annex is numbered from 1
  bool number_first_page = false;  // Decree 30/2020: the first page bears none
  std::vector<Block> blocks;
};

struct Margins {
  double top_pt = 56.7;  // 20 mm
  double bottom_pt = 56.7;
  double left_pt = 85;     // 30 mm
  double right_pt = 42.5;  // 15 mm
};

struct Attachment {
  std::string name;       // "record.xml"
  std::string mime_type;  // "application/xml"
  std::string description;
  std::string bytes;
};

struct Document {
  std::string title;   // for the viewer's window and XMP
  std::string author;  // the issuing agency
  std::string subject;
  std::string language = "vi-VN";
  std::string date;  // ISO 8601, of the document: all that the file says of time
  Margins margins;
  double page_number_pt = 13;
  std::vector<Section> sections;
  std::optional<Attachment> attachment;  // present: PDF/A-3a, absent: 2a
};

}  // namespace vanthu::templates
