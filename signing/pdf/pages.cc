// The tree of pages, walked with a stack of our own: it may be as deep as it is long.
#include <array>
#include <memory>
#include <set>
#include <utility>

#include "signing/pdf/chain.h"
#include "signing/pdf/file.h"

namespace vanthu::signing::pdf {
namespace {

constexpr std::array<std::string_view, 4> kInherited{"CropBox", "MediaBox", "Resources",
                                                     "Rotate"};  // Table 30
constexpr std::size_t kMostNodes = 1'000'000;

struct Node {
  Ref ref;
  std::shared_ptr<const Dictionary> inherited;  // shared by its siblings
};

Error BrokenTree() {
  return DamagedFile({"cây trang của tệp PDF bị hỏng", "the PDF's tree of pages is broken"});
}

}  // namespace

Result<std::vector<File::PageNode>> File::Pages(std::size_t revision) const {
  std::vector<PageNode> out;
  std::set<int> seen;
  const Object catalog = Catalog(revision);
  const Ref* root = catalog["Pages"].AsRef();
  if (root == nullptr) return Fail(BrokenTree());
  std::vector<Node> open{{*root, std::make_shared<const Dictionary>()}};
  while (!open.empty()) {
    Node node = std::move(open.back());
    open.pop_back();
    const Object object = At(node.ref, revision);
    const Dictionary* dictionary = object.AsDictionary();
    // Twice in the tree is a circle, or two places for one page.
    if (dictionary == nullptr || !seen.insert(node.ref.number).second) return Fail(BrokenTree());
    const Object kids = Get(object, "Kids", revision);
    if (kids.IsNull()) {
      PageNode page{node.ref, *dictionary};
      for (const auto& [key, value] : *node.inherited) page.dictionary.try_emplace(key, value);
      out.push_back(std::move(page));
      continue;
    }
    const Array* each = kids.AsArray();
    if (each == nullptr || open.size() + each->size() > kMostNodes) return Fail(BrokenTree());
    Dictionary inherited = *node.inherited;
    for (const std::string_view key : kInherited)
      if (const Object& value = object[key]; !value.IsNull())
        inherited.insert_or_assign(std::string(key), value);
    const auto shared = std::make_shared<const Dictionary>(std::move(inherited));
    for (auto kid = each->rbegin(); kid != each->rend(); ++kid) {
      if (kid->AsRef() == nullptr) return Fail(BrokenTree());
      open.push_back({*kid->AsRef(), shared});
    }
  }
  return out;
}

}  // namespace vanthu::signing::pdf
