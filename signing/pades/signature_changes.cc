// New signatures and places for them.
//
// Decided:
// - A new signature field is welcome where DocMDP does not say P 1 (there, a DocTimeStamp still is: ISO
//   32000-2, 12.8.2.2). It must be signed, and its signature must cover the revision that brought it: a field
//   without a value, or with a value that covers nothing, may be there as an empty place, but must show
//   nothing. That is the Sneaky Signature Attack (IEEE S&P 2021): an "unsigned field" that draws over the
//   text. What a signature is worth - a stranger's certificate, an altered byte - the verifier judges as of
//   any other: a sneaky field signed by anybody makes the file as doubtful as that signature.
// - Lying over text is no fault: the red seal has to cover a third of the signature and with it the title and
//   name (Nghị định 30/2020), and clerks stamp number and date as signatures into the page's own lines. What
//   no seal, signature or stamp of Vietnamese offices does is to take a quarter of the page: larger ones are
//   suspicious when they draw anything. (Largest of the signatures in the ten received documents: 3 %.)
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "signing/pades/change_review.h"
#include "signing/pades/page_ink.h"

namespace vanthu::signing {
namespace {

constexpr double kLargestShare = 0.25;

// Keys of a new signature field and its widget that say nothing beyond it (ISO 32000-1, tables 164, 188,
// 220, 232, 233). Without A, AA, OC: what acts, and what can be switched.
constexpr std::array kFieldKeys = {std::string_view("Type"),
                                   std::string_view("Subtype"),
                                   std::string_view("FT"),
                                   std::string_view("T"),
                                   std::string_view("TU"),
                                   std::string_view("TM"),
                                   std::string_view("V"),
                                   std::string_view("F"),
                                   std::string_view("Ff"),
                                   std::string_view("Rect"),
                                   std::string_view("AP"),
                                   std::string_view("AS"),
                                   std::string_view("P"),
                                   std::string_view("Parent"),
                                   std::string_view("Kids"),
                                   std::string_view("DR"),
                                   std::string_view("DA"),
                                   std::string_view("Q"),
                                   std::string_view("MK"),
                                   std::string_view("BS"),
                                   std::string_view("Border"),
                                   std::string_view("C"),
                                   std::string_view("H"),
                                   std::string_view("M"),
                                   std::string_view("NM"),
                                   std::string_view("Contents"),
                                   std::string_view("Lock"),
                                   std::string_view("SV"),
                                   std::string_view("StructParent"),
                                   std::string_view("Lang"),
                                   std::string_view("DV")};

bool HasInk(const ChangeReview& review, const pdf::Object& widget) {
  const pdf::Object border = review.After(widget, "MK");
  if (!review.After(border, "BG").IsNull()) return true;
  const pdf::Object appearance = review.After(review.After(widget, "AP"), "N");
  if (appearance.AsStream() == nullptr)
    return appearance.AsDictionary() != nullptr;  // states: not a signature's
  const Ink ink = ReadFormInk(review.file, review.after, appearance);
  return !ink.complete || !ink.marks.empty();
}

double ShareOfPage(const ChangeReview& review, const pdf::Object& widget, std::size_t page) {
  const pdf::Object dictionary(review.pages_after[page].dictionary);
  Box visible = ReadRectangle(review.file, review.after, dictionary["MediaBox"]);
  const Box crop = ReadRectangle(review.file, review.after, dictionary["CropBox"]);
  if (!crop.empty()) visible = Intersection(visible, crop);
  const Box box = Intersection(ReadRectangle(review.file, review.after, widget["Rect"]), visible);
  return visible.area() > 0 ? box.area() / visible.area() : 1.0;
}

void JudgeWidget(ChangeReview& review, const FormNode& node, bool is_signed) {
  const pdf::Object widget = review.file.At(node.ref, review.after);
  review.new_widgets.insert(node.ref.number);
  const auto page = review.page_of.find(node.ref.number);
  if (page == review.page_of.end()) return;  // no page shows it
  const std::string name = Shown(node.name);
  const double share = ShareOfPage(review, widget, page->second);
  if (is_signed && share <= kLargestShare) return;
  if (!HasInk(review, widget)) return;
  if (!is_signed)
    review.Suspect(
        {fmt::format("ô chữ ký {} chưa ký nhưng vẽ lên trang {}", name, page->second + 1),
         fmt::format("signature field {} is not signed, but draws on page {}", name, page->second + 1)},
        node.ref);
  else
    review.Suspect(
        {fmt::format("hình của chữ ký {} che {:.0f} % trang {}", name, 100 * share, page->second + 1),
         fmt::format("the appearance of signature {} covers {:.0f} % of page {}", name, 100 * share,
                     page->second + 1)},
        node.ref);
}

void RequireKnownKeys(ChangeReview& review, const FormNode& node) {
  const pdf::Object dictionary = review.file.At(node.ref, review.after);
  for (const auto& [key, value] : *dictionary.AsDictionary())
    if (std::find(kFieldKeys.begin(), kFieldKeys.end(), key) == kFieldKeys.end() &&
        !review.pair.After(value).IsNull())
      review.Suspect({fmt::format("ô chữ ký mới {} có mục lạ {}", Shown(node.name), Shown("/" + key)),
                      fmt::format("the new signature field {} has the foreign entry {}", Shown(node.name),
                                  Shown("/" + key))},
                     node.ref);
}

std::optional<std::int64_t> IntegerAt(const pdf::File& file, std::size_t revision, const pdf::Array& array,
                                      std::size_t i) {
  const pdf::Object item = file.Resolve(array[i], revision);
  return item.AsInteger() != nullptr ? std::optional(*item.AsInteger()) : std::nullopt;
}

bool IsBlank(std::string_view bytes) {
  return bytes.find_first_not_of(std::string_view(" \t\r\n\f\0", 6)) == std::string_view::npos;
}

// The field and the widgets right below it.
std::vector<const FormNode*> PartsOf(const ChangeReview& review, const FormNode& field) {
  std::vector<const FormNode*> parts = {&field};
  for (const int kid : field.kids)
    if (const auto node = review.form_after.nodes.find(kid); node != review.form_after.nodes.end())
      parts.push_back(&node->second);
  return parts;
}

}  // namespace

bool IsDocumentTimestamp(const ChangeReview& review, const pdf::Object& value) {
  const pdf::Object dictionary = review.pair.After(value);
  return review.After(dictionary, "Type").IsName("DocTimeStamp") ||
         review.After(dictionary, "SubFilter").IsName("ETSI.RFC3161");
}

bool IsNewSignature(const ChangeReview& review, const pdf::Object& value, pdf::Ref field) {
  const pdf::File& file = review.file;
  const std::size_t after = review.after;
  const pdf::Object dictionary = file.Resolve(value, after);
  const pdf::Object contents = file.Get(dictionary, "Contents", after);
  const pdf::Object range = file.Get(dictionary, "ByteRange", after);
  const pdf::Array* array = range.AsArray();
  if (dictionary.AsDictionary() == nullptr || contents.AsString() == nullptr ||
      contents.AsString()->bytes.empty() || file.Get(dictionary, "SubFilter", after).AsName() == nullptr ||
      array == nullptr || array->size() != 4)
    return false;
  const std::string_view bytes = file.bytes();
  std::uint64_t at[4] = {};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto number = IntegerAt(file, after, *array, i);
    if (!number || *number < 0 || static_cast<std::uint64_t>(*number) > bytes.size()) return false;
    at[i] = static_cast<std::uint64_t>(*number);
  }
  const std::uint64_t end = at[2] + at[3];
  if (at[0] != 0 || at[1] + 2 > at[2] || end > bytes.size() || bytes[at[1]] != '<' || bytes[at[2] - 1] != '>')
    return false;
  const pdf::Ref* own = value.AsRef();
  const auto place = file.Find(own != nullptr ? own->number : field.number, after);
  // A value of before in a field of now signs nothing of now; nor does one that got its field later.
  if (!place || place->revision <= review.before ||
      (field.number > 0 && file.At(field, place->revision)["V"].IsNull()))
    return false;
  const pdf::Revision& revision = file.revisions()[place->revision];
  return at[1] >= revision.begin && end <= revision.end && IsBlank(bytes.substr(end, revision.end - end));
}

