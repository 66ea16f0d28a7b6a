// Any bytes as a PDF file: an error, or revisions that lie one after the other, every object, page and
// signature of each; and an update of it that can be read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "signing/pades/byte_range.h"
#include "signing/pdf/update.h"

using namespace vanthu::signing;
using namespace vanthu::signing::pdf;

namespace {

void Expect(bool holds) {
  if (!holds) std::abort();
}

ParseOptions Small() {
  ParseOptions out;  // enough for what fuzzing makes; a run stays small
  out.most_decoded_bytes = 1 << 20;
  out.most_decoded_total = 8 << 20;
  out.most_entries = 100'000;
  return out;
}

void ReadAll(const File& file) {
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < file.revisions().size(); ++i) {
    const Revision& revision = file.revisions()[i];
    Expect(revision.begin == end && revision.end > end && revision.end <= file.bytes().size());
    Expect(revision.xref_offset < revision.end);
    end = revision.end;
    for (const auto& [number, entry] : revision.entries) {
      Expect(file.Find(number, i)->revision == i);
      const Object object = file.At({number, entry.generation}, i);
      if (const auto span = file.SpanOf(number, i))
        Expect(span->begin < span->end && span->end <= revision.end);
      if (const Stream* stream = object.AsStream()) file.Decode(*stream, i);
    }
    file.Pages(i);
    FindCertification(file, i);
    FindLocks(file, i);
  }
}

void CheckSignatures(const File& file) {
  for (const SignatureField& field : FindSignatures(file)) {
    const SignedRange range = CheckRange(file, field);
    if (!range.problems.empty()) continue;
    Expect(range.first_end < range.second_begin && range.second_begin <= range.end &&
           range.end <= file.bytes().size());
    Expect(range.revision && !range.contents.empty());
    Expect(file.bytes()[range.first_end] == '<' && file.bytes()[range.second_begin - 1] == '>');
  }
}

void UpdateOnce(const File& file) {
  if (file.NextNumber() > 8'000'000) return;
  Update update(file);
  const Ref ref = update.Add(Object(String{"new"}));
  const std::string all = std::string(file.bytes()) + std::move(update).Finish();
  const auto again = File::Parse(all, Small());
  // What was wrong but not in the way may be in the way now: junk after the last %%EOF, a chain at its limit.
  if (!again) return;
  Expect(again->revisions().size() == file.revisions().size() + 1);
  Expect(again->Now(ref) == Object(String{"new"}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto file = File::Parse(bytes, Small());
  if (!file) return 0;
  ReadAll(*file);
  CheckSignatures(*file);
  UpdateOnce(*file);
  return 0;
}
