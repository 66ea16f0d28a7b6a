// ParseForm takes any bytes; what it accepts, BuildDocument takes with a record of every kind of value, and
// says yes or no: no crash, no hang, no table with a hole (CheckDocument inside SetText).
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "templates/engine/engine.h"
#include "templates/forms/build.h"
#include "templates/forms/parse.h"

namespace {

using namespace vanthu;

Record FullRecord() {
  Record record;
  record.header = {"UBND HUYỆN", "ỦY BAN NHÂN DÂN XÃ A",
                   "5",          "KH-UBND",
                   "KH",         "Kế hoạch",
                   "A",          MakeDate(2023, 2, 9),
                   "Việc",       "Khẩn",
                   "Mật",        IssuedWith{"QĐ", "1", "QĐ-UBND", MakeDate(2023, 1, 1), "UBND xã A"}};
  record.addressees = {"Sở A", "Sở B"};
  record.signer = Signer{{}, {"TM."}, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "B"};
  record.recipients = {"Như trên", "Lưu: VT"};
  vanthu::Section inner{"1", "Trong", 2, {"- a"}, {}};
  record.sections = {{std::nullopt, std::nullopt, 0, {"Căn cứ X;"}, {}}, {"I", "Mục", 1, {"b"}, {inner}}};
  vanthu::Table table;
  table.rows = 2;
  table.columns = 1;
  table.header_rows = 1;
  table.cells.resize(2);
  table.cells[0].text = "A";
  table.cells[1].row = 1;
  table.cells[1].text = "1.234";
  record.tables = {table, table};
  Appendix appendix;
  appendix.label = "I";
  appendix.tables = {0};
  record.appendices = {appendix};
  Task task;
  task.group = {"I Nhóm"};
  task.content = "Việc\n- con";
  task.lead = {"A", "B"};
  record.tasks = {task, task};
  record.targets = {{"100%", 100, "%", "=", 0}};
  return record;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto rules = templates::ReadConventions(VANTHU_FORMS, VANTHU_RULES);
  static const Record record = FullRecord();
  if (!rules) std::abort();
  const auto parsed =
      templates::ParseForm({reinterpret_cast<const char*>(data), size}, "fuzz.xml", VANTHU_FORMS "/form.xsd");
  if (!parsed || parsed->form.has_value() != parsed->faults.empty()) std::abort();
  if (!parsed->form) return 0;
  const auto document = templates::BuildDocument(*parsed->form, record, {&*rules});
  if (document && !templates::SetText(*document)) std::abort();
  return 0;
}
