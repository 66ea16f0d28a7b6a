#include "parts.h"

#include <gtest/gtest.h>

#include "templates/engine/engine.h"
#include "templates/forms/build.h"
#include "templates/forms/parse.h"

namespace vanthu::templates {

std::string FormsFolder() {
  return VANTHU_SOURCE_DIR "/templates/forms";
}

const Conventions& Rules() {
  static const Conventions rules = [] {
    Result<Conventions> read = ReadConventions(FormsFolder(), VANTHU_SOURCE_DIR "/pipeline/extract/rules");
    if (!read) throw std::runtime_error(Describe(read.error(), Language::kEnglish));
    return *read;
  }();
  return rules;
}

std::string FormText(std::string_view pages) {
  return "<template xmlns=\"urn:vanthu:form:1\" id=\"thu\" title=\"Thử\">\n" + std::string(pages) +
         "</template>";
}

std::vector<FormFault> FaultsOf(std::string_view pages) {
  const Result<ParsedForm> parsed = ParseForm(FormText(pages), "thu.xml", FormsFolder() + "/form.xsd");
  EXPECT_TRUE(parsed.has_value());
  return parsed ? parsed->faults : std::vector<FormFault>();
}

Form FormOf(std::string_view pages) {
  const Result<ParsedForm> parsed = ParseForm(FormText(pages), "thu.xml", FormsFolder() + "/form.xsd");
  if (parsed)
    for (const FormFault& fault : parsed->faults)
      ADD_FAILURE() << Describe(fault, "thu.xml", Language::kEnglish);
  if (!parsed || !parsed->form) throw std::runtime_error("not a form");
  return *parsed->form;
}

Record SmallRecord() {
  Record record;
  record.header.issuing_agency = "ỦY BAN NHÂN DÂN XÃ AN THÀNH";
  record.header.number = "5";
  record.header.notation = "KH-UBND";
  record.header.type_code = "KH";
  record.header.type_name = "Kế hoạch";
  record.header.place = "An Thành";
  record.header.date = MakeDate(2023, 2, 9);
  record.header.subject = "Kiểm soát thủ tục hành chính";
  record.signer = Signer{{}, {"TM."}, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Nguyễn Văn A"};
  record.recipients = {"Như trên", "Lưu: VT"};
  vanthu::Section preamble;
  preamble.paragraphs = {"Căn cứ Luật Tổ chức chính quyền địa phương;", "Ủy ban nhân dân xã lập kế hoạch:"};
  vanthu::Section first;
  first.label = "I";
  first.title = "Mục đích";
  first.level = 1;
  first.paragraphs = {"- Thực hiện đúng quy định./."};
  record.sections = {preamble, first};
  return record;
}

Document DocumentOf(std::string_view pages, const Record& record) {
  const Result<Document> document = BuildDocument(FormOf(pages), record, {&Rules()});
  if (!document) throw std::runtime_error(Describe(document.error(), Language::kEnglish));
  return *document;
}

std::string RefusalOf(std::string_view pages, const Record& record) {
  const Result<Document> document = BuildDocument(FormOf(pages), record, {&Rules()});
  return document ? std::string() : Describe(document.error(), Language::kVietnamese);
}

std::string TextOf(const Document& document) {
  const Result<std::string> text = SetText(document);
  if (!text) throw std::runtime_error(Describe(text.error(), Language::kEnglish));
  return *text;
}

std::string TextOf(std::string_view pages, const Record& record) {
  return TextOf(DocumentOf(pages, record));
}

}  // namespace vanthu::templates
