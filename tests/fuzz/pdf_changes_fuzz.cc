// Any bytes as a later revision of a signed file: the judgement ends, with a reason for every verdict, and
// never says "none" of a page that shows something else.
//
// The input is the raw update, or - when its first byte is odd - a list of edits of single objects from which
// a well-formed update is written: bytes alone seldom make a cross-reference.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "signing/pades/changes.h"
#include "tests/signing/sample_document.h"

namespace {

using namespace vanthu::signing;

testing::SampleOptions Options(std::uint8_t kind) {
  testing::SampleOptions options;
  options.xref_stream = (kind & 2) != 0;
  options.object_streams = (kind & 4) != 0;
  options.certified = (kind >> 3) & 3;
  options.tagged = (kind & 32) != 0;
  options.indirect_form = (kind & 64) != 0;
  options.twin = (kind & 128) != 0;
  return options;
}

// Each edit: an object number, a length, so many bytes as its new body.
void Edit(testing::Sample& sample, std::string_view data) {
  while (data.size() > 2) {
    const int number = 1 + static_cast<unsigned char>(data[0]) % (sample.maker.next() + 2);
    const std::size_t length = std::min<std::size_t>(static_cast<unsigned char>(data[1]), data.size() - 2);
    if (length == 0)
      sample.maker.Free(number);
    else
      sample.maker.SetRaw(number, std::string(data.substr(2, length)));
    data.remove_prefix(2 + length);
  }
  sample.Close();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view input(reinterpret_cast<const char*>(data) + 1, size - 1);
  testing::Sample sample(Options(data[0]));
  if ((data[0] & 1) != 0)
    Edit(sample, input);
  else
    sample.maker.Append(input);
  const auto file = pdf::File::Parse(sample.maker.bytes());
  if (!file) return 0;
  const ChangesAfter after = JudgeChanges(*file, 1);
  bool has_fault = false;
  for (const Change& change : after.changes) has_fault = has_fault || !change.allowed;
  if (has_fault != (after.verdict == Changes::kSuspicious)) std::abort();
  if (after.changes.empty() != (after.verdict == Changes::kNone)) std::abort();
  if (after.verdict != Changes::kSuspicious) {
    const pdf::Object first = file->At({sample.content1, 0}, 1);
    const pdf::Object second = file->Now({sample.content1, 0});
    if (second.AsStream() == nullptr || first.AsStream()->data != second.AsStream()->data) std::abort();
  }
  (void)FindShadows(*file, file->last());
  return 0;
}
