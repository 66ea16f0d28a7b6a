#include "signing/appearance/named_place.h"

#include <map>

#include <fmt/format.h>

#include "signing/appearance/page_of.h"

namespace vanthu::signing {
namespace {

constexpr int kDeepest = 32;                // of a name tree: 2^32 names
constexpr std::size_t kMostNodes = 10'000;  // visited, as a hostile tree may be wide or lead back
constexpr std::size_t kMostPlaces = 1'000;

// Destinations whose names begin with `prefix` (ISO 32000-1, 7.9.6).
class Destinations {
 public:
  Destinations(const pdf::File& file, std::string prefix) : file_(file), prefix_(std::move(prefix)) {}

  std::map<std::string, pdf::Object> Read() {
    const pdf::Object names = file_.Get(file_.Catalog(file_.last()), "Names", file_.last());
    Visit(file_.Get(names, "Dests", file_.last()), 0);
    return std::move(found_);
  }

 private:
  void Visit(const pdf::Object& node, int depth) {
    if (depth > kDeepest || ++nodes_ > kMostNodes || found_.size() > kMostPlaces) return;
    const pdf::Object names = file_.Get(node, "Names", file_.last());
    if (const pdf::Array* pairs = names.AsArray()) {
      for (std::size_t i = 0; i + 1 < pairs->size(); i += 2) {
        const pdf::Object key = file_.Resolve((*pairs)[i], file_.last());
        if (key.AsString() != nullptr && key.AsString()->bytes.starts_with(prefix_))
          found_.emplace(key.AsString()->bytes, file_.Resolve((*pairs)[i + 1], file_.last()));
      }
    }
    const pdf::Object kids = file_.Get(node, "Kids", file_.last());
    if (kids.AsArray() == nullptr) return;
    for (const pdf::Object& kid : *kids.AsArray()) Visit(file_.Resolve(kid, file_.last()), depth + 1);
  }

  const pdf::File& file_;
  std::string prefix_;
  std::size_t nodes_ = 0;
  std::map<std::string, pdf::Object> found_;
};

// ISO 32000-1, 12.3.2.2: [page /FitR left bottom right top], alone or as /D of a dictionary.
std::optional<FoundPlace> PlaceOf(const pdf::File& file, const std::vector<pdf::File::PageNode>& pages,
                                  const pdf::Object& destination) {
  const pdf::Object array =
      destination.AsDictionary() != nullptr ? file.Get(destination, "D", file.last()) : destination;
  const pdf::Array* parts = array.AsArray();
  if (parts == nullptr || parts->size() != 6 || (*parts)[0].AsRef() == nullptr || !(*parts)[1].IsName("FitR"))
    return std::nullopt;
  PdfRect rect{};
  for (std::size_t i = 0; i < 4; ++i) rect[i] = file.Resolve((*parts)[i + 2], file.last()).Number();
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].ref != *(*parts)[0].AsRef()) continue;
    const PageFrame frame = FrameOf(file, pages[i].dictionary);
    FoundPlace place;
    place.page = static_cast<int>(i);
    place.box = Intersection(frame.ToShown(rect), Box{0, 0, frame.width(), frame.height()});
    place.kind = PlaceKind::kNamed;
    place.confidence = 1;
    if (place.box.empty()) return std::nullopt;
    return place;
  }
  return std::nullopt;
}

}  // namespace

Result<std::vector<FoundPlace>> FindNamedPlaces(const pdf::File& file, const std::string& name) {
  const std::string first = "place:" + name;
  const std::map<std::string, pdf::Object> destinations = Destinations(file, first).Read();
  std::vector<FoundPlace> places;
  if (destinations.empty()) return places;
  const Result<std::vector<pdf::File::PageNode>> pages = file.Pages(file.last());
  if (!pages) return Fail(pages.error());
  std::string key = first;
  for (int i = 2;; ++i) {
    const auto destination = destinations.find(key);
    if (destination == destinations.end()) return places;
    if (std::optional<FoundPlace> place = PlaceOf(file, *pages, destination->second))
      places.push_back(*place);
    key = fmt::format("{}-{}", first, i);
  }
}

}  // namespace vanthu::signing
