// The record: what a document says, each value with its evidence. The one value in which both flows meet.
//
// A null optional is JSON null: looked, not there. A top-level member named in `unexamined` is left out of
// the written record: could not look. Empty strings do not occur. Pages are 0-based here and 1-based when
// written; a page of -1 is one that a record read from elsewhere does not name, and is left out again.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pipeline/base/date.h"
#include "pipeline/model/finding.h"
#include "pipeline/model/geometry.h"
#include "pipeline/model/page.h"
#include "pipeline/model/report.h"
#include "pipeline/model/table.h"

namespace vanthu {

enum class Origin { kText, kScan, kMixed, kAttachedRecord };

struct SourceFile {
  std::string file;    // as named by the user, without its folder
  std::string sha256;  // lower-case hex
  int pages = 0;
  Origin origin = Origin::kText;
};

using Text = std::optional<std::string>;

// The document that an appendix or a plan is issued with.
struct IssuedWith {
  Text type_code, number, notation;
  std::optional<Date> date;
  Text agency;
};

struct Header {
  Text parent_agency, issuing_agency;  // cơ quan chủ quản, cơ quan ban hành
  Text number, notation;               // số, ký hiệu
  Text type_code, type_name;           // tên loại
  Text place;                          // địa danh
  std::optional<Date> date;
  Text subject;           // trích yếu
  Text urgency, secrecy;  // độ khẩn, độ mật
  std::optional<IssuedWith> issued_with;
};

struct Signer {
  std::vector<std::string> block;      // the lines as printed: quyền hạn, chức vụ
  std::vector<std::string> authority;  // "TM.", "KT.", ...
  Text on_behalf_of, position, name;
};

enum class CitationRole { kBasis, kBody };  // căn cứ, or named in the text

struct Citation {
  std::string text;
  Text type_code, number, notation;
  std::optional<Date> date;
  Text agency;
  CitationRole role = CitationRole::kBody;
};

struct Section {
  Text label, title;
  int level = 0;  // 0: the preamble
  std::vector<std::string> paragraphs;
  std::vector<Section> sections;
};

struct DocumentReference {
  Text number, notation;
  std::optional<Date> date;
};

struct Appendix {
  Text label, title;
  std::optional<DocumentReference> attached_to;
  int first_page = 0;
  int last_page = 0;
  std::vector<int> tables;              // indices in Record::tables
  std::vector<std::string> paragraphs;  // its prose after the heading
  std::vector<std::string> footnotes;
};

enum class DeadlineKind { kBy, kOn, kBetween, kQuarter, kYear, kOngoing, kPeriodic, kRelative, kUnknown };

struct Deadline {
  std::string text;  // as written
  DeadlineKind kind = DeadlineKind::kUnknown;
  std::optional<Date> start, end;
  Text recurrence;  // an RFC 5545 RRULE
};

struct Task {
  std::vector<std::string> group;  // headings above it, outermost first
  Text ordinal, goal, mission;
  std::string content;
  std::vector<std::string> lead, coordinate;  // chủ trì, phối hợp: one organisation an entry, as written
  // The register's name of each lead and coordinate, null where it knows none; as long as lead and
  // coordinate.
  std::vector<Text> lead_normalised, coordinate_normalised;
  std::optional<Deadline> deadline;
  Text product, note;
  int page = 0;
  std::optional<int> table;  // index in Record::tables
  std::optional<int> row;
};

struct Target {
  std::string text;
  double value = 0;
  std::string unit;
  std::string comparison;  // "=", ">=", "<=", ">", "<"
  int page = 0;
};

struct Evidence {
  int page = 0;
  Box box;  // in points of the page as the file shows it
  Source source = Source::kText;
  double confidence = 1;
};

// How a document was set from this record: enough to set it again and compare.
struct Rendering {
  struct Font {
    std::string name;    // of its file
    std::string sha256;  // lower-case hex
  };
  std::string form;         // its id: "ke-hoach"
  std::string form_sha256;  // of its bytes
  std::string engine;       // version
  std::vector<Font> fonts;
  std::optional<std::string>
      conventions_sha256;  // of conventions.json; absent from documents of engine 2 and before
};

// What was found of one digital signature of the document (signing/pades/verify.h), as the record tells it.
// Words are those of record/vocabulary.h; times are ISO 8601 with the zone of Vietnam.
struct SignatureFound {
  Text field, signer, issuer, organisation, role;
  Text claimed_time;          // what the signer's machine said
  Text timestamp_time;        // what a trusted timestamp proves
  Text valid_from, valid_to;  // of the signer's certificate
  Text algorithm;             // "RSA, SHA-256"
  Text level, integrity, coverage, changes_after, chain, revocation;
  Text verdict, sub_indication;
  std::vector<std::string> reasons;
};

struct Record {
  SourceFile source;
  Header header;
  std::vector<std::string> addressees;  // Kính gửi
  std::optional<Signer> signer;
  std::vector<std::string> recipients;  // Nơi nhận
  std::vector<Citation> citations;
  std::vector<Section> sections;
  std::vector<Appendix> appendices;
  std::vector<Table> tables;  // places in the page as the file shows it
  std::vector<Task> tasks;
  std::vector<Target> targets;
  std::vector<SignatureFound> signatures;
  std::map<std::string, Evidence> evidence;  // by JSON pointer: "/header/number"
  std::vector<Finding> findings;
  std::optional<Report> report;        // of a periodic report: what was computed for it
  std::optional<Rendering> rendering;  // of a record that is carried by the document made from it
  std::set<std::string> unexamined;    // top-level members that could not be looked at: "signatures"
};

// Below this confidence a value is doubtful: it is counted, listed and shown to a person.
// Rule of the house, not a measurement: a field that is wrong one time in ten may not look certain.
inline constexpr double kDoubtful = 0.9;

}  // namespace vanthu
