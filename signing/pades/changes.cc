// The catalog, the trailer and the order of the rules.
//
// Decided, over and above what changes.h says:
// - The trailer names the same catalog and the same encryption; /Info may change in texts and dates, /ID's
//   second part always does.
// - The catalog's entries stay, other than: AcroForm, StructTreeRoot (rules of their own), DSS, Extensions,
// Metadata,
//   Version, and Perms where it is added for a signature that is new too. /Names (with it attachments and
//   scripts), /OpenAction, /AA, /OCProperties, and every key that is not known, stay.
// - (An object stream that is in use and written anew, File::Parse refuses.) An object that a later revision
// points to, but that does not stand there, is suspicious: viewers go
//   looking for it, each in its own way.
#include "signing/pades/changes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "signing/pades/change_review.h"

namespace vanthu::signing {
namespace {

constexpr std::array kStoreKeys = {std::string_view("Type"), std::string_view("VRI"),
                                   std::string_view("Certs"), std::string_view("CRLs"),
                                   std::string_view("OCSPs")};

class CatalogRule {
 public:
  explicit CatalogRule(ChangeReview& review) : review_(review) {}

  void Judge() {
    JudgeTrailer();
    const pdf::Object first = review_.file.Catalog(review_.before);
    const pdf::Object second = review_.file.Catalog(review_.after);
    for (const std::string& key : KeysOf(first, second)) {
      if (key == "AcroForm" || key == "StructTreeRoot") continue;
      const pdf::Object& old_value = first[key];
      const pdf::Object& new_value = second[key];
      if (review_.pair.Same(old_value, new_value, key)) continue;
      const pdf::Object now = review_.pair.After(new_value);
      if (key == "DSS" && IsValidationStore(now))
        review_.Allow({"thêm dữ liệu kiểm tra chữ ký (DSS)", "validation data (DSS) were added"},
                      RefOf(new_value));
      else if (key == "Extensions" && now.AsDictionary() != nullptr && now.AsStream() == nullptr)
        continue;
      else if (key == "Metadata" && IsMetadata(now))
        review_.Allow({"siêu dữ liệu của tệp đã đổi", "the file's metadata were changed"}, RefOf(new_value));
      else if (key == "Version" && IsVersion(now))
        continue;
      else if (key == "Perms" && IsNewCertification(old_value, now))
        review_.Allow({"thêm chữ ký chứng thực", "a certification was added"}, RefOf(now["DocMDP"]));
      else
        review_.Require(old_value, new_value, key, EntryMessage(key), CatalogRef());
    }
    ReadWritten();
    if (review_.file.HasTrailingBytes())
      review_.Suspect({"sau phiên bản cuối còn dữ liệu lạ", "foreign bytes follow the last revision"}, {});
  }

 private:
  const pdf::Dictionary& Trailer(std::size_t revision) const {
    return review_.file.revisions()[revision].trailer;
  }

  static pdf::Ref RefOf(const pdf::Object& object) {
    return object.AsRef() != nullptr ? *object.AsRef() : pdf::Ref{};
  }

  pdf::Ref CatalogRef() const { return RefOf(pdf::Object(Trailer(review_.after))["Root"]); }

  static Message EntryMessage(const std::string& key) {
    if (key == "Pages") return {"cây trang đã bị thay", "the tree of pages was changed"};
    if (key == "OCProperties")
      return {"các lớp ẩn hiện (OCProperties) đã bị thay", "the layers (OCProperties) were changed"};
    if (key == "Names")
      return {"tệp đính kèm, kịch bản hoặc tên (Names) đã bị thay",
              "attachments, scripts or names (Names) were changed"};
    if (key == "OpenAction" || key == "AA")
      return {"hành động tự chạy của tệp đã bị thay", "the file's automatic actions were changed"};
    if (key == "Perms")
      return {"quyền chứng thực (Perms) đã bị thay hoặc bỏ",
              "the certification (Perms) was changed or removed"};
    return {fmt::format("mục {} của tài liệu đã bị thay", Shown("/" + key)),
            fmt::format("the document's entry {} was changed", Shown("/" + key))};
  }

