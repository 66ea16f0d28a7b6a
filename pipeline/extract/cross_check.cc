#include "pipeline/extract/cross_check.h"

#include <algorithm>

namespace vanthu::extract {
namespace {

constexpr double kFromReference = 0.85;  // printed, but elsewhere: below kDoubtful on purpose
constexpr double kContradicted = 0.6;    // either may be wrong (a guess)

struct Named {
  Text number;
  std::optional<Date> date;
  std::string pointer;  // of the first appendix that names it
  bool same_number = true;
  bool same_date = true;
};

// What the appendices that belong to this document (same notation) say.
Named Gather(const std::vector<FoundAppendix>& appendices, const Header& header) {
  Named out;
  for (std::size_t i = 0; i < appendices.size(); ++i) {
    const std::optional<DocumentReference>& attached = appendices[i].appendix.attached_to;
    if (!attached || attached->notation != header.notation) continue;
    if (out.pointer.empty()) out.pointer = ItemPointer("/appendices", i, "attached_to");
    if (attached->number) {
      out.same_number = out.same_number && (!out.number || out.number == attached->number);
      if (!out.number) out.number = attached->number;
    }
    if (attached->date) {
      out.same_date = out.same_date && (!out.date || out.date == attached->date);
      if (!out.date) out.date = attached->date;
    }
  }
  return out;
}

void Take(const std::string& pointer, const std::string& from, const char* code, std::string message,
          Notes* notes) {
  const auto source = notes->evidence.find(from);
  if (source == notes->evidence.end()) return;
  Evidence evidence = source->second;
  evidence.confidence *= kFromReference;
  notes->evidence[pointer] = evidence;
  notes->Find(Severity::kWarning, code, std::move(message), evidence.page);
}

void Contradict(const std::string& pointer, Notes* notes) {
  const auto found = notes->evidence.find(pointer);
  if (found != notes->evidence.end())
    found->second.confidence = std::min(found->second.confidence, kContradicted);
}

}  // namespace

void CheckAttachments(const std::vector<FoundAppendix>& appendices, Header* header, Notes* notes) {
  if (!header->notation) return;
  const Named named = Gather(appendices, *header);
  if (named.pointer.empty()) return;
  if (named.number && named.same_number) {
    if (!header->number) {
      header->number = named.number;
      Take("/header/number", named.pointer, "header.number.from_reference",
           "Số ở đầu văn bản không đọc được; lấy theo dòng “Kèm theo” của phụ lục: " + *named.number + ".",
           notes);
    } else if (header->number != named.number) {
      Contradict("/header/number", notes);
      notes->Find(Severity::kWarning, "header.number.contradicts_appendix",
                  "Số ở đầu văn bản (" + *header->number + ") khác số ở phụ lục (" + *named.number + ").");
    }
  }
  if (named.date && named.same_date) {
    if (!header->date) {
      header->date = named.date;
      Take("/header/date", named.pointer, "header.date.from_reference",
           "Ngày ở đầu văn bản không đọc được; lấy theo dòng “Kèm theo” của phụ lục: " + ToIso(*named.date) +
               ".",
           notes);
    } else if (header->date != named.date) {
      Contradict("/header/date", notes);
      notes->Find(
          Severity::kWarning, "header.date.contradicts_appendix",
          "Ngày ban hành (" + ToIso(*header->date) + ") khác ngày ở phụ lục (" + ToIso(*named.date) + ").");
    }
  }
}

}  // namespace vanthu::extract
