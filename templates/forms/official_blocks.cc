#include "templates/forms/official_blocks.h"

#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "templates/forms/format.h"
#include "templates/forms/inline_text.h"

namespace vanthu::templates {
namespace {

std::vector<std::string> TextsAt(const Binding& binding, const std::string& path) {
  std::vector<std::string> out;
  for (const Value* found : binding.Lookup(path))
    if (const ValueList* list = found->As<ValueList>())
      for (const Value& item : *list)
        if (const std::string* text = item.As<std::string>(); text != nullptr && !item.Empty())
          out.push_back(*text);
  return out;
}

// A document that goes out with another (a plan issued by a decision) bears no number, place and date of its
// own.
bool BearsNumber(const Binding& binding) {
  const auto there = [&](const char* path) {
    const std::vector<const Value*> found = binding.Lookup(path);
    return !found.empty() && !found.front()->Empty();
  };
  return !there("header.issued_with") || there("header.number") || there("header.notation") ||
         there("header.date");
}

std::string DateLine(const FormElement& block, Binding& binding) {
  const std::vector<const Value*> date = binding.Lookup("header.date");
  const Value none;
  const auto text = FormatValue(date.empty() ? none : *date.front(), "ngay", binding.conventions());
  return binding.Needed(block, "header.place") + ", " + text.value_or("");
}

Column AgencySide(const FormElement& block, Binding& binding) {
  const Conventions& rules = binding.conventions();
  Column column;
  column.width_share = rules.head_left_share;
  if (const std::string parent = binding.Optional("header.parent_agency"); !parent.empty())
    column.items.emplace_back(
        StyledParagraph(rules.StyleOf("co-quan-chu-quan"), AgencyInHead(parent, rules)));
  column.items.emplace_back(
      StyledParagraph(rules.StyleOf("co-quan-ban-hanh"),
                      AgencyInHead(binding.Needed(block, "header.issuing_agency"), rules)));
  return column;
}

Column MottoSide(const Conventions& rules) {
  Column column;
  column.width_share = 1 - rules.head_left_share;
  column.items.emplace_back(StyledParagraph(rules.StyleOf("quoc-hieu"), rules.motto[0]));
  column.items.emplace_back(StyledParagraph(rules.StyleOf("tieu-ngu"), rules.motto[1]));
  return column;
}

// HỎA TỐC and the like in the frame laid down for it.
Paragraph StampParagraph(const std::string& text, const Conventions& rules) {
  Paragraph paragraph = StyledParagraph(rules.StyleOf("do-mat"), text);
  const std::string key = FoldTonePlacement(ToLower(text));
  paragraph.frame = Paragraph::Frame{0, 0};
  for (const Conventions::Stamp& stamp : rules.stamps)
    if (FoldTonePlacement(ToLower(stamp.text)) == key)
      paragraph.frame = Paragraph::Frame{stamp.width_pt, stamp.height_pt};
  return paragraph;
}

// Boxes 3, 5b, 10a and 10b, from the top down.
Column NumberSide(const FormElement& block, Binding& binding) {
  const Conventions& rules = binding.conventions();
  Column column;
  column.width_share = rules.head_left_share;
  if (BearsNumber(binding)) {
    const std::string number = binding.Optional("header.number");
    const std::string line = fmt::format("{} {}/{}", rules.number_label,
                                         number.empty() ? rules.number_blank : PaddedNumber(number),
                                         binding.Needed(block, "header.notation"));
    column.items.emplace_back(StyledParagraph(rules.StyleOf("so-ky-hieu"), line));
  }
  binding.Walk(block, [&](const FormElement& child) {
    if (child.kind == ElementKind::kParagraph)
      column.items.emplace_back(StyledParagraph(rules.StyleOf(child.Attribute("style", "trich-yeu-cong-van")),
                                                BuildRuns(child, binding)));
  });
  for (const char* path : {"header.secrecy", "header.urgency"})
    if (const std::string stamp = binding.Optional(path); !stamp.empty())
      column.items.emplace_back(StampParagraph(stamp, rules));
  return column;
}

Column DateSide(const FormElement& block, Binding& binding) {
  const Conventions& rules = binding.conventions();
  Column column;
  column.width_share = 1 - rules.head_left_share;
  if (BearsNumber(binding))
    column.items.emplace_back(StyledParagraph(rules.StyleOf("dia-danh"), DateLine(block, binding)));
  return column;
}

bool Contains(const std::vector<std::string>& list, const std::string& text) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

}  // namespace

std::vector<Columns> BuildHead(const FormElement& block, Binding& binding) {
  std::vector<Columns> head(1);
  head[0].columns = {AgencySide(block, binding), MottoSide(binding.conventions())};
  Columns second;
  second.columns = {NumberSide(block, binding), DateSide(block, binding)};
  second.keep_with_previous = true;
  if (!second.columns[0].items.empty() || !second.columns[1].items.empty()) head.push_back(std::move(second));
  return head;
}

Columns BuildAgency(const FormElement& block, Binding& binding) {
  Columns agency;
  agency.columns.push_back(AgencySide(block, binding));
  return agency;
}

std::vector<Paragraph> BuildAddressees(const FormElement& block, Binding& binding) {
  const Conventions& rules = binding.conventions();
  const std::vector<std::string> addressees = TextsAt(binding, "addressees");
  if (addressees.empty()) {
    if (!block.Says("optional", "yes"))
      binding.Fault(block, "bản ghi không có nơi kính gửi (addressees)", "the record has no addressees");
    return {};
  }
  if (addressees.size() == 1)
    return {StyledParagraph(rules.StyleOf("kinh-gui"), rules.addressees_label + " " + addressees[0])};
  std::vector<Paragraph> out{StyledParagraph(rules.StyleOf("kinh-gui-nhieu"), rules.addressees_label)};
  for (std::size_t i = 0; i < addressees.size(); ++i)
    out.push_back(
        StyledParagraph(rules.StyleOf("noi-gui"),
                        fmt::format("- {}{}", addressees[i], i + 1 < addressees.size() ? ";" : ".")));
  return out;
}

std::vector<ColumnItem> BuildRecipients(const FormElement& block, Binding& binding) {
  const std::vector<std::string> recipients = TextsAt(binding, "recipients");
  std::vector<ColumnItem> items;
  if (recipients.empty()) {
    if (!block.Says("optional", "yes")) {
      binding.Fault(block, "bản ghi không có nơi nhận (recipients)", "the record has no recipients");
    }
    return items;
  }
  const Conventions& rules = binding.conventions();
  items.emplace_back(StyledParagraph(rules.StyleOf("noi-nhan-dau"), rules.recipients_label));
  for (std::size_t i = 0; i < recipients.size(); ++i)
    items.emplace_back(
        StyledParagraph(rules.StyleOf("noi-nhan"),
                        fmt::format("- {}{}", recipients[i], i + 1 < recipients.size() ? ";" : ".")));
  return items;
}

std::vector<std::string> SignatureLines(const Binding& binding) {
  const Conventions& rules = binding.conventions();
  std::vector<std::string> lines = TextsAt(binding, "signer.block");
  if (!lines.empty()) return lines;
  const std::vector<std::string> authority = TextsAt(binding, "signer.authority");
  const std::string behalf = binding.Optional("signer.on_behalf_of");
  const std::string position = binding.Optional("signer.position");
  if (position.empty()) return {};
  if (authority.empty()) return {position};
  if (authority == std::vector<std::string>{rules.acting_mark}) return {rules.acting_mark + " " + position};
  if (behalf.empty()) return {};
  if (authority.size() == 1) return {authority[0] + " " + behalf, position};
  // TM. of the collective and KT. of its head: the head's post is the deputy's without what makes it a
  // deputy's.
  const std::string upper = ToUpper(position);
  if (authority.size() == 2 && Contains(authority, rules.collective_mark) &&
      Contains(authority, rules.deputy_mark) && upper.starts_with(rules.deputy))
    return {rules.collective_mark + " " + behalf, rules.deputy_mark + " " + upper.substr(rules.deputy.size()),
            position};
  return {};
}

std::vector<ColumnItem> BuildSignature(const FormElement& block, Binding& binding) {
  const std::vector<const Value*> signer = binding.Lookup("signer");
  std::vector<ColumnItem> items;
  if (signer.empty() || signer.front()->Empty()) {
    if (!block.Says("optional", "yes"))
      binding.Fault(block, "bản ghi không có người ký (signer)", "the record has no signer");
    return items;
  }
  const std::vector<std::string> lines = SignatureLines(binding);
  if (lines.empty())
    binding.Fault(block, "không lập được các dòng quyền hạn, chức vụ: cần signer.block, hoặc signer.position",
                  "the lines above the signature cannot be told: signer.block or signer.position is needed");
  const Conventions& rules = binding.conventions();
  for (const std::string& line : lines) items.emplace_back(StyledParagraph(rules.StyleOf("chuc-vu"), line));
  items.emplace_back(templates::Place{"signer", rules.signature_height_pt});
  items.emplace_back(StyledParagraph(rules.StyleOf("ho-ten"), binding.Needed(block, "signer.name")));
  return items;
}

}  // namespace vanthu::templates
