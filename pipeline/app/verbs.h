// The verbs of the command line. Each Add… function declares its options on `app` and sets `*chosen` to what
// is to be done, which returns the exit code of the contract.
#pragma once

#include <CLI/CLI.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

#include "pipeline/base/error.h"
#include "pipeline/base/progress.h"
#include "pipeline/run/digitise.h"
#include "pipeline/run/worker.h"

namespace vanthu::app {

using Action = std::function<int()>;

// Options that every verb has.
struct Common {
  bool quiet = false;
  std::string log_level = "warning";
};

// Options of the verbs that read documents.
struct Reading {
  std::string password_file;
  std::string tessdata;
  std::string trust;  // folder of trusted certificates, for the verdict over signatures
  int max_pages = intake::Limits{}.max_pages;
  std::int64_t max_pixels = intake::Limits{}.max_pixels;
  std::uint64_t max_bytes = intake::Limits{}.max_bytes;
  int seconds_per_page = 120;
  std::uint64_t memory_limit_mb = 4096;
};

// `with_trust` off: for verbs that sign, whose own --trust is for both.
void AddReadingOptions(CLI::App* verb, Reading* reading, bool with_trust = true);
// The first line of a password file; empty where none is named.
Result<std::string> ReadPassword(const std::string& file);
// Reads the password file and the trust folder.
Result<run::DigitiseOptions> ToDigitiseOptions(const Reading& reading);
run::WorkerLimits ToWorkerLimits(const Reading& reading);

void AddExtract(CLI::App* app, Common* common, Action* chosen);
void AddTables(CLI::App* app, Common* common, Action* chosen);
void AddText(CLI::App* app, Common* common, Action* chosen);
void AddDigitise(CLI::App* app, Common* common, Action* chosen);
void AddSearch(CLI::App* app, Common* common, Action* chosen);
void AddRender(CLI::App* app, Common* common, Action* chosen);
void AddReport(CLI::App* app, Common* common, Action* chosen);
void AddForm(CLI::App* app, Common* common, Action* chosen);
void AddCopy(CLI::App* app, Common* common, Action* chosen);
void AddSign(CLI::App* app, Common* common, Action* chosen);
void AddVerify(CLI::App* app, Common* common, Action* chosen);
void AddDemo(CLI::App* app, Common* common, Action* chosen);
void AddEvaluate(CLI::App* app, Common* common, Action* chosen);

// Prints the error in the user's language on stderr; returns its exit code.
int Report(const Error& error);
// Data to stdout, or to `path` whole or not at all.
Status WriteOutput(const std::string& path, const std::string& bytes);
// A progress display that keeps quiet when asked to.
Progress::Style ProgressStyle(const Common& common);

}  // namespace vanthu::app
