// An appearance as the step of signing that draws it (pades/sign.h).
#pragma once

#include <functional>

#include "signing/appearance/appearance.h"
#include "signing/pades/signing_field.h"

namespace vanthu::signing {

// Draws on page `page` (0-based) of the document that is being signed. Transparency is given up where the
// document allows none. What the request, the fonts and the rules point to must outlive the result. Remarks
// go to `remarks` where it is given. kUsage: there is no such page.
std::function<Result<Widget>(const pdf::File&, pdf::Update&)> DrawnWidget(
    AppearanceRequest request, int page, const type::Fonts& fonts, const AppearanceRules& rules,
    std::vector<Message>* remarks = nullptr);

// The boxes of the page's widgets that show something, in the frame of PageFrame: AppearanceRequest::taken.
std::vector<Box> WidgetBoxes(const pdf::File& file, const pdf::Dictionary& page);

}  // namespace vanthu::signing
