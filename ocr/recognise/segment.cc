#include "ocr/recognise/segment.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>

#include "ocr/clean/picture.h"

namespace vanthu::ocr {
namespace {

// Heights of letter pieces on paper, inches: x-height of 6 pt to a 26 pt capital with its tone.
constexpr double kLeastLetter = 0.035;
constexpr double kMostLetter = 0.42;
constexpr double kSmall = 0.55;   // of the typical letter: lower pieces are marks, dots and hyphens
constexpr double kLetter = 0.78;  // of the typical letter: lower pieces make no line of their own
// The same for what stands far from any letter: among capitals, small letters (0.69 of them) are the last
// word of a cell, not marks.
constexpr double kLooseLetter = 0.6;
constexpr double kMark = 1.25;  // of the typical letter: two tones that touch, or a letter
constexpr double kTall = 2.6;  // of the typical letter: higher pieces are no letters, or two lines that touch
constexpr double kWordGap = 2.3;   // typical letters: wider gaps end a line; justified text stays below 2
constexpr double kOverlap = 0.5;   // of the lower one's height
constexpr double kDotReach = 0.5;  // x-heights below the baseline of a dot's middle (0.35 in Times)
constexpr double kTail =
    0.66;  // x-heights below the baseline: no letter's tail reaches so far (g and y 0.47)
constexpr double kClose = 0.3;       // x-heights between a mark and its letter at most
constexpr double kAboveReach = 1.4;  // x-heights above the zone where a mark may stand
constexpr double kBelowReach = 0.75;
constexpr std::size_t kMostPieces = 60000;  // a page of 8 pt text has 12 000
constexpr std::size_t kMostLines = 3000;

double Median(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double TypicalHeight(const std::vector<Piece>& pieces, const std::vector<int>& members, double dpi) {
  std::vector<double> heights;
  for (const int i : members) {
    const int h = pieces[static_cast<std::size_t>(i)].box.height;
    if (h >= kLeastLetter * dpi && h <= kMostLetter * dpi) heights.push_back(h);
  }
  return Median(std::move(heights));
}

// The zone of the letters that came last on a line: what the next one is compared with.
struct OpenLine {
  std::vector<int> pieces;
  int right = 0;
  double top = 0;
  double bottom = 0;
};

void Extend(OpenLine& line, int index, const std::vector<Piece>& pieces) {
  line.pieces.push_back(index);
  line.right = std::max(line.right, pieces[static_cast<std::size_t>(index)].box.br().x);
  const std::size_t from = line.pieces.size() > 9 ? line.pieces.size() - 9 : 0;
  std::vector<double> tops;
  std::vector<double> bottoms;
  for (std::size_t i = from; i < line.pieces.size(); ++i) {
    const cv::Rect& box = pieces[static_cast<std::size_t>(line.pieces[i])].box;
    tops.push_back(box.y);
    bottoms.push_back(box.br().y);
  }
  line.top = Median(std::move(tops));
  line.bottom = Median(std::move(bottoms));
}

double OverlapShare(double top_a, double bottom_a, double top_b, double bottom_b) {
  const double least = std::min(bottom_a - top_a, bottom_b - top_b);
  return least <= 0 ? 0 : (std::min(bottom_a, bottom_b) - std::max(top_a, top_b)) / least;
}

std::vector<OpenLine> Chain(std::vector<int> letters, const std::vector<Piece>& pieces, double gap) {
  std::sort(letters.begin(), letters.end(), [&](int a, int b) {
    const cv::Rect& p = pieces[static_cast<std::size_t>(a)].box;
    const cv::Rect& q = pieces[static_cast<std::size_t>(b)].box;
    return p.x != q.x ? p.x < q.x : p.y < q.y;
  });
  std::vector<OpenLine> lines;
  for (const int i : letters) {
    const cv::Rect& box = pieces[static_cast<std::size_t>(i)].box;
    OpenLine* best = nullptr;
    double likeness = 0;
    for (OpenLine& line : lines) {
      if (box.x - line.right > gap) continue;
      const double shared = std::min<double>(line.bottom, box.br().y) - std::max<double>(line.top, box.y);
      const double united = std::max<double>(line.bottom, box.br().y) - std::min<double>(line.top, box.y);
      if (OverlapShare(line.top, line.bottom, box.y, box.br().y) < kOverlap) continue;
      // Of several the one of its own height: a g belongs to its line, not to the comma before it.
      if (best != nullptr && shared / united <= likeness) continue;
      likeness = shared / united;
      best = &line;
    }
    if (best == nullptr) {
      if (lines.size() >= kMostLines) break;
      lines.push_back({});
      best = &lines.back();
    }
    Extend(*best, i, pieces);
  }
  return lines;
}

// Baseline: the level where most bottoms lie; x_top: the level where most tops lie, from small letters if
// there are any.
void FitZone(const std::vector<Piece>& pieces, TextLine& line, double typical) {
  std::vector<double> bottoms;
  std::vector<double> tops;
  for (const int i : line.pieces) {
    const cv::Rect& box = pieces[static_cast<std::size_t>(i)].box;
    if (box.height < kSmall * typical) continue;
    bottoms.push_back(box.br().y);
    tops.push_back(box.y);
  }
  if (bottoms.empty()) {
    line.baseline = line.box.br().y;
    line.x_top = line.box.y;
    return;
  }
  line.baseline = Median(bottoms);
  line.x_top = std::min(Median(tops), line.baseline - 0.3 * typical);
  // Low tops are small letters; half of a line of mixed text has them.
  std::vector<double> low;
  for (const double t : tops)
    if (line.baseline - t <= 1.12 * (line.baseline - line.x_top) && t < line.baseline - 0.4 * typical)
      low.push_back(t);
  if (low.size() * 4 >= tops.size()) line.x_top = Median(low);
}

void UpdateBox(const std::vector<Piece>& pieces, TextLine& line) {
  line.box = {};
  for (const int i : line.pieces) {
    const cv::Rect& box = pieces[static_cast<std::size_t>(i)].box;
    line.box = line.box.area() == 0 ? box : (line.box | box);
  }
}

// Lines side by side in one zone are one if the gap between them is a word's.
void JoinNeighbours(const std::vector<Piece>& pieces, double gap, std::vector<OpenLine>& lines) {
  const auto left = [&](const OpenLine& line) {
    int x = pieces[static_cast<std::size_t>(line.pieces.front())].box.x;
    for (const int i : line.pieces) x = std::min(x, pieces[static_cast<std::size_t>(i)].box.x);
    return x;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t k = 0; k < lines.size(); ++k) {
      if (i == k || lines[i].pieces.empty() || lines[k].pieces.empty()) continue;
      const double overlap = OverlapShare(lines[i].top, lines[i].bottom, lines[k].top, lines[k].bottom);
      if (overlap < 0.65) continue;
      const int distance = std::max(left(lines[k]) - lines[i].right, left(lines[i]) - lines[k].right);
      if (distance > gap) continue;
      for (const int piece : lines[k].pieces) Extend(lines[i], piece, pieces);
      lines[k].pieces.clear();
    }
  }
  std::erase_if(lines, [](const OpenLine& line) { return line.pieces.empty(); });
}

constexpr double kNever = 1e9;
constexpr double kInZone = 0.3;  // share of a small piece's height in a line's zone that makes it the line's
constexpr double kMostDot = 0.36;  // x-heights; 0.25 in print, 0.33 in bold; a hook has 0.44
constexpr double kNoDot = 0.12;    // x-heights: two pixels at 200 dpi

// How far, in x-heights, a small piece lies from a line's zone; kNever where it cannot belong to it.
double ZoneDistance(const cv::Rect& mark, const TextLine& line, double gap) {
  if (mark.x - line.box.br().x > gap || line.box.x - mark.br().x > gap) return kNever;
  const double x_height = std::max(1.0, line.x_height());
  const double centre = mark.y + mark.height / 2.0;
  const double aside = std::max({0, mark.x - line.box.br().x, line.box.x - mark.br().x}) / (20.0 * x_height);
  if (centre < line.x_top) {
    const double d = (line.x_top - centre) / x_height;
    return d > kAboveReach ? kNever : d + aside;
  }
  if (centre > line.baseline) {
    const double d = (centre - line.baseline) / x_height;
    return d > kBelowReach ? kNever : 1.5 * d + aside;
  }
  return aside;
}

// The share of a small piece's height that lies between a line's x-height and its baseline.
double ZoneShare(const cv::Rect& mark, const TextLine& line, double gap) {
  if (mark.x - line.box.br().x > gap || line.box.x - mark.br().x > gap) return 0;
  const double shared = std::min<double>(mark.br().y, line.baseline) - std::max<double>(mark.y, line.x_top);
  return shared / std::max(1, mark.height);
}

// The free height, in x-heights, between a mark and the nearest piece of the line over or under it.
double LetterDistance(const cv::Rect& mark, const TextLine& line, const std::vector<Piece>& pieces) {
  double least = kNever;
  // Dots below stand close under the baseline; what stands lower belongs to the next line, though a tail
  // comes near it.
  if (mark.y + mark.height / 2.0 > line.baseline + kDotReach * line.x_height()) return kNever;
  for (const int i : line.pieces) {
    const cv::Rect& box = pieces[static_cast<std::size_t>(i)].box;
    const int shared = std::min(box.br().x, mark.br().x) - std::max(box.x, mark.x);
    if (shared * 2 < std::min(box.width, mark.width)) continue;
    least = std::min<double>(least, std::max({0, mark.y - box.br().y, box.y - mark.br().y}));
  }
  if (least >= kNever) return kNever;
  // Nothing but a dot stands below a letter: a hook as near to the letter under it is that one's.
  const bool below = mark.y >= line.baseline;
  const bool dot = std::max(mark.width, mark.height) <= kMostDot * line.x_height();
  return least / std::max(1.0, line.x_height()) + (below && !dot ? kNoDot : 0);
}

// Whether a piece hangs from a line's baseline as a comma does: bold ones are as tall as some letters.
bool HangsAsComma(const cv::Rect& piece, const TextLine& line, double gap) {
  constexpr double kHead = 0.25;  // x-heights: a comma begins so far below the top of small letters (0.5)
  constexpr double kWidth = 0.6;  // (0.45 of a bold one)
  const double x_height = line.x_height();
  return ZoneShare(piece, line, gap) >= kInZone && piece.y > line.x_top + kHead * x_height &&
         piece.br().y > line.baseline + kHead / 2 * x_height && piece.width < kWidth * x_height;
}

class Segmenter {
 public:
  Segmenter(const cv::Mat& mask, double dpi, const std::function<int(double, double)>& region_at)
      : dpi_(dpi), region_at_(region_at) {
    cv::Mat stats;
    cv::Mat centres;
    const int n = cv::connectedComponentsWithStats(mask, out_.labels, stats, centres, 8, CV_32S);
    if (static_cast<std::size_t>(n) > kMostPieces) {
      out_.labels.setTo(0);
      return;
    }
    for (int i = 1; i < n; ++i) {
      const int* s = stats.ptr<int>(i);
      out_.pieces.push_back(
          {{s[cv::CC_STAT_LEFT], s[cv::CC_STAT_TOP], s[cv::CC_STAT_WIDTH], s[cv::CC_STAT_HEIGHT]},
           s[cv::CC_STAT_AREA],
           region_at(centres.at<double>(i, 0), centres.at<double>(i, 1))});
    }
  }

