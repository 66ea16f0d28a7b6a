#include "signing/appearance/appearance.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "pipeline/base/refusal.h"
#include "pipeline/type/pdf_font.h"
#include "pipeline/type/pdf_syntax.h"
#include "signing/appearance/text_block.h"

namespace vanthu::signing {
namespace {

constexpr double kPointsPerMm = 72 / 25.4;
constexpr double kGapPt = 4;  // between blocks side by side at the top

struct Size {
  double width = 0, height = 0;
};

Box Around(Point centre, const Size& size) {
  return {centre.x - size.width / 2, centre.y - size.height / 2, centre.x + size.width / 2,
          centre.y + size.height / 2};
}

Point CentreOf(const Box& box) {
  return {box.centre_x(), box.centre_y()};
}

// The largest size of the picture's shape inside `room`.
Size Fitted(const Picture& picture, const Size& room) {
  const double scale = std::min(room.width / picture.width_pt, room.height / picture.height_pt);
  return {picture.width_pt * scale, picture.height_pt * scale};
}

// Draws upright in a box of its own: points, origin at its lower left.
class Drawing {
 public:
  Drawing(const AppearanceRequest& request, const PageFrame& page, const type::Fonts& fonts,
          const AppearanceRules& rules)
      : request_(request), page_(page), rules_(rules), shaper_(*fonts.faces) {}

  Status Plan() {
    switch (request_.role) {
      case AppearanceRole::kSigner:
        return PlanSigner();
      case AppearanceRole::kAgency:
        return PlanAgency();
      case AppearanceRole::kAnnex:
      case AppearanceRole::kCopy:
        return PlanBlock();
    }
    return {};
  }

  Result<Appearance> Write(type::PdfObjects& objects) {
    if (Status placed = KeepOnPage(); !placed) return Fail(placed.error());
    Result<std::string> content = Content();
    if (!content) return Fail(content.error());
    Result<std::string> resources = Resources(objects);
    if (!resources) return Fail(resources.error());
    Appearance out;
    out.shown = box_;
    out.rect = page_.ToUser(box_);
    out.rotation_deg = page_.rotate_deg();
    out.alternate_name = request_.alternate_name.empty() ? RoleName() : request_.alternate_name;
    out.remarks = std::move(remarks_);
    const Size size = Points(box_);
    out.stream = objects.AddStream(
        fmt::format("/Type/XObject/Subtype/Form/FormType 1/BBox[0 0 {} {}]{}/Resources<<{}>>",
                    type::Number(size.width), type::Number(size.height), Matrix(size), *resources),
        *content);
    return out;
  }

 private:
  // Points of paper to units of user space, and back.
  double Units(double points) const { return points / page_.user_unit(); }
  Size Units(const Size& points) const { return {Units(points.width), Units(points.height)}; }
  Size Points(const Box& box) const {
    return {box.width() * page_.user_unit(), box.height() * page_.user_unit()};
  }

  Status PlanSigner() {
    const SignatureRules& rules = rules_.signature;
    if (!request_.place && !request_.at) return NoPlace();
    const Box place = request_.place && !request_.at
                          ? *request_.place
                          : Around(*request_.at, Units(Size{rules.width_pt, rules.height_pt}));
    const Size room = Points(place);
    if (request_.lines.empty()) {
      picture_size_ = request_.picture != nullptr ? Fitted(*request_.picture, room) : Size{};
      box_ = request_.picture != nullptr ? Around(CentreOf(place), Units(picture_size_)) : place;
      return {};
    }
    const double share = request_.picture != nullptr ? rules.picture_share : 0;
    if (Status set = SetText({room.width, room.height * (1 - share), rules.text_pt, rules.least_text_pt});
        !set)
      return set;
    if (request_.picture != nullptr)
      picture_size_ = Fitted(*request_.picture, {room.width, room.height * share});
    const Size size{std::max(picture_size_.width, text_->width_pt()),
                    picture_size_.height + text_->height_pt()};
    box_ = Around(CentreOf(place), Units(size));
    return {};
  }

  Status PlanAgency() {
    const SealRules& rules = rules_.seal;
    if (!request_.place && !request_.at) return NoPlace();
    Size seal{rules.width_mm * kPointsPerMm, rules.width_mm * kPointsPerMm};
    if (request_.picture != nullptr) {
      const Result<Size> actual = SealSize(*request_.picture);
      if (!actual) return Fail(actual.error());
      seal = picture_size_ = *actual;
    }
    Size size = seal;
    if (!request_.lines.empty()) {
      const SignatureRules& text = rules_.signature;
      if (Status set = SetText({text.width_pt, text.height_pt, text.text_pt, text.least_text_pt}); !set)
        return set;
      size = {std::max(picture_size_.width, text_->width_pt()), picture_size_.height + text_->height_pt()};
    }
    const Size units = Units(size);
    if (request_.at) {
      box_ = Around(*request_.at, units);
      return {};
    }
    // The seal's right edge a third into the signature; what stands under the seal hangs below.
    const Box& signature = *request_.place;
    const double right = signature.x0 + signature.width() * rules.overlap;
    const double centre = right - Units(seal.width) / 2, top = signature.centre_y() - Units(seal.height) / 2;
    box_ = {centre - units.width / 2, top, centre + units.width / 2, top + units.height};
    return {};
  }

