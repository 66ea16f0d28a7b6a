#include "signing/appearance/widget.h"

#include <fmt/format.h>

#include "pipeline/base/refusal.h"
#include "signing/appearance/page_of.h"
#include "signing/appearance/update_objects.h"

namespace vanthu::signing {
namespace {

Result<pdf::Dictionary> PageAt(const pdf::File& file, int page) {
  const Result<std::vector<pdf::File::PageNode>> pages = file.Pages(file.last());
  if (!pages) return Fail(pages.error());
  if (page >= 0 && static_cast<std::size_t>(page) < pages->size())
    return (*pages)[static_cast<std::size_t>(page)].dictionary;
  return Fail(
      Refusal(ErrorCode::kUsage,
              {fmt::format("văn bản chỉ có {} trang, không có trang {}", pages->size(), page + 1),
               fmt::format("the document has {} pages, there is no page {}", pages->size(), page + 1)}));
}

}  // namespace

std::vector<Box> WidgetBoxes(const pdf::File& file, const pdf::Dictionary& page) {
  constexpr std::size_t kMostAnnotations = 10'000;
  std::vector<Box> boxes;
  const auto entry = page.find("Annots");
  if (entry == page.end()) return boxes;
  const pdf::Object annotations = file.Resolve(entry->second, file.last());
  if (annotations.AsArray() == nullptr) return boxes;
  const PageFrame frame = FrameOf(file, page);
  for (const pdf::Object& reference : *annotations.AsArray()) {
    if (boxes.size() == kMostAnnotations) break;
    const pdf::Object annotation = file.Resolve(reference, file.last());
    if (!file.Get(annotation, "Subtype", file.last()).IsName("Widget")) continue;
    const pdf::Object sides = file.Get(annotation, "Rect", file.last());
    if (sides.AsArray() == nullptr || sides.AsArray()->size() != 4) continue;
    PdfRect rect{};
    for (std::size_t i = 0; i < 4; ++i) rect[i] = file.Resolve((*sides.AsArray())[i], file.last()).Number();
    const Box box = frame.ToShown(rect);
    if (!box.empty()) boxes.push_back(box);
  }
  return boxes;
}

std::function<Result<Widget>(const pdf::File&, pdf::Update&)> DrawnWidget(AppearanceRequest request, int page,
                                                                          const type::Fonts& fonts,
                                                                          const AppearanceRules& rules,
                                                                          std::vector<Message>* remarks) {
  return [=, &fonts, &rules](const pdf::File& file, pdf::Update& update) -> Result<Widget> {
    const Result<pdf::Dictionary> dictionary = PageAt(file, page);
    if (!dictionary) return Fail(dictionary.error());
    AppearanceRequest own = request;
    own.allow_transparency = own.allow_transparency && AllowsTransparency(file);
    if (own.taken.empty()) own.taken = WidgetBoxes(file, *dictionary);
    UpdateObjects objects(file, update);
    Result<Appearance> drawn = WriteAppearance(own, FrameOf(file, *dictionary), fonts, rules, objects);
    if (!drawn) return Fail(drawn.error());
    if (remarks != nullptr) remarks->insert(remarks->end(), drawn->remarks.begin(), drawn->remarks.end());
    Widget widget;
    widget.page = page;
    widget.rect = drawn->rect;
    widget.appearance = pdf::Ref{drawn->stream, 0};
    widget.alternate_name = drawn->alternate_name;
    return widget;
  };
}

}  // namespace vanthu::signing