void JudgeNewSignature(ChangeReview& review, const FormNode& field) {
  const pdf::Object value = review.pair.After(field.value);
  const std::string name = Shown(field.name);
  const bool is_timestamp = IsDocumentTimestamp(review, field.value);
  const bool is_signed = !value.IsNull() && IsNewSignature(review, field.value, field.ref);
  if (!value.IsNull() && !is_signed)
    review.Suspect({fmt::format("chữ ký mới {} không bao trùm phiên bản của nó", name),
                    fmt::format("the new signature {} does not cover its revision", name)},
                   field.ref);
  else if (review.NoChanges() && !is_timestamp)
    review.Suspect(
        {fmt::format("chữ ký mới {} dù văn bản đã chứng thực là không được thay đổi", name),
         fmt::format("new signature {}, though the document is certified against any change", name)},
        field.ref);
  else if (is_timestamp)
    review.Allow({"thêm dấu thời gian của tài liệu", "a document timestamp was added"}, field.ref);
  else if (is_signed)
    review.Allow({fmt::format("thêm chữ ký {}", name), fmt::format("signature {} was added", name)},
                 field.ref);
  else
    review.Allow({fmt::format("thêm ô chữ ký trống {}", name),
                  fmt::format("the empty signature field {} was added", name)},
                 field.ref);
  for (const FormNode* part : PartsOf(review, field)) {
    RequireKnownKeys(review, *part);
    if (part->is_widget) JudgeWidget(review, *part, is_signed);
  }
}

}  // namespace vanthu::signing
