// Input: a page's display list. Output: PDF operators. Method: text is placed line by line. What is neither
// text nor meaning - rules, page numbers, repeated headers - is an artifact.
#include "templates/engine/pdf_content.h"

#include <fmt/format.h>

#include <cmath>

#include "pipeline/type/pdf_text.h"

namespace vanthu::templates {
namespace {

class ContentWriter {
 public:
  ContentWriter(const Page& page, Shaper& shaper) : page_(page), text_(shaper, out_) {}

  Result<std::string> Write(const std::function<int(std::uint32_t)>& mark) {
    Rules();
    Fills(mark);
    for (std::size_t i = 0; i < page_.texts.size();) {
      const std::uint32_t element = page_.texts[i].element;
      if (element == kArtifact) {
        out_ += "/Artifact<</Type/Pagination/Subtype/Header/Attached[/Top]>>BDC\nBT\n";
      } else {
        if (HasLabel(page_.texts[i])) {  // its item's element begins with this line
          out_ += fmt::format("/Lbl<</MCID {}>>BDC\nBT\n", mark(LineOf(page_.texts[i]).label));
          if (Status written = Text(page_.texts[i], 0, 1, 0); !written) return Fail(written.error());
          EndText();
        }
        out_ += fmt::format("/P<</MCID {}>>BDC\nBT\n", mark(element));
      }
      for (; i < page_.texts.size() && page_.texts[i].element == element; ++i)
        if (Status written = TextWithoutLabel(page_.texts[i]); !written) return Fail(written.error());
      EndText();
    }
    return std::move(out_);
  }

 private:
  void Rules() {
    if (page_.rules.empty()) return;
    out_ += "/Artifact<</Type/Layout>>BDC\n";
    double width = -1;
    bool red = false;
    for (const RuleItem& rule : page_.rules) {
      if (rule.red != red) out_ += (red = rule.red) ? "1 0 0 RG\n" : "0 G\n";
      if (rule.width_pt != width) Append({width = rule.width_pt}, "w");
      Append({rule.x0_pt, Up(rule.y0_pt)}, "m");
      Append({rule.x1_pt, Up(rule.y1_pt)}, "l S");
    }
    out_ += "EMC\n";
  }

  void Fills(const std::function<int(std::uint32_t)>& mark) {
    for (std::size_t i = 0; i < page_.fills.size();) {
      const std::uint32_t element = page_.fills[i].element;
      if (element == kArtifact)
        out_ += "/Artifact<</Type/Pagination>>BDC\n";
      else
        out_ += fmt::format("/Figure<</MCID {}>>BDC\n", mark(element));
      for (; i < page_.fills.size() && page_.fills[i].element == element; ++i) Draw(page_.fills[i]);
      out_ += "EMC\n";
    }
  }

  // The fill, then the outline; greys and lines only, so that a printer without colours keeps them apart.
  void Draw(const FillItem& item) {
    constexpr double kOutlinePt = 0.5, kHatchPt = 0.6, kHatchStepPt = 3.5;
    constexpr double kBlack = 0, kGrey = 0.6, kLight = 0.85, kWhite = 1;
    const double width = item.x1_pt - item.x0_pt, height = item.y1_pt - item.y0_pt;
    const std::initializer_list<double> box = {item.x0_pt, Up(item.y1_pt), width, height};
    const bool cross = item.fill == Fill::kCross;
    const double grey = item.fill == Fill::kSolid   ? kBlack
                        : item.fill == Fill::kGrey  ? kGrey
                        : item.fill == Fill::kLight ? kLight
                                                    : kWhite;
    out_ += "q\n";
    Append({grey}, "g");
    Append(box, "re f");
    if (item.fill == Fill::kHatch || cross) {
      out_ += "q\n";
      Append(box, "re W n");
      Append({kHatchPt}, "w");
      const int strokes = static_cast<int>(std::ceil((width + height) / kHatchStepPt));
      for (int i = 0; i < strokes; ++i) {
        const double x = item.x0_pt - height + i * kHatchStepPt;
        Append({x, Up(item.y1_pt)}, "m");
        Append({x + height, Up(item.y0_pt)}, "l S");
        if (!cross) continue;
        Append({x, Up(item.y0_pt)}, "m");
        Append({x + height, Up(item.y1_pt)}, "l S");
      }
      out_ += "Q\n";
    }
    Append({kOutlinePt}, "w");
    Append(box, "re S");
    out_ += "Q\n";
  }

  static const Line& LineOf(const TextItem& item) { return item.lines->lines[item.line]; }
  static bool HasLabel(const TextItem& item) {
    return item.element != kArtifact && LineOf(item).label != kArtifact;
  }

  Status TextWithoutLabel(const TextItem& item) {
    const Line& line = LineOf(item);
    return HasLabel(item) ? Text(item, 1, line.pieces, line.label_pt) : Text(item, 0, line.pieces, 0);
  }

  // The line's pieces from `first` to before `end`, `x_pt` right of its beginning.
  Status Text(const TextItem& item, std::uint32_t first, std::uint32_t end, double x_pt) {
    const Line& line = LineOf(item);
    if (first >= end) return {};
    Append({1, 0, 0, 1, item.x_pt + x_pt, Up(item.baseline_pt)}, "Tm");
    for (std::uint32_t i = first; i < end; ++i) {
      const Piece& piece = item.lines->pieces[line.first_piece + i];
      if (red_ != piece.red) text_.Close();
      text_.SetFont(piece.face, piece.size_pt);
      if (red_ != piece.red) out_ += (red_ = piece.red) ? "1 0 0 rg\n" : "0 g\n";
      static const ShapedWord kNone;  // an empty line is an empty string
      text_.Glyphs(piece.word != nullptr ? *piece.word : kNone, piece.first_glyph, piece.glyphs);
      if (Status added = text_.Spaces(piece.spaces, i + 1 < line.pieces ? line.stretch_pt : 0); !added)
        return added;
    }
    text_.Close();
    return {};
  }

  void EndText() {
    out_ += "ET\nEMC\n";
    // A text object sets its own font: what is put before it by later revisions may not matter.
    text_.ForgetFont();
  }
  double Up(double y_pt) const { return page_.height_pt - y_pt; }
  void Append(std::initializer_list<double> values, const char* op) {
    type::AppendOperator(out_, values, op);
  }

  const Page& page_;
  std::string out_;
  type::PdfText text_;
  bool red_ = false;
};

}  // namespace

Result<std::string> PageContent(const Page& page, Shaper& shaper,
                                const std::function<int(std::uint32_t element)>& mark) {
  return ContentWriter(page, shaper).Write(mark);
}

}  // namespace vanthu::templates
