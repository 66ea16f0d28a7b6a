#include "templates/engine/pdf_structure.h"

#include <array>
#include <numeric>

#include <fmt/format.h>

namespace vanthu::templates {
namespace {

constexpr std::array kTagNames = {"Document", "Sect",  "H1", "H2", "H3",  "H4",    "H5",
                                  "H6",       "P",     "L",  "LI", "Lbl", "LBody", "Table",
                                  "THead",    "TBody", "TR", "TH", "TD",  "Figure"};

// Which items belong to each of `count` owners, in order: owner i's are order[starts[i] .. starts[i + 1]).
struct Owned {
  std::vector<std::uint32_t> starts, order;
};

template <typename OwnerOf>
Owned SortByOwner(std::size_t owners, std::size_t first, std::size_t items, OwnerOf owner_of) {
  Owned owned;
  owned.starts.assign(owners + 2, 0);
  for (std::size_t i = first; i < items; ++i) ++owned.starts[owner_of(i) + 2];
  std::partial_sum(owned.starts.begin(), owned.starts.end(), owned.starts.begin());
  owned.order.resize(items - first);
  for (std::size_t i = first; i < items; ++i)
    owned.order[owned.starts[owner_of(i) + 1]++] = static_cast<std::uint32_t>(i);
  return owned;
}

class StructureWriter {
 public:
  StructureWriter(const StructureTree& tree, const std::vector<Mark>& marks, const std::vector<int>& pages,
                  PdfFile& file)
      : tree_(tree), marks_(marks), pages_(pages), file_(file) {
    const auto& elements = tree.Elements();
    children_ =
        SortByOwner(elements.size(), 1, elements.size(), [&](std::size_t i) { return elements[i].parent; });
    parts_ = SortByOwner(elements.size(), 0, marks.size(), [&](std::size_t i) { return marks[i].element; });
  }

  int Write() {
    const std::size_t count = tree_.Elements().size();
    const int root = file_.Reserve();
    first_ = file_.Reserve();  // element i is object first_ + i
    for (std::size_t i = 1; i < count; ++i) file_.Reserve();
    std::string body;
    for (std::uint32_t i = 0; i < count; ++i) {
      body = "<</S/";
      Element(i, i == 0 ? root : Object(tree_.Elements()[i].parent), body);
      file_.Write(Object(i), body);
    }
    file_.Write(root, fmt::format("<</Type/StructTreeRoot/K {} 0 R/ParentTree {} 0 R/ParentTreeNextKey {}>>",
                                  first_, ParentTree(), pages_.size()));
    return root;
  }

 private:
  int Object(std::uint32_t element) const { return first_ + static_cast<int>(element); }

  void Element(std::uint32_t index, int parent, std::string& body) const {
    const templates::Element& element = tree_.Elements()[index];
    auto out = std::back_inserter(body);
    fmt::format_to(out, "{}/P {} 0 R", kTagNames[static_cast<std::size_t>(element.tag)], parent);
    Attributes(index, body);
    Kids(index, body);
    body += ">>";
  }

  void Attributes(std::uint32_t index, std::string& body) const {
    const templates::Element& element = tree_.Elements()[index];
    if (const auto figure = tree_.figures.find(index); figure != tree_.figures.end()) {
      const FigureElement& f = figure->second;
      body += "/Alt" + TextString(f.alt);
      fmt::format_to(std::back_inserter(body), "/A<</O/Layout/Placement/Block/BBox[{} {} {} {}]>>",
                     Number(f.x0_pt), Number(f.y0_pt), Number(f.x1_pt), Number(f.y1_pt));
      return;
    }
    const auto summary = tree_.summaries.find(index);
    const bool spans = element.column_span > 1 || element.row_span > 1;
    if (element.scope == Scope::kNone && !spans && summary == tree_.summaries.end()) return;
    auto out = std::back_inserter(body);
    body += "/A<</O/Table";
    if (element.scope != Scope::kNone)
      body += element.scope == Scope::kColumn ? "/Scope/Column" : "/Scope/Row";
    if (element.column_span > 1) fmt::format_to(out, "/ColSpan {}", element.column_span);
    if (element.row_span > 1) fmt::format_to(out, "/RowSpan {}", element.row_span);
    if (summary != tree_.summaries.end()) body += "/Summary" + TextString(summary->second);
    body += ">>";
  }

  // Children first, then the element's own parts: an element has the ones or the others.
  void Kids(std::uint32_t index, std::string& body) const {
    const std::uint32_t child = children_.starts[index], child_end = children_.starts[index + 1];
    const std::uint32_t part = parts_.starts[index], part_end = parts_.starts[index + 1];
    if (child == child_end && part == part_end) return;
    auto out = std::back_inserter(body);
    const std::uint32_t page = part < part_end ? marks_[parts_.order[part]].page : 0;
    if (part < part_end) fmt::format_to(out, "/Pg {} 0 R", pages_[page]);
    body += "/K[";
    for (std::uint32_t i = child; i < child_end; ++i)
      fmt::format_to(out, "{} 0 R ", Object(children_.order[i]));
    for (std::uint32_t i = part; i < part_end; ++i) {
      const Mark& mark = marks_[parts_.order[i]];
      if (mark.page == page)
        fmt::format_to(out, "{} ", mark.mcid);
      else
        fmt::format_to(out, "<</Type/MCR/Pg {} 0 R/MCID {}>>", pages_[mark.page], mark.mcid);
    }
    if (body.back() == ' ') body.pop_back();
    body += ']';
  }

  // For each page the elements of its MCIDs: ISO 32000-1, 14.7.4.4.
  int ParentTree() {
    std::string numbers = "<</Nums[";
    std::size_t at = 0;
    for (std::uint32_t page = 0; page < pages_.size(); ++page) {
      std::string owners = "[";
      for (; at < marks_.size() && marks_[at].page == page; ++at)
        fmt::format_to(std::back_inserter(owners), "{} 0 R ", Object(marks_[at].element));
      fmt::format_to(std::back_inserter(numbers), "{} {} 0 R ", page, file_.Add(owners + "]"));
    }
    return file_.Add(numbers + "]>>");
  }

  const StructureTree& tree_;
  const std::vector<Mark>& marks_;
  const std::vector<int>& pages_;
  PdfFile& file_;
  Owned children_, parts_;
  int first_ = 0;
};

}  // namespace

int WriteStructure(const StructureTree& tree, const std::vector<Mark>& marks, const std::vector<int>& pages,
                   PdfFile& file) {
  return StructureWriter(tree, marks, pages, file).Write();
}

}  // namespace vanthu::templates