  Result<Size> SealSize(const Picture& picture) {
    const double width =
        request_.picture_width_mm ? *request_.picture_width_mm * kPointsPerMm : picture.width_pt;
    const Size size{width, width * picture.height_pt / picture.width_pt};
    const double mm = std::max(size.width, size.height) / kPointsPerMm;
    if (!(mm >= rules_.seal.least_mm && mm <= rules_.seal.most_mm))
      return Fail(Refusal(
          ErrorCode::kNotAccepted,
          {fmt::format(
               "con dấu trong ảnh rộng {:.0f} mm, không thể là kích thước thật ({:.0f} đến {:.0f} mm)", mm,
               rules_.seal.least_mm, rules_.seal.most_mm),
           fmt::format("the seal in the picture is {:.0f} mm wide, which cannot be its actual size ({:.0f} "
                       "to {:.0f})",
                       mm, rules_.seal.least_mm, rules_.seal.most_mm)},
          {},
          {"Ghi đúng độ phân giải vào tệp ảnh, hoặc cho biết bề rộng con dấu bằng mm",
           "Write the right resolution into the picture, or give the seal's width in mm"}));
    if (picture.size_assumed && !request_.picture_width_mm)
      remarks_.push_back(
          {fmt::format("ảnh con dấu không ghi độ phân giải: đã coi là 300 dpi, rộng {:.0f} mm", mm),
           fmt::format("the seal's picture tells no resolution: 300 dpi was assumed, {:.0f} mm wide", mm)});
    return size;
  }

  Status PlanBlock() {
    const BlockRules& rules = rules_.block;
    const Size page{page_.width() * page_.user_unit(), page_.height() * page_.user_unit()};
    const double right = std::min(rules.right_pt, page.width / 4),
                 top = std::min(rules.top_pt, page.height / 4);
    const double width = std::min(rules.most_width_pt, page.width - 2 * right);
    if (Status set = SetText({width, rules.most_height_pt, rules.size_pt, rules.least_size_pt}); !set)
      return set;
    const Size size = Units(Size{text_->width_pt(), text_->height_pt()});
    if (request_.at) {
      box_ = Around(*request_.at, size);
      return {};
    }
    const double x1 = page_.width() - Units(right), y0 = Units(top);
    box_ = {x1 - size.width, y0, x1, y0 + size.height};
    MoveLeftOfTaken(Units(kGapPt));
    return {};
  }

  // As far as the page's left edge; where nothing is free the corner is shared.
  void MoveLeftOfTaken(double gap) {
    Box box = box_;
    for (std::size_t tries = 0; tries <= request_.taken.size(); ++tries) {
      const auto hit = std::find_if(request_.taken.begin(), request_.taken.end(), [&](const Box& taken) {
        return !taken.empty() && OverlapX(box, taken) > 0 && OverlapY(box, taken) > 0;
      });
      if (hit == request_.taken.end()) {
        box_ = box;
        return;
      }
      const double shift = box.x1 - (hit->x0 - gap);
      box.x0 -= shift;
      box.x1 -= shift;
      if (box.x0 < 0) return;
    }
  }

  Status SetText(const TextRoom& room) {
    Result<TextBlock> set = TextBlock::Set(request_.lines, room, shaper_);
    if (!set) return Fail(set.error());
    text_ = std::move(*set);
    if (text_->size_pt() < room.size_pt)
      remarks_.push_back({fmt::format("chữ của chữ ký phải thu nhỏ còn {:.1f} pt", text_->size_pt()),
                          fmt::format("the signature's text had to be set in {:.1f} pt", text_->size_pt())});
    return {};
  }

  Status NoPlace() const {
    return Fail(Refusal(ErrorCode::kUsage,
                        {"không biết đặt chữ ký ở đâu", "there is no place for the signature"}, {},
                        {"Cho biết vị trí bằng --at trang,x,y", "Give the place with --at page,x,y"}));
  }

