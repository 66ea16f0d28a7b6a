#include "pipeline/extract/organisation.h"

#include <algorithm>
#include <array>

#include "pipeline/base/unicode.h"

namespace vanthu::extract {
namespace {

using Head = OrganisationRules::Head;

constexpr std::size_t kMostBytes = 16384;  // of a cell; the longest seen has 600

// Guesses.
constexpr double kAtComma = 0.97;
constexpr double kAtSpace = 0.92;

struct Piece {
  std::string text;
  std::string key;  // MatchKey of words, the sign itself of signs
  std::size_t begin = 0;
  std::size_t end = 0;
  bool word = false;
  bool capital = false;
  int depth = 0;
};

bool IsSign(char32_t c) {
  constexpr std::u32string_view kSigns = U",;:()[]&-–—+•·*";
  return kSigns.find(c) != std::u32string_view::npos;
}

bool IsCapital(const std::string& text) {
  const std::u32string code = ToCodePoints(text);
  if (code.empty()) return false;
  const std::string first = FromCodePoints(code.substr(0, 1));
  return ToLower(first) != first;
}

// Words and signs. A sign inside a word ("GD&ĐT", "LĐ-TBXH") is cut too; Join looks at the spaces around.
std::vector<Piece> Split(std::string_view text) {
  std::vector<Piece> out;
  int depth = 0;
  std::size_t at = 0;
  const auto close_word = [&](std::size_t begin, std::size_t end) {
    while (end > begin && text[end - 1] == '.' && end - begin > 1) {
      --end;  // a full stop at a word's end is a sign of its own
    }
    if (end == begin) return;
    Piece piece;
    piece.text = std::string(text.substr(begin, end - begin));
    piece.key = MatchKey(piece.text);
    piece.begin = begin;
    piece.end = end;
    piece.word = piece.text != ".";
    piece.capital = IsCapital(piece.text);
    piece.depth = depth;
    out.push_back(std::move(piece));
  };
  std::size_t word_begin = std::string_view::npos;
  const auto flush = [&](std::size_t end) {
    if (word_begin == std::string_view::npos) return;
    const std::size_t before = out.size();
    close_word(word_begin, end);
    const std::size_t taken = out.size() > before ? out.back().end : word_begin;
    if (taken < end) {
      Piece stop;
      stop.text = stop.key = ".";
      stop.begin = taken;
      stop.end = end;
      stop.depth = depth;
      out.push_back(std::move(stop));
    }
    word_begin = std::string_view::npos;
  };
  while (at < text.size()) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xC0u) == 0x80u)
      ++length;
    const std::u32string code = ToCodePoints(text.substr(at, length));
    const char32_t c = code.empty() ? U' ' : code[0];
    if (c <= U' ' || c == 0xA0) {
      flush(at);
    } else if (IsSign(c)) {
      flush(at);
      Piece sign;
      sign.text = sign.key = std::string(text.substr(at, length));
      if (c == U'–' || c == U'—') sign.key = "-";
      sign.begin = at;
      sign.end = at + length;
      if (c == U')' || c == U']') depth = std::max(0, depth - 1);
      sign.depth = depth;
      if (c == U'(' || c == U'[') ++depth;
      out.push_back(std::move(sign));
    } else if (word_begin == std::string_view::npos) {
      word_begin = at;
    }
    at += length;
  }
  flush(text.size());
  return out;
}

struct HeadMatch {
  std::size_t words = 0;  // 0 = none
  Head head = Head::kOpen;
  std::string key;
};

class Splitter {
 public:
  Splitter(std::string_view line, const OrganisationRules& rules)
      : line_(line), rules_(rules), pieces_(Split(line)) {}

  void Run(OrganisationsReading* out) {
    std::size_t start = 0;
    for (std::size_t i = 0; i < pieces_.size(); ++i) {
      if (pieces_[i].depth > 0) continue;
      const std::size_t cut = CutAt(start, i, &out->certainty);
      if (cut == 0) continue;
      Push(start, i, out);
      start = i + cut - 1;
      head_after_comma_ = false;
      // what opens the next name is looked at again only as its beginning
      i = std::max(i, start);
    }
    Push(start, pieces_.size(), out);
  }

