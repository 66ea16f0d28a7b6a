// Options of the verbs that sign: key, level, timestamps, proofs.
#pragma once

#include <string>

#include "pipeline/app/verbs.h"
#include "pipeline/run/sign.h"

namespace vanthu::app {

struct SigningArguments {
  std::string level;  // empty: T with a timestamp authority, else B
  std::string pass_file, pin_file;
  int tsa_timeout_s = 180;
  run::SignSettings settings;
};

void AddKeyOptions(CLI::App* verb, SigningArguments* arguments);
void AddProofOptions(CLI::App* verb, SigningArguments* arguments);

// `settings` with level, timeout and secret filled in.
run::SignSettings SettingsOf(const SigningArguments& arguments);
// kUsage: not exactly one key, or a key without the file of its secret.
Status CheckKey(const SigningArguments& arguments);

Error Usage(Message message, Message advice = {});
std::string Told(const Message& message);  // in the user's language

}  // namespace vanthu::app