  void JudgeTrailer() {
    const pdf::Object first(Trailer(review_.before));
    const pdf::Object second(Trailer(review_.after));
    if (RefOf(first["Root"]) != RefOf(second["Root"]))
      review_.Suspect({"phiên bản sau dùng mục lục khác", "a later revision has another catalog"},
                      CatalogRef());
    review_.Require(first["Encrypt"], second["Encrypt"], "Encrypt",
                    {"mã hóa của tệp đã bị thay", "the file's encryption was changed"}, {});
    if (review_.pair.Same(first["Info"], second["Info"])) return;
    const pdf::Object now = review_.pair.After(second["Info"]);
    const bool plain =
        now.IsNull() ||
        (now.AsDictionary() != nullptr && now.AsStream() == nullptr &&
         std::all_of(now.AsDictionary()->begin(), now.AsDictionary()->end(), [&](const auto& e) {
           const pdf::Object value = review_.pair.After(e.second);
           return value.AsDictionary() == nullptr && value.AsArray() == nullptr;
         }));
    if (plain)
      review_.Allow({"thông tin tệp (Info) đã đổi", "the file's information (Info) was changed"},
                    RefOf(second["Info"]));
    else
      review_.Suspect({"thông tin tệp (Info) sai kiểu", "the file's information (Info) is of the wrong kind"},
                      RefOf(second["Info"]));
  }

  bool IsValidationStore(const pdf::Object& store) const {
    return store.AsDictionary() != nullptr && store.AsStream() == nullptr &&
           std::all_of(store.AsDictionary()->begin(), store.AsDictionary()->end(), [](const auto& entry) {
             return std::find(kStoreKeys.begin(), kStoreKeys.end(), entry.first) != kStoreKeys.end();
           });
  }

  static bool IsMetadata(const pdf::Object& stream) {
    return stream.AsStream() != nullptr && stream["Subtype"].IsName("XML");
  }

  static bool IsVersion(const pdf::Object& version) {
    if (version.AsName() == nullptr) return false;
    const std::string& text = version.AsName()->text;
    return text.size() == 3 && (text[0] == '1' || text[0] == '2') && text[1] == '.';
  }

  // Only DocMDP, and for a signature that `before` did not have.
  bool IsNewCertification(const pdf::Object& old_value, const pdf::Object& now) const {
    const pdf::Ref* signature = now["DocMDP"].AsRef();
    return review_.pair.Before(old_value).IsNull() && now.AsDictionary() != nullptr &&
           now.AsDictionary()->size() == 1 && signature != nullptr &&
           review_.file.At(*signature, review_.before).IsNull() && IsNewSignature(review_, now["DocMDP"], {});
  }

  // So that Damaged() knows of all that later revisions wrote.
  void ReadWritten() {
    const auto& revisions = review_.file.revisions();
    for (std::size_t i = review_.before + 1; i <= review_.after; ++i)
      for (const auto& [number, entry] : revisions[i].entries)
        if (entry.kind != pdf::Entry::Kind::kFree) (void)review_.file.At({number, entry.generation}, i);
  }

  ChangeReview& review_;
};

// Last: what was compared and is not there, or could not be read within the File's bounds.
void JudgeDamage(ChangeReview& review) {
  for (const int number : review.file.Damaged())
    if (review.pair.Touched(number) || review.pair.missing().contains(number))
      review.Suspect({fmt::format("đối tượng {} không nằm ở chỗ bảng tham chiếu chỉ", number),
                      fmt::format("object {} is not where the cross-reference points to", number)},
                     {number, 0});
}

}  // namespace

void JudgeCatalog(ChangeReview& review) {
  CatalogRule(review).Judge();
}

ChangesAfter JudgeChanges(const pdf::File& file, std::size_t signed_revision) {
  if (signed_revision >= file.last()) {
    ChangesAfter none;
    if (!file.HasTrailingBytes()) return none;
    none.verdict = Changes::kSuspicious;
    none.changes.push_back({{"sau phiên bản cuối còn dữ liệu lạ", "foreign bytes follow the last revision"},
                            false,
                            {},
                            file.last()});
    return none;
  }
  ChangeReview review(file, signed_revision, file.last());
  JudgeCatalog(review);
  JudgeForm(review);
  JudgeStructure(review);
  JudgePages(review);
  JudgeDamage(review);
  return std::move(review).Take();
}

}  // namespace vanthu::signing
