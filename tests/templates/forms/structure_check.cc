#include "structure_check.h"

#include <fmt/format.h>
#include <podofo/podofo.h>

#include <map>
#include <set>

namespace vanthu::templates {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfMemDocument;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;

// What may stand in what: the types that the engine uses, of ISO 32000-1, 14.8.4.
const std::map<std::string, std::set<std::string>>& Kids() {
  static const std::set<std::string> kBlocks = {"H1", "H2", "H3", "H4",    "H5",
                                                "H6", "P",  "L",  "Table", "Figure"};
  static const std::map<std::string, std::set<std::string>> kids = {{"Document", {"Form", "Sect"}},
                                                                    {"Sect", kBlocks},
                                                                    {"L", {"LI"}},
                                                                    {"LI", {"Lbl", "LBody"}},
                                                                    {"LBody", {}},
                                                                    {"Lbl", {}},
                                                                    {"Table", {"THead", "TBody"}},
                                                                    {"THead", {"TR"}},
                                                                    {"TBody", {"TR"}},
                                                                    {"TR", {"TH", "TD"}},
                                                                    {"TH", {"P", "L"}},
                                                                    {"TD", {"P", "L"}},
                                                                    {"P", {}},
                                                                    {"Form", {}},
                                                                    {"Figure", {}},
                                                                    {"H1", {}},
                                                                    {"H2", {}},
                                                                    {"H3", {}},
                                                                    {"H4", {}},
                                                                    {"H5", {}},
                                                                    {"H6", {}}};
  return kids;
}

class Walk {
 public:
  explicit Walk(PdfMemDocument& document) : document_(document) {}

  std::vector<std::string> Faults() {
    PdfObject* root = document_.GetCatalog()->GetIndirectKey("StructTreeRoot");
    if (root == nullptr) return {"no structure tree"};
    for (PdfObject* kid : Items(root->GetIndirectKey("K"))) Visit(*kid, "", nullptr);
    Headings();
    Pages(*root);
    return std::move(faults_);
  }

 private:
  PdfObject* Resolve(PdfObject* object) {
    while (object != nullptr && object->IsReference())
      object = document_.GetObjects().GetObject(object->GetReference());
    return object;
  }

  // An array's items or the object itself; references followed.
  std::vector<PdfObject*> Items(PdfObject* object) {
    std::vector<PdfObject*> out;
    object = Resolve(object);
    if (object == nullptr) return out;
    if (!object->IsArray()) return {object};
    for (PdfObject& item : object->GetArray())
      if (PdfObject* resolved = Resolve(&item)) out.push_back(resolved);
    return out;
  }

  std::string NameIn(PdfObject& object, const char* key) {
    PdfObject* name = object.GetIndirectKey(key);
    return name != nullptr && name->IsName() ? name->GetName().GetName() : std::string();
  }

  long NumberIn(PdfObject* object, const char* key, long missing) {
    PdfObject* number = object == nullptr ? nullptr : object->GetIndirectKey(key);
    return number != nullptr && number->IsNumber() ? static_cast<long>(number->GetNumber()) : missing;
  }

  void Fault(std::string text) { faults_.push_back(std::move(text)); }

  void Own(const PdfReference& page, PdfObject& element, long mark) {
    if (!owners_[page].emplace(mark, element.Reference()).second)
      Fault(fmt::format("mark {} of page object {} has two owners", mark, page.ObjectNumber()));
  }

  void Visit(PdfObject& element, const std::string& parent, const PdfReference* page) {
    const std::string type = NameIn(element, "S");
    const auto known = Kids().find(type);
    if (known == Kids().end()) return Fault("an element of type " + type);
    if (!parent.empty() && !Kids().at(parent).contains(type)) Fault(type + " in " + parent);
    if (type.size() == 2 && type[0] == 'H' && type[1] != 'D') headings_.push_back(type[1] - '0');
    if (type == "Figure" && !element.GetDictionary().HasKey("Alt"))
      Fault("a figure without alternative text");
    if (type == "Table") Table(element);
    if (type == "LI") ListItem(element);
    PdfReference own_page;
    if (const PdfObject* named = element.GetDictionary().GetKey("Pg")) {
      own_page = named->GetReference();
      page = &own_page;
    }
    PdfObject* kids = element.GetIndirectKey("K");
    const std::vector<PdfObject*> items = Items(kids);
    if (items.empty() && type != "TD" && type != "TH") Fault("an empty " + type);
    for (PdfObject* kid : items) {
      if (kid->IsNumber()) {
        if (page == nullptr) Fault("a mark of no page");
        if (page != nullptr) Own(*page, element, static_cast<long>(kid->GetNumber()));
      } else if (NameIn(*kid, "Type") == "OBJR") {
        if (type != "Form") Fault("an object in " + type);
        widgets_[kid->GetDictionary().GetKey("Obj")->GetReference()] = element.Reference();
      } else if (NameIn(*kid, "Type") == "MCR") {
        Own(kid->GetDictionary().GetKey("Pg")->GetReference(), element, NumberIn(kid, "MCID", -1));
      } else {
        PdfObject* up = kid->GetIndirectKey("P");
        if (up == nullptr || up->Reference() != element.Reference())
          Fault(NameIn(*kid, "S") + " names another parent");
        Visit(*kid, type, page);
      }
    }
  }

