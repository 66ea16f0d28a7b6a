// Pages: what they show stays, whatever else is allowed.
//
// Decided:
// - Number, order and every entry of a page stay; an attribute may move from the tree into the page. Free:
//   /LastModified, /Tabs (the order of the tabulator key), and what the list of annotations may gain.
// - Annotations that were there stay, in their order (one that is gone, or comes later, uncovers what it hid:
//   shadow attack "hide"), and with all that they show. Widgets of the form are judged by its rule.
// - New ones: widgets of new signatures. At P 3 also comments, under the conditions of the Evil Annotation
//   Attack (IEEE S&P 2021): nothing that acts (links, scripts, files, media), no Redact; marks on text may
//   not draw over it (text, pictures, opaque surfaces higher than a line); everything else may not touch the
//   ink that the page had when it was signed. Texts of comments that were there may change at P 3; what is
//   drawn may not.
// - Without certification no comments at all (Adobe lets them pass): an office's document is not a draft.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "signing/pades/change_review.h"
#include "signing/pades/page_ink.h"

namespace vanthu::signing {
namespace {

constexpr double kIconSide = 48;       // points; viewers draw note icons at 18 to 32
constexpr double kLineShare = 0.3;     // of a mark's height: what underlines may fill
constexpr int kMostComments = 5000;    // each is held against the page's ink: time
constexpr double kLeastOverlap = 1.0;  // square points; boxes of text are guesses

// Comments' entries that may change at P 3 (ISO 32000-1, tables 164, 170, 172): text and dates.
constexpr std::array kCommentKeys = {std::string_view("Contents"), std::string_view("RC"),
                                     std::string_view("M"),        std::string_view("Subj"),
                                     std::string_view("State"),    std::string_view("StateModel"),
                                     std::string_view("Open"),     std::string_view("CreationDate")};
// Marks that lie on the text they speak of.
constexpr std::array kTextMarks = {std::string_view("Highlight"), std::string_view("Underline"),
                                   std::string_view("Squiggly"), std::string_view("StrikeOut")};
constexpr std::array kDrawnComments = {
    std::string_view("FreeText"), std::string_view("Line"),    std::string_view("Square"),
    std::string_view("Circle"),   std::string_view("Polygon"), std::string_view("PolyLine"),
    std::string_view("Caret"),    std::string_view("Stamp"),   std::string_view("Ink")};

template <std::size_t N>
bool Holds(const std::array<std::string_view, N>& all, std::string_view item) {
  return std::find(all.begin(), all.end(), item) != all.end();
}

class PageRule {
 public:
  explicit PageRule(ChangeReview& review) : review_(review) {}

  void Judge() {
    const auto& first = review_.pages_before;
    const auto& second = review_.pages_after;
    if (first.size() != second.size()) {
      review_.Suspect({fmt::format("số trang đã đổi từ {} thành {}", first.size(), second.size()),
                       fmt::format("the number of pages changed from {} to {}", first.size(), second.size())},
                      {});
      return;
    }
    for (page_ = 0; page_ < first.size(); ++page_) {
      ink_.reset();
      if (first[page_].ref != second[page_].ref)
        review_.Suspect({fmt::format("trang {} đã bị thay bằng trang khác", page_ + 1),
                         fmt::format("page {} is another one", page_ + 1)},
                        second[page_].ref);
      JudgeEntries(pdf::Object(first[page_].dictionary), pdf::Object(second[page_].dictionary));
    }
  }

 private:
  pdf::Ref PageRef() const { return review_.pages_after[page_].ref; }

  void JudgeEntries(const pdf::Object& first, const pdf::Object& second) {
    for (const std::string& key : KeysOf(first, second)) {
      const pdf::Object now = review_.After(second, key);
      if (key == "Annots") {
        JudgeAnnotations(first, second);
      } else if (key == "LastModified" && (now.IsNull() || now.AsString() != nullptr)) {
        continue;
      } else if (key == "Tabs" && (now.IsNull() || now.AsName() != nullptr)) {
        continue;
      } else {
        review_.Require(first[key], second[key], key, EntryMessage(key), PageRef());
      }
    }
  }