  Segmentation Run() {
    std::vector<int> all;
    for (std::size_t i = 0; i < out_.pieces.size(); ++i) all.push_back(static_cast<int>(i));
    page_height_ = TypicalHeight(out_.pieces, all, dpi_);
    if (page_height_ <= 0) return std::move(out_);
    std::map<int, std::vector<int>> regions;
    for (const int i : all) regions[out_.pieces[static_cast<std::size_t>(i)].region].push_back(i);
    for (auto& [region, members] : regions) {
      Region(region, std::move(members), 0);
      if (out_.lines.size() > kMostLines) break;
    }
    std::sort(out_.lines.begin(), out_.lines.end(), [](const TextLine& a, const TextLine& b) {
      // A cell's lines follow each other, as its words do in the text.
      if (a.region != b.region) return a.region < b.region;
      return a.box.y != b.box.y ? a.box.y < b.box.y : a.box.x < b.box.x;
    });
    for (std::size_t l = 0; l < out_.lines.size(); ++l) {
      TextLine& line = out_.lines[l];
      std::sort(line.pieces.begin(), line.pieces.end(),
                [&](int a, int b) { return At(a).box.x < At(b).box.x; });
      for (const int i : line.pieces) At(i).line = static_cast<int>(l);
    }
    return std::move(out_);
  }

