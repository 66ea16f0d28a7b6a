// A developer's program: reads page pictures (PPM or PGM, as pdftoppm writes them) with the recogniser and
// says what it saw, how long it took, and, against a reading-order text, how well. Not installed, not a test.
//
//   ocr_read_pages [--dpi 200] [--truth plan.txt] [--words] [--rules] [--pictures DIR] page.ppm ...
//
// Score: each recognised line is laid where it fits best into the truth (tone placement folded, white space
// collapsed); what no line covers is lost. Characters of lines that fit nowhere are counted as false, page
// numbers left out.
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "ocr/ocr.h"
#include "pipeline/base/unicode.h"

namespace {

using namespace vanthu;

std::string Slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream all;
  all << in.rdbuf();
  return all.str();
}

bool ReadPnm(const std::string& path, Raster& raster) {
  const std::string bytes = Slurp(path);
  if (bytes.size() < 8 || bytes[0] != 'P' || (bytes[1] != '5' && bytes[1] != '6')) return false;
  std::size_t at = 2;
  int number[3] = {};
  for (int& n : number) {
    while (at < bytes.size() &&
           (std::isspace(static_cast<unsigned char>(bytes[at])) != 0 || bytes[at] == '#')) {
      if (bytes[at] == '#')
        while (at < bytes.size() && bytes[at] != '\n') ++at;
      ++at;
    }
    while (at < bytes.size() && std::isdigit(static_cast<unsigned char>(bytes[at])) != 0)
      n = n * 10 + (bytes[at++] - '0');
  }
  ++at;
  raster.width_px = number[0];
  raster.height_px = number[1];
  raster.channels = bytes[1] == '6' ? 3 : 1;
  const std::size_t size = static_cast<std::size_t>(number[0]) * static_cast<std::size_t>(number[1]) *
                           static_cast<std::size_t>(raster.channels);
  if (bytes.size() < at + size) return false;
  raster.pixels.assign(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                       bytes.begin() + static_cast<std::ptrdiff_t>(at + size));
  return true;
}