  // A mark or none, then the body.
  void ListItem(PdfObject& item) {
    const std::vector<PdfObject*> parts = Items(item.GetIndirectKey("K"));
    const bool marked = parts.size() == 2 && NameIn(*parts[0], "S") == "Lbl";
    if (parts.empty() || parts.size() > 2 || (parts.size() == 2 && !marked) ||
        NameIn(*parts.back(), "S") != "LBody")
      Fault("a list's item is not its mark and its body");
  }

  // Every position of the grid is covered once.
  void Table(PdfObject& table) {
    std::vector<PdfObject*> rows;
    for (PdfObject* group : Items(table.GetIndirectKey("K")))
      for (PdfObject* row : Items(group->GetIndirectKey("K"))) rows.push_back(row);
    std::vector<std::set<long>> taken(rows.size());
    for (std::size_t r = 0; r < rows.size(); ++r) {
      long column = 0;
      for (PdfObject* cell : Items(rows[r]->GetIndirectKey("K"))) {
        while (taken[r].contains(column)) ++column;
        PdfObject* attributes = cell->GetIndirectKey("A");
        const long down = NumberIn(attributes, "RowSpan", 1), across = NumberIn(attributes, "ColSpan", 1);
        if (NameIn(*cell, "S") == "TH" && (attributes == nullptr || NameIn(*attributes, "Scope").empty()))
          Fault("a TH without a scope");
        for (std::size_t y = r; y < r + static_cast<std::size_t>(down); ++y)
          for (long x = column; x < column + across; ++x)
            if (y >= rows.size() || !taken[y].insert(x).second)
              Fault("table cells overlap or end below the table");
      }
    }
    for (const std::set<long>& row : taken)
      if (row.size() != taken.front().size()) Fault("a table's rows differ in length");
  }

  void Headings() {
    int last = 0;
    for (const int level : headings_) {
      if (level > last + 1) Fault(fmt::format("a heading of level {} after level {}", level, last));
      last = level;
    }
  }

  // The parent tree and the elements say the same, and every mark of a page's content has its element.
  void Pages(PdfObject& root) {
    std::map<long, PdfObject*> parents;
    const std::vector<PdfObject*> numbers = Items(root.GetIndirectKey("ParentTree")->GetIndirectKey("Nums"));
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2)
      parents[static_cast<long>(numbers[i]->GetNumber())] = numbers[i + 1];
    Widgets(parents);
    for (int i = 0; i < document_.GetPageCount(); ++i) {
      PdfObject* page = document_.GetPage(i)->GetObject();
      if (NameIn(*page, "Tabs") != "S") Fault(fmt::format("page {}: tab order", i + 1));
      const auto found = parents.find(NumberIn(page, "StructParents", -1));
      if (found == parents.end() || !found->second->IsArray()) {
        Fault(fmt::format("page {}: not in the parent tree", i + 1));
        continue;
      }
      const PdfArray& listed = found->second->GetArray();
      const std::map<long, PdfReference>& owned = owners_[page->Reference()];
      if (owned.size() != listed.size()) Fault(fmt::format("page {}: marks without an element", i + 1));
      for (const auto& [mark, owner] : owned)
        if (mark < 0 || mark >= static_cast<long>(listed.size()) ||
            listed[static_cast<std::size_t>(mark)].GetReference() != owner)
          Fault(fmt::format("page {}: mark {} is another's in the parent tree", i + 1, mark));
    }
  }

  // Every widget is owned by one Form, and the parent tree says so.
  void Widgets(const std::map<long, PdfObject*>& parents) {
    std::size_t seen = 0;
    for (int i = 0; i < document_.GetPageCount(); ++i)
      for (PdfObject* annotation : Items(document_.GetPage(i)->GetObject()->GetIndirectKey("Annots"))) {
        if (NameIn(*annotation, "Subtype") != "Widget") continue;
        ++seen;
        const auto owner = widgets_.find(annotation->Reference());
        const auto parent = parents.find(NumberIn(annotation, "StructParent", -1));
        if (owner == widgets_.end() || parent == parents.end() ||
            parent->second->Reference() != owner->second)
          Fault("a widget that no Form owns");
        if (!annotation->GetDictionary().HasKey("TU")) Fault("a field without a name for who cannot see it");
      }
    if (seen != widgets_.size()) Fault("a Form without a widget on a page");
  }

  PdfMemDocument& document_;
  std::vector<std::string> faults_;
  std::vector<int> headings_;
  std::map<PdfReference, std::map<long, PdfReference>> owners_;  // page, mark: its element
  std::map<PdfReference, PdfReference> widgets_;                 // widget: its Form
};

}  // namespace

std::vector<std::string> StructureFaults(const std::string& pdf) {
  PdfMemDocument document;
  document.LoadFromBuffer(pdf.data(), static_cast<long>(pdf.size()));
  return Walk(document).Faults();
}

}  // namespace vanthu::templates
