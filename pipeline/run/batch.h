// A batch: folders and files -> the store, N documents at a time, each in a process of its own. Resumes: what
// the store knows is not done again. A document that cannot be handled goes to quarantine and never stops the
// batch.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "pipeline/archive/store.h"
#include "pipeline/base/error.h"
#include "pipeline/run/digitise.h"
#include "pipeline/run/worker.h"

namespace vanthu::run {

struct BatchOptions {
  int jobs = 1;
  bool retry = false;  // take up what lies in quarantine again
  WorkerLimits limits;
  DigitiseOptions digitise;
};

struct BatchCounts {
  int done = 0;         // committed by this run
  int known = 0;        // in the store before, or the same bytes under another name
  int quarantined = 0;  // by this run
  int waiting = 0;      // in quarantine from earlier runs, not taken up again
  int pages = 0;
  int doubtful = 0;  // values below kDoubtful in what was committed
};

// What the caller shows. Any may be empty.
struct BatchListener {
  std::function<void(double done, const std::string& detail)> progress;  // in documents
  std::function<void(const archive::DocumentEntry&)> committed;
  std::function<void(const Error&)> quarantined;
};

// What a worker gets: a file, what its bytes are, and a folder of the store for what it makes of them.
struct Assignment {
  std::filesystem::path path;
  std::string sha256;
  std::filesystem::path staging;
};

// What a worker does with one file: bytes that DecodeEntry understands. Replaced in tests by one that crashes
// or hangs.
using DocumentWork = std::function<Result<std::string>(const Assignment&, const Heartbeat&)>;

// The work of a real run: all stages, and the files of the store. `rules` outlives it.
DocumentWork MakeDocumentWork(const BatchOptions& options, const extract::Rules& rules);

// kInterrupted when stopped; what was committed stays. kWrite when the store cannot be written: the batch
// stops, since nothing could be kept.
Result<BatchCounts> RunBatch(const std::vector<std::filesystem::path>& files, archive::Store& store,
                             const BatchOptions& options, const DocumentWork& work,
                             const BatchListener& listener);

// Values of a record that a person should look at.
int CountDoubtful(const Record& record);

std::string EncodeEntry(const archive::DocumentEntry& entry);
Result<archive::DocumentEntry> DecodeEntry(const std::string& bytes);

}  // namespace vanthu::run
