// Records of any shape that the model allows, the same for the same seed: for tests of what must hold for all
// of them.
#pragma once

#include <random>
#include <string>

#include "pipeline/base/unicode.h"
#include "pipeline/model/record.h"
#include "pipeline/record/vocabulary.h"

namespace vanthu::record {

class RandomRecord {
 public:
  explicit RandomRecord(unsigned seed) : random_(seed) {}

  Record Make() {
    Record record;
    if (Chance(2)) record.source = {Line(), std::string(64, 'a'), Below(500), static_cast<Origin>(Below(4))};
    record.header = {Maybe(), Maybe(),     Maybe(), Maybe(), Maybe(), Maybe(),
                     Maybe(), MaybeDate(), Maybe(), Maybe(), Maybe(), {}};
    if (Chance(2)) record.header.issued_with = {Maybe(), Maybe(), Maybe(), MaybeDate(), Maybe()};
    record.addressees = Lines();
    if (Chance(2)) record.signer = Signer{Lines(), Lines(), Maybe(), Maybe(), Maybe()};
    record.recipients = Lines();
    Repeat([&] {
      record.citations.push_back(
          {Line(), Maybe(), Maybe(), Maybe(), MaybeDate(), Maybe(), static_cast<CitationRole>(Below(2))});
    });
    Repeat([&] { record.sections.push_back(MakeSection(0)); });
    Repeat([&] { record.tables.push_back(MakeTable()); });
    Repeat([&] { record.appendices.push_back(MakeAppendix(record.tables.size())); });
    Repeat([&] { record.tasks.push_back(MakeTask(record.tables)); });
    Repeat([&] { record.targets.push_back({Line(), Number(), Line(), Line(), Below(9) - 1}); });
    Repeat([&] { record.signatures.push_back(MakeSignature()); });
    Repeat([&] {
      record.evidence["/tasks/" + std::to_string(Below(1000)) + "/~1<&\""] = {
          Below(9), MakeBox(), static_cast<Source>(Below(5)), Share()};
    });
    Repeat([&] {
      record.findings.push_back({static_cast<Severity>(Below(3)), Line(), Line(),
                                 Chance(2) ? std::optional<int>(Below(9)) : std::nullopt});
    });
    if (Chance(2)) record.report = MakeReport();
    for (const char* name : {"addressees", "targets", "signatures", "header", "tasks"})
      if (Chance(5)) record.unexamined.insert(name);
    return record;
  }

