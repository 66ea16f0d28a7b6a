// What the signed revision carries that a later one could bring to light, or that hides what it says: the
// attacker's part of a shadow attack is done before the victim signs (NDSS 2021). None of it
// proves an attack, so these are warnings; that it is used, JudgeChanges finds.
//
// Looked for: opaque comments, pictures and surfaces that lie over text drawn before them; text fields whose
// appearance shows another text than their value; pages, trees of pages and catalogs that nothing uses;
// objects in the signed bytes that no cross-reference names. Where it fails: text behind a picture over most
// of the page is how scans carry their text, and is passed over; text hidden otherwise (white, clipped, in a
// layer) is not looked for.
#include <fmt/format.h>

#include <algorithm>

#include "signing/pades/change_review.h"
#include "signing/pades/page_ink.h"

namespace vanthu::signing {
namespace {

constexpr std::size_t kMostPages = 100;          // looked at for ink, from the first: time
constexpr int kMostObjects = 50'000;             // looked at for unused ones, else none: time
constexpr std::int64_t kMostTries = 20'000'000;  // boxes held against boxes: a tenth of a second
constexpr int kMostDrawings = 2000;              // appearances read
constexpr double kHidden = 0.6;                  // share of a text's box; underlines and frames cover less
constexpr double kScan = 0.6;  // share of the page: a picture of that size is the page's scan

bool CanHide(const InkMark& mark) {
  return (mark.kind == InkMark::Kind::kPicture || mark.kind == InkMark::Kind::kSurface) && !mark.see_through;
}

class ShadowFinder {
 public:
  ShadowFinder(const pdf::File& file, std::size_t revision) : file_(file), revision_(revision) {}

  std::vector<Change> Find() {
    const auto pages = file_.Pages(revision_);
    if (!pages) return {};
    for (page_ = 0; page_ < pages->size() && page_ < kMostPages; ++page_) LookAtPage((*pages)[page_]);
    for (const auto& [number, node] : ReadFormTree(file_, revision_).nodes) LookAtField(node);
    LookForUnused(*pages);
    LookForUnnamed();
    return std::move(found_);
  }

 private:
  void Warn(std::string vi, std::string en, pdf::Ref ref) {
    if (found_.size() < 20) found_.push_back({{std::move(vi), std::move(en)}, true, ref, revision_});
  }

  void LookAtPage(const pdf::File::PageNode& page) {
    const pdf::Object dictionary(page.dictionary);
    const Ink ink = ReadPageInk(file_, revision_, page.dictionary);
    const Box sheet = ReadRectangle(file_, revision_, dictionary["MediaBox"]);
    std::vector<const InkMark*> texts;
    for (const InkMark& mark : ink.marks) {
      if (mark.kind == InkMark::Kind::kText) texts.push_back(&mark);
      if (!CanHide(mark) || mark.box.area() > kScan * sheet.area()) continue;
      if (!Hides(mark.box, texts)) continue;
      Warn(fmt::format("trang {} có chữ nằm dưới hình hoặc mảng màu", page_ + 1),
           fmt::format("page {} has text below a picture or a surface", page_ + 1), page.ref);
      break;
    }
    const pdf::Object annotations = file_.Get(dictionary, "Annots", revision_);
    if (annotations.AsArray() == nullptr) return;
    for (const pdf::Object& item : *annotations.AsArray()) LookAtAnnotation(item, texts);
  }

  bool Hides(const Box& box, const std::vector<const InkMark*>& texts) {
    tries_left_ -= static_cast<std::int64_t>(texts.size());
    return tries_left_ > 0 && std::any_of(texts.begin(), texts.end(), [&](const InkMark* text) {
             return Intersection(box, text->box).area() > kHidden * text->box.area();
           });
  }

  void LookAtAnnotation(const pdf::Object& item, const std::vector<const InkMark*>& texts) {
    const pdf::Object annotation = file_.Resolve(item, revision_);
    const pdf::Object appearance = file_.Get(file_.Get(annotation, "AP", revision_), "N", revision_);
    if (annotation["Subtype"].IsName("Widget") || appearance.AsStream() == nullptr || --drawings_left_ < 0)
      return;
    const Ink ink = ReadFormInk(file_, revision_, appearance);
    const Box box = ReadRectangle(file_, revision_, annotation["Rect"]);
    if (std::any_of(ink.marks.begin(), ink.marks.end(), CanHide) && Hides(box, texts))
      Warn(fmt::format("trang {} có chú thích che chữ", page_ + 1),
           fmt::format("page {} has an annotation over text", page_ + 1),
           item.AsRef() != nullptr ? *item.AsRef() : pdf::Ref{});
  }

  static std::string Letters(std::string_view text) {
    std::string letters;
    for (const char c : text)
      if (static_cast<unsigned char>(c) > ' ') letters += c;
    return letters;
  }

