// The PDF library's painting commands -> PageContent, in one pass over a page. Private to the adapter: the
// only files that include Poppler are page_collector.*, carried_file.cc, letter_drawing.h and
// pdf_document.cc.
#pragma once

#include <GfxFont.h>
#include <GfxState.h>
#include <OutputDev.h>

#include <unordered_map>

#include "pipeline/intake/page_content.h"

class Annot;
class Gfx;

namespace vanthu::intake {

// Bounds of one page; a page of an office has some thousand glyphs and some hundred edges.
struct PaintLimits {
  std::size_t glyphs = 400'000;
  std::size_t edges = 200'000;
  std::size_t areas = 50'000;
  std::size_t images = 20'000;
  std::size_t operations = 2'000'000;
};

class PageCollector : public OutputDev {
 public:
  explicit PageCollector(PageContent& content, PaintLimits limits = {});

  // For Poppler's callbacks; `collector` is a PageCollector.
  static bool ShouldAbort(void* collector);
  static bool BeginAnnotation(Annot* annotation, void* collector);

  bool upsideDown() override { return true; }
  bool useDrawChar() override { return true; }
  bool interpretType3Chars() override { return false; }
  // A pattern or gradient is one area, whatever it is made of.
  bool useTilingPatternFill() override { return true; }
  bool useShadedFills(int) override { return true; }
  bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int,
                         double, double) override;
  bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
  bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
  bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }
  bool patchMeshShadedFill(GfxState*, GfxPatchMeshShading*) override { return true; }

  void startPage(int page, GfxState* state, XRef* xref) override;
  void restoreState(GfxState* state) override;
  void updateAll(GfxState* state) override;
  void updateFont(GfxState* state) override;
  void updateFillColor(GfxState* state) override;
  void updateFillColorSpace(GfxState* state) override;

  void stroke(GfxState* state) override;
  void fill(GfxState* state) override;
  void eoFill(GfxState* state) override;
  void drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x, double origin_y,
                CharCode code, int bytes, const Unicode* unicode, int length) override;
  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert,
                     bool interpolate, bool inline_image) override;
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                 bool inline_image) override;
  void drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                       GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width,
                       int mask_height, bool mask_invert, bool mask_interpolate) override;
  void drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                           GfxImageColorMap* colours, bool interpolate, Stream* mask, int mask_width,
                           int mask_height, GfxImageColorMap* mask_colours, bool mask_interpolate) override;
  void beginTransparencyGroup(GfxState* state, const double* box, GfxColorSpace* space, bool isolated,
                              bool knockout, bool for_soft_mask) override;
  void endTransparencyGroup(GfxState* state) override;

 private:
  struct Ink {
    std::uint32_t rgb = 0;
    bool opaque = true;
  };
  Box ClipBox(const GfxState* state) const;
  void RefreshFont(const GfxState* state);
  void RefreshColour(const GfxState* state);
  void AddEdge(const GfxState* state, Box box, bool horizontal, Ink ink);
  void AddBox(const GfxState* state, const Box& box, Ink ink);
  void StrokeSubpath(const GfxState* state, const GfxSubpath& subpath, Ink ink);
  void FillPath(const GfxState* state);
  void AddImage(const GfxState* state, const Object* ref, Stream* stream, int width, int height, bool masked);

  PageContent& content_;
  PaintLimits limits_;
  std::size_t operations_ = 0;
  std::uint32_t order_ = 0;
  int soft_mask_depth_ = 0;  // inside a group that only defines a mask: nothing it paints is seen
  std::vector<bool> groups_;
  std::int16_t annotation_ = -1;
  bool font_stale_ = true;
  bool colour_stale_ = true;
  std::uint16_t font_ = 0;
  double size_factor_ = 1;  // Type 3 fonts: em of the glyph space
  std::uint32_t fill_rgb_ = 0;
  std::unordered_map<const GfxFont*, std::pair<std::uint16_t, double>> known_fonts_;
  std::vector<std::shared_ptr<GfxFont>> kept_fonts_;  // so that an address in known_fonts_ stays one font
};

}  // namespace vanthu::intake
