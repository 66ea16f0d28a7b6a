// The letters of a page alone, black on white, at the places where the whole page's drawing has them: what
// word_ink.h compares with. Private to the code that knows Poppler.
#pragma once

#include <SplashOutputDev.h>

namespace vanthu::intake {

// Draws text in full black whatever its colour, opacity or mask, and nothing else. Clips are kept. Type 3
// fonts, whose letters are drawings, give nothing.
class LetterDrawing : public SplashOutputDev {
 public:
  using SplashOutputDev::SplashOutputDev;

  bool interpretType3Chars() override { return false; }

  void updateFillColor(GfxState*) override {}
  void updateStrokeColor(GfxState*) override {}
  void updateFillColorSpace(GfxState*) override {}
  void updateStrokeColorSpace(GfxState*) override {}
  void updateBlendMode(GfxState*) override {}
  void updateFillOpacity(GfxState*) override {}
  void updateStrokeOpacity(GfxState*) override {}
  void updatePatternOpacity(GfxState*) override {}
  void updateTransfer(GfxState*) override {}

  void stroke(GfxState*) override {}
  void fill(GfxState*) override {}
  void eoFill(GfxState*) override {}
  bool tilingPatternFill(GfxState*, Gfx*, Catalog*, GfxTilingPattern*, const double*, int, int, int, int,
                         double, double) override {
    return true;
  }
  bool functionShadedFill(GfxState*, GfxFunctionShading*) override { return true; }
  bool axialShadedFill(GfxState*, GfxAxialShading*, double, double) override { return true; }
  bool radialShadedFill(GfxState*, GfxRadialShading*, double, double) override { return true; }
  bool gouraudTriangleShadedFill(GfxState*, GfxGouraudTriangleShading*) override { return true; }

  // OutputDev's own versions read an inline picture to its end and draw nothing: SplashOutputDev's, which
  // would draw it, are passed over on purpose.
  void drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height, bool invert,
                     bool interpolate, bool inline_image) override {
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
  }
  void setSoftMaskFromImageMask(GfxState*, Object*, Stream*, int, int, bool, bool, double*) override {}
  void unsetSoftMaskFromImageMask(GfxState*, double*) override {}
  void drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                 GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                 bool inline_image) override {
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask_colours, inline_image);
  }
  void drawMaskedImage(GfxState*, Object*, Stream*, int, int, GfxImageColorMap*, bool, Stream*, int, int,
                       bool, bool) override {}
  void drawSoftMaskedImage(GfxState*, Object*, Stream*, int, int, GfxImageColorMap*, bool, Stream*, int, int,
                           GfxImageColorMap*, bool) override {}
  void setSoftMask(GfxState*, const double*, bool, Function*, GfxColor*) override {}
};

}  // namespace vanthu::intake
