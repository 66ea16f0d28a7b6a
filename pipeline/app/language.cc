#include "pipeline/app/language.h"

#include <cstdlib>
#include <string_view>

namespace vanthu::app {
namespace {

Language current = Language::kVietnamese;

}  // namespace

Language ChooseLanguage(int argc, const char* const* argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc)
      return std::string_view(argv[i + 1]) == "en" ? Language::kEnglish : Language::kVietnamese;
    if (argument.starts_with("--lang="))
      return argument == "--lang=en" ? Language::kEnglish : Language::kVietnamese;
  }
  for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(variable);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    const bool plain = locale == "C" || locale.starts_with("C.") || locale == "POSIX";
    return plain || locale.starts_with("vi") ? Language::kVietnamese : Language::kEnglish;
  }
  return Language::kVietnamese;
}

void SetLanguage(Language language) {
  current = language;
}
Language CurrentLanguage() {
  return current;
}

const std::string& Say(const Message& message) {
  return current == Language::kVietnamese ? message.vi : message.en;
}
std::string Say(const std::string& vi, const std::string& en) {
  return current == Language::kVietnamese ? vi : en;
}

}  // namespace vanthu::app
