// Scans become a certified electronic copy: read -> two-layer PDF/A-2b -> numbered -> signed with the block
// of the copy -> written and registered (NĐ 30/2020, Phụ lục I, phần II; TT 05/2025/TT-BNV).
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/run/digitise.h"
#include "pipeline/run/sign.h"
#include "pipeline/run/worker.h"

namespace vanthu::run {

struct CopySettings {
  std::vector<std::filesystem::path> scans;  // pages in this order
  std::vector<int> pages;                    // 0-based, of all scans together, for an extract; empty: all
  DigitiseOptions reading;
  WorkerLimits limits;
  SignSettings sign;  // copy_form and agency are the copy's; role and number are set here
  std::string unit;   // of the copy's number: "UBND" makes "01/SY-UBND"
  std::filesystem::path register_file;
};

struct CertifiedCopy {
  std::string number;
  std::vector<Message> remarks;  // what a person should know: a scan under 200 dpi, a page without colour
};

// The copy is at `output`, and in the register, or neither is. kNotAccepted: no such pages, an unknown form.
// Errors of reading, signing and writing as theirs. The parent must have one thread (worker.h).
Result<CertifiedCopy> MakeCertifiedCopy(const CopySettings& settings, const std::filesystem::path& output,
                                        const Heartbeat& progress);

}  // namespace vanthu::run