 private:
  Piece& At(int i) { return out_.pieces[static_cast<std::size_t>(i)]; }

  void Region(int region, std::vector<int> members, int depth) {
    double typical = TypicalHeight(out_.pieces, members, dpi_);
    // A cell with a few letters takes the page's measure unless its own is clearly another.
    if (members.size() < 8 && typical > 0.7 * page_height_ && typical < 1.4 * page_height_)
      typical = page_height_;
    if (typical <= 0) return;
    CutTouching(members, typical);
    std::vector<int> letters;
    std::vector<int> small;
    for (const int i : members) {
      const cv::Rect& box = At(i).box;
      if (box.height > kTall * typical || (box.width > 14 * typical && box.height > 1.8 * typical)) continue;
      (box.height >= kSmall * typical ? letters : small).push_back(i);
    }
    const double gap = kWordGap * typical;
    std::vector<OpenLine> open = Chain(letters, out_.pieces, gap);
    JoinNeighbours(out_.pieces, gap, open);
    const std::vector<int> loose = TakeLoose(typical, open);
    const std::size_t first = out_.lines.size();
    AppendLines(open, typical, region);
    CutTails(first, typical, small);
    PlaceLoose(loose, first, typical, gap, region, small);
    const std::vector<int> left_over = AssignSmall(small, first, gap);
    // What is too small for this region's letters may be smaller text (notes below a table).
    if (depth < 2 && left_over.size() >= 6) {
      const double next = TypicalHeight(out_.pieces, left_over, dpi_);
      if (next > 0 && next < typical) Region(region, left_over, depth + 1);
    }
  }

