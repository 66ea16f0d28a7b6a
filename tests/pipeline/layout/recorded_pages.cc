#include "tests/pipeline/layout/recorded_pages.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/base/unicode.h"

namespace vanthu::layout {
namespace {

using nlohmann::json;

double Round(double v) {
  return std::round(v * 100) / 100;
}

json Tri(const std::optional<bool>& v) {
  return v ? json(*v ? 1 : 0) : json(-1);
}
std::optional<bool> Tri(const json& v) {
  return v.get<int>() < 0 ? std::nullopt : std::optional<bool>(v.get<int>() == 1);
}

}  // namespace

std::string RecordPages(const std::vector<Page>& pages) {
  std::string out = "[";
  for (const Page& page : pages) {
    if (out.size() > 1) out += ",";
    out += json{{"page", page.index},
                {"size", {Round(page.width_pt), Round(page.height_pt)}},
                {"ocr", page.recognised}}
               .dump();
    out.pop_back();
    out += ",\"words\":[";
    for (std::size_t i = 0; i < page.words.size(); ++i) {
      const Word& w = page.words[i];
      json widths = json::array();
      for (const Glyph& g : w.glyphs)
        widths.push_back(Round(w.rotation_deg % 180 == 0 ? g.box.width() : g.box.height()));
      out += (i > 0 ? ",\n" : "\n") +
             json::array({w.text, Round(w.box.x0), Round(w.box.y0), Round(w.box.x1), Round(w.box.y1),
                          Round(w.baseline_pt), Round(w.font_size_pt), Tri(w.bold), Tri(w.italic),
                          w.rotation_deg, static_cast<int>(w.source), Round(w.confidence), widths,
                          Tri(w.space_after)})
                 .dump();
    }
    out += "],\"rulings\":[";
    for (std::size_t i = 0; i < page.rulings.size(); ++i) {
      const Ruling& r = page.rulings[i];
      out += (i > 0 ? ",\n" : "\n") + json::array({r.horizontal ? 1 : 0, Round(r.position_pt),
                                                   Round(r.start_pt), Round(r.end_pt), Round(r.thickness_pt)})
                                          .dump();
    }
    out += "]";
    json marks = json::array();
    for (const Mark& m : page.marks)
      marks.push_back({static_cast<int>(m.kind), Round(m.box.x0), Round(m.box.y0), Round(m.box.x1),
                       Round(m.box.y1), m.text});
    if (!marks.empty()) out += ",\"marks\":" + marks.dump();
    out += "}";
  }
  return out + "]\n";
}

std::vector<Page> LoadPages(const std::string& text) {
  std::vector<Page> pages;
  for (const json& p : json::parse(text)) {
    Page page;
    page.index = p["page"];
    page.width_pt = p["size"][0];
    page.height_pt = p["size"][1];
    page.recognised = p["ocr"];
    for (const json& v : p["words"]) {
      Word w;
      w.text = v[0];
      w.box = {v[1], v[2], v[3], v[4]};
      w.baseline_pt = v[5];
      w.font_size_pt = v[6];
      w.bold = Tri(v[7]);
      w.italic = Tri(v[8]);
      w.rotation_deg = v[9];
      w.source = static_cast<Source>(v[10].get<int>());
      w.confidence = v[11];
      if (v.size() > 13) w.space_after = Tri(v[13]);
      const std::u32string codes = ToCodePoints(w.text);
      double at = w.rotation_deg % 180 == 0 ? w.box.x0 : w.box.y0;
      for (std::size_t i = 0; i < v[12].size() && i < codes.size(); ++i) {
        const double next = at + v[12][i].get<double>();
        w.glyphs.push_back({codes[i], w.rotation_deg % 180 == 0 ? Box{at, w.box.y0, next, w.box.y1}
                                                                : Box{w.box.x0, at, w.box.x1, next}});
        at = next;
      }
      page.words.push_back(std::move(w));
    }
    for (const json& v : p["rulings"]) {
      Ruling r;
      r.horizontal = v[0] == 1;
      r.position_pt = v[1];
      r.start_pt = v[2];
      r.end_pt = v[3];
      r.thickness_pt = v[4];
      page.rulings.push_back(r);
    }
    for (const json& v : p.value("marks", json::array()))
      page.marks.push_back({static_cast<MarkKind>(v[0].get<int>()), {v[1], v[2], v[3], v[4]}, v[5]});
    pages.push_back(std::move(page));
  }
  return pages;
}

}  // namespace vanthu::layout
