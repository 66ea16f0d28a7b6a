// Any bytes as a search: the expression that comes out is always one that FTS5 accepts, and never asks for
// more than words that were typed. The same bytes as a text: tokens lie inside it, in order.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "pipeline/archive/database.h"
#include "pipeline/archive/query.h"
#include "pipeline/archive/schema.h"
#include "pipeline/archive/search.h"
#include "pipeline/archive/tokenizer.h"
#include "pipeline/base/file.h"

using namespace vanthu;

namespace {

archive::Database& Index() {
  static const std::unique_ptr<archive::Database> database = [] {
    auto opened = archive::Database::Open(":memory:", archive::Database::Mode::kWrite);
    if (!opened || !archive::MigrateSchema(**opened, ":memory:") ||
        !(*opened)->Run(
            "INSERT INTO texts (code, subject, body) VALUES ('25/KH-UBND', 'Kế hoạch', 'thủ tục')"))
      std::abort();
    return std::move(*opened);
  }();
  return *database;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const archive::FieldRules rules = [] {
    auto loaded = archive::LoadFieldRules(DataFolder() / "search_fields.json");
    if (!loaded) std::abort();
    return *loaded;
  }();
  const std::string text(reinterpret_cast<const char*>(data), size);

  std::size_t last = 0;
  archive::ForEachToken(text, [&](const archive::Token& token) {
    if (token.begin < last || token.end <= token.begin || token.end > text.size() || token.folded.empty())
      std::abort();
    last = token.end;
    return true;
  });

  const auto query = archive::ParseQuery(text, rules);
  if (!query) {
    if (query.error().code != ErrorCode::kUsage) std::abort();
    return 0;
  }
  if (!archive::SearchTexts(Index(), *query, 3)) std::abort();
  return 0;
}