  // A descender that touches a mark of the line below: the mark is cut off where the tail should end.
  void CutTails(std::size_t first, double typical, std::vector<int>& small) {
    for (std::size_t l = first; l < out_.lines.size(); ++l) {
      TextLine& line = out_.lines[l];
      const double x_height = std::max(line.x_height(), 0.6 * typical);
      const std::size_t n = line.pieces.size();
      for (std::size_t k = 0; k < n; ++k) {
        const int index = line.pieces[k];
        const cv::Rect box = At(index).box;
        if (box.br().y < line.baseline + kTail * x_height || box.y > line.baseline) continue;
        const int from = static_cast<int>(line.baseline + 0.38 * x_height);
        const int to = std::min(box.br().y - 2, static_cast<int>(line.baseline + 0.8 * x_height));
        const int cut = ThinnestRow(index, from, to, 0.6 * typical);
        if (cut < 0) continue;
        std::vector<int> parts;
        SplitAt(index, cut, parts);
        small.insert(small.end(), parts.begin(), parts.end());
      }
      UpdateBox(out_.pieces, line);
    }
  }

  // The row of [from, to) with the least ink of a piece, if that is no more than `most` wide; else -1.
  int ThinnestRow(int index, int from, int to, double most) const {
    const cv::Rect box = out_.pieces[static_cast<std::size_t>(index)].box;
    const int label = index + 1;
    int cut = -1;
    int least = box.width + 1;
    for (int y = std::max(from, box.y + 1); y < std::min(to, box.br().y); ++y) {
      const int* row = out_.labels.ptr<int>(y);
      int ink = 0;
      for (int x = box.x; x < box.br().x; ++x) ink += row[x] == label ? 1 : 0;
      if (ink < least) {
        least = ink;
        cut = y;
      }
    }
    return least <= most ? cut : -1;
  }

  // Takes lines of one or two low pieces out: commas, tones, two tones that touch - or figures and short
  // words.
  std::vector<int> TakeLoose(double typical, std::vector<OpenLine>& lines) {
    std::vector<int> loose;
    std::erase_if(lines, [&](const OpenLine& line) {
      if (line.pieces.size() > 2) return false;
      for (const int i : line.pieces)
        if (At(i).box.height >= kMark * typical) return false;
      loose.insert(loose.end(), line.pieces.begin(), line.pieces.end());
      return true;
    });
    return loose;
  }

  // Loose pieces that stand close over or under a letter are its marks; of the others, those of a letter's
  // height are lines after all.
  void PlaceLoose(const std::vector<int>& loose, std::size_t first, double typical, double gap, int region,
                  std::vector<int>& small) {
    std::vector<int> letters;
    for (const int i : loose) {
      const bool comma =
          std::any_of(out_.lines.begin() + static_cast<std::ptrdiff_t>(first), out_.lines.end(),
                      [&](const TextLine& line) { return HangsAsComma(At(i).box, line, gap); });
      if (comma || At(i).box.height < kLooseLetter * typical) {
        small.push_back(i);
        continue;
      }
      const bool mark = Assign(i, first, [&](const TextLine& line) {
        if (ZoneDistance(At(i).box, line, gap) >= kNever) return kNever;
        const double d = LetterDistance(At(i).box, line, out_.pieces);
        return d <= kClose ? d : kNever;
      });
      if (!mark) letters.push_back(i);
    }
    AppendLines(Chain(letters, out_.pieces, gap), typical, region);
  }

