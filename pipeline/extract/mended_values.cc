#include "pipeline/extract/mended_values.h"

namespace vanthu::extract {
namespace {

constexpr double kMended = 0.97;  // a mended value was misread, but the phrase is known (a guess)

class Mender {
 public:
  Mender(const SpellingRules& rules, Notes* notes) : rules_(rules), notes_(notes) {}

  void Fix(const std::string& pointer, std::string* value) {
    const auto found = notes_->evidence.find(pointer);
    if (found == notes_->evidence.end() || found->second.source != Source::kOcr) return;
    std::string mended = Mend(*value, rules_);
    if (mended == *value) return;
    *value = std::move(mended);
    found->second.confidence *= kMended;
  }
  void Fix(const std::string& pointer, Text* value) {
    if (*value) Fix(pointer, &**value);
  }

 private:
  const SpellingRules& rules_;
  Notes* notes_;
};

void MendTask(const std::string& pointer, Mender* mender, Task* task) {
  for (std::string& group : task->group) mender->Fix(pointer + "/group", &group);
  mender->Fix(pointer + "/goal", &task->goal);
  mender->Fix(pointer + "/mission", &task->mission);
  mender->Fix(pointer + "/content", &task->content);
  for (std::string& name : task->lead) mender->Fix(pointer + "/lead", &name);
  for (std::string& name : task->coordinate) mender->Fix(pointer + "/coordinate", &name);
  mender->Fix(pointer + "/product", &task->product);
  mender->Fix(pointer + "/note", &task->note);
}

}  // namespace

void MendValues(const SpellingRules& rules, Record* record, Notes* notes) {
  Mender mender(rules, notes);
  Header& header = record->header;
  mender.Fix("/header/parent_agency", &header.parent_agency);
  mender.Fix("/header/issuing_agency", &header.issuing_agency);
  mender.Fix("/header/place", &header.place);
  mender.Fix("/header/subject", &header.subject);
  if (header.issued_with) mender.Fix("/header/issued_with", &header.issued_with->agency);
  if (record->signer) {
    Signer& signer = *record->signer;
    for (std::size_t i = 0; i < signer.block.size(); ++i)
      mender.Fix(ItemPointer("/signer/block", i), &signer.block[i]);
    mender.Fix("/signer/on_behalf_of", &signer.on_behalf_of);
    mender.Fix("/signer/position", &signer.position);
  }
  for (std::size_t i = 0; i < record->addressees.size(); ++i)
    mender.Fix(ItemPointer("/addressees", i), &record->addressees[i]);
  for (std::size_t i = 0; i < record->recipients.size(); ++i)
    mender.Fix(ItemPointer("/recipients", i), &record->recipients[i]);
  for (std::size_t i = 0; i < record->citations.size(); ++i) {
    Citation& citation = record->citations[i];
    mender.Fix(ItemPointer("/citations", i), &citation.text);
    mender.Fix(ItemPointer("/citations", i), &citation.agency);
  }
  for (std::size_t i = 0; i < record->appendices.size(); ++i)
    mender.Fix(ItemPointer("/appendices", i, "title"), &record->appendices[i].title);
  for (std::size_t i = 0; i < record->tasks.size(); ++i)
    MendTask(ItemPointer("/tasks", i), &mender, &record->tasks[i]);
}

}  // namespace vanthu::extract
