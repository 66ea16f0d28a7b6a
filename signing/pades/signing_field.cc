// Input: an open document, a plan. Output: the objects of one signature field in an update. Method: the
// form's and the page's lists grow where they stand (an array of its own, or the dictionary around it); no
// other object is written again. Source: ISO 32000-1, 12.7 (forms), 12.8 (signatures), 12.5.2 (annotations);
// ISO 19005-2, 6.3.2 (flags).
#include "signing/pades/signing_field.h"

#include <algorithm>
#include <set>

#include "signing/pades/draft.h"
#include "signing/pades/fields.h"
#include "signing/pades/structure_tag.h"
#include "signing/pdf/text_string.h"

namespace vanthu::signing {
namespace {

using pdf::Array;
using pdf::Dictionary;
using pdf::Object;

constexpr int kPrintAndLocked = 4 | 128;  // a signature's widget is printed and never moved
constexpr int kSignaturesExist = 1;
constexpr int kAppendOnly = 2;
constexpr int kMostFields = 100'000;

Error NotAccepted(Message message, Message advice = {}) {
  return {ErrorCode::kNotAccepted, std::move(message), std::move(advice), "", {}, {}};
}

struct Field {
  pdf::Ref ref;
  std::string name;
  bool terminal_signature = false;
  bool has_value = false;
};

// Every named field of the form.
std::vector<Field> FieldsOf(const Draft& draft, const Object& form) {
  std::vector<Field> out;
  struct Node {
    Object object;
    std::string prefix;
    bool is_signature;
  };
  std::vector<Node> open;
  for (const Object& field : draft.ArrayOf(form["Fields"])) open.push_back({field, "", false});
  std::set<pdf::Ref> seen;
  for (std::size_t at = 0; at < open.size() && out.size() < kMostFields; ++at) {
    const Node node = open[at];
    const pdf::Ref* ref = node.object.AsRef();
    if (ref != nullptr && !seen.insert(*ref).second) continue;
    const Object field = draft.Now(node.object);
    const std::string own = pdf::Utf8Of(draft.Now(field["T"]));
    const std::string name = node.prefix.empty() ? own : own.empty() ? node.prefix : node.prefix + "." + own;
    const Object type = draft.Now(field["FT"]);
    const bool is_signature = type.IsNull() ? node.is_signature : type.IsName("Sig");
    for (const Object& kid : draft.ArrayOf(field["Kids"])) open.push_back({kid, name, is_signature});
    if (!own.empty() && ref != nullptr)
      out.push_back({*ref, name, is_signature && draft.ArrayOf(field["Kids"]).empty(), !field["V"].IsNull()});
  }
  return out;
}

// P 1 and a lock that names the field forbid it; a lock on all fields is about those that were there.
Status CheckPermission(const pdf::File& file, const std::string& name, bool is_new) {
  bool locked = FindCertification(file, file.last()).permission == 1;
  for (const FieldLock& lock : FindLocks(file, file.last())) {
    const bool named = std::ranges::find(lock.fields, name) != lock.fields.end();
    const bool holds = lock.action == FieldLock::Action::kInclude   ? named
                       : lock.action == FieldLock::Action::kExclude ? !named && !is_new
                                                                    : !is_new;
    locked = locked || holds || lock.permission == 1;
  }
  if (!locked) return {};
  return Fail(
      NotAccepted({"văn bản đã được khóa khi ký trước đó và không cho ký thêm",
                   "an earlier signature locked the document against further ones"},
                  {"Đề nghị bên đã ký lập lại văn bản cho phép ký thêm, hoặc ký một văn bản riêng kèm theo",
                   "Ask whoever signed for a document that may be signed, or sign a document of its own"}));
}

Result<pdf::Ref> PageRef(const pdf::File& file, int page) {
  Result<std::vector<pdf::File::PageNode>> pages = file.Pages(file.last());
  if (!pages) return Fail(pages.error());
  if (page < 0 || static_cast<std::size_t>(page) >= pages->size())
    return Fail(NotAccepted({"văn bản không có trang " + std::to_string(page + 1),
                             "the document has no page " + std::to_string(page + 1)}));
  return (*pages)[static_cast<std::size_t>(page)].ref;
}

Object Rectangle(const std::array<double, 4>& rect) {
  Array out;
  for (const double value : rect) out.emplace_back(value);
  return Object(std::move(out));
}

// A form XObject that draws nothing: PDF/A wants every widget with a place to have an appearance.
pdf::Ref EmptyAppearance(const std::array<double, 4>& rect, pdf::Update& update) {
  const pdf::Ref ref = update.Reserve();
  update.WriteStream(ref,
                     {{"Type", Object(pdf::Name{"XObject"})},
                      {"Subtype", Object(pdf::Name{"Form"})},
                      {"BBox", Rectangle({0, 0, rect[2] - rect[0], rect[3] - rect[1]})},
                      {"Resources", Object(Dictionary())}},
                     "", true);
  return ref;
}

// The entries that a signature gives its widget.
void Show(const FieldPlan& plan, pdf::Ref value, pdf::Update& update, Dictionary& field) {
  field.insert_or_assign("Rect", Rectangle(plan.widget.rect));
  const pdf::Ref shown =
      plan.widget.appearance ? *plan.widget.appearance : EmptyAppearance(plan.widget.rect, update);
  field.insert_or_assign("AP", Object(Dictionary{{"N", Object(shown)}}));
  field.insert_or_assign("F", Object(kPrintAndLocked));
  field.insert_or_assign("V", Object(value));
  if (!plan.widget.alternate_name.empty())
    field.insert_or_assign("TU", Object(pdf::TextString(plan.widget.alternate_name)));
}

void PutOnPage(Draft& draft, pdf::Ref page_ref, pdf::Ref widget, bool is_tagged) {
  Dictionary page = draft.DictionaryOf(Object(page_ref));
  Array annotations = draft.ArrayOf(page["Annots"]);
  annotations.emplace_back(widget);
  const bool tabs = is_tagged && !page.contains("Tabs");
  if (tabs) page.insert_or_assign("Tabs", Object(pdf::Name{"S"}));
  const pdf::Ref* list = page["Annots"].AsRef();
  const bool own = list != nullptr && draft.Now(page["Annots"]).AsArray() != nullptr;
  if (own)
    draft.Change(*list, Object(std::move(annotations)));
  else
    page.insert_or_assign("Annots", Object(std::move(annotations)));
  if (!own || tabs) draft.Change(page_ref, Object(std::move(page)));
}

// The form with `field` (none: as it is) and the flags of a signed document.
void PutInForm(Draft& draft, std::optional<pdf::Ref> field) {
  const pdf::Ref catalog_ref = draft.CatalogRef();
  Dictionary catalog = draft.DictionaryOf(Object(catalog_ref));
  const Object entry = catalog["AcroForm"];
  Dictionary form = draft.DictionaryOf(entry);
  const Dictionary before = form;
  if (field) {
    Array fields = draft.ArrayOf(form["Fields"]);
    fields.emplace_back(*field);
    draft.Put(form, "Fields", Object(std::move(fields)));
  }
  const auto flags = static_cast<std::int64_t>(draft.Now(form["SigFlags"]).Number());
  form.insert_or_assign("SigFlags", Object(flags | kSignaturesExist | kAppendOnly));
  if (Object(form) == Object(before)) return;
  if (entry.AsRef() != nullptr && draft.Now(entry).AsDictionary() != nullptr) {
    draft.Change(*entry.AsRef(), Object(std::move(form)));
    return;
  }
  catalog.insert_or_assign("AcroForm", Object(std::move(form)));
  draft.Change(catalog_ref, Object(std::move(catalog)));
}

Status FillField(Draft& draft, const Field& found, const FieldPlan& plan, pdf::Ref value) {
  if (!found.terminal_signature)
    return Fail(NotAccepted(
        {"“" + plan.name + "” không phải là ô chữ ký", "“" + plan.name + "” is no signature field"}));
  if (found.has_value)
    return Fail(NotAccepted(
        {"ô chữ ký “" + plan.name + "” đã được ký", "the field “" + plan.name + "” is signed already"},
        {"Chọn ô khác bằng --field, hoặc bỏ --field để lập ô mới",
         "Name another with --field, or leave --field out for a new one"}));
  Dictionary field = draft.DictionaryOf(Object(found.ref));
  Show(plan, value, draft.update(), field);
  draft.Change(found.ref, Object(std::move(field)));
  PutInForm(draft, std::nullopt);
  return {};
}

}  // namespace

Status WriteSignatureField(const pdf::File& file, const FieldPlan& plan, pdf::Ref value,
                           pdf::Update& update) {
  Draft draft(file, update);
  const Object form = draft.Now(draft.Catalog()["AcroForm"]);
  const std::vector<Field> fields = FieldsOf(draft, form);
  const auto found = std::ranges::find(fields, plan.name, &Field::name);
  Status permitted = CheckPermission(file, plan.name, found == fields.end());
  if (!permitted) return permitted;
  if (found != fields.end()) {
    Status filled = FillField(draft, *found, plan, value);
    if (!filled) return filled;
    draft.WriteAll();
    return {};
  }
  const Result<pdf::Ref> page = PageRef(file, plan.widget.page);
  if (!page) return Fail(page.error());
  const pdf::Ref ref = update.Reserve();
  const std::optional<int> key = TagWidget(draft, ref, *page, plan.widget.alternate_name);
  Dictionary field{{"Type", Object(pdf::Name{"Annot"})},
                   {"Subtype", Object(pdf::Name{"Widget"})},
                   {"FT", Object(pdf::Name{"Sig"})},
                   {"T", Object(pdf::TextString(plan.name))},
                   {"P", Object(*page)}};
  if (key) field.insert_or_assign("StructParent", Object(*key));
  Show(plan, value, update, field);
  update.Write(ref, Object(std::move(field)));
  PutOnPage(draft, *page, ref, key.has_value());
  PutInForm(draft, ref);
  draft.WriteAll();
  return {};
}

std::string FreeFieldName(const pdf::File& file, const std::string& stem) {
  pdf::Update unused(file);
  const Draft draft(file, unused);
  const std::vector<Field> fields = FieldsOf(draft, draft.Now(draft.Catalog()["AcroForm"]));
  for (int number = 1;; ++number) {
    std::string name = stem + "-" + std::to_string(number);
    if (std::ranges::find(fields, name, &Field::name) == fields.end()) return name;
  }
}

}  // namespace vanthu::signing