 private:
  // 0 = no cut; else 1 + how many pieces from i on belong to neither side.
  std::size_t CutAt(std::size_t start, std::size_t i, double* certainty) {
    if (i <= start) return 0;
    const Piece& piece = pieces_[i];
    if (piece.key == ";") return CutAtSemicolon(start, i);
    if (piece.key == ".") return BeginsName(AfterDash(i + 1)) ? 1 + AfterDash(i + 1) - i : 0;
    if (piece.key == "," || piece.key == "và" || piece.key == "&" || piece.key == "+") {
      if (piece.key == "," && pieces_.size() > i + 1 && pieces_[i + 1].key == "-") {
        const std::size_t next = i + 2;
        if (BeginsName(next)) return 1 + next - i;
      }
      if (!CutAtJoin(start, i)) return 0;
      *certainty = std::min(*certainty, kAtComma);
      return 2;
    }
    if (piece.word && CutAtSpace(start, i)) {
      *certainty = std::min(*certainty, kAtSpace);
      return 1;
    }
    return 0;
  }

  std::size_t AfterDash(std::size_t i) const {
    return i < pieces_.size() && (pieces_[i].key == "-" || pieces_[i].key == "+" || pieces_[i].key == "•")
               ? i + 1
               : i;
  }

  bool BeginsName(std::size_t i) const {
    return i < pieces_.size() && pieces_[i].capital && MatchHead(i).words > 0;
  }

  // "Các Sở: Tư pháp; Thông tin và Truyền thông" is one entry, as written.
  std::size_t CutAtSemicolon(std::size_t start, std::size_t i) const {
    const bool listing = std::any_of(pieces_.begin() + static_cast<std::ptrdiff_t>(start),
                                     pieces_.begin() + static_cast<std::ptrdiff_t>(i),
                                     [](const Piece& p) { return p.key == ":" && p.depth == 0; });
    const std::size_t next = AfterDash(i + 1);
    if (listing && next == i + 1 && next < pieces_.size() && MatchHead(next).words == 0) return 0;
    return 1 + next - i;
  }

  HeadMatch MatchHead(std::size_t i) const {
    HeadMatch best;
    std::string phrase;
    std::string plain;
    for (std::size_t n = 1; n <= rules_.longest_head && i + n <= pieces_.size(); ++n) {
      const Piece& piece = pieces_[i + n - 1];
      if (!piece.word) break;
      if (n > 1) phrase += ' ';
      phrase += piece.key;
      const auto found = rules_.heads.find(phrase);
      if (found != rules_.heads.end()) best = {n, found->second, phrase};
    }
    return best;
  }

  // The end of the name that starts at i: the next sign that may divide names.
  std::size_t NameEnd(std::size_t i) const {
    for (std::size_t j = i; j < pieces_.size(); ++j)
      if (pieces_[j].depth == 0 && (pieces_[j].key == "," || pieces_[j].key == ";" || pieces_[j].key == "." ||
                                    (pieces_[j].key == "và" && j > i + 1 && BeginsName(j + 1))))
        return j;
    return pieces_.size();
  }

  // Words of [begin, end) outside brackets.
  std::size_t Words(std::size_t begin, std::size_t end) const {
    std::size_t out = 0;
    for (std::size_t i = begin; i < end && i < pieces_.size(); ++i)
      if (pieces_[i].word && pieces_[i].depth == 0) ++out;
    return out;
  }

  bool IsWhole(std::size_t begin, std::size_t end) const {
    const HeadMatch head = MatchHead(begin);
    if (head.words == 0 || begin + head.words > end) return false;
    const std::size_t more = Words(begin + head.words, end);
    switch (head.head) {
      case Head::kWhole:
        return true;
      case Head::kOpen:
      case Head::kPeople:
        return more >= 1;
      case Head::kPlural:
        return more > NounLength(begin + head.words, end);
    }
    return false;
  }

