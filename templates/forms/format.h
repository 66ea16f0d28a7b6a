// Values as official documents write them (Decree 30/2020, Annex I).
#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "pipeline/base/date.h"
#include "pipeline/base/error.h"
#include "templates/forms/conventions.h"
#include "templates/forms/shape.h"
#include "templates/forms/value.h"

namespace vanthu::templates {

// "ngày 09 tháng 3 năm 2023": days below 10 and the months 1 and 2 are padded, and no others.
std::string LongDate(const Date& date);
// "09/3/2023", padded likewise.
std::string ShortDate(const Date& date);
// "1.250,5": a point between thousands, a decimal comma, at most six decimals.
std::string VietnameseNumber(double number);
// "XIV"; empty outside 1..3999.
std::string RomanNumeral(int number);
// "5" -> "05"; anything but one digit stays.
std::string PaddedNumber(const std::string& number);
// "ỦY BAN NHÂN DÂN XÃ AN THÀNH" -> "Ủy ban nhân dân xã An Thành". A name with small letters, and one whose
// capitals cannot be told (a department's), stays.
std::string AgencyInText(const std::string& agency, const Conventions& conventions);
// Where a long agency's name breaks over two lines: before its locality, "ỦY BAN NHÂN DÂN\nXÃ AN THÀNH".
std::string AgencyInHead(const std::string& agency, const Conventions& conventions);

// May values of this kind have this format ("" is none)?
bool FormatFits(std::string_view format, ShapeKind kind);
// Does the format itself say what stands where the record has nothing?
bool HasBlank(std::string_view format);

// The text; an empty value becomes the format's blank, or nothing. The Message says why a value cannot be so
// written.
tl::expected<std::string, Message> FormatValue(const Value& value, std::string_view format,
                                               const Conventions& conventions);

}  // namespace vanthu::templates