double CpuSeconds() {
  rusage use{};
  getrusage(RUSAGE_SELF, &use);
  return static_cast<double>(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
         1e-6 * static_cast<double>(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

struct ScoredWord {
  std::string text;
  double confidence;
};
struct ScoredLine {
  std::u32string text;
  std::vector<double> confidence;  // one a code point; -1 for spaces
  std::vector<int> word;           // index of the word, -1 for spaces
  int page = 0;
};

// A vertical rule stands between two words.
bool Parted(const Page& page, const Word& a, const Word& b) {
  return std::any_of(page.rulings.begin(), page.rulings.end(), [&](const Ruling& r) {
    return !r.horizontal && r.position_pt > a.box.x1 - 2 && r.position_pt < b.box.x0 + 2 &&
           r.start_pt < a.baseline_pt && r.end_pt > a.baseline_pt;
  });
}

// Words of a page as the recogniser's own lines: runs of one baseline and region, in the order given.
std::vector<ScoredLine> LinesOf(const Page& page) {
  std::vector<ScoredLine> out;
  const Word* before = nullptr;
  int count = 0;
  for (const Word& word : page.words) {
    const bool same = before != nullptr && std::abs(before->baseline_pt - word.baseline_pt) < 0.01 &&
                      word.box.x0 > before->box.x0 && !Parted(page, *before, word);
    if (!same) {
      out.push_back({});
      out.back().page = page.index;
      count = 0;
    }
    ScoredLine& line = out.back();
    if (!line.text.empty()) {
      line.text += U' ';
      line.confidence.push_back(-1);
      line.word.push_back(-1);
    }
    for (const char32_t c : ToCodePoints(FoldTonePlacement(word.text))) {
      line.text += c;
      line.confidence.push_back(word.confidence);
      line.word.push_back(count);
    }
    ++count;
    before = &word;
  }
  return out;
}

struct Fit {
  int edits = 0;
  int from = 0;
  int to = 0;
  std::vector<std::pair<int, int>> pairs;  // (line, truth) matched exactly
};

// Semi-global alignment of a line in the truth; covered characters cost a little, so twins find their own
// place.
Fit FitLine(const std::u32string& line, const std::u32string& truth, const std::vector<char>& covered) {
  const int n = static_cast<int>(line.size());
  const int m = static_cast<int>(truth.size());
  constexpr int kUnit = 1000;
  std::vector<int> before(static_cast<std::size_t>(m) + 1, 0);
  std::vector<int> now(static_cast<std::size_t>(m) + 1, 0);
  std::vector<signed char> move(static_cast<std::size_t>(n + 1) * static_cast<std::size_t>(m + 1), 0);
  for (int i = 1; i <= n; ++i) {
    now[0] = i * kUnit;
    signed char* row = &move[static_cast<std::size_t>(i) * static_cast<std::size_t>(m + 1)];
    row[0] = 1;
    for (int k = 1; k <= m; ++k) {
      const bool same = line[static_cast<std::size_t>(i - 1)] == truth[static_cast<std::size_t>(k - 1)];
      int best = before[static_cast<std::size_t>(k - 1)] + (same ? 0 : kUnit) +
                 (covered[static_cast<std::size_t>(k - 1)] != 0 ? 3 : 0);
      signed char how = 0;
      if (before[static_cast<std::size_t>(k)] + kUnit < best) {
        best = before[static_cast<std::size_t>(k)] + kUnit;
        how = 1;
      }
      if (now[static_cast<std::size_t>(k - 1)] + kUnit < best) {
        best = now[static_cast<std::size_t>(k - 1)] + kUnit;
        how = 2;
      }
      now[static_cast<std::size_t>(k)] = best;
      row[k] = how;
    }
    std::swap(before, now);
  }
  int end = 0;
  for (int k = 1; k <= m; ++k)
    if (before[static_cast<std::size_t>(k)] < before[static_cast<std::size_t>(end)]) end = k;
  Fit fit;
  fit.to = end;
  int i = n;
  int k = end;
  while (i > 0) {
    const signed char how =
        move[static_cast<std::size_t>(i) * static_cast<std::size_t>(m + 1) + static_cast<std::size_t>(k)];
    if (how == 1 || k == 0) {
      ++fit.edits;
      --i;
    } else if (how == 2) {
      ++fit.edits;
      --k;
    } else {
      --i;
      --k;
      if (line[static_cast<std::size_t>(i)] == truth[static_cast<std::size_t>(k)])
        fit.pairs.emplace_back(i, k);
      else
        ++fit.edits;
    }
  }
  fit.from = k;
  return fit;
}

void Score(std::vector<ScoredLine> lines, const std::string& truth_path) {
  const std::u32string truth = ToCodePoints(CollapseSpace(FoldTonePlacement(Slurp(truth_path))));
  std::vector<char> covered(truth.size(), 0);
  std::stable_sort(lines.begin(), lines.end(),
                   [](const ScoredLine& a, const ScoredLine& b) { return a.text.size() > b.text.size(); });
  int edits = 0;
  int false_characters = 0;
  std::map<int, std::pair<int, int>> bins;  // tenth of confidence -> words, wrong words
  for (const ScoredLine& line : lines) {
    const Fit fit = FitLine(line.text, truth, covered);
    const int n = static_cast<int>(line.text.size());
    if (fit.edits * 2 > n) {
      const std::string text = FromCodePoints(line.text);
      if (n > 2) {
        false_characters += n;
        fmt::print("  false p{}: {}\n", line.page + 1, text);
      }
      continue;
    }
    edits += fit.edits;
    if (fit.edits > 0)
      fmt::print("  {} p{}: {}\n     = {}\n", fit.edits, line.page + 1, FromCodePoints(line.text),
                 FromCodePoints(truth.substr(static_cast<std::size_t>(fit.from),
                                             static_cast<std::size_t>(fit.to - fit.from))));
    for (int k = fit.from; k < fit.to; ++k) covered[static_cast<std::size_t>(k)] = 1;
    std::vector<char> right(line.text.size(), 0);
    for (const auto& [i, k] : fit.pairs) right[static_cast<std::size_t>(i)] = 1;
    for (std::size_t i = 0; i < line.text.size();) {
      if (line.word[i] < 0) {
        ++i;
        continue;
      }
      const int word = line.word[i];
      bool ok = true;
      const double confidence = line.confidence[i];
      for (; i < line.text.size() && line.word[i] == word; ++i) ok = ok && right[i] != 0;
      const int bin = confidence >= 0.97   ? 97
                      : confidence >= 0.95 ? 95
                      : confidence >= 0.9  ? 90
                      : confidence >= 0.8  ? 80
                      : confidence >= 0.5  ? 50
                                           : 0;
      ++bins[bin].first;
      if (!ok) {
        ++bins[bin].second;
        if (confidence >= 0.9) fmt::print("     certain and wrong ({:.3f}), word {}\n", confidence, word);
      }
    }
  }
  // Words that the truth has more often than the pages: twins may cover each other's place above.
  std::map<std::string, int> missing;
  const auto count_words = [&](const std::u32string& text, int by) {
    std::size_t from = 0;
    while (from < text.size()) {
      const std::size_t end = std::min(text.find(U' ', from), text.size());
      if (end > from) missing[FromCodePoints(text.substr(from, end - from))] += by;
      from = end + 1;
    }
  };
  count_words(truth, 1);
  for (const ScoredLine& line : lines) count_words(line.text, -1);
  int lost = 0;
  for (std::size_t k = 0; k < truth.size();) {
    if (covered[k] != 0 || truth[k] == U' ' || (k > 0 && truth[k - 1] != U' ')) {
      ++k;
      continue;
    }
    const std::size_t end = std::min(truth.find(U' ', k), truth.size());
    const std::string word = FromCodePoints(truth.substr(k, end - k));
    if (missing[word] > 0) {
      --missing[word];
      lost += static_cast<int>(end - k);
      fmt::print("  lost: {}\n", word);
    }
    k = end;
  }
  fmt::print("{}: {} characters, {} edits, {} lost, {} false: CER {:.2f} %\n", truth_path, truth.size(),
             edits, lost, false_characters,
             100.0 * (edits + lost + false_characters) / static_cast<double>(truth.size()));
  for (const auto& [bin, counts] : bins)
    fmt::print("  confidence >= 0.{:02}: {} words, {} wrong ({:.2f} %)\n", bin, counts.first, counts.second,
               100.0 * counts.second / std::max(1, counts.first));
}

const char* KindName(MarkKind kind) {
  switch (kind) {
    case MarkKind::kSeal:
      return "seal";
    case MarkKind::kSignature:
      return "signature";
    case MarkKind::kStamp:
      return "stamp";
    case MarkKind::kHandwriting:
      return "handwriting";
    default:
      return "picture";
  }
}

void WritePicture(const Raster& raster, const Page& page, const std::string& path) {
  Raster out = raster;
  if (raster.channels == 1) {
    out.channels = 3;
    out.pixels.clear();
    for (const auto v : raster.pixels) out.pixels.insert(out.pixels.end(), {v, v, v});
  }
  const double scale = raster.dpi.value / 72;
  const auto dot = [&](Point p, int r, int g, int b) {
    const int x = static_cast<int>(p.x * scale);
    const int y = static_cast<int>(p.y * scale);
    if (x < 0 || y < 0 || x >= out.width_px || y >= out.height_px) return;
    std::uint8_t* at = out.row(y) + 3 * x;
    at[0] = static_cast<std::uint8_t>(r);
    at[1] = static_cast<std::uint8_t>(g);
    at[2] = static_cast<std::uint8_t>(b);
  };
  const auto stroke = [&](Point a, Point b, int red, int green, int blue, int width) {
    const Point p = page.to_source.Map(a);
    const Point q = page.to_source.Map(b);
    const int steps = static_cast<int>(std::hypot(q.x - p.x, q.y - p.y) * scale) + 1;
    for (int i = 0; i <= steps; ++i)
      for (int k = 0; k < width; ++k)
        for (int l = 0; l < width; ++l)
          dot({p.x + (q.x - p.x) * i / steps + k / scale, p.y + (q.y - p.y) * i / steps + l / scale}, red,
              green, blue);
  };
  const auto frame = [&](const Box& b, int red, int green, int blue, int width) {
    stroke({b.x0, b.y0}, {b.x1, b.y0}, red, green, blue, width);
    stroke({b.x1, b.y0}, {b.x1, b.y1}, red, green, blue, width);
    stroke({b.x1, b.y1}, {b.x0, b.y1}, red, green, blue, width);
    stroke({b.x0, b.y1}, {b.x0, b.y0}, red, green, blue, width);
  };
  for (const Word& w : page.words)
    frame(w.box, w.confidence < 0.9 ? 255 : 0, w.bold.value_or(false) ? 0 : 160, 0, 1);
  for (const Ruling& r : page.rulings) {
    if (r.horizontal)
      stroke({r.start_pt, r.position_pt}, {r.end_pt, r.position_pt}, 255, 0, 255, 3);
    else
      stroke({r.position_pt, r.start_pt}, {r.position_pt, r.end_pt}, 0, 0, 255, 3);
  }
  for (const Mark& m : page.marks) frame(m.box, 255, 128, 0, 4);
  std::ofstream file(path, std::ios::binary);
  file << "P6\n" << out.width_px << ' ' << out.height_px << "\n255\n";
  file.write(reinterpret_cast<const char*>(out.pixels.data()),
             static_cast<std::streamsize>(out.pixels.size()));
}

}  // namespace

int main(int argc, char** argv) {
  double dpi = 200;
  std::string truth;
  std::string pictures;
  bool words = false;
  bool rules = false;
  std::vector<std::string> files;
  for (int i = 1; i < argc; ++i) {
    const std::string arg = argv[i];
    if (arg == "--dpi" && i + 1 < argc)
      dpi = std::atof(argv[++i]);
    else if (arg == "--truth" && i + 1 < argc)
      truth = argv[++i];
    else if (arg == "--pictures" && i + 1 < argc)
      pictures = argv[++i];
    else if (arg == "--words")
      words = true;
    else if (arg == "--rules")
      rules = true;
    else
      files.push_back(arg);
  }
  auto recogniser = ocr::MakeRecogniser({});
  if (!recogniser) {
    fmt::print(stderr, "{}\n", Describe(recogniser.error(), Language::kEnglish));
    return 4;
  }
  std::vector<ScoredLine> lines;
  double total = 0;
  for (std::size_t f = 0; f < files.size(); ++f) {
    Raster raster;
    raster.dpi.value = dpi;
    if (!ReadPnm(files[f], raster)) {
      fmt::print(stderr, "{}: no PPM or PGM\n", files[f]);
      return 3;
    }
    const double start = CpuSeconds();
    const auto page = (*recogniser)->Read(raster, static_cast<int>(f));
    const double seconds = CpuSeconds() - start;
    total += seconds;
    if (!page) {
      fmt::print(stderr, "{}\n", Describe(page.error(), Language::kEnglish));
      return 3;
    }
    fmt::print(
        "{}: {} words, {} rulings, {} marks, {:.2f} s; to_source {:.4f} {:.4f} {:.4f} {:.4f} {:.1f} {:.1f}\n",
        files[f], page->words.size(), page->rulings.size(), page->marks.size(), seconds, page->to_source.a,
        page->to_source.b, page->to_source.c, page->to_source.d, page->to_source.e, page->to_source.f);
    for (const Mark& m : page->marks)
      fmt::print("  mark {} {:.0f} {:.0f} {:.0f} {:.0f} {}\n", KindName(m.kind), m.box.x0, m.box.y0, m.box.x1,
                 m.box.y1, m.text);
    for (const Finding& finding : page->findings)
      fmt::print("  finding {}: {}\n", finding.code, finding.message);
    if (rules)
      for (const Ruling& r : page->rulings)
        fmt::print("  {} at {:.1f} from {:.1f} to {:.1f}, {:.2f} thick, {:.2f}\n",
                   r.horizontal ? "across" : "down", r.position_pt, r.start_pt, r.end_pt, r.thickness_pt,
                   r.confidence);
    if (words)
      for (const Word& w : page->words)
        fmt::print("  {:6.1f} {:6.1f} {:6.1f} size {:4.1f} {}{} {:.3f} {}\n", w.box.x0, w.box.x1,
                   w.baseline_pt, w.font_size_pt,
                   !w.bold   ? '?'
                   : *w.bold ? 'B'
                             : '-',
                   w.rotation_deg, w.confidence, w.text);
    else if (truth.empty())
      for (const ScoredLine& line : LinesOf(*page)) fmt::print("  {}\n", FromCodePoints(line.text));
    if (!pictures.empty())
      WritePicture(raster, *page,
                   fmt::format("{}/{}.ppm", pictures, files[f].substr(files[f].find_last_of('/') + 1)));
    for (ScoredLine& line : LinesOf(*page)) lines.push_back(std::move(line));
  }
  fmt::print("{} pages, {:.2f} s a page\n", files.size(),
             total / std::max<double>(1, static_cast<double>(files.size())));
  if (!truth.empty()) Score(std::move(lines), truth);
  return 0;
}
