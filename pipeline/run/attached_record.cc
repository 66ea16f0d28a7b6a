#include "pipeline/run/attached_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "pipeline/base/file.h"
#include "pipeline/base/unicode.h"
#include "pipeline/record/xml.h"
#include "pipeline/run/adopted_record.h"
#include "pipeline/run/issue.h"
#include "templates/forms/catalogue.h"

namespace vanthu::run {

class Setting {
 public:
  Setting(templates::Form form, IssueTools tools, int most_pages)
      : form_(std::move(form)), tools_(std::move(tools)) {
    options_.engine.most_pages = most_pages;  // no more than the document has: bounds what a record may cost
  }

  bool Fits(const Rendering& rendering) const {
    const Rendering now = RenderingOf(form_, tools_);
    const auto same_font = [](const Rendering::Font& a, const Rendering::Font& b) {
      return a.name == b.name && a.sha256 == b.sha256;
    };
    return now.form == rendering.form && now.form_sha256 == rendering.form_sha256 &&
           now.engine == rendering.engine && now.conventions_sha256 == rendering.conventions_sha256 &&
           std::ranges::equal(now.fonts, rendering.fonts, same_font);
  }
  // Whether `file` begins with the document set from the record; its length then, else 0.
  std::size_t BeginningOf(const std::string& file, const Record& record, std::string xml) const {
    const Result<std::string> again = IssueAgain(record, std::move(xml), form_, tools_, options_);
    return again && file.starts_with(*again) ? again->size() : 0;
  }
  // The document without the record in it; none where the form cannot be filled.
  std::optional<std::string> PagesOf(const Record& record) const {
    IssueOptions options = options_;
    options.attach_record = false;
    Result<std::string> pages = Issue(record, form_, tools_, options);
    return pages ? std::optional<std::string>(std::move(*pages)) : std::nullopt;
  }

