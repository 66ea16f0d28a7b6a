// An incremental update: new and changed objects, their cross-reference section and trailer, to be appended
// to a file whose earlier bytes stay as they are.
//
// Writes a table where the file's newest section is a table, a stream where it is a stream (ISO
// 32000-1, 7.5.6, 7.5.8), /Prev always, /Root /Info /Encrypt and the first /ID as before, the second /ID
// derived from what is written (the same input gives the same bytes; no clock). PoDoFo 0.9.8's WriteUpdate is
// not used: with cross-reference streams it drops /Prev.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "signing/pdf/file.h"

namespace vanthu::signing::pdf {

class Update {
 public:
  // `file` must outlive the Update.
  explicit Update(const File& file);

  Ref Reserve();  // a new number, written later
  // An object of the file as it is changed, or a new one; a stream with its data as the file holds them.
  // Every object once.
  void Write(Ref ref, const Object& object);
  Ref Add(const Object& object);
  // `data`: not yet encoded; Flate is applied unless `plain` or the dictionary names a Filter already.
  void WriteStream(Ref ref, Dictionary dictionary, std::string_view data, bool plain = false);
  // `body` as it is: what stands between "obj" and "endobj". Returns the offset of its first byte in the
  // updated file. In an encrypted file the strings in it must be File::Encrypted already.
  std::uint64_t WriteRaw(Ref ref, std::string_view body);

  // What is to be appended to file.bytes(). std::logic_error where a reserved object was not written or one
  // was written twice. Call once.
  std::string Finish() &&;

 private:
  struct Written {
    Ref ref;
    std::uint64_t offset = 0;  // in the updated file
  };
  struct Span {  // of written_, with numbers one after the other
    std::size_t first = 0;
    std::size_t count = 0;
  };

  std::uint64_t Begin(Ref ref);
  void WriteData(Ref ref, Dictionary dictionary, std::string_view data);
  Dictionary Trailer() const;
  std::vector<Span> Spans() const;
  void FinishTable(Dictionary trailer);
  void FinishStream(Dictionary trailer);

  const File& file_;
  std::string bytes_;  // begins with a line end where the file has none
  std::vector<Written> written_;
  int next_;
};

}  // namespace vanthu::signing::pdf
