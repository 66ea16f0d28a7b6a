// A PDF file as the row of its revisions, read strictly from raw bytes.
//
// Input: the whole file. Output: its revisions, oldest first, each with its own cross-reference section,
// trailer and end; every object as any revision knew it. Method: from the last startxref back along /Prev
// (tables, streams, hybrids; a linearised file's two sections are one revision). Nothing is repaired and
// nothing is searched for: a file whose chain is broken is refused, as what a viewer would make of it is
// anybody's guess. Tolerated, as real files have it: bytes before "%PDF-" (up to 1024; then all offsets count
// from there), white space around an offset. Source: ISO 32000-1:2008, 7.5; annex F.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/base/error.h"
#include "signing/pdf/object.h"

namespace vanthu::signing::pdf {

struct Entry {
  enum class Kind : std::uint8_t { kFree, kInFile, kInStream };
  std::uint64_t offset = 0;  // kInFile: of "12 0 obj", from the file's first byte
  int generation = 0;        // kInFile, kFree
  int stream = 0;            // kInStream: object number of the object stream
  int index = 0;             // kInStream
  Kind kind = Kind::kFree;
  bool operator==(const Entry&) const = default;
};

// What one revision's cross-reference sections list: an ordered map, kept in one piece (a file may list
// millions of objects).
class Entries {
 public:
  using value_type = std::pair<int, Entry>;
  using const_iterator = std::vector<value_type>::const_iterator;

  Entries() = default;
  // `sorted` by number, each once.
  explicit Entries(std::vector<value_type> sorted) : entries_(std::move(sorted)) {}

  const_iterator begin() const { return entries_.begin(); }
  const_iterator end() const { return entries_.end(); }
  const_iterator find(int number) const;
  bool contains(int number) const { return find(number) != end(); }
  std::size_t size() const { return entries_.size(); }
  bool empty() const { return entries_.empty(); }

 private:
  std::vector<value_type> entries_;
};

struct Revision {
  std::uint64_t begin = 0;        // where the revision before ended; 0 of the first
  std::uint64_t end = 0;          // one past its "%%EOF" and the line end after it
  std::uint64_t xref_offset = 0;  // what its startxref says
  bool uses_xref_stream = false;  // its newest section
  Dictionary trailer;             // of its newest section
  Entries entries;                // written by this revision alone
};

struct ParseOptions {
  std::string password;                             // user or owner password; empty is tried anyway
  std::uint64_t most_decoded_bytes = 64ULL << 20;   // of one stream
  std::uint64_t most_decoded_total = 512ULL << 20;  // of all that is decoded on the way
  int most_revisions = 1000;                        // sections of the chain, too
  int most_objects = 8'388'607;                     // ISO 32000-1, annex C
  std::size_t most_entries = 4'000'000;             // of all revisions together: 32 bytes each
};

inline ParseOptions WithPassword(const std::string& password) {
  ParseOptions options;
  options.password = password;
  return options;
}

// Immutable once parsed; objects are parsed when first asked for and kept within a bound. What may be read
// and decoded altogether is bounded too: once it is used up, every further object is null and Damaged() names
// it. Not thread-safe.
class File {
 public:
  // `bytes` must outlive the File. kDamaged (broken chain, no header), kPassword, kLimit, kNotAccepted (a
  // security handler other than the standard one).
  static Result<File> Parse(std::string_view bytes, const ParseOptions& options = {});
  File(File&&) noexcept;
  File& operator=(File&&) noexcept;
  ~File();

  std::string_view bytes() const;
  std::uint64_t header_offset() const;  // of "%PDF-"
  bool encrypted() const;
  bool linearised() const;
  const std::vector<Revision>& revisions() const;  // at least one; the last is the file as it is
  std::size_t last() const { return revisions().size() - 1; }
  // What is left after the last revision's end that is not white space.
  bool HasTrailingBytes() const;

  // The object as it stood when `revision` was the newest; null where it was free or never written. An object
  // whose bytes cannot be parsed, or whose header names another number, is null, and Damaged() says so.
  Object At(Ref ref, std::size_t revision) const;
  Object Now(Ref ref) const { return At(ref, last()); }
  // Follows references (at most 32) as `revision` knows them.
  Object Resolve(const Object& object, std::size_t revision) const;
  // Resolve(object[key]).
  Object Get(const Object& dictionary, std::string_view key, std::size_t revision) const;
  std::vector<int> Damaged() const;

  // Where the object of `number` lies that `revision` knows: its entry and the revision that wrote it.
  struct Place {
    Entry entry;
    std::size_t revision = 0;
  };
  std::optional<Place> Find(int number, std::size_t revision) const;
  // First byte of "12 0 obj" to one past "endobj", for objects in the file itself.
  struct Span {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  std::optional<Span> SpanOf(int number, std::size_t revision) const;
  // The next free object number of the file as it is.
  int NextNumber() const;

  // kDamaged, kLimit. Through all filters (Flate and LZW with predictors, ASCIIHex, ASCII85, RunLength);
  // picture filters are kNotAccepted.
  Result<std::string> Decode(const Stream& stream, std::size_t revision) const;

  // The newest trailer's catalog of `revision`.
  Object Catalog(std::size_t revision) const;
  // Page objects of `revision` in order: reference and dictionary with inherited attributes (Resources,
  // MediaBox, CropBox, Rotate) put in. Bounded; cycles end it: kDamaged.
  struct PageNode {
    Ref ref;
    Dictionary dictionary;
  };
  Result<std::vector<PageNode>> Pages(std::size_t revision) const;

  // For Update: strings of a new object of an encrypted file, as they must be written. The identity
  // otherwise. A signature's /Contents stays as it is; `dictionary` is the stream's.
  Object Encrypted(const Object& object, Ref ref) const;
  std::string EncryptedData(std::string_view data, Ref ref, const Dictionary& dictionary = {}) const;
  // A string of an encrypted file's object, for what At() leaves as it is (a signature's /Contents). The
  // identity otherwise.
  std::string Decrypted(std::string_view text, Ref ref) const;

 private:
  struct Parts;
  explicit File(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace vanthu::signing::pdf