  // "cơ quan" after "Các": how many words the noun has.
  std::size_t NounLength(std::size_t i, std::size_t end) const {
    if (i + 1 < end && pieces_[i].word && pieces_[i + 1].word &&
        rules_.plural_nouns.count(pieces_[i].key + " " + pieces_[i + 1].key) > 0)
      return 2;
    return 1;
  }

  bool Together(std::size_t i) const {
    const auto ends_with = [&](const std::vector<std::string>& keys) {
      std::string tail;
      for (std::size_t n = 1; n <= rules_.longest_head && n <= i; ++n) {
        const Piece& piece = pieces_[i - n];
        if (!piece.word) return false;
        tail.insert(0, n == 1 ? piece.key : piece.key + " ");
        if (std::find(keys.begin(), keys.end(), tail) != keys.end()) return true;
      }
      return false;
    };
    const auto begins_with = [&](const std::vector<std::string>& keys) {
      std::string phrase;
      for (std::size_t j = i + 1; j < pieces_.size() && j <= i + rules_.longest_head && pieces_[j].word;
           ++j) {
        phrase += (phrase.empty() ? "" : " ") + pieces_[j].key;
        if (std::find(keys.begin(), keys.end(), phrase) != keys.end()) return true;
      }
      return false;
    };
    return std::any_of(rules_.together.begin(), rules_.together.end(),
                       [&](const auto& pair) { return ends_with(pair.first) && begins_with(pair.second); });
  }

  bool EndsClosed(std::size_t begin, std::size_t end) const {
    for (std::size_t n = 0; n < 5 && end > begin + n; ++n) {
      const Piece& piece = pieces_[end - 1 - n];
      if (!piece.word) return false;
      if (rules_.closing.count(piece.key) > 0) return true;
      if (end >= begin + n + 2 && rules_.closing.count(pieces_[end - 2 - n].key + " " + piece.key) > 0)
        return true;
      if (!piece.capital) return false;  // a place's name may follow: "UBND xã Thanh Xá"
    }
    return false;
  }

  bool CutAtJoin(std::size_t start, std::size_t i) {
    const std::size_t next = i + 1;
    if (next >= pieces_.size()) return false;
    const HeadMatch head = MatchHead(next);
    if (head.words == 0) return false;
    const bool plural =
        head.head == Head::kPlural && next + 1 < pieces_.size() &&
        (rules_.plural_nouns.count(pieces_[next + 1].key) > 0 || NounLength(next + 1, pieces_.size()) == 2);
    if (!pieces_[next].capital && !plural && head.head != Head::kPeople) return false;
    // "Phòng Tổ chức bộ máy và Tổ chức phi chính phủ": fields of one office, though each may name one.
    const bool join = pieces_[i].key == "và" || pieces_[i].key == "&";
    if (join && rules_.field_heads.count(head.key) > 0 && rules_.field_heads.count(MatchHead(start).key) == 0)
      return false;
    if (Together(i)) return false;
    const bool both = IsWhole(start, i) && IsWhole(next, NameEnd(next));
    const bool left = !head_after_comma_ || EndsClosed(start, i);
    if (both && left) return true;
    head_after_comma_ = head_after_comma_ || pieces_[next].capital;
    return false;
  }

  // "Văn phòng HĐND và UBND xã Các công chức chuyên môn": two paragraphs of a cell on one line
  bool CutAtSpace(std::size_t start, std::size_t i) const {
    if (!pieces_[i].capital || !pieces_[i - 1].word || rules_.links.count(pieces_[i - 1].key) > 0)
      return false;
    bool sure = false;
    std::string phrase;
    for (std::size_t j = i; j < pieces_.size() && j < i + rules_.longest_head && pieces_[j].word && !sure;
         ++j) {
      phrase += (phrase.empty() ? "" : " ") + pieces_[j].key;
      sure = rules_.sure.count(phrase) > 0;
    }
    return sure && EndsClosed(start, i) && IsWhole(start, i) && IsWhole(i, NameEnd(i));
  }

