#include "pipeline/archive/search.h"

#include <algorithm>

#include "pipeline/base/unicode.h"

namespace vanthu::archive {
namespace {

// Weights of code, type, agency, signer, place, subject, body: a word of the subject says what a document is
// about, one of the body that it is mentioned. The proportions are a guess; the order of them is the rule.
constexpr const char* kRank = "bm25(texts, 6, 4, 3, 3, 1, 10, 1)";

constexpr int kSnippetWords = 24;           // about two printed lines; SQLite allows 64
constexpr std::size_t kOpeningBytes = 160;  // of a text shown where no words were asked for

// The conditions are fixed text; values are only ever bound.
std::string IdsStatement(const ParsedQuery& query) {
  std::string sql = query.match.empty()
                        ? "SELECT d.id FROM documents d WHERE 1"
                        : "SELECT d.id FROM texts JOIN documents d ON d.id = texts.rowid WHERE texts MATCH ?";
  for (std::size_t i = 0; i < query.numbers.size(); ++i) sql += " AND d.number_key = ?";
  if (query.from) sql += " AND d.date >= ?";
  if (query.to) sql += " AND d.date <= ?";
  sql += " ORDER BY ";
  if (!query.match.empty()) sql += std::string(kRank) + ", ";
  return sql + "d.date DESC, d.id LIMIT ?";
}

Result<std::vector<std::int64_t>> FindIds(Database& database, const ParsedQuery& query, int limit) {
  Result<Query> statement = database.Prepare(IdsStatement(query));
  if (!statement) return Fail(statement.error());
  int index = 0;
  if (!query.match.empty()) statement->Bind(++index, query.match);
  for (const std::string& number : query.numbers) statement->Bind(++index, number);
  if (query.from) statement->Bind(++index, ToIso(*query.from));
  if (query.to) statement->Bind(++index, ToIso(*query.to));
  statement->Bind(++index, limit);
  std::vector<std::int64_t> ids;
  while (true) {
    const Result<bool> row = statement->Step();
    if (!row) return Fail(row.error());
    if (!*row) return ids;
    ids.push_back(statement->Integer(0));
  }
}

std::string Joined(const std::string& a, const char* between, const std::string& b) {
  return a.empty() ? b : b.empty() ? a : a + between + b;
}

// The first words of a text, cut between words.
std::string Opening(const std::string& text) {
  std::string flat = CollapseSpace(text);
  if (flat.size() <= kOpeningBytes) return flat;
  const std::size_t cut = flat.rfind(' ', kOpeningBytes);
  if (cut != std::string::npos) return flat.substr(0, cut) + "…";
  std::size_t end = kOpeningBytes;
  while (end > 0 && (static_cast<unsigned char>(flat[end]) & 0xC0) == 0x80) --end;
  return flat.substr(0, end) + "…";
}

Result<std::string> Snippet(Database& database, const ParsedQuery& query, std::int64_t id) {
  Result<Query> statement =
      query.has_text
          ? database.Prepare(
                "SELECT snippet(texts, -1, '[', ']', '…', ?3) FROM texts WHERE texts MATCH ?2 AND rowid = ?1")
          : database.Prepare("SELECT substr(body, 1, 1000) FROM texts WHERE rowid = ?1");
  if (!statement) return Fail(statement.error());
  statement->Bind(1, id);
  if (query.has_text) {
    statement->Bind(2, query.match);
    statement->Bind(3, kSnippetWords);
  }
  const Result<bool> row = statement->Step();
  if (!row) return Fail(row.error());
  if (!*row) return std::string();
  return query.has_text ? CollapseSpace(statement->Text(0)) : Opening(statement->Text(0));
}

Result<std::optional<Hit>> ReadHit(Database& database, const ParsedQuery& query, std::int64_t id) {
  Hit hit;
  {
    Result<Query> statement = database.Prepare(
        "SELECT sha256, file, type_name, subject, number, notation, date FROM documents WHERE id = ?");
    if (!statement) return Fail(statement.error());
    statement->Bind(1, id);
    const Result<bool> row = statement->Step();
    if (!row) return Fail(row.error());
    if (!*row) return std::optional<Hit>();
    hit = {statement->Text(0),
           statement->Text(1),
           Joined(statement->Text(2), " ", statement->Text(3)),
           Joined(statement->Text(4), "/", statement->Text(5)),
           statement->Text(6),
           {}};
  }
  Result<std::string> snippet = Snippet(database, query, id);
  if (!snippet) return Fail(snippet.error());
  hit.snippet = std::move(*snippet);
  return std::optional<Hit>(std::move(hit));
}

}  // namespace

Result<std::vector<Hit>> SearchTexts(Database& database, const ParsedQuery& query, int limit) {
  std::vector<Hit> hits;
  if (query.nothing) return hits;
  // Two steps: SQLite would make the snippet of every match before it sorts them.
  const Result<std::vector<std::int64_t>> ids = FindIds(database, query, std::clamp(limit, 1, 10'000));
  if (!ids) return Fail(ids.error());
  for (const std::int64_t id : *ids) {
    Result<std::optional<Hit>> hit = ReadHit(database, query, id);
    if (!hit) return Fail(hit.error());
    if (*hit) hits.push_back(std::move(**hit));
  }
  return hits;
}

}  // namespace vanthu::archive