  // A rectangle beyond the page's edge would be clipped: it is moved inside.
  Status KeepOnPage() {
    const Point centre = CentreOf(box_);
    const bool sound =
        std::isfinite(centre.x) && std::isfinite(centre.y) && box_.width() >= 0 && box_.height() >= 0;
    if (!sound || !Box{0, 0, page_.width(), page_.height()}.Contains(centre))
      return Fail(Refusal(ErrorCode::kUsage,
                          {"vị trí chữ ký nằm ngoài trang", "the signature's place is not on the page"},
                          fmt::format("{:.1f},{:.1f}", centre.x, centre.y),
                          {"Tính từ góc trên bên trái của trang, bằng point (1/72 inch)",
                           "Count from the page's top left, in points (1/72 inch)"}));
    if (box_.width() > page_.width() || box_.height() > page_.height())
      return Fail(Refusal(ErrorCode::kNotAccepted,
                          {"chữ ký lớn hơn trang", "the signature is larger than the page"}));
    const double dx = std::max(0.0, -box_.x0) - std::max(0.0, box_.x1 - page_.width());
    const double dy = std::max(0.0, -box_.y0) - std::max(0.0, box_.y1 - page_.height());
    box_ = {box_.x0 + dx, box_.y0 + dy, box_.x1 + dx, box_.y1 + dy};
    return {};
  }

  Result<std::string> Content() const {
    const Size size = Points(box_);
    std::string out;
    if (picture_size_.width > 0) {
      out += "q\n";
      type::AppendOperator(out,
                           {picture_size_.width, 0, 0, picture_size_.height,
                            (size.width - picture_size_.width) / 2, size.height - picture_size_.height},
                           "cm");
      out += "/Im0 Do\nQ\n";
    }
    if (!text_ || text_->empty()) return out;
    out += "/CS0 cs\n0 0 0 sc\n";
    const double x = (size.width - text_->width_pt()) / 2;
    if (Status drawn = text_->Draw(x, size.height - picture_size_.height, out); !drawn)
      return Fail(drawn.error());
    return out;
  }

  Result<std::string> Resources(type::PdfObjects& objects) const {
    const bool draws_picture = picture_size_.width > 0;
    const bool draws_text = text_ && !text_->empty();
    if (!draws_picture && !draws_text) return std::string();
    const Result<int> colours = WriteColours(objects);
    if (!colours) return Fail(colours.error());
    std::string out;
    if (draws_picture) {
      Picture picture = Reduced(*request_.picture, picture_size_.width, picture_size_.height);
      if (!request_.allow_transparency) picture = Flattened(std::move(picture));
      out += fmt::format("/XObject<</Im0 {} 0 R>>", WritePicture(picture, *colours, objects));
    }
    if (draws_text) {
      // PDF/A-1 wants a CIDSet.
      const Result<int> font =
          type::WriteFont(type::Face::kRegular, shaper_, !request_.allow_transparency, objects);
      if (!font) return Fail(font.error());
      out += fmt::format("/ColorSpace<</CS0 {} 0 R>>/Font<<{} {} 0 R>>", *colours,
                         type::FontName(type::Face::kRegular), *font);
    }
    return out;
  }

  // Turns the upright drawing as far back as the page is turned when shown.
  std::string Matrix(const Size& size) const {
    switch (page_.rotate_deg()) {
      case 90:
        return fmt::format("/Matrix[0 1 -1 0 {} 0]", type::Number(size.height));
      case 180:
        return fmt::format("/Matrix[-1 0 0 -1 {} {}]", type::Number(size.width), type::Number(size.height));
      case 270:
        return fmt::format("/Matrix[0 -1 1 0 0 {}]", type::Number(size.width));
      default:
        return "";
    }
  }

  const std::string& RoleName() const {
    switch (request_.role) {
      case AppearanceRole::kSigner:
        return rules_.signer_name;
      case AppearanceRole::kAgency:
        return rules_.agency_name;
      case AppearanceRole::kAnnex:
        return rules_.annex_name;
      case AppearanceRole::kCopy:
        break;
    }
    return rules_.copy_name;
  }

  const AppearanceRequest& request_;
  const PageFrame& page_;
  const AppearanceRules& rules_;
  type::Shaper shaper_;
  Box box_;            // as shown, units of user space
  Size picture_size_;  // points; none: no picture
  std::optional<TextBlock> text_;
  std::vector<Message> remarks_;
};

}  // namespace

Result<Appearance> WriteAppearance(const AppearanceRequest& request, const PageFrame& page,
                                   const type::Fonts& fonts, const AppearanceRules& rules,
                                   type::PdfObjects& objects) {
  Drawing drawing(request, page, fonts, rules);
  if (Status planned = drawing.Plan(); !planned) return Fail(planned.error());
  return drawing.Write(objects);
}

std::string WidgetEntries(const Appearance& appearance, bool locked) {
  constexpr int kPrint = 4, kLocked = 128;
  std::string out = "/Rect[";
  for (const double side : appearance.rect) out += type::Number(side) + ' ';
  out.back() = ']';
  out += fmt::format("/F {}/AP<</N {} 0 R>>", locked ? kPrint + kLocked : kPrint, appearance.stream);
  if (appearance.rotation_deg != 0) out += fmt::format("/MK<</R {}>>", appearance.rotation_deg);
  return out + "/TU" + type::TextString(appearance.alternate_name);
}

}  // namespace vanthu::signing
