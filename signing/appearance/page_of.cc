#include "signing/appearance/page_of.h"

namespace vanthu::signing {
namespace {

const pdf::Object& EntryOf(const pdf::Dictionary& dictionary, std::string_view key) {
  static const pdf::Object kNull;
  const auto entry = dictionary.find(key);
  return entry != dictionary.end() ? entry->second : kNull;
}

std::optional<PdfRect> RectOf(const pdf::File& file, const pdf::Object& object) {
  const pdf::Object resolved = file.Resolve(object, file.last());
  const pdf::Array* sides = resolved.AsArray();
  if (sides == nullptr || sides->size() != 4) return std::nullopt;
  PdfRect rect{};
  for (std::size_t i = 0; i < 4; ++i) rect[i] = file.Resolve((*sides)[i], file.last()).Number();
  return rect;
}

// The part of PDF/A that the document's XMP claims; 0: none. As an element or as an attribute.
char PdfaPartOf(const pdf::File& file) {
  const pdf::Object metadata = file.Get(file.Catalog(file.last()), "Metadata", file.last());
  if (metadata.AsStream() == nullptr) return 0;
  const Result<std::string> xmp = file.Decode(*metadata.AsStream(), file.last());
  if (!xmp) return 0;
  const std::size_t at = xmp->find("pdfaid:part");
  if (at == std::string::npos) return 0;
  const std::size_t digit = xmp->find_first_of("0123456789", at);
  return digit != std::string::npos && digit < at + 20 ? (*xmp)[digit] : '\0';
}

}  // namespace

PageFrame FrameOf(const pdf::File& file, const pdf::Dictionary& page) {
  const auto number = [&](std::string_view key, double otherwise) {
    return file.Resolve(EntryOf(page, key), file.last()).Number(otherwise);
  };
  const double rotate = number("Rotate", 0);
  constexpr double kMostTurns = 36000;
  return {RectOf(file, EntryOf(page, "MediaBox")).value_or(PdfRect{}), RectOf(file, EntryOf(page, "CropBox")),
          rotate >= -kMostTurns && rotate <= kMostTurns ? static_cast<int>(rotate) : 0,
          number("UserUnit", 1)};
}

bool AllowsTransparency(const pdf::File& file) {
  const char part = PdfaPartOf(file);
  if (part == 0) return true;
  if (part == '1') return false;
  const pdf::Object intents = file.Get(file.Catalog(file.last()), "OutputIntents", file.last());
  return intents.AsArray() != nullptr && !intents.AsArray()->empty();
}

}  // namespace vanthu::signing