  void Push(std::size_t begin, std::size_t end, OrganisationsReading* out) const {
    const auto is_end_sign = [](const Piece& p) {
      return p.key == "," || p.key == ";" || p.key == "." || p.key == ":" || p.key == "-" || p.key == "+" ||
             p.key == "…" || p.key == "•" || p.key == "·" || p.key == "*";
    };
    while (begin < end && is_end_sign(pieces_[begin])) ++begin;
    while (end > begin && is_end_sign(pieces_[end - 1])) --end;
    if (begin >= end) return;
    if (Words(begin, end) == 0) return;
    out->names.emplace_back(line_.substr(pieces_[begin].begin, pieces_[end - 1].end - pieces_[begin].begin));
  }

  std::string_view line_;
  const OrganisationRules& rules_;
  std::vector<Piece> pieces_;
  bool head_after_comma_ = false;  // "Đảng ủy, HĐND, …": bodies that share what follows them
};

bool EndsOpen(const std::string& line) {
  constexpr std::string_view kEnds = ";.,:";
  return !line.empty() && kEnds.find(line.back()) == std::string_view::npos;
}

bool BeginsWithField(std::string_view line, const OrganisationRules& rules) {
  const std::string key = MatchKey(line);
  return std::any_of(rules.fields.begin(), rules.fields.end(), [&](const std::string& field) {
    return key.compare(0, field.size(), field) == 0 &&
           (key.size() == field.size() || key[field.size()] == ' ');
  });
}

// Lines of a cell, a line that only goes on with the one before joined to it. A name wrapped before its dash
// ("Công chức Văn hóa" / "- Thông tin thị trấn") is one name too.
std::vector<std::string> Lines(std::string_view text, const OrganisationRules& rules) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line = CollapseSpace(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + 1));
    if (line.empty()) continue;
    const std::size_t mark = ListMarkLength(line);
    const bool open = !out.empty() && EndsOpen(out.back());
    const bool wrapped = open && mark == 0 && !IsCapital(line);
    const bool cut_at_dash =
        open && mark > 0 && line[0] == '-' && BeginsWithField(std::string_view(line).substr(mark), rules) &&
        !BeginsWithOrganisation(line.substr(mark), rules) && BeginsWithOrganisation(out.back(), rules);
    if (wrapped || cut_at_dash)
      out.back() += " " + line;
    else if (mark < line.size())
      out.push_back(line.substr(mark));
  }
  return out;
}

std::size_t WordsIn(const std::string& phrase) {
  return static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
}

}  // namespace