  Message EntryMessage(const std::string& key) const {
    if (key == "Contents")
      return {fmt::format("nội dung trang {} đã bị thay", page_ + 1),
              fmt::format("the content of page {} was changed", page_ + 1)};
    if (key == "Resources")
      return {fmt::format("phông, hình hoặc tài nguyên của trang {} đã bị thay", page_ + 1),
              fmt::format("fonts, pictures or other resources of page {} were changed", page_ + 1)};
    return {fmt::format("mục {} của trang {} đã bị thay", Shown("/" + key), page_ + 1),
            fmt::format("the entry {} of page {} was changed", Shown("/" + key), page_ + 1)};
  }

  // --- annotations

  std::vector<pdf::Object> List(const pdf::Object& page, std::size_t revision) {
    std::vector<pdf::Object> list;
    const pdf::Object annotations = review_.file.Get(page, "Annots", revision);
    if (const pdf::Array* array = annotations.AsArray()) {
      for (const pdf::Object& item : *array)
        if (!review_.file.Resolve(item, revision).IsNull()) list.push_back(item);
    } else if (!annotations.IsNull() && revision == review_.after) {
      Suspect("danh sách chú thích của trang {} sai kiểu", "the annotations of page {} are no list",
              PageRef());
    }
    return list;
  }

  void JudgeAnnotations(const pdf::Object& first, const pdf::Object& second) {
    const auto old_list = List(first, review_.before);
    const auto new_list = List(second, review_.after);
    std::size_t next = 0;
    for (const pdf::Object& old_item : old_list) {
      std::size_t at = next;
      while (at < new_list.size() && !IsSameItem(old_item, new_list[at])) ++at;
      if (at == new_list.size()) {
        Suspect("chú thích hoặc ô của trang {} bị bỏ hoặc đổi chỗ",
                "an annotation or field of page {} was taken out or moved",
                old_item.AsRef() != nullptr ? *old_item.AsRef() : PageRef());
        return;
      }
      for (; next < at; ++next) JudgeNew(new_list[next]);
      JudgeOld(old_item, new_list[at]);
      next = at + 1;
    }
    for (; next < new_list.size(); ++next) JudgeNew(new_list[next]);
  }

  bool IsSameItem(const pdf::Object& first, const pdf::Object& second) {
    const pdf::Ref* first_ref = first.AsRef();
    const pdf::Ref* second_ref = second.AsRef();
    if (first_ref != nullptr && second_ref != nullptr) return *first_ref == *second_ref;
    return first_ref == nullptr && second_ref == nullptr && review_.pair.Same(first, second, "Annots");
  }

  void JudgeOld(const pdf::Object& first, const pdf::Object& second) {
    const pdf::Ref* ref = second.AsRef();
    if (ref != nullptr && review_.form_before.nodes.contains(ref->number)) return;  // the form's rule
    const pdf::Object old_value = review_.pair.Before(first);
    const pdf::Object new_value = review_.pair.After(second);
    const pdf::Ref holder = ref != nullptr ? *ref : PageRef();
    const bool is_comment = review_.permission == 3 && !old_value["Subtype"].IsName("Widget");
    for (const std::string& key : KeysOf(old_value, new_value)) {
      if (is_comment && Holds(kCommentKeys, key)) continue;
      review_.Require(old_value[key], new_value[key], key,
                      {fmt::format("chú thích có sẵn trên trang {} đã bị thay", page_ + 1),
                       fmt::format("an annotation that was on page {} was changed", page_ + 1)},
                      holder);
    }
    if (old_value.AsStream() != nullptr || new_value.AsStream() != nullptr)
      review_.Require(old_value, new_value, "Annots",
                      {fmt::format("chú thích trên trang {} sai kiểu", page_ + 1),
                       fmt::format("an annotation of page {} is of the wrong kind", page_ + 1)},
                      holder);
  }

