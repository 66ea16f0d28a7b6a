// The register of certified copies: one series of numbers a year for all forms of copy (NĐ 30/2020).
//
// A number is used up when the copy's file is there. While a register is open for writing no other process
// takes a number (a lock beside the file says so, and goes with the process), so that a copy that fails
// leaves no gap. A process that dies in the instant of writing leaves an entry that the next one settles: the
// file is there with its hash (done), or the number stays void, with the reason - a gap that is explained is
// better than a number given twice. SQLite; one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "pipeline/base/error.h"

namespace vanthu::archive {

struct CopyEntry {
  int year = 0;
  int number = 0;
  std::string shown;  // "01/SY-UBND"
  std::string form;   // "sao-y"
  std::string agency;
  std::string source;           // file names of what was copied
  std::string source_sha256;    // of one file, or of the list of the hashes of several
  std::string path;             // of the copy, absolute
  std::string document_sha256;  // of the copy
  std::string time;             // ISO 8601, of the entry
};

struct RegisteredCopy {
  CopyEntry entry;
  enum class State { kDone, kWriting, kVoid } state = State::kDone;
  std::string note;  // of kVoid: why
};

class CopyRegister {
 public:
  virtual ~CopyRegister() = default;

  // The next free number of the year, from 1. Taken only by Begin.
  virtual Result<int> NextNumber(int year) = 0;
  // Before the file is written, with its hash and path; then one of the two. kInternal: the number is taken.
  virtual Status Begin(const CopyEntry& entry) = 0;
  virtual Status Done(int year, int number) = 0;    // the file is there
  virtual Status GiveUp(int year, int number) = 0;  // it is not: the number is free again
  virtual Result<std::vector<RegisteredCopy>> Copies(int year) = 0;
};

// Creates the file where it is missing, settles what a dead process left. Waits while another process holds
// the register, and asks `stop` meanwhile (true: kInterrupted). kWrite: no rights, disk full. kNotAccepted:
// another program's database.
Result<std::unique_ptr<CopyRegister>> OpenCopyRegister(const std::filesystem::path& file,
                                                       const std::function<bool()>& stop);

}  // namespace vanthu::archive