 private:
  int Below(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool Chance(int n) { return Below(n) == 0; }
  double Share() { return Below(2) == 0 ? 1 : Below(100001) / 100000.0; }
  double Number() { return Below(3) == 0 ? Below(1000) : (Below(2'000'000) - 1'000'000) / 977.0; }
  Box MakeBox() { return Chance(4) ? Box{} : Box{Number(), Number(), Number(), Number()}; }

  template <typename Act>
  void Repeat(const Act& act) {
    for (int i = Below(4); i > 0; --i) act();
  }

  // Letters, marks, markup, white space, controls and what is not allowed anywhere.
  std::string Line() {
    static const char32_t kAlphabet[] = {U'a',   U'Ế',   U'đ',   U' ',    U'\n', U'\t', U'\r', U'<',  U'>',
                                         U'&',   U'"',   U'\'',  0x1,     0x7F,  0x85,  0x301, 0x323, 0xA0,
                                         0x2028, 0xFFFD, 0xFFFE, 0x1F600, U']',  U'/',  U'~'};
    std::u32string text;
    for (int i = Below(12); i > 0; --i) text.push_back(kAlphabet[static_cast<std::size_t>(Below(25))]);
    return FromCodePoints(text);
  }
  std::vector<std::string> Lines() {
    std::vector<std::string> out;
    Repeat([&] { out.push_back(Line()); });
    return out;
  }
  Text Maybe() { return Chance(3) ? Text() : Text(Line()); }
  std::optional<Date> MaybeDate() {
    return Chance(3) ? std::nullopt : MakeDate(1900 + Below(200), 1 + Below(12), 1 + Below(31));
  }

  SignatureFound MakeSignature() {
    SignatureFound signature;
    for (const record::SignatureMember& member : record::SignatureMembers()) {
      if (Chance(3)) continue;
      signature.*member.member =
          member.words.empty()
              ? Line()
              : std::string(
                    member.words[static_cast<std::size_t>(Below(static_cast<int>(member.words.size())))]);
    }
    signature.reasons = Lines();
    return signature;
  }

  Section MakeSection(int depth) {
    Section section{Maybe(), Maybe(), depth, Lines(), {}};
    if (depth < 4) Repeat([&] { section.sections.push_back(MakeSection(depth + 1)); });
    return section;
  }

  std::vector<Place> MakePlaces() {
    std::vector<Place> places;
    Repeat([&] { places.push_back({Below(9), MakeBox()}); });
    return places;
  }

  Table MakeTable() {
    Table table;
    Repeat([&] { table.pages.push_back(Below(9)); });
    table.rows = 1 + Below(4);
    table.columns = 1 + Below(4);
    table.header_rows = Below(table.rows + 1);
    table.caption = Line();
    table.places = MakePlaces();
    for (int row = 0; row < table.rows; ++row) {
      for (int col = 0; col < table.columns;) {
        Cell cell;
        cell.row = row;
        cell.col = col;
        cell.colspan = 1 + Below(table.columns - col);
        cell.text = Line();
        cell.places = MakePlaces();
        cell.source = static_cast<Source>(Below(5));
        cell.confidence = Share();
        col += cell.colspan;
        table.cells.push_back(std::move(cell));
      }
    }
    return table;
  }

  Appendix MakeAppendix(std::size_t tables) {
    Appendix appendix;
    appendix.label = Maybe();
    appendix.title = Maybe();
    if (Chance(2)) appendix.attached_to = {Maybe(), Maybe(), MaybeDate()};
    appendix.first_page = Below(5) - 1;
    appendix.last_page = appendix.first_page < 0 ? -1 : appendix.first_page + Below(3);
    if (tables > 0) Repeat([&] { appendix.tables.push_back(Below(static_cast<int>(tables))); });
    appendix.paragraphs = Lines();
    appendix.footnotes = Lines();
    return appendix;
  }

  Task MakeTask(const std::vector<Table>& tables) {
    Task task;
    task.group = Lines();
    task.ordinal = Maybe();
    task.goal = Maybe();
    task.mission = Maybe();
    task.content = Line();
    task.lead = Lines();
    task.coordinate = Lines();
    for (std::size_t i = 0; i < task.lead.size(); ++i) task.lead_normalised.push_back(Maybe());
    if (Chance(2))
      task.deadline =
          Deadline{Line(), static_cast<DeadlineKind>(Below(9)), MaybeDate(), MaybeDate(), Maybe()};
    task.product = Maybe();
    task.note = Maybe();
    task.page = Below(9) - 1;
    if (!tables.empty() && Chance(2)) {
      task.table = Below(static_cast<int>(tables.size()));
      task.row = Below(tables[static_cast<std::size_t>(*task.table)].rows);
    }
    return task;
  }

  Figures MakeFigures(std::span<const FigureName> names) {
    Figures figures;
    for (const FigureName& name : names) {
      if (Chance(3)) continue;
      if (name.kind == FigureKind::kNumber) figures.emplace(name.name, Number());
      if (name.kind == FigureKind::kText) figures.emplace(name.name, Line());
      if (name.kind == FigureKind::kDate)
        if (const std::optional<Date> date = MaybeDate()) figures.emplace(name.name, *date);
    }
    return figures;
  }

  Report MakeReport() {
    Report report{MakeFigures(kReportFigures), {}};
    for (const ReportList& list : kReportLists) {
      if (Chance(3)) continue;
      std::vector<Figures>& rows = report.lists[std::string(list.name)];
      Repeat([&] { rows.push_back(MakeFigures(list.columns)); });
    }
    return report;
  }

  std::mt19937 random_;
};

}  // namespace vanthu::record