  void JudgeNew(const pdf::Object& item) {
    const pdf::Ref* ref = item.AsRef();
    if (ref != nullptr && review_.new_widgets.contains(ref->number)) {
      shown_.insert(ref->number).second ? void() : Repeated(*ref);
      return;
    }
    const pdf::Object annotation = review_.pair.After(item);
    const pdf::Ref holder = ref != nullptr ? *ref : PageRef();
    if (review_.permission != 3 || ++comments_ > kMostComments) {
      Suspect("thêm chú thích hoặc ô lạ trên trang {}",
              "an annotation or a foreign field was added to page {}", holder);
    } else if (const auto fault = FaultOfComment(annotation)) {
      review_.Suspect(*fault, holder);
    } else {
      review_.Allow({fmt::format("thêm chú thích trên trang {}", page_ + 1),
                     fmt::format("a comment was added to page {}", page_ + 1)},
                    holder);
    }
  }

  void Repeated(pdf::Ref ref) {
    Suspect("một chữ ký mới hiện nhiều lần trên trang {}", "a new signature is shown repeatedly on page {}",
            ref);
  }

  std::optional<Message> FaultOfComment(const pdf::Object& annotation) {
    const pdf::Object subtype = review_.After(annotation, "Subtype");
    const std::string kind = subtype.AsName() != nullptr ? subtype.AsName()->text : "";
    const std::string page = std::to_string(page_ + 1);
    if (annotation.AsStream() != nullptr || !review_.After(annotation, "A").IsNull() ||
        !review_.After(annotation, "AA").IsNull() || !review_.After(annotation, "OC").IsNull())
      return Message{"chú thích mới trên trang " + page + " mang hành động hoặc lớp ẩn",
                     "a new annotation of page " + page + " carries an action or a hidden layer"};
    const Message over = {"chú thích mới (" + kind + ") che nội dung trang " + page,
                          "a new annotation (" + kind + ") covers content of page " + page};
    const pdf::Object appearance = review_.After(review_.After(annotation, "AP"), "N");
    const Box box = ReadRectangle(review_.file, review_.after, annotation["Rect"]);
    if (kind == "Popup") return appearance.IsNull() ? std::nullopt : std::optional(over);
    if (kind == "Text") {
      const bool icon = appearance.IsNull() || (box.width() <= kIconSide && box.height() <= kIconSide);
      return icon ? std::nullopt : std::optional(over);
    }
    if (Holds(kTextMarks, kind)) return HidesText(appearance) ? std::optional(over) : std::nullopt;
    if (Holds(kDrawnComments, kind)) return TouchesInk(box) ? std::optional(over) : std::nullopt;
    return Message{"chú thích mới thuộc loại không được phép (" + Shown(kind) + ") trên trang " + page,
                   "a new annotation of a kind that is not allowed (" + Shown(kind) + ") on page " + page};
  }

  bool HidesText(const pdf::Object& appearance) {
    if (appearance.IsNull()) return false;  // the viewer's own drawing
    const Ink ink = ReadFormInk(review_.file, review_.after, appearance);
    const double line = kLineShare * ink.Bounds().height();
    return !ink.complete || appearance.AsStream() == nullptr ||
           std::any_of(ink.marks.begin(), ink.marks.end(), [&](const InkMark& mark) {
             return mark.kind == InkMark::Kind::kText || mark.kind == InkMark::Kind::kPicture ||
                    (mark.kind == InkMark::Kind::kSurface && !mark.see_through && mark.box.height() > line);
           });
  }

  bool TouchesInk(const Box& box) {
    if (!ink_) ink_ = ReadPageInk(review_.file, review_.before, review_.pages_before[page_].dictionary);
    return !ink_->complete || std::any_of(ink_->marks.begin(), ink_->marks.end(), [&](const InkMark& mark) {
      return Intersection(mark.box, box).area() > kLeastOverlap;
    });
  }

  void Suspect(std::string_view vi, std::string_view en, pdf::Ref ref) {
    review_.Suspect({fmt::format(fmt::runtime(vi), page_ + 1), fmt::format(fmt::runtime(en), page_ + 1)},
                    ref);
  }

  ChangeReview& review_;
  std::size_t page_ = 0;
  std::optional<Ink> ink_;  // of the page as it was
  std::set<int> shown_;
  int comments_ = 0;
};

}  // namespace

void JudgePages(ChangeReview& review) {
  PageRule(review).Judge();
}

}  // namespace vanthu::signing