 private:
  templates::Form form_;
  IssueTools tools_;
  IssueOptions options_;
};

namespace {

using State = AttachedRecord::State;
using Carried = intake::CarriedFile::State;

Finding Refusal(const char* code, std::string message) {
  return {Severity::kWarning, code,
          "Bản ghi đính kèm không được dùng: " + std::move(message) + " Văn bản được đọc từ các trang.",
          std::nullopt};
}

std::optional<Finding> RefusalOf(Carried state) {
  switch (state) {
    case Carried::kWhole:
      return std::nullopt;
    case Carried::kSeveral:
      return Refusal("attachment.several", "tệp mang nhiều hơn một record.xml.");
    case Carried::kOneRoute:
      return Refusal("attachment.route",
                     "record.xml chỉ có trong một trong hai danh mục /AF và /EmbeddedFiles.");
    case Carried::kLater:
      return Refusal("attachment.later",
                     "record.xml được thêm hoặc thay sau khi văn bản được lập hoặc được ký.");
    case Carried::kTooLarge:
      return Refusal("attachment.large", "record.xml lớn quá giới hạn.");
    case Carried::kUnreadable:
      break;
  }
  return Refusal("attachment.unreadable", "không đọc được record.xml.");
}

// The names that shipped forms have: nothing of a path.
bool IsFormId(const std::string& id) {
  constexpr std::size_t kLongest = 100;
  return !id.empty() && id.size() <= kLongest && std::ranges::all_of(id, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

std::shared_ptr<const Setting> SettingFor(const Rendering& rendering, int pages) {
  if (rendering.engine != templates::kEngineVersion || !IsFormId(rendering.form)) return nullptr;
  const std::filesystem::path folder = DataFolder() / "forms";
  const auto file = templates::FindForm(rendering.form, folder);
  if (!file) return nullptr;
  Result<templates::Form> form = templates::ReadForm(*file, folder);
  if (!form || form->sha256 != rendering.form_sha256) return nullptr;
  Result<IssueTools> tools = OpenIssueTools({});
  if (!tools) return nullptr;
  auto setting = std::make_shared<const Setting>(std::move(*form), std::move(*tools), pages);
  return setting->Fits(rendering) ? setting : nullptr;
}

bool SameWord(const Word& a, const Word& b) {
  constexpr double kNear = 0.05;  // points
  return a.text == b.text && a.rotation_deg == b.rotation_deg && std::abs(a.box.x0 - b.box.x0) < kNear &&
         std::abs(a.box.y0 - b.box.y0) < kNear && std::abs(a.box.x1 - b.box.x1) < kNear &&
         std::abs(a.box.y1 - b.box.y1) < kNear;
}

// Whether a signature, or any other update, left the pages as `issued` shows them: the same words at the same
// places, and every one of them still to be seen. What signatures and stamps show is theirs.
bool PagesUnchanged(intake::Document& document, std::string issued, const Heartbeat& heartbeat) {
  const auto first = intake::ParseDocument(std::move(issued), "", {});
  if (!first || (*first)->page_count() != document.page_count()) return false;
  for (int index = 0; index < document.page_count(); ++index) {
    heartbeat(index, document.page_count());
    const Result<Page> then = (*first)->ReadPage(index);
    Result<Page> now = document.ReadShownPage(index);
    if (!then || !now || then->width_pt != now->width_pt || then->height_pt != now->height_pt) return false;
    std::erase_if(now->words, [](const Word& word) { return word.source == Source::kAppearance; });
    if (!std::ranges::equal(then->words, now->words, SameWord)) return false;
  }
  return true;
}

// Whether a proven record's value is on the page after all, and the pages were misread: had the record said
// what was read, the pages would be others.
class Prints {
 public:
  Prints(const Setting& setting, const Record& record, const Record& read)
      : setting_(setting), record_(record), read_(read) {}

  bool operator()(const Difference& difference) {
    if (difference.part == Part::kDerived) return false;
    const std::string key = difference.part == Part::kHeaderField
                                ? difference.pointer
                                : std::to_string(static_cast<int>(difference.part));
    const auto [known, is_new] = known_.emplace(key, false);
    if (!is_new) return known->second;
    if (!pages_) pages_ = setting_.PagesOf(record_);
    Record other = record_;
    TakePart(difference, read_, &other);
    if (difference.part == Part::kTables) other.tasks = read_.tasks;  // they point into the tables
    known->second = pages_.has_value() && setting_.PagesOf(other) != pages_;
    return known->second;
  }

 private:
  const Setting& setting_;
  const Record& record_;
  const Record& read_;
  std::optional<std::string> pages_;
  std::map<std::string, bool> known_;
};

std::string Short(const Text& text) {
  constexpr std::size_t kLongest = 160;  // code points
  if (!text) return "∅";
  const std::u32string all = ToCodePoints(CollapseSpace(*text));
  return "“" + FromCodePoints(all.substr(0, kLongest)) + (all.size() > kLongest ? "…" : "") + "”";
}

constexpr std::size_t kMostTold = 20;  // differences in a record's findings

std::vector<Finding> FindingsOf(const std::vector<Difference>& differences) {
  std::vector<Finding> out;
  for (const Difference& difference : differences) {
    if (out.size() == kMostTold) {
      out.push_back({Severity::kError, "attachment.mismatch",
                     fmt::format("Còn {} chỗ khác nhau nữa giữa trang và bản ghi đính kèm.",
                                 differences.size() - kMostTold),
                     std::nullopt});
      break;
    }
    out.push_back({Severity::kError, "attachment.mismatch",
                   fmt::format("{}: trên trang là {}, bản ghi đính kèm ghi {}; giữ giá trị trên trang.",
                               difference.pointer, Short(difference.on_page), Short(difference.attached)),
                   difference.page >= 0 ? std::optional<int>(difference.page) : std::nullopt});
  }
  return out;
}

}  // namespace

AttachedRecord FindAttachedRecord(intake::Document& document, const Heartbeat& heartbeat) {
  AttachedRecord out;
  std::optional<intake::CarriedFile> carried = document.FindCarried(kCarriedName);
  if (!carried) return out;
  out.state = State::kRefused;
  out.finding = RefusalOf(carried->state);
  if (out.finding) return out;
  Result<Record> record = record::ParseXml(carried->bytes, DataFolder() / "schema" / "record.xsd");
  if (!record) {
    if (record::IsForeignXml(carried->bytes))
      out.state = State::kAbsent;
    else
      out.finding = Refusal("attachment.invalid", record.error().message.vi + ".");
    return out;
  }
  if (!record->rendering) {
    out.finding = Refusal("attachment.invalid", "bản ghi không nói văn bản được lập bằng biểu mẫu nào.");
    return out;
  }
  out.state = State::kUnproven;
  out.record = std::move(*record);
  const std::string& file = document.bytes();
  const std::shared_ptr<const Setting> setting = SettingFor(*out.record->rendering, document.page_count());
  if (!setting) return out;
  const std::size_t issued = setting->BeginningOf(file, *out.record, std::move(carried->bytes));
  if (issued == 0) return out;
  if (issued < file.size() && !PagesUnchanged(document, file.substr(0, issued), heartbeat)) return out;
  out.state = State::kProven;
  out.setting = setting;
  return out;
}

SettledRecord SettleRecord(const AttachedRecord& attached, Record page) {
  SettledRecord out;
  if (attached.finding) page.findings.push_back(*attached.finding);
  if (!attached.record) {
    out.record = std::move(page);
    return out;
  }
  Comparison comparison = Compare(*attached.record, page);
  if (attached.setting) {
    Prints prints(*attached.setting, *attached.record, page);
    std::erase_if(comparison.differences, [&](const Difference& difference) { return prints(difference); });
  }
  if (!comparison.differences.empty()) {
    for (Finding& finding : FindingsOf(comparison.differences)) page.findings.push_back(std::move(finding));
    out.record = std::move(page);
    out.differences = std::move(comparison.differences);
    return out;
  }
  out.record = AdoptRecord(*attached.record, std::move(page), comparison.derived);
  out.record.source.origin = Origin::kAttachedRecord;
  if (attached.state == State::kUnproven)
    out.record.findings.push_back({Severity::kInfo, "attachment.compared",
                                   "Bản ghi đính kèm được đối chiếu từng giá trị với các trang: văn bản được "
                                   "lập bằng biểu mẫu, phông chữ "
                                   "hoặc phiên bản khác nên không lập lại để so từng byte được.",
                                   std::nullopt});
  return out;
}

Error MismatchError(const std::vector<Difference>& differences) {
  constexpr std::size_t kMostInError = 5;
  Error error;
  error.code = ErrorCode::kDamaged;
  error.message = {"bản ghi đính kèm không khớp với các trang", "the attached record differs from the pages"};
  for (std::size_t i = 0; i < differences.size() && i < kMostInError; ++i) {
    const Difference& one = differences[i];
    error.message.vi += fmt::format("; {}: trên trang {}, bản ghi đính kèm {}", one.pointer,
                                    Short(one.on_page), Short(one.attached));
    error.message.en +=
        fmt::format("; {}: page {}, attachment {}", one.pointer, Short(one.on_page), Short(one.attached));
  }
  if (differences.size() > kMostInError) {
    error.message.vi += fmt::format("; và {} chỗ nữa", differences.size() - kMostInError);
    error.message.en += fmt::format("; and {} more", differences.size() - kMostInError);
  }
  error.advice = {"Xem trang và hỏi lại nơi gửi; `vanthu extract` cho giá trị trên trang",
                  "Look at the pages and ask the sender; `vanthu extract` gives the pages' values"};
  return error;
}

}  // namespace vanthu::run
