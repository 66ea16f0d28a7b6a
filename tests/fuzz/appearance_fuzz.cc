// Any picture and any text: drawn inside the page, or refused with a named error.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "signing/appearance/appearance.h"

namespace {

using namespace vanthu;
using namespace vanthu::signing;

class NoObjects final : public type::PdfObjects {
 public:
  int Reserve() override { return ++last_; }
  void Write(int, std::string_view) override {}
  void WriteStream(int, std::string_view, std::string_view, bool) override {}

 private:
  int last_ = 0;
};

void Check(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "%s\n", what);
  std::abort();
}

void Draw(AppearanceRequest request, int rotate_deg) {
  static const type::Fonts fonts = type::OpenFonts({}).value();
  static const AppearanceRules rules =
      ReadAppearanceRules(VANTHU_SOURCE_DIR "/signing/appearance/rules").value();
  const PageFrame page({0, 0, 595, 842}, {}, rotate_deg, 1);
  NoObjects objects;
  const Result<Appearance> drawn = WriteAppearance(request, page, fonts, rules, objects);
  if (!drawn) return;
  constexpr double kSlack = 1e-6;
  Check(drawn->shown.x0 >= -kSlack && drawn->shown.y0 >= -kSlack &&
            drawn->shown.x1 <= page.width() + kSlack && drawn->shown.y1 <= page.height() + kSlack,
        "beyond the page");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  PictureLimits limits;
  limits.most_pixels = 1'000'000;
  if (const Result<Picture> picture = ReadPicture(bytes, "fuzz", limits)) {
    const auto pixels =
        static_cast<std::size_t>(picture->width_px) * static_cast<std::size_t>(picture->height_px);
    Check(picture->rgb.size() == 3 * pixels && (picture->alpha.empty() || picture->alpha.size() == pixels),
          "size");
    for (const AppearanceRole role : {AppearanceRole::kSigner, AppearanceRole::kAgency}) {
      AppearanceRequest request;
      request.role = role;
      request.picture = &*picture;
      request.place = Box{300, 400, 470, 462};
      Draw(request, 90);
    }
    return 0;
  }
  if (bytes.empty() || size > 4096) return 0;
  AppearanceRequest request;
  request.role = bytes[0] % 2 == 0 ? AppearanceRole::kCopy : AppearanceRole::kSigner;
  request.place = Box{300, 400, 470, 462};
  for (std::size_t at = 1; at < size;) {
    const std::size_t end = std::min(bytes.find('\n', at), size);
    request.lines.emplace_back(bytes.substr(at, end - at));
    at = end + 1;
  }
  Draw(request, bytes[0] / 2 % 4 * 90);
  return 0;
}
