// A store in a folder of its own that goes away with the test, and documents to put into it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <utility>

#include "pipeline/archive/store.h"
#include "pipeline/base/file.h"
#include "pipeline/base/file_output.h"

namespace vanthu::archive {

class Scratch {
 public:
  Scratch() {
    std::string name = (std::filesystem::temp_directory_path() / "vanthu-archive-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
    folder_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::filesystem::path store() const { return folder_ / "kho"; }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

  std::unique_ptr<Store> Open(Access access = Access::kWrite) const {
    Result<std::unique_ptr<Store>> opened = OpenStore(store(), access);
    if (!opened) {
      ADD_FAILURE() << Describe(opened.error(), Language::kEnglish);
      return nullptr;
    }
    return std::move(*opened);
  }

 private:
  std::filesystem::path folder_;
};

// A plan as intake and extract would hand it in; `original` makes its identity.
inline DocumentEntry Plan(const std::string& original) {
  DocumentEntry entry;
  Record& record = entry.record;
  record.source = {"ke-hoach.pdf", Sha256Hex(original), 3, Origin::kScan};
  record.header.parent_agency = "ỦY BAN NHÂN DÂN HUYỆN THANH MIỆN";
  record.header.issuing_agency = "ỦY BAN NHÂN DÂN XÃ THANH XÁ";
  record.header.number = "25";
  record.header.notation = "KH-UBND";
  record.header.type_code = "KH";
  record.header.type_name = "Kế hoạch";
  record.header.place = "Thanh Xá";
  record.header.date = MakeDate(2023, 3, 9);
  record.header.subject = "Kiểm soát thủ tục hành chính năm 2023";
  record.signer =
      Signer{{"TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"}, {"TM."}, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Phạm Thị Mây"};
  record.evidence["/header/number"] = {0, {100, 80, 120, 95}, Source::kOcr, 0.55};
  record.evidence["/header/notation"] = {0, {125, 80, 190, 95}, Source::kOcr, 0.98};
  entry.reading_text =
      "Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ về kiểm soát thủ tục hành "
      "chính.\n"
      "Đồng chí Chủ tịch phân công công chức văn hoá xã hội.";
  entry.files = {{"original.pdf", original},
                 {"record.json", "{\"schema\": \"vanthu/record/1\"}"},
                 {"pages/0001.jpg", std::string(2000, 'j')}};
  entry.seconds = 1.5;
  return entry;
}

// The same with its files staged: what a worker hands in.
inline DocumentEntry Staged(Store& store, DocumentEntry entry) {
  const Result<std::filesystem::path> folder = store.Stage(entry.record.source.sha256);
  if (!folder) {
    ADD_FAILURE() << Describe(folder.error(), Language::kEnglish);
    return entry;
  }
  for (const StoredFile& file : std::exchange(entry.files, {})) {
    std::filesystem::create_directories((*folder / file.name).parent_path());
    EXPECT_TRUE(WriteFlushed(*folder / file.name, file.bytes));
    entry.staged.push_back(file.name);
  }
  return entry;
}

inline void ExpectOk(const Status& status) {
  EXPECT_TRUE(status.has_value()) << (status ? "" : Describe(status.error(), Language::kEnglish));
}

}  // namespace vanthu::archive
