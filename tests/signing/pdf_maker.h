// Small PDFs written by hand, revision by revision, honest and hostile: what the tests of signatures, of
// revisions and of changes judge. Writes whatever it is told, also what no writer should.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vanthu::signing::testing {

// Keys without "/", values as they stand in the file; the order is kept.
using Entries = std::vector<std::pair<std::string, std::string>>;

std::string Reference(int number);                    // "12 0 R"
std::string References(const std::vector<int>& all);  // "[12 0 R 13 0 R]"

// How a revision ends.
struct CloseOptions {
  bool xref_stream = false;
  bool object_streams = false;  // all that is no stream and no signature; only with xref_stream
  bool with_xref = true;        // false: neither table nor trailer, "startxref" points at the one before
  bool with_trailer = true;
  bool with_eof = true;
  Entries trailer;                                     // beside Size, Root, Info, Prev; wins over these
  std::map<int, std::uint64_t> offsets;                // entries that point elsewhere than they should
  std::map<int, std::pair<int, std::uint64_t>> extra;  // entries of numbers not written: generation, offset
};

// What goes into /Contents, from the bytes that are signed. The default is DER by its length alone.
using Signer = std::function<std::string(std::string_view)>;

class PdfMaker {
 public:
  explicit PdfMaker(const std::string& version = "1.7");

  int Add(Entries entries);
  int AddStream(Entries entries, std::string data);  // /Length is written by Close
  int AddRaw(std::string text);                      // what stands between "obj" and "endobj"
  // Of an object that is there; in the next revision.
  void Put(int number, const std::string& key, const std::string& value);
  void Drop(int number, const std::string& key);
  void SetData(int number, std::string data);
  void SetStream(int number, Entries entries, std::string data);
  void Set(int number, Entries entries);
  void SetRaw(int number, std::string text);
  void Touch(int number) { dirty_.insert(number); }
  void Free(int number);
  // As it will be written; empty where there is none.
  std::string Get(int number, const std::string& key) const;

  // A signature dictionary whose /ByteRange and /Contents the next Close fills in (one in a revision).
  // `entries` win over Type, Filter, SubFilter and M; an empty value leaves the key out.
  int AddSignature(Entries entries = {}, std::size_t reserved = 64);
  void SetSigner(Signer signer) { signer_ = std::move(signer); }

  void SetRoot(int number) { root_ = number; }
  void SetInfo(int number) { info_ = number; }
  int root() const { return root_; }
  int next() const { return next_; }

  void Close(const CloseOptions& options = {});
  void Append(std::string_view raw) { bytes_ += raw; }
  std::string& bytes() { return bytes_; }
  const std::string& bytes() const { return bytes_; }
  std::uint64_t OffsetOf(int number) const { return offsets_.at(number); }
  std::uint64_t last_xref() const { return previous_; }

 private:
  struct Body {
    Entries entries;
    std::optional<std::string> data;
    std::string raw;
    bool is_signature = false;
    std::size_t reserved = 0;
  };
  void Write(int number, const Body& body);
  void WriteObjectStream(const std::vector<int>& numbers);
  void WriteTable(const CloseOptions& options);
  void WriteXrefStream(const CloseOptions& options);
  std::string Trailer(const CloseOptions& options) const;
  std::string Text(const Body& body) const;
  void FillSignature();

  std::string bytes_;
  std::map<int, Body> objects_;
  std::map<int, std::uint64_t> offsets_;
  std::set<int> dirty_;
  std::set<int> freed_;
  std::map<int, std::pair<int, int>> in_stream_;  // of this revision: number -> object stream, index
  int next_ = 1;
  int root_ = 0;
  int info_ = 0;
  std::uint64_t previous_ = 0;
  std::optional<int> signature_;
  Signer signer_;
};

}  // namespace vanthu::signing::testing
