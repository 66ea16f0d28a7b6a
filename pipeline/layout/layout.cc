#include "pipeline/layout/layout.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "pipeline/layout/header_rows.h"
#include "pipeline/layout/page_work.h"
#include "pipeline/layout/stitch.h"

namespace vanthu::layout {
namespace {

// The document's flow while its pages are added one by one.
class FlowBuilder {
 public:
  FlowBuilder(const std::vector<PageWork>& works, const LineJoins& joins) : works_(works), joins_(joins) {}

  // Adds a page; fills `header_rows`, the heading rows of each of its tables as printed.
  void Add(const PageWork& page, std::vector<int>& header_rows) {
    header_rows.assign(page.tables.size(), 0);
    bool first = true;
    for (std::size_t i = 0; i < page.body.size(); ++i) {
      const PageItem& item = page.body[i];
      if (item.continues) {
        AddToColumns(item.paragraph);
      } else if (item.table >= 0) {
        AddTable(page, static_cast<std::size_t>(item.table), first, i, header_rows);
      } else if (!(first && IsContinuationMark(page, i))) {
        AddParagraph(page, item.paragraph, first);
      } else {
        continue;
      }
      first = false;
      last_page_ = &page;
    }
    notes_.insert(notes_.end(), page.footnotes.begin(), page.footnotes.end());
  }

  void Finish(DocumentLayout& out) {
    FlushNotes();
    for (TableDraft& t : tables_) out.tables.push_back(layout::Finish(t, joins_));
    out.flow = std::move(flow_);
  }

 private:
  // "(tiếp theo)" over a table that goes on: one short line in brackets.
  bool IsContinuationMark(const PageWork& page, std::size_t i) const {
    if (flow_.empty() || !flow_.back().table || i + 1 >= page.body.size() || page.body[i + 1].table < 0)
      return false;
    const Paragraph& p = page.body[i].paragraph;
    return p.lines.size() == 1 && p.text.size() < 48 && p.text.front() == '(' && p.text.back() == ')' &&
           SameColumns(tables_.back().xs, page.tables[static_cast<std::size_t>(page.body[i + 1].table)].xs,
                       page.ink.scale.width_pt);
  }

  void FlushNotes() {
    for (Paragraph& note : notes_) flow_.push_back({std::move(note), std::nullopt});
    notes_.clear();
  }

  void AddTable(const PageWork& page, std::size_t index, bool first, std::size_t item,
                std::vector<int>& header_rows) {
    const TableDraft& draft = page.tables[index];
    if (first && GoesOn(page, draft)) {
      TableDraft& above = tables_.back();
      header_rows[index] = RepeatedRows(above, draft);
      const bool lone_row = above.rows < 2;
      Append(above, draft, page.ink.scale.width_pt,
             last_page_->floor_pt - last_page_->tables.back().places.back().box.y1);
      if (lone_row && above.header_rows == 0) above.header_rows = CountHeaderRows(above);
      return;
    }
    FlushNotes();
    TableDraft table = draft;
    table.header_rows = CountHeaderRows(table);
    table.caption = Caption(page, item);
    header_rows[index] = table.header_rows;
    flow_.push_back({std::nullopt, static_cast<int>(tables_.size())});
    tables_.push_back(std::move(table));
  }

  bool GoesOn(const PageWork& page, const TableDraft& draft) const {
    if (flow_.empty() || !flow_.back().table || last_page_ == nullptr) return false;
    const Scale& a = last_page_->ink.scale;
    const Scale& b = page.ink.scale;
    if (std::abs(a.width_pt - b.width_pt) > 0.03 * a.width_pt) return false;
    return SameColumns(tables_.back().xs, draft.xs, b.width_pt);
  }

