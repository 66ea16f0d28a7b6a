#include "pipeline/run/signing_place.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/file.h"
#include "pipeline/intake/intake.h"
#include "signing/appearance/named_place.h"
#include "signing/appearance/page_of.h"
#include "signing/appearance/place.h"
#include "signing/pades/fields.h"

namespace vanthu::run {
namespace {

using signing::AppearanceRole;
using signing::FoundPlace;
using signing::PlaceKind;

constexpr double kSure = 0.8;  // as place.h: under it a person should look

AppearanceRole RoleOf(SignRole role) {
  switch (role) {
    case SignRole::kSigner:
      return AppearanceRole::kSigner;
    case SignRole::kAgency:
      return AppearanceRole::kAgency;
    case SignRole::kAnnex:
      return AppearanceRole::kAnnex;
    case SignRole::kCopy:
      break;
  }
  return AppearanceRole::kCopy;
}

// The widget of the person's signature: the seal goes over it.
std::optional<FoundPlace> SignersWidget(const signing::pdf::File& file) {
  const auto pages = file.Pages(file.last());
  if (!pages) return std::nullopt;
  std::optional<FoundPlace> out;
  for (const signing::SignatureField& field : signing::FindSignatures(file)) {
    if (field.is_timestamp || field.page < 0 || static_cast<std::size_t>(field.page) >= pages->size())
      continue;
    const signing::pdf::Object rect = file.Get(file.Now(field.field), "Rect", file.last());
    if (rect.AsArray() == nullptr || rect.AsArray()->size() != 4) continue;
    signing::PdfRect corners{};
    for (std::size_t i = 0; i < 4; ++i) corners[i] = file.Resolve((*rect.AsArray())[i], file.last()).Number();
    const signing::PageFrame frame =
        signing::FrameOf(file, (*pages)[static_cast<std::size_t>(field.page)].dictionary);
    const Box box = frame.ToShown(corners);
    if (box.empty()) continue;
    out = FoundPlace{field.page, box, PlaceKind::kNamed, 1, "", ""};
  }
  return out;
}

Result<FoundPlace> FindByWords(const std::string& document, const std::string& name, const SigningLook& look,
                               const std::string& password) {
  intake::Options options;
  if (!password.empty()) options.password = password;
  const auto opened = intake::ParseDocument(document, name, options);
  if (!opened) return Fail(opened.error());
  std::vector<Page> pages;
  for (int index = 0; index < (*opened)->page_count(); ++index)
    if (Result<Page> page = (*opened)->ReadPage(index)) pages.push_back(std::move(*page));
  return signing::FindPlace(pages, look.places);
}

// For the person, and for the agency where the person's signature cannot be seen.
Result<FoundPlace> FindSignersPlace(const signing::pdf::File& file, const std::string& document,
                                    const std::string& name, const SignSettings& settings,
                                    const SigningLook& look) {
  const Result<std::vector<FoundPlace>> named = signing::FindNamedPlaces(file, "signer");
  if (named && !named->empty()) return named->front();
  return FindByWords(document, name, look, settings.password);
}

Result<FoundPlace> PlaceFor(const signing::pdf::File& file, const std::string& document,
                            const std::string& name, const SignSettings& settings, const SigningLook& look) {
  if (settings.at) return FoundPlace{settings.at->page, {}, PlaceKind::kNamed, 1, "", ""};
  if (settings.role == SignRole::kAnnex || settings.role == SignRole::kCopy)
    return FoundPlace{0, {}, PlaceKind::kNamed, 1, "", ""};
  if (settings.role == SignRole::kAgency)
    if (std::optional<FoundPlace> over = SignersWidget(file)) return *over;
  return FindSignersPlace(file, document, name, settings, look);
}

std::vector<std::string> LinesFor(const SignSettings& settings, const SigningLook& look, signing::Time time,
                                  const std::string& agency) {
  if (settings.role == SignRole::kSigner || settings.role == SignRole::kAgency) return settings.lines;
  const auto& block = look.rules.block;
  const auto form = look.rules.copy_forms.find(settings.copy_form);
  std::string form_text = form != look.rules.copy_forms.end() ? form->second : std::string();
  // On the line of the form: a fourth line would stand on the page's own words (margins are 20 mm).
  if (settings.role == SignRole::kCopy && !settings.number.empty()) form_text += " số " + settings.number;
  const signing::BlockFields fields{std::move(form_text), settings.number,
                                    settings.agency.empty() ? agency : settings.agency,
                                    signing::TimeText(time.time_since_epoch().count(), look.rules.time)};
  return signing::BlockLines(settings.role == SignRole::kCopy ? block.copy : block.annex, fields);
}

void Remark(const FoundPlace& place, std::vector<Message>* remarks) {
  if (place.confidence >= kSure || remarks == nullptr) return;
  remarks->push_back(
      {fmt::format("vị trí chữ ký là phỏng đoán (trang {}); xem lại, hoặc chỉ rõ bằng --at trang,x,y",
                   place.page + 1),
       fmt::format("the signature's place is a guess (page {}): look at it, or name it with --at page,x,y",
                   place.page + 1)});
}

}  // namespace

Result<SigningLook> OpenLook(const SignSettings& settings) {
  SigningLook out;
  Result<type::Fonts> fonts = type::OpenFonts(settings.font_dir);
  if (!fonts) return Fail(fonts.error());
  out.fonts = std::move(*fonts);
  Result<signing::AppearanceRules> rules = signing::ReadAppearanceRules(DataFolder() / "rules" / "signing");
  if (!rules) return Fail(rules.error());
  out.rules = std::move(*rules);
  Result<signing::PlaceRules> places = signing::ReadPlaceRules(DataFolder() / "rules" / "signing");
  if (!places) return Fail(places.error());
  out.places = std::move(*places);
  if (settings.picture.empty()) return out;
  const Result<std::string> bytes = ReadFile(settings.picture, signing::PictureLimits().most_bytes);
  if (!bytes) return Fail(bytes.error());
  Result<signing::Picture> picture = signing::ReadPicture(*bytes, settings.picture.string());
  if (!picture) return Fail(picture.error());
  out.picture = std::move(*picture);
  return out;
}

Result<signing::WidgetWriter> PlaceSignature(const signing::pdf::File& file, const std::string& document,
                                             const std::string& name, const SignSettings& settings,
                                             const SigningLook& look, signing::Time time,
                                             const std::string& agency, std::vector<Message>* remarks) {
  const Result<FoundPlace> place = PlaceFor(file, document, name, settings, look);
  if (!place) return Fail(place.error());
  Remark(*place, remarks);
  signing::AppearanceRequest request;
  request.role = RoleOf(settings.role);
  request.picture = look.picture ? &*look.picture : nullptr;
  request.picture_width_mm = settings.picture_width_mm;
  request.lines = LinesFor(settings, look, time, agency);
  if (settings.at) request.at = settings.at->point;
  if (!place->box.empty()) request.place = place->box;
  if (const auto pages = file.Pages(file.last());
      pages && place->page >= 0 && static_cast<std::size_t>(place->page) < pages->size())
    request.taken = signing::WidgetBoxes(file, (*pages)[static_cast<std::size_t>(place->page)].dictionary);
  return signing::DrawnWidget(std::move(request), place->page, look.fonts, look.rules, remarks);
}

}  // namespace vanthu::run
