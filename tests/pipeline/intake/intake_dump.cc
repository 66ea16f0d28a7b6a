// intake_dump FILE [PAGE…] [--password P] [--time] [--render DPI PREFIX]
// Prints each page (1-based numbers; default all) as JSON lines: {"page":…}, then {"word":…}, {"ruling":…},
// {"shading":…}, {"mark":…}, {"finding":…}. --time prints nothing but counts; --render writes PPM pictures.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "pipeline/intake/intake.h"

namespace {

using nlohmann::ordered_json;
using namespace vanthu;

double Round(double v) {
  return std::round(v * 100) / 100;
}
ordered_json Json(const Box& b) {
  return {Round(b.x0), Round(b.y0), Round(b.x1), Round(b.y1)};
}

const char* NameOf(TextLayer layer) {
  return layer == TextLayer::kTrusted ? "trusted" : layer == TextLayer::kRefused ? "refused" : "absent";
}
const char* NameOf(MarkKind kind) {
  switch (kind) {
    case MarkKind::kSeal:
      return "seal";
    case MarkKind::kSignature:
      return "signature";
    case MarkKind::kStamp:
      return "stamp";
    default:
      return "picture";
  }
}

void Print(const ordered_json& line) {
  std::puts(line.dump(-1, ' ', false, ordered_json::error_handler_t::replace).c_str());
}

void PrintPage(const Page& page) {
  const Affine& m = page.to_source;
  Print({{"page", page.index + 1},
         {"width", Round(page.width_pt)},
         {"height", Round(page.height_pt)},
         {"text_layer", NameOf(page.text_layer)},
         {"to_source", {m.a, m.b, m.c, m.d, m.e, m.f}}});
  for (const Word& w : page.words) {
    ordered_json line = {{"word", w.text},
                         {"box", Json(w.box)},
                         {"base", Round(w.baseline_pt)},
                         {"size", Round(w.font_size_pt)},
                         {"font", w.font}};
    if (w.bold.value_or(false)) line["bold"] = true;
    if (w.italic.value_or(false)) line["italic"] = true;
    if (w.rgb != 0) line["rgb"] = fmt::format("{:06x}", w.rgb);
    if (w.rotation_deg != 0) line["rotation"] = w.rotation_deg;
    if (w.source == Source::kAppearance) line["appearance"] = true;
    if (w.confidence < 1) line["confidence"] = w.confidence;
    Print(line);
  }
  for (const Ruling& r : page.rulings)
    Print({{"ruling", r.horizontal ? "h" : "v"},
           {"at", Round(r.position_pt)},
           {"from", Round(r.start_pt)},
           {"to", Round(r.end_pt)},
           {"thick", Round(r.thickness_pt)}});
  for (const Box& b : page.shadings) Print({{"shading", Json(b)}});
  for (const Mark& k : page.marks) Print({{"mark", NameOf(k.kind)}, {"box", Json(k.box)}, {"text", k.text}});
  for (const Finding& f : page.findings) Print({{"finding", f.code}, {"message", f.message}});
}

int Report(const Error& error) {
  std::fprintf(stderr, "%s\n", Describe(error, Language::kEnglish).c_str());
  return ExitCode(error.code);
}

}  // namespace

int main(int argc, char** argv) {
  std::string file, prefix;
  std::vector<int> pages;
  intake::Options options;
  bool timing = false;
  double dpi = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--time")
      timing = true;
    else if (word == "--password" && i + 1 < argc)
      options.password = argv[++i];
    else if (word == "--render" && i + 2 < argc)
      dpi = std::atof(argv[i + 1]), prefix = argv[i + 2], i += 2;
    else if (file.empty())
      file = word;
    else
      pages.push_back(std::atoi(word.c_str()));
  }
  if (file.empty()) return std::fprintf(stderr, "usage: intake_dump FILE [PAGE...]\n"), 2;
  auto document = intake::OpenDocument(file, options);
  if (!document) return Report(document.error());
  if (pages.empty())
    for (int i = 1; i <= (*document)->page_count(); ++i) pages.push_back(i);
  std::size_t words = 0, rulings = 0;
  for (const int number : pages) {
    if (number < 1 || number > (*document)->page_count()) continue;
    if (dpi > 0) {
      const auto raster = (*document)->RenderPage(number - 1, Dpi{dpi});
      if (!raster) return Report(raster.error());
      std::ofstream out(fmt::format("{}-{}.p{}m", prefix, number, raster->channels == 3 ? 'p' : 'g'),
                        std::ios::binary);
      out << fmt::format("P{}\n{} {}\n255\n", raster->channels == 3 ? 6 : 5, raster->width_px,
                         raster->height_px);
      out.write(reinterpret_cast<const char*>(raster->pixels.data()),
                static_cast<std::streamsize>(raster->pixels.size()));
      continue;
    }
    const auto page = (*document)->ReadPage(number - 1);
    if (!page) return Report(page.error());
    words += page->words.size();
    rulings += page->rulings.size();
    if (!timing) PrintPage(*page);
  }
  if (timing) std::printf("%zu words, %zu rulings, signed %d\n", words, rulings, (*document)->is_signed());
  return 0;
}
