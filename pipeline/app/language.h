// The language of messages: Vietnamese, unless the user or the locale says otherwise (contract).
#pragma once

#include <string>

#include "pipeline/base/error.h"

namespace vanthu::app {

// From `--lang en` in the arguments, else LC_ALL, LC_MESSAGES, LANG: any locale that is neither Vietnamese
// nor C.
Language ChooseLanguage(int argc, const char* const* argv);

// Set once in main, before the command line is built.
void SetLanguage(Language language);
Language CurrentLanguage();

// The sentence in the current language.
const std::string& Say(const Message& message);
std::string Say(const std::string& vi, const std::string& en);

}  // namespace vanthu::app
