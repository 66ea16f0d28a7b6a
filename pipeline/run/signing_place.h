// Where a signature goes and what it shows. Private to the room.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/run/sign.h"
#include "signing/appearance/place_rules.h"
#include "signing/appearance/widget.h"
#include "signing/pades/sign.h"

namespace vanthu::run {

// What all documents of a batch share.
struct SigningLook {
  type::Fonts fonts;
  signing::AppearanceRules rules;
  signing::PlaceRules places;
  std::optional<signing::Picture> picture;
};
Result<SigningLook> OpenLook(const SignSettings& settings);

// The place of this role on `document` (which `file` reads), and who draws it. `look` must outlive the
// writer, `remarks` too. `time` and `agency` are what a block of annex or copy says.
Result<signing::WidgetWriter> PlaceSignature(const signing::pdf::File& file, const std::string& document,
                                             const std::string& name, const SignSettings& settings,
                                             const SigningLook& look, signing::Time time,
                                             const std::string& agency, std::vector<Message>* remarks);

}  // namespace vanthu::run
