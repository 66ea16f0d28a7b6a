#include "templates/forms/build.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "pipeline/base/unicode.h"
#include "templates/forms/binding.h"
#include "templates/forms/chart.h"
#include "templates/forms/inline_text.h"
#include "templates/forms/official_blocks.h"
#include "templates/forms/sums.h"
#include "templates/forms/tables.h"

namespace vanthu::templates {
namespace {

class DocumentBuilder {
 public:
  DocumentBuilder(const Form& form, Binding& binding) : form_(form), binding_(binding) {}

  void Build() {
    binding_.Walk(form_.root, [&](const FormElement& child) {
      if (child.kind == ElementKind::kPart) AddPart(child);
    });
  }

  std::vector<Section> Take() { return std::move(sections_); }

 private:
  void AddPart(const FormElement& part) {
    Section section;
    section.restart_numbers = part.Says("numbers", "restart");
    blocks_ = &section.blocks;
    recipients_ = nullptr;
    binding_.Walk(part, [&](const FormElement& child) { AddBlock(child); });
    blocks_ = nullptr;
    if (section.blocks.empty()) return;
    KeepOffTables(section.blocks);
    const std::string orientation = part.Attribute("orientation", "portrait");
    if (orientation == "landscape" || (orientation == "auto" && WantsLandscape(section)))
      section.orientation = Orientation::kLandscape;
    sections_.push_back(std::move(section));
  }

  // Text below a table stands off its frame.
  static void KeepOffTables(std::vector<Block>& blocks) {
    constexpr double kGapPt = 6;  // as between paragraphs
    for (std::size_t i = 1; i < blocks.size(); ++i)
      if (Paragraph* paragraph = std::get_if<Paragraph>(&blocks[i]);
          paragraph && std::holds_alternative<Table>(blocks[i - 1]))
        paragraph->space_before_pt = std::max(paragraph->space_before_pt, kGapPt);
  }

  bool WantsLandscape(const Section& section) const {
    const std::size_t least = static_cast<std::size_t>(binding_.conventions().table.landscape_columns);
    return std::ranges::any_of(section.blocks, [&](const Block& block) {
      const Table* table = std::get_if<Table>(&block);
      return table != nullptr && table->column_shares.size() >= least;
    });
  }

  void AddBlock(const FormElement& element) {
    switch (element.kind) {
      case ElementKind::kParagraph:
        AddParagraph(element, element.Attribute("style", "noi-dung"));
        break;
      case ElementKind::kHeading:
        AddHeading(element);
        break;
      case ElementKind::kTable:
        AddTable(element);
        break;
      case ElementKind::kBlock:
        AddOfficialBlock(element);
        break;
      case ElementKind::kChart:
        AddChart(element);
        break;
      default:
        break;
    }
  }

  void AddParagraph(const FormElement& element, const std::string& style) {
    std::vector<Run> runs = BuildRuns(element, binding_);
    if (runs.empty()) return;
    blocks_->emplace_back(StyledParagraph(binding_.conventions().StyleOf(style), std::move(runs)));
  }

  void AddHeading(const FormElement& element) {
    const std::size_t before = blocks_->size();
    AddParagraph(element, element.Attribute("style", "muc"));
    if (blocks_->size() == before) return;
    const std::string level = element.Attribute("level", "1");
    std::from_chars(level.data(), level.data() + level.size(), std::get<Paragraph>(blocks_->back()).level);
  }

  void AddTable(const FormElement& element) {
    if (!element.Has("path")) {
      PutTable(BuildFormTable(element, binding_), element);
      return;
    }
    for (const Value* found : binding_.Lookup(element.Attribute("path")))
      if (const auto* table = found->As<const vanthu::Table*>(); table != nullptr && (*table)->rows > 0)
        PutTable(BuildRecordTable(**table, element, binding_.conventions()), element);
  }

  // The title above it; nothing at all where there is no bar.
  void AddChart(const FormElement& element) {
    Chart chart = BuildChart(element, binding_);
    if (chart.groups.empty()) return;
    blocks_->emplace_back(
        StyledParagraph(binding_.conventions().StyleOf("ten-bang"), element.Attribute("title")));
    std::get<Paragraph>(blocks_->back()).keep_with_next = true;
    if (element.Has("unit")) {
      blocks_->emplace_back(StyledParagraph(binding_.conventions().StyleOf("don-vi-tinh"),
                                            "Đơn vị tính: " + element.Attribute("unit")));
      std::get<Paragraph>(blocks_->back()).keep_with_next = true;
    }
    blocks_->emplace_back(std::move(chart));
  }