  void LookAtField(const FormNode& node) {
    constexpr std::int64_t kPassword = 1 << 13;
    if (node.type != "Tx" || !node.is_widget || (node.flags & kPassword) != 0) return;
    const pdf::Object value = file_.Resolve(node.value, revision_);
    const pdf::Object widget = file_.At(node.ref, revision_);
    const pdf::Object appearance = file_.Get(file_.Get(widget, "AP", revision_), "N", revision_);
    if (value.AsString() == nullptr || appearance.AsStream() == nullptr || --drawings_left_ < 0) return;
    const std::string entered = Letters(value.AsString()->bytes);
    const bool plain = std::all_of(entered.begin(), entered.end(), [](char c) { return c > ' ' && c < 127; });
    std::string shown;
    for (const InkMark& mark : ReadFormInk(file_, revision_, appearance).marks) {
      if (mark.composite) return;  // in codes of its font
      if (mark.kind == InkMark::Kind::kText) shown += Letters(mark.bytes);
    }
    if (plain && !shown.empty() && shown != entered && entered.find(shown) == std::string::npos)
      Warn(fmt::format("ô biểu mẫu {} hiện chữ khác với giá trị của nó", Shown(node.name)),
           fmt::format("the form field {} shows another text than its value", Shown(node.name)), node.ref);
  }

  // Every object number that the revision knows, once.
  std::vector<int> Numbers() const {
    std::vector<int> numbers;
    for (std::size_t i = 0; i <= revision_; ++i)
      for (const auto& [number, entry] : file_.revisions()[i].entries) numbers.push_back(number);
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
  }

  void LookForUnused(const std::vector<pdf::File::PageNode>& pages) {
    const std::vector<int> numbers = Numbers();
    if (numbers.size() > kMostObjects) return;
    std::set<int> used;
    for (const auto& page : pages) {
      used.insert(page.ref.number);
      pdf::Object parent = pdf::Object(page.dictionary)["Parent"];
      while (parent.AsRef() != nullptr && used.insert(parent.AsRef()->number).second)
        parent = file_.At(*parent.AsRef(), revision_)["Parent"];
    }
    const pdf::Object root = pdf::Object(file_.revisions()[revision_].trailer)["Root"];
    for (const pdf::Object& entry : {root, file_.Catalog(revision_)["Pages"]})
      if (entry.AsRef() != nullptr) used.insert(entry.AsRef()->number);
    for (const int number : numbers) {
      if (used.contains(number)) continue;
      const auto place = file_.Find(number, revision_);
      if (!place || place->entry.kind == pdf::Entry::Kind::kFree) continue;
      const pdf::Ref ref = {number,
                            place->entry.kind == pdf::Entry::Kind::kInFile ? place->entry.generation : 0};
      const pdf::Object type = file_.At(ref, revision_)["Type"];
      if (!type.IsName("Page") && !type.IsName("Pages") && !type.IsName("Catalog")) continue;
      Warn("tệp mang theo trang hoặc mục lục không dùng đến",
           "the file carries pages or a catalog without use", ref);
      return;
    }
  }

  // "12 0 obj" outside of everything that a cross-reference names.
  void LookForUnnamed() {
    struct Piece {
      std::uint64_t begin, end;
    };
    std::vector<Piece> named;
    std::size_t count = 0;
    for (std::size_t i = 0; i <= revision_; ++i) {
      count += file_.revisions()[i].entries.size();
      if (count > kMostObjects) return;
      for (const auto& [number, entry] : file_.revisions()[i].entries)
        if (entry.kind == pdf::Entry::Kind::kInFile)
          if (const auto span = file_.SpanOf(number, i)) named.push_back({span->begin, span->end});
    }
    std::sort(named.begin(), named.end(), [](const Piece& a, const Piece& b) { return a.begin < b.begin; });
    named.push_back({file_.revisions()[revision_].end, file_.revisions()[revision_].end});
    std::uint64_t at = 0;
    for (const Piece& piece : named) {
      if (piece.begin > at && HoldsObject(file_.bytes().substr(at, piece.begin - at))) {
        Warn("phần đã ký có đối tượng mà bảng tham chiếu không nêu",
             "the signed bytes hold an object that no cross-reference names", {});
        return;
      }
      at = std::max(at, piece.end);
    }
  }

  // Cross-reference streams need not name themselves; linearisation's own are passed over.
  static bool HoldsObject(std::string_view gap) {
    for (std::size_t at = gap.find(" obj"); at != std::string_view::npos; at = gap.find(" obj", at + 4)) {
      const std::string_view head = gap.substr(at, 400);
      const bool numbered = at >= 3 && gap[at - 1] >= '0' && gap[at - 1] <= '9' && gap[at - 2] == ' ';
      if (numbered && head.find("/XRef") == std::string_view::npos &&
          head.find("/Linearized") == std::string_view::npos)
        return true;
    }
    return false;
  }

  const pdf::File& file_;
  std::size_t revision_;
  std::size_t page_ = 0;
  std::int64_t tries_left_ = kMostTries;
  int drawings_left_ = kMostDrawings;
  std::vector<Change> found_;
};

}  // namespace

std::vector<Change> FindShadows(const pdf::File& file, std::size_t signed_revision) {
  return ShadowFinder(file, std::min(signed_revision, file.last())).Find();
}

}  // namespace vanthu::signing