  // The paragraph right above the table, if it is short, is no sentence and no remark in brackets.
  static std::string Caption(const PageWork& page, std::size_t item) {
    if (item == 0 || page.body[item - 1].table >= 0) return {};
    const Paragraph& p = page.body[item - 1].paragraph;
    const Box& table = page.tables[static_cast<std::size_t>(page.body[item].table)].places.front().box;
    const bool near = table.y0 - p.lines.back().box.y1 < 2.5 * page.ink.scale.text_pt;
    const bool sentence = p.text.ends_with('.') || p.text.ends_with(';') || p.text.ends_with(',');
    const bool remark = p.text.starts_with('(') && p.text.ends_with(')');
    if (!near || sentence || remark || p.lines.size() > 3 || p.region != Region::kBody) return {};
    return p.text;
  }

  // More recipients go before the signer, the signer's name after.
  void AddToColumns(const Paragraph& p) {
    auto at = flow_.end();
    if (p.region == Region::kLeft)
      while (at != flow_.begin() && std::prev(at)->paragraph &&
             std::prev(at)->paragraph->region == Region::kRight)
        --at;
    flow_.insert(at, {p, std::nullopt});
  }

  void AddParagraph(const PageWork& page, const Paragraph& p, bool first) {
    if (first && !flow_.empty() && flow_.back().paragraph && last_page_ != nullptr &&
        GoesOnOverPage(*flow_.back().paragraph, last_page_->edges, p, page.edges)) {
      Paragraph& above = *flow_.back().paragraph;
      JoinParagraphs(above, p, last_page_->edges.right_pt - above.lines.back().box.x1, joins_);
      return;
    }
    FlushNotes();
    flow_.push_back({p, std::nullopt});
  }

  const std::vector<PageWork>& works_;
  const LineJoins& joins_;
  std::vector<TableDraft> tables_;
  std::vector<FlowItem> flow_;
  std::vector<Paragraph> notes_;
  const PageWork* last_page_ = nullptr;  // of the last item of the flow
};

void AddLines(LayoutPage& page, const Paragraph& p) {
  page.lines.insert(page.lines.end(), p.lines.begin(), p.lines.end());
}

// The page as printed.
LayoutPage AsPrinted(const Page& source, const PageWork& work, const std::vector<int>& header_rows,
                     const LineJoins& joins) {
  LayoutPage page;
  page.page = source.index;
  page.width_pt = source.width_pt;
  page.height_pt = source.height_pt;
  page.to_source = source.to_source;
  page.recognised = source.recognised;
  page.marks = source.marks;
  page.rulings = work.rules;
  const auto add = [&](const Paragraph& p) {
    AddLines(page, p);
    page.flow.push_back({p, std::nullopt});
  };
  for (const Paragraph& p : work.above) add(p);
  for (const PageItem& item : work.body) {
    if (item.table < 0) {
      add(item.paragraph);
      continue;
    }
    const auto index = static_cast<std::size_t>(item.table);
    TableDraft draft = work.tables[index];
    draft.header_rows = header_rows[index];
    for (const DraftCell& c : draft.cells)
      for (const CellPart& part : c.parts)
        page.lines.insert(page.lines.end(), part.lines.begin(), part.lines.end());
    page.flow.push_back({std::nullopt, static_cast<int>(page.tables.size())});
    page.tables.push_back(Finish(draft, joins));
  }
  for (const Paragraph& p : work.footnotes) add(p);
  for (const Paragraph& p : work.below) add(p);
  return page;
}

}  // namespace

DocumentLayout BuildLayout(const std::vector<Page>& pages, const Options& options) {
  DocumentLayout out;
  LineJoins joins(options.is_word);
  const std::vector<PageWork> works = ReadPages(pages, joins);
  FlowBuilder flow(works, joins);
  for (std::size_t p = 0; p < works.size(); ++p) {
    std::vector<int> header_rows;
    flow.Add(works[p], header_rows);
    out.pages.push_back(AsPrinted(pages[p], works[p], header_rows, joins));
    // What was noticed while the page was read stays known to whoever sees the record.
    out.findings.insert(out.findings.end(), pages[p].findings.begin(), pages[p].findings.end());
    if (works[p].gave_up)
      out.findings.push_back({Severity::kWarning, "layout.rulings.many",
                              "Trang có quá nhiều đường kẻ nên không tìm bảng trên trang này.",
                              pages[p].index});
  }
  flow.Finish(out);
  return out;
}

}  // namespace vanthu::layout