  void PutTable(Table table, const FormElement& element) {
    CheckSums(table, element, binding_);
    blocks_->emplace_back(std::move(table));
  }

  // Recipients and the signature that follows them stand side by side, level with each other.
  void AddOfficialBlock(const FormElement& element) {
    const std::string name = element.Attribute("name");
    if (name == "quoc-hieu") {
      for (Columns& row : BuildHead(element, binding_)) blocks_->emplace_back(std::move(row));
      return;
    }
    if (name == "co-quan") {
      blocks_->emplace_back(BuildAgency(element, binding_));
      return;
    }
    if (name == "kinh-gui" || name == "noi-dung") {
      for (Paragraph& paragraph :
           name == "kinh-gui" ? BuildAddressees(element, binding_) : BuildContent(element, binding_))
        blocks_->emplace_back(std::move(paragraph));
      return;
    }
    const bool signature = element.Says("name", "chu-ky");
    std::vector<ColumnItem> items =
        signature ? BuildSignature(element, binding_) : BuildRecipients(element, binding_);
    if (items.empty()) return;
    const bool joins = signature && recipients_ == blocks_ && closing_ + 1 == blocks_->size();
    if (!joins) {
      Columns closing;
      closing.columns.resize(2);
      closing.space_before_pt = 12;
      closing.keep_with_previous = true;
      blocks_->emplace_back(std::move(closing));
      closing_ = blocks_->size() - 1;
      recipients_ = signature ? nullptr : blocks_;
    }
    std::get<Columns>((*blocks_)[closing_]).columns[signature ? 1 : 0].items = std::move(items);
  }

  const Form& form_;
  Binding& binding_;
  std::vector<Section> sections_;
  std::vector<Block>* blocks_ = nullptr;            // of the part in hand
  const std::vector<Block>* recipients_ = nullptr;  // the part whose recipients await a signature
  std::size_t closing_ = 0;                         // where those stand in it
};

Error Refusal(const Form& form, ErrorCode code, Message message) {
  Error error;
  error.code = code;
  error.file = form.file;
  error.message = std::move(message);
  return error;
}

Error MissingData(const Form& form, const std::vector<FormFault>& faults) {
  Message message{"bản ghi không đủ cho biểu mẫu", "the record does not hold what the form needs"};
  for (const FormFault& fault : faults) {
    message.vi += "\n  " + Describe(fault, {}, Language::kVietnamese);
    message.en += "\n  " + Describe(fault, {}, Language::kEnglish);
  }
  Error error = Refusal(form, ErrorCode::kNotAccepted, std::move(message));
  error.advice = {"Bổ sung bản ghi, hoặc ghi optional=\"yes\" nếu giá trị có thể không có",
                  "Complete the record, or say optional=\"yes\" where a value may be absent"};
  return error;
}

std::string TitleOf(const Record& record, const Form& form) {
  const std::string title =
      CollapseSpace(record.header.type_name.value_or("") + " " + record.header.subject.value_or(""));
  return ToNfc(title.empty() ? form.title : title);
}

}  // namespace

Result<Document> BuildDocument(const Form& form, const Record& record, const BuildOptions& options) {
  if (options.conventions == nullptr) throw std::logic_error("BuildDocument needs conventions");
  const Conventions& conventions = *options.conventions;
  const Value values = ValueOf(record);
  Binding binding(values, conventions);
  DocumentBuilder builder(form, binding);
  builder.Build();
  if (binding.exhausted())
    return Fail(
        Refusal(form, ErrorCode::kLimit,
                {"biểu mẫu lặp quá nhiều trên bản ghi này", "the form repeats too much on this record"}));
  if (!binding.faults().empty()) return Fail(MissingData(form, binding.faults()));
  Document document;
  document.sections = builder.Take();
  if (document.sections.empty())
    return Fail(
        Refusal(form, ErrorCode::kNotAccepted,
                {"biểu mẫu không cho ra trang nào từ bản ghi này", "the form makes no page of this record"}));
  document.title = TitleOf(record, form);
  document.author = ToNfc(record.header.issuing_agency.value_or(""));
  document.subject = ToNfc(record.header.subject.value_or(""));
  if (record.header.date && record.header.date->ok()) document.date = ToIso(*record.header.date);
  document.margins = conventions.margins;
  document.page_number_pt = conventions.page_number_pt;
  return document;
}

}  // namespace vanthu::templates