  void AppendLines(const std::vector<OpenLine>& open, double typical, int region) {
    for (const OpenLine& line : open) {
      TextLine text;
      text.region = region;
      text.pieces = line.pieces;
      UpdateBox(out_.pieces, text);
      FitZone(out_.pieces, text, typical);
      out_.lines.push_back(std::move(text));
    }
  }

  // Small pieces to their lines; returns those that belong to none. What reaches into a line's zone is its
  // own (a comma may stand right over the next line's letter); marks close to a letter go next, and the marks
  // stacked on them next (a tone over a circumflex may stand nearer to the line above); then the rest by
  // zone.
  std::vector<int> AssignSmall(std::vector<int> small, std::size_t first, double gap) {
    std::vector<int> outside;
    for (const int i : small)
      if (!Assign(i, first, [&](const TextLine& line) {
            return ZoneShare(At(i).box, line, gap) >= kInZone ? 0.0 : kNever;
          }))
        outside.push_back(i);
    small = std::move(outside);
    for (const double limit : {0.0, 0.16, 0.16, kClose}) {
      std::vector<int> rest;
      for (const int i : small)
        if (!Assign(i, first, [&](const TextLine& line) {
              if (ZoneDistance(At(i).box, line, gap) >= kNever) return kNever;
              const double d = LetterDistance(At(i).box, line, out_.pieces);
              return d <= limit ? d : kNever;
            }))
          rest.push_back(i);
      small = std::move(rest);
    }
    std::vector<int> rest;
    for (const int i : small)
      if (!Assign(i, first, [&](const TextLine& line) { return ZoneDistance(At(i).box, line, gap); }))
        rest.push_back(i);
    for (std::size_t l = first; l < out_.lines.size(); ++l) UpdateBox(out_.pieces, out_.lines[l]);
    return rest;
  }

  bool Assign(int piece, std::size_t first, const std::function<double(const TextLine&)>& distance) {
    double best = kNever;
    std::size_t home = 0;
    for (std::size_t l = first; l < out_.lines.size(); ++l) {
      const double d = distance(out_.lines[l]);
      if (d < best) {
        best = d;
        home = l;
      }
    }
    if (best >= kNever) return false;
    out_.lines[home].pieces.push_back(piece);
    return true;
  }

  // Letters of two lines that touch: cut at the thinnest row of the middle.
  void CutTouching(std::vector<int>& members, double typical) {
    const std::size_t n = members.size();
    for (std::size_t k = 0; k < n; ++k) {
      const int index = members[k];
      const cv::Rect box = At(index).box;
      if (box.height < 2.1 * typical || box.height > 5 * typical || box.width > 8 * typical) continue;
      const int from = box.y + static_cast<int>(0.3 * box.height);
      const int to = box.y + static_cast<int>(0.7 * box.height);
      const int cut = ThinnestRow(index, from, to, 0.35 * typical);
      if (cut < 0) continue;
      SplitAt(index, cut, members);
    }
  }

  void SplitAt(int index, int cut, std::vector<int>& members) {
    const cv::Rect box = At(index).box;
    const int label = index + 1;
    const int fresh = static_cast<int>(out_.pieces.size()) + 1;
    cv::Rect parts[2];
    int areas[2] = {0, 0};
    for (int y = box.y; y < box.br().y; ++y) {
      int* row = out_.labels.ptr<int>(y);
      const int part = y < cut ? 0 : 1;
      for (int x = box.x; x < box.br().x; ++x) {
        if (row[x] != label) continue;
        if (part == 1) row[x] = fresh;
        const cv::Rect pixel{x, y, 1, 1};
        parts[part] = areas[part] == 0 ? pixel : (parts[part] | pixel);
        ++areas[part];
      }
    }
    if (areas[0] == 0 || areas[1] == 0) return;
    Piece lower = At(index);
    At(index).box = parts[0];
    At(index).area = areas[0];
    lower.box = parts[1];
    lower.area = areas[1];
    out_.pieces.push_back(lower);
    members.push_back(fresh - 1);
  }

  double dpi_;
  const std::function<int(double, double)>& region_at_;
  Segmentation out_;
  double page_height_ = 0;
};

}  // namespace

Segmentation FindLines(const cv::Mat& mask, double dpi, const std::function<int(double, double)>& region_at) {
  return Segmenter(mask, dpi, region_at).Run();
}

}  // namespace vanthu::ocr