Result<OrganisationRules> ReadOrganisationRules(const std::filesystem::path& path) {
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  OrganisationRules out;
  DataReader root = file->root();
  constexpr std::array<std::pair<const char*, Head>, 4> kKinds = {
      {{"open", Head::kOpen}, {"whole", Head::kWhole}, {"people", Head::kPeople}, {"plural", Head::kPlural}}};
  for (const auto& [name, head] : kKinds)
    for (const std::string& phrase : root.Texts(name)) {
      const std::string key = MatchKey(phrase);
      out.heads[key] = head;
      out.longest_head = std::max(out.longest_head, WordsIn(key));
    }
  const auto keys = [](const std::vector<std::string>& texts) {
    std::vector<std::string> out_keys;
    out_keys.reserve(texts.size());
    for (const std::string& text : texts) out_keys.push_back(MatchKey(text));
    return out_keys;
  };
  const auto set = [&](const char* name) {
    const std::vector<std::string> all = keys(root.Texts(name));
    return std::set<std::string>(all.begin(), all.end());
  };
  out.plural_nouns = set("plural_nouns");
  out.sure = set("sure");
  out.closing = set("closing");
  out.links = set("links");
  out.fields = set("fields");
  out.field_heads = set("field_heads");
  for (DataReader& entry : root.Items("together")) {
    std::vector<std::string> first = keys(entry.Texts("first"));
    out.together.emplace_back(std::move(first), keys(entry.Texts("second")));
  }
  for (DataReader& entry : root.Items("abbreviations")) {
    const std::string shorter = entry.Text("short");
    out.abbreviations[shorter] = entry.Text("full");
  }
  for (const std::string& name : root.Texts("names")) out.names.emplace_back(MatchKey(name), name);
  std::stable_sort(out.names.begin(), out.names.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  if (Status status = file->Check(); !status) return Fail(status.error());
  return out;
}

std::size_t ListMarkLength(std::string_view line) {
  constexpr std::array<std::string_view, 9> kMarks = {"-", "–", "—", "+", "*", "•", "·", "▪", "●"};
  for (const std::string_view mark : kMarks) {
    if (line.substr(0, mark.size()) != mark) continue;
    std::size_t length = mark.size();
    while (length < line.size() && line[length] == ' ') ++length;
    return length;
  }
  std::size_t i = 0;
  while (i < line.size() && i < 3 && line[i] >= '0' && line[i] <= '9') ++i;
  if (i == 0 && !line.empty() && line[0] >= 'a' && line[0] <= 'z' && line.size() > 1 && line[1] == ')') i = 1;
  if (i == 0 || i + 1 >= line.size() || (line[i] != '.' && line[i] != ')') || line[i + 1] != ' ') return 0;
  return i + 2;
}

OrganisationsReading SplitOrganisations(std::string_view text, const OrganisationRules& rules) {
  OrganisationsReading out;
  for (const std::string& line : Lines(text.substr(0, kMostBytes), rules)) Splitter(line, rules).Run(&out);
  return out;
}

bool BeginsWithOrganisation(std::string_view text, const OrganisationRules& rules) {
  std::string phrase;
  std::size_t words = 0;
  for (const Piece& piece : Split(text.substr(0, 200))) {
    if (!piece.word || words >= rules.longest_head) return false;
    if (words == 0 && !piece.capital) return false;
    phrase += (words++ == 0 ? "" : " ") + piece.key;
    if (rules.heads.count(phrase) > 0) return true;
  }
  return false;
}

std::optional<std::string> NormaliseOrganisation(std::string_view name, const OrganisationRules& rules) {
  // written out word by word; a sign between two abbreviations of one office is "và"
  const std::vector<Piece> pieces = Split(name.substr(0, kMostBytes));
  std::string out;
  bool before_short = false;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::string text = pieces[i].text;
    bool is_short = false;
    // "GD&ĐT", "LĐ-TBXH": the longest run without spaces that is an abbreviation
    std::size_t used = 1;
    for (std::size_t n = std::min<std::size_t>(5, pieces.size() - i); n >= 1; --n) {
      bool tight = true;
      for (std::size_t k = 1; k < n; ++k) tight = tight && pieces[i + k].begin == pieces[i + k - 1].end;
      if (!tight) continue;
      const std::string run(name.substr(pieces[i].begin, pieces[i + n - 1].end - pieces[i].begin));
      const auto found = rules.abbreviations.find(run);
      if (found == rules.abbreviations.end()) continue;
      text = found->second;
      is_short = true;
      used = n;
      break;
    }
    const bool join = pieces[i].key == "&" || pieces[i].key == "-";
    const auto council = [&](std::size_t k) {
      return k < pieces.size() &&
             (pieces[k].text == "HĐND" || pieces[k].text == "HDND" || pieces[k].text == "UBND");
    };
    if (join && i > 0 && council(i - 1) && council(i + 1))
      text = "và";
    else if (is_short && before_short && council(i) && i > 0 && council(i - 1))
      text.insert(0, "và ");
    const bool no_space = out.empty() || text == "," || text == ")" || text == "." || out.back() == '(';
    out += (no_space ? "" : " ") + text;
    before_short = is_short;
    i += used - 1;
  }
  const std::string key = MatchKey(out);
  for (const auto& [known, canonical] : rules.names) {
    if (key.compare(0, known.size(), known) != 0) continue;
    if (key.size() > known.size() && key[known.size()] != ' ') continue;
    // the rest as written: what follows as many words as the name has
    std::size_t words = WordsIn(known);
    std::size_t at = 0;
    while (words > 0 && at < out.size()) {
      at = std::min(out.find(' ', at), out.size());
      if (--words > 0) ++at;
    }
    return canonical + out.substr(std::min(at, out.size()));
  }
  return std::nullopt;
}

}  // namespace vanthu::extract
