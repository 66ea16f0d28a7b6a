#include "ocr/recognise/second.h"

#include <algorithm>
#include <cctype>
#include <string>

#include "pipeline/base/syllable.h"
#include "pipeline/base/unicode.h"

namespace vanthu::ocr {
namespace {

constexpr double kDisagree = 0.88;      // the most a word may have that two models read differently
constexpr double kSyllableWorth = 0.3;  // of confidence: a possible syllable against an impossible one
constexpr double kCovered = 0.7;   // of the first reading's ground that the second must cover to be better
constexpr double kOddWorth = 0.3;  // a character that documents do not use

std::string TextOf(const ReadWord& word) {
  std::string out;
  for (const Symbol& symbol : word.symbols) out += symbol.text;
  return ToNfc(out);
}

bool HasFigure(const std::string& text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool HasOddCharacter(const std::string& text) {
  constexpr std::u32string_view kOdd = U"|\\~^`´ˆ°¢£¥§†‡«»‹›¬¡¿¦{}<>®©•·¤µ@#$_€Š";
  const std::u32string code = ToCodePoints(text);
  return std::any_of(code.begin(), code.end(),
                     [&](char32_t c) { return kOdd.find(c) != std::u32string_view::npos; });
}

// The word without punctuation at its ends, if the rest is letters alone.
std::string Letters(const std::string& text) {
  constexpr std::u32string_view kEnds = U".,;:()“”\"'!?-–…";
  std::u32string code = ToCodePoints(text);
  while (!code.empty() && kEnds.find(code.back()) != std::u32string_view::npos) code.pop_back();
  while (!code.empty() && kEnds.find(code.front()) != std::u32string_view::npos) code.erase(code.begin());
  return FromCodePoints(code);
}

double Worth(const std::vector<ReadWord>& words) {
  if (words.empty()) return 0;
  double sum = 0;
  for (const ReadWord& word : words) {
    const std::string text = TextOf(word);
    const std::string letters = Letters(text);
    sum += word.confidence;
    if (IsVietnameseSyllable(letters)) sum += kSyllableWorth;
    if (HasOddCharacter(text)) sum -= kOddWorth;
  }
  return sum / static_cast<double>(words.size());
}

std::string Joined(const std::vector<ReadWord>& words) {
  std::string out;
  for (const ReadWord& word : words) out += (out.empty() ? "" : " ") + TextOf(word);
  return out;
}

double Left(const ReadWord& word) {
  return word.symbols.front().x0;
}
double Right(const ReadWord& word) {
  return word.symbols.back().x1;
}
// Where a word's ground surely begins: boxes of neighbours may overlap a little.
double Inside(const ReadWord& word) {
  return Left(word) + 0.3 * (Right(word) - Left(word));
}

// How much of the line words cover.
double Ground(const std::vector<ReadWord>& words) {
  double x0 = 1e18;
  double x1 = -1e18;
  for (const ReadWord& word : words) {
    x0 = std::min(x0, Left(word));
    x1 = std::max(x1, Right(word));
  }
  return std::max(0.0, x1 - x0);
}

struct Group {
  std::vector<ReadWord> first;
  std::vector<ReadWord> second;
};

// Words of both readings that share ground, left to right.
std::vector<Group> Matched(const ReadLine& first, const ReadLine& second) {
  struct Item {
    const ReadWord* word;
    bool from_first;
  };
  std::vector<Item> items;
  for (const ReadWord& word : first) items.push_back({&word, true});
  for (const ReadWord& word : second) items.push_back({&word, false});
  std::stable_sort(items.begin(), items.end(),
                   [](const Item& a, const Item& b) { return Left(*a.word) < Left(*b.word); });
  std::vector<Group> groups;
  double reach = -1e18;
  for (const Item& item : items) {
    const bool opens = groups.empty() || Inside(*item.word) > reach;
    if (opens) groups.emplace_back();
    (item.from_first ? groups.back().first : groups.back().second).push_back(*item.word);
    reach = opens ? Right(*item.word) : std::max(reach, Right(*item.word));
  }
  return groups;
}

}  // namespace

double LeastConfidence(const ReadLine& line) {
  double least = line.empty() ? 0 : 1;
  for (const ReadWord& word : line) least = std::min(least, word.confidence);
  return least;
}

ReadLine MergeReadings(const ReadLine& first, const ReadLine& second) {
  if (second.empty()) {
    ReadLine out = first;
    for (ReadWord& word : out) word.confidence = std::min(word.confidence, kDisagree);
    return out;
  }
  ReadLine out;
  for (Group& group : Matched(first, second)) {
    const std::string one = Joined(group.first);
    const std::string other = Joined(group.second);
    if (one == other) {
      for (std::size_t i = 0; i < group.first.size(); ++i) {
        ReadWord word = group.first[i];
        word.confidence = std::max(word.confidence, group.second[i].confidence);
        for (Symbol& symbol : word.symbols) symbol.confidence = std::max(symbol.confidence, word.confidence);
        out.push_back(std::move(word));
      }
      continue;
    }
    const bool figures = HasFigure(one) && !HasOddCharacter(one);
    // What covers less of the ink has lost some of it, however well it reads.
    const bool loses = Ground(group.second) < kCovered * Ground(group.first);
    const bool take_second = !figures && !loses && Worth(group.second) > Worth(group.first);
    for (ReadWord word : take_second ? group.second : group.first) {
      word.confidence = std::min(word.confidence, kDisagree);
      out.push_back(std::move(word));
    }
  }
  return out;
}

}  // namespace vanthu::ocr
