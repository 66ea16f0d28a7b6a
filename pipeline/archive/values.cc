#include "pipeline/archive/values.h"

#include <fmt/format.h>

#include <map>

namespace vanthu::archive {
namespace {

const char* Name(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::kBy:
      return "by";
    case DeadlineKind::kOn:
      return "on";
    case DeadlineKind::kBetween:
      return "between";
    case DeadlineKind::kQuarter:
      return "quarter";
    case DeadlineKind::kYear:
      return "year";
    case DeadlineKind::kOngoing:
      return "ongoing";
    case DeadlineKind::kPeriodic:
      return "periodic";
    case DeadlineKind::kRelative:
      return "relative";
    case DeadlineKind::kUnknown:
      break;
  }
  return "unknown";
}

class Collector {
 public:
  explicit Collector(const Record& record) : record_(record) {}

  void Add(const std::string& pointer, const std::string& value) {
    if (!value.empty()) values_.push_back({pointer, value, EvidenceOf(pointer)});
  }
  void Add(const std::string& pointer, const Text& value) {
    if (value) Add(pointer, *value);
  }
  void Add(const std::string& pointer, const std::optional<Date>& value) {
    if (value) Add(pointer, ToIso(*value));
  }
  void Add(const std::string& pointer, const std::vector<std::string>& values) {
    for (std::size_t i = 0; i < values.size(); ++i) Add(fmt::format("{}/{}", pointer, i), values[i]);
  }
  std::vector<Value> Take() { return std::move(values_); }

 private:
  const Evidence* EvidenceOf(std::string pointer) const {
    while (!pointer.empty()) {
      if (const auto found = record_.evidence.find(pointer); found != record_.evidence.end())
        return &found->second;
      pointer.resize(pointer.rfind('/'));
    }
    return nullptr;
  }

  const Record& record_;
  std::vector<Value> values_;
};

void AddHeader(const Header& header, Collector& out) {
  out.Add("/header/parent_agency", header.parent_agency);
  out.Add("/header/issuing_agency", header.issuing_agency);
  out.Add("/header/number", header.number);
  out.Add("/header/notation", header.notation);
  out.Add("/header/type_code", header.type_code);
  out.Add("/header/type_name", header.type_name);
  out.Add("/header/place", header.place);
  out.Add("/header/date", header.date);
  out.Add("/header/subject", header.subject);
  out.Add("/header/urgency", header.urgency);
  out.Add("/header/secrecy", header.secrecy);
  if (const auto& issued = header.issued_with) {
    out.Add("/header/issued_with/type_code", issued->type_code);
    out.Add("/header/issued_with/number", issued->number);
    out.Add("/header/issued_with/notation", issued->notation);
    out.Add("/header/issued_with/date", issued->date);
    out.Add("/header/issued_with/agency", issued->agency);
  }
}

void AddSigner(const Signer& signer, Collector& out) {
  out.Add("/signer/block", signer.block);
  out.Add("/signer/authority", signer.authority);
  out.Add("/signer/on_behalf_of", signer.on_behalf_of);
  out.Add("/signer/position", signer.position);
  out.Add("/signer/name", signer.name);
}

void AddCitation(const std::string& at, const Citation& citation, Collector& out) {
  out.Add(at + "/text", citation.text);
  out.Add(at + "/type_code", citation.type_code);
  out.Add(at + "/number", citation.number);
  out.Add(at + "/notation", citation.notation);
  out.Add(at + "/date", citation.date);
  out.Add(at + "/agency", citation.agency);
}

void AddTask(const std::string& at, const Task& task, Collector& out) {
  out.Add(at + "/group", task.group);
  out.Add(at + "/ordinal", task.ordinal);
  out.Add(at + "/goal", task.goal);
  out.Add(at + "/mission", task.mission);
  out.Add(at + "/content", task.content);
  out.Add(at + "/lead", task.lead);
  out.Add(at + "/coordinate", task.coordinate);
  if (task.deadline) {
    out.Add(at + "/deadline/text", task.deadline->text);
    out.Add(at + "/deadline/kind", std::string(Name(task.deadline->kind)));
    out.Add(at + "/deadline/start", task.deadline->start);
    out.Add(at + "/deadline/end", task.deadline->end);
    out.Add(at + "/deadline/recurrence", task.deadline->recurrence);
  }
  out.Add(at + "/product", task.product);
  out.Add(at + "/note", task.note);
}

}  // namespace

std::vector<Value> ValuesOf(const Record& record) {
  Collector out(record);
  AddHeader(record.header, out);
  out.Add("/addressees", record.addressees);
  if (record.signer) AddSigner(*record.signer, out);
  out.Add("/recipients", record.recipients);
  for (std::size_t i = 0; i < record.citations.size(); ++i)
    AddCitation(fmt::format("/citations/{}", i), record.citations[i], out);
  for (std::size_t i = 0; i < record.tasks.size(); ++i)
    AddTask(fmt::format("/tasks/{}", i), record.tasks[i], out);
  for (std::size_t i = 0; i < record.targets.size(); ++i)
    out.Add(fmt::format("/targets/{}/text", i), record.targets[i].text);
  return out.Take();
}

std::vector<Value> DoubtfulOf(const Record& record) {
  std::map<std::string, std::string> values;
  for (const Value& value : ValuesOf(record)) values[value.pointer] = value.value;
  std::vector<Value> out;
  for (const auto& [pointer, evidence] : record.evidence) {
    if (evidence.confidence >= kDoubtful) continue;
    const auto found = values.find(pointer);
    out.push_back({pointer, found == values.end() ? std::string() : found->second, &evidence});
  }
  return out;
}

const char* Name(Source source) {
  switch (source) {
    case Source::kText:
      return "text";
    case Source::kOcr:
      return "ocr";
    case Source::kAppearance:
      return "appearance";
    case Source::kAttachment:
      return "attachment";
    case Source::kPerson:
      break;
  }
  return "person";
}

const char* Name(Origin origin) {
  switch (origin) {
    case Origin::kText:
      return "text";
    case Origin::kScan:
      return "scan";
    case Origin::kMixed:
      return "mixed";
    case Origin::kAttachedRecord:
      break;
  }
  return "attached-record";
}

}  // namespace vanthu::archive
