#include "pipeline/intake/page_collector.h"

#include <Annot.h>
#include <Form.h>
#include <Gfx.h>
#include <Stream.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string_view>

#include "pipeline/intake/font_face.h"

namespace vanthu::intake {
namespace {

// Thicker than this is an area, not an edge. Source: the widest border Word and LibreOffice offer for a grid
// is 3 pt (their 4.5 and 6 pt borders are frames of a title page).
constexpr double kMaxEdgePt = 3.0;
// A stroke of width 0 is one device pixel; on paper about this.
constexpr double kHairlinePt = 0.25;
// How far a drawn line may lean and still be axis-parallel: 0.5 pt, or 0.5 degrees.
constexpr double kLeanPt = 0.5;
constexpr double kLeanRatio = 0.0087;
// Below this opacity nothing is seen.
constexpr double kMinOpacity = 0.05;

std::uint32_t Pack(const GfxRGB& c) {
  return static_cast<std::uint32_t>(colToByte(c.r)) << 16 | static_cast<std::uint32_t>(colToByte(c.g)) << 8 |
         colToByte(c.b);
}

bool Finite(const Box& b) {
  constexpr double kFar = 1e7;
  for (const double v : {b.x0, b.y0, b.x1, b.y1})
    if (!(v > -kFar && v < kFar)) return false;
  return true;
}

Point Device(const GfxState* state, double x, double y) {
  Point p;
  state->transform(x, y, &p.x, &p.y);
  return p;
}

// 0 neither, 1 horizontal, 2 vertical.
int AxisOf(Point a, Point b) {
  const double dx = std::abs(b.x - a.x), dy = std::abs(b.y - a.y);
  if (dy <= std::max(kLeanPt, dx * kLeanRatio) && dx >= dy) return 1;
  if (dx <= std::max(kLeanPt, dy * kLeanRatio) && dy > dx) return 2;
  return 0;
}

Box Around(Point a, Point b) {
  return {std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
}

struct Shape {
  Box box;
  bool rectangle = false;
  bool curved = false;
};

Shape ShapeOf(const GfxState* state, const GfxSubpath& subpath) {
  Shape shape;
  const int n = subpath.getNumPoints();
  if (n == 0) return shape;
  Point previous = Device(state, subpath.getX(0), subpath.getY(0));
  const Point first = previous;
  shape.box = Around(previous, previous);
  bool axes = true;
  int corners = 0;
  for (int i = 1; i < n; ++i) {
    const Point p = Device(state, subpath.getX(i), subpath.getY(i));
    shape.curved = shape.curved || subpath.getCurve(i);
    axes = axes && (std::abs(p.x - previous.x) < 0.05 || std::abs(p.y - previous.y) < 0.05);
    shape.box = {std::min(shape.box.x0, p.x), std::min(shape.box.y0, p.y), std::max(shape.box.x1, p.x),
                 std::max(shape.box.y1, p.y)};
    ++corners;
    previous = p;
  }
  axes = axes && (std::abs(first.x - previous.x) < 0.05 || std::abs(first.y - previous.y) < 0.05);
  shape.rectangle = axes && !shape.curved && corners >= 2 && corners <= 4;
  return shape;
}

// Ligatures that have code points of their own.
std::u32string_view Expand(char32_t c) {
  static constexpr std::array<std::u32string_view, 7> kLigatures = {U"ff",  U"fi", U"fl", U"ffi",
                                                                    U"ffl", U"st", U"st"};
  return c >= 0xFB00 && c <= 0xFB06 ? kLigatures[c - 0xFB00] : std::u32string_view();
}

}  // namespace

PageCollector::PageCollector(PageContent& content, PaintLimits limits) : content_(content), limits_(limits) {}

bool PageCollector::ShouldAbort(void* collector) {
  auto* self = static_cast<PageCollector*>(collector);
  self->operations_ += 11;  // Gfx::go asks once in that many commands
  const PageContent& c = self->content_;
  const PaintLimits& l = self->limits_;
  const bool over = self->operations_ > l.operations || c.glyphs.size() + c.hidden_glyphs > l.glyphs ||
                    c.edges.size() > l.edges || c.areas.size() > l.areas || c.images.size() > l.images;
  if (over) self->content_.truncated = true;
  return over;
}

bool PageCollector::BeginAnnotation(Annot* annotation, void* collector) {
  auto* self = static_cast<PageCollector*>(collector);
  constexpr std::size_t kMaxAnnotations = 10'000;
  if (self->content_.annotations.size() >= kMaxAnnotations) {
    self->content_.truncated = true;
    return false;
  }
  PaintedAnnotation painted;
  switch (annotation->getType()) {
    case Annot::typeLink:
    case Annot::typePopup:
    case Annot::typeText:
    case Annot::typeHighlight:
    case Annot::typeFileAttachment:
      return false;  // a reader's remarks and aids, no part of the document
    case Annot::typeStamp:
      painted.kind = MarkKind::kStamp;
      painted.is_mark = true;
      break;
    case Annot::typeWidget: {
      const Object& dictionary = annotation->getAnnotObj();
      Object type = dictionary.isDict() ? dictionary.dictLookup("FT") : Object();
      if (type.isNull() && dictionary.isDict()) {
        Object parent = dictionary.dictLookup("Parent");
        if (parent.isDict()) type = parent.dictLookup("FT");
      }
      painted.is_mark = type.isName("Sig");
      painted.kind = MarkKind::kSignature;
      break;
    }
    default:
      break;
  }
  self->annotation_ = static_cast<std::int16_t>(self->content_.annotations.size());
  self->content_.annotations.push_back(painted);
  return true;
}

void PageCollector::startPage(int, GfxState* state, XRef*) {
  content_.width_pt = state != nullptr ? state->getPageWidth() : 0;
  content_.height_pt = state != nullptr ? state->getPageHeight() : 0;
}

void PageCollector::restoreState(GfxState*) {
  font_stale_ = colour_stale_ = true;
}
void PageCollector::updateAll(GfxState*) {
  font_stale_ = colour_stale_ = true;
}
void PageCollector::updateFont(GfxState*) {
  font_stale_ = true;
}
void PageCollector::updateFillColor(GfxState*) {
  colour_stale_ = true;
}
void PageCollector::updateFillColorSpace(GfxState*) {
  colour_stale_ = true;
}

void PageCollector::RefreshColour(const GfxState* state) {
  if (!colour_stale_) return;
  GfxRGB rgb;
  state->getFillRGB(&rgb);
  fill_rgb_ = Pack(rgb);
  colour_stale_ = false;
}

void PageCollector::RefreshFont(const GfxState* state) {
  if (!font_stale_) return;
  font_stale_ = false;
  const std::shared_ptr<GfxFont>& font = state->getFont();
  const auto known = known_fonts_.find(font.get());
  if (known != known_fonts_.end()) {
    std::tie(font_, size_factor_) = known->second;
    return;
  }
  constexpr std::size_t kMaxFonts = 60'000;  // fits the 16 bits of PaintedGlyph::font
  if (content_.fonts.size() >= kMaxFonts) return;
  font_ = static_cast<std::uint16_t>(content_.fonts.size());
  size_factor_ = 1;
  FontFace face;
  if (font) {
    face = FaceOf(font->getNameWithoutSubsetTag());
    face.bold = face.bold || font->isBold() || font->getWeight() >= GfxFont::W600;
    face.italic = face.italic || font->isItalic();
    face.one_byte = !font->isCIDFont();
    face.unicode_map = font->hasToUnicodeCMap() || !font->isCIDFont();
    const double ascent = font->getAscent(), descent = font->getDescent();
    if (ascent > 0.4 && ascent < 1.2) face.ascent = ascent;
    if (descent < -0.05 && descent > -0.5) face.descent = descent;
    if (font->getType() == fontType3) {
      const double* matrix = font->getFontMatrix();
      const double* box = font->getFontBBox();
      const double height = std::abs(matrix[3]) * (box[3] - box[1]);
      // Ascender to descender of a usual font is 1.1 em; without a box take Poppler's reading of the matrix.
      if (height > 0.01 && height < 100)
        size_factor_ = height / 1.1;
      else if (matrix[0] != 0)
        size_factor_ = std::abs(matrix[3] / matrix[0]);
    }
  }
  content_.fonts.push_back(std::move(face));
  known_fonts_.emplace(font.get(), std::make_pair(font_, size_factor_));
  kept_fonts_.push_back(font);
}

Box PageCollector::ClipBox(const GfxState* state) const {
  Box clip;
  state->getClipBBox(&clip.x0, &clip.y0, &clip.x1, &clip.y1);
  return Intersection(clip, {0, 0, content_.width_pt, content_.height_pt});
}

void PageCollector::drawChar(GfxState* state, double x, double y, double dx, double dy, double origin_x,
                             double origin_y, CharCode code, int bytes, const Unicode* unicode, int length) {
  if (soft_mask_depth_ > 0) return;
  ++order_;
  if (content_.glyphs.size() + content_.hidden_glyphs > limits_.glyphs) {
    content_.truncated = true;
    return;
  }
  RefreshFont(state);
  RefreshColour(state);
  if (content_.fonts.empty()) return;
  const int render = state->getRender();
  const bool fills = (render & 3) == 0 || (render & 3) == 2, strokes = (render & 3) == 1 || (render & 3) == 2;

  PaintedGlyph glyph;
  glyph.byte_code = code;
  glyph.font = font_;
  glyph.order = order_;
  glyph.annotation = annotation_;
  glyph.rgb = fill_rgb_;
  if (!fills && strokes) {
    GfxRGB rgb;
    state->getStrokeRGB(&rgb);
    glyph.rgb = Pack(rgb);
  }
  const Point start = Device(state, x - origin_x, y - origin_y);
  double spacing_x = 0, spacing_y = 0;
  double spacing = state->getCharSpace();
  if (bytes == 1 && code == 0x20) spacing += state->getWordSpace();
  state->textTransformDelta(spacing * state->getHorizScaling(), 0, &spacing_x, &spacing_y);
  Point full, bare;
  state->transformDelta(dx, dy, &full.x, &full.y);
  state->transformDelta(dx - spacing_x, dy - spacing_y, &bare.x, &bare.y);
  const double* text = state->getTextMat();
  const double* ctm = state->getCTM();
  // The text's vertical unit in device space: its length is the scale, and its lean against the baseline the
  // slant.
  const Point up{text[2] * ctm[0] + text[3] * ctm[2], text[2] * ctm[1] + text[3] * ctm[3]};
  const Point right{text[0] * ctm[0] + text[1] * ctm[2], text[0] * ctm[1] + text[1] * ctm[3]};
  const double up_length = std::hypot(up.x, up.y), right_length = std::hypot(right.x, right.y);
  glyph.size_pt = std::abs(state->getFontSize()) * up_length * size_factor_;
  const double lean = up_length > 0 && right_length > 0
                          ? std::abs(up.x * right.x + up.y * right.y) / (up_length * right_length)
                          : 0;
  glyph.slanted = lean > 0.1 && lean < 0.5;  // 6 to 30 degrees: made-up italics use 12 to 20
  glyph.emboldened = (render & 3) == 2 && glyph.rgb != 0xFFFFFF && state->getLineWidth() > 0;
  if (!(glyph.size_pt > 0.1 && glyph.size_pt < 5000) || !Finite(Around(start, start)) ||
      !Finite(Around(bare, full))) {
    ++content_.hidden_glyphs;
    return;
  }

  const bool space = length == 1 && (unicode[0] == 0x20 || unicode[0] == 0xA0);
  const Point centre{start.x + bare.x / 2,
                     start.y + bare.y / 2 + (up_length > 0 ? 0.3 * glyph.size_pt * up.y / up_length : 0)};
  const Box clip = ClipBox(state);
  const double opacity = fills ? state->getFillOpacity() : state->getStrokeOpacity();
  const bool seen = (fills || strokes) && opacity >= kMinOpacity && clip.Contains(centre);
  if (!seen) {
    if (!space) ++content_.hidden_glyphs;
    return;
  }

  std::u32string codes;
  for (int i = 0; i < length && i < 16; ++i) {
    const std::u32string_view letters = Expand(unicode[i]);
    if (letters.empty())
      codes.push_back(unicode[i]);
    else
      codes.append(letters);
  }
  if (codes.empty()) codes.push_back(kUnmapped);
  const double share = 1.0 / static_cast<double>(codes.size());
  const double pitch = std::hypot(full.x, full.y) * (full.x * bare.x + full.y * bare.y < 0 ? -1 : 1);
  const double bare_length = std::hypot(bare.x, bare.y);
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const double at = share * static_cast<double>(i);
    glyph.code = codes[i];
    glyph.origin = {start.x + bare.x * at, start.y + bare.y * at};
    glyph.advance = {bare.x * share, bare.y * share};
    glyph.pitch_pt = i + 1 < codes.size() ? bare_length * share : pitch - bare_length * at;
    content_.glyphs.push_back(glyph);
  }
}

void PageCollector::AddEdge(const GfxState* state, Box box, bool horizontal, Ink ink) {
  const Box clip = ClipBox(state);
  // Clip along both axes; an edge on the clip's border stays, as half of it is seen.
  box = Intersection(box, {clip.x0 - 0.01, clip.y0 - 0.01, clip.x1 + 0.01, clip.y1 + 0.01});
  if (box.x1 < box.x0 || box.y1 < box.y0 || !Finite(box) || annotation_ >= 0) return;
  if (content_.edges.size() > limits_.edges) return;
  const double length = horizontal ? box.width() : box.height();
  const double thickness = horizontal ? box.height() : box.width();
  PaintedEdge edge{box, horizontal, length <= std::max(1.5 * thickness, 1.0), ink.rgb, order_};
  if (length <= 0) return;
  content_.edges.push_back(edge);
}

void PageCollector::AddBox(const GfxState* state, const Box& painted, Ink ink) {
  Box box = Intersection(painted, ClipBox(state));
  if (box.x1 < box.x0 || box.y1 < box.y0 || !Finite(box)) return;
  const double thin = std::min(box.width(), box.height());
  if (thin <= kMaxEdgePt) {
    if (thin < kHairlinePt / 2) {  // a fill always marks at least one pixel
      if (box.width() < box.height())
        box.x1 = box.x0 + kHairlinePt;
      else
        box.y1 = box.y0 + kHairlinePt;
    }
    AddEdge(state, box, box.width() >= box.height(), ink);
    return;
  }
  if (!ink.opaque || annotation_ >= 0 || content_.areas.size() > limits_.areas) return;
  content_.areas.push_back({box, ink.rgb, order_, true});
}

void PageCollector::StrokeSubpath(const GfxState* state, const GfxSubpath& subpath, Ink ink) {
  const double* ctm = state->getCTM();
  const double width = std::abs(state->getLineWidth());
  const double thick_y = std::max(width * std::hypot(ctm[1], ctm[3]), kHairlinePt);
  const double thick_x = std::max(width * std::hypot(ctm[0], ctm[2]), kHairlinePt);
  const int n = subpath.getNumPoints();
  for (int i = 1; i < n; ++i) {
    if (subpath.getCurve(i) || subpath.getCurve(i - 1))
      continue;  // control points, and the way from one to the end
    const Point a = Device(state, subpath.getX(i - 1), subpath.getY(i - 1));
    const Point b = Device(state, subpath.getX(i), subpath.getY(i));
    Box box = Around(a, b);
    if (!Finite(box)) continue;
    const int axis = AxisOf(a, b);
    if (axis == 0 || (box.width() < 0.05 && box.height() < 0.05)) continue;
    const double half = (axis == 1 ? thick_y : thick_x) / 2;
    const double middle = axis == 1 ? box.centre_y() : box.centre_x();
    if (axis == 1)
      box.y0 = middle - half, box.y1 = middle + half;
    else
      box.x0 = middle - half, box.x1 = middle + half;
    if (2 * half > kMaxEdgePt)
      AddBox(state, box, ink);
    else
      AddEdge(state, box, axis == 1, ink);
  }
}

void PageCollector::stroke(GfxState* state) {
  if (soft_mask_depth_ > 0) return;
  ++order_;
  if (state->getStrokeOpacity() < kMinOpacity || state->getStrokeColorSpace()->getMode() == csPattern) return;
  GfxRGB rgb;
  state->getStrokeRGB(&rgb);
  const Ink ink{Pack(rgb), state->getStrokeOpacity() > 0.9};
  const GfxPath* path = state->getPath();
  for (int i = 0; i < path->getNumSubpaths(); ++i) StrokeSubpath(state, *path->getSubpath(i), ink);
}

void PageCollector::fill(GfxState* state) {
  FillPath(state);
}
void PageCollector::eoFill(GfxState* state) {
  FillPath(state);
}

void PageCollector::FillPath(const GfxState* state) {
  if (soft_mask_depth_ > 0) return;
  ++order_;
  if (state->getFillOpacity() < kMinOpacity) return;
  RefreshColour(state);
  const Ink ink{fill_rgb_, state->getFillOpacity() > 0.9 && state->getBlendMode() == gfxBlendNormal};
  const GfxPath* path = state->getPath();
  std::vector<Box> rectangles;
  for (int i = 0; i < path->getNumSubpaths(); ++i) {
    const Shape shape = ShapeOf(state, *path->getSubpath(i));
    if (!Finite(shape.box)) continue;
    const double w = shape.box.width(), h = shape.box.height();
    const bool thin = std::min(w, h) <= kMaxEdgePt && std::max(w, h) >= 4 * std::min(w, h);
    if (shape.rectangle || thin)
      rectangles.push_back(shape.box);
    else if (shape.curved && h > 3 && h < 40 && w < 60)
      ++content_.outlined_glyphs;
  }
  // A frame painted as a rectangle with a hole: its four edges.
  if (rectangles.size() == 2 && path->getNumSubpaths() == 2) {
    const Box& a = rectangles[0].area() >= rectangles[1].area() ? rectangles[0] : rectangles[1];
    const Box& b = rectangles[0].area() >= rectangles[1].area() ? rectangles[1] : rectangles[0];
    const double left = b.x0 - a.x0, right = a.x1 - b.x1, top = b.y0 - a.y0, bottom = a.y1 - b.y1;
    if (std::min({left, right, top, bottom}) > 0 && std::max({left, right, top, bottom}) <= kMaxEdgePt &&
        !b.empty()) {
      AddEdge(state, {a.x0, a.y0, a.x1, b.y0}, true, ink);
      AddEdge(state, {a.x0, b.y1, a.x1, a.y1}, true, ink);
      AddEdge(state, {a.x0, a.y0, b.x0, a.y1}, false, ink);
      AddEdge(state, {b.x1, a.y0, a.x1, a.y1}, false, ink);
      return;
    }
  }
  for (const Box& box : rectangles) AddBox(state, box, ink);
}

bool PageCollector::tilingPatternFill(GfxState* state, Gfx*, Catalog*, GfxTilingPattern*, const double*, int,
                                      int, int, int, double, double) {
  if (soft_mask_depth_ > 0) return true;
  ++order_;
  const Box clip = ClipBox(state);
  if (!clip.empty() && content_.areas.size() < limits_.areas && annotation_ < 0)
    content_.areas.push_back({clip, 0xFFFFFF, order_, false});
  return true;
}

void PageCollector::AddImage(const GfxState* state, const Object* ref, Stream* stream, int width, int height,
                             bool masked) {
  content_.image_pixels += static_cast<std::int64_t>(std::max(width, 0)) * std::max(height, 0);
  if (soft_mask_depth_ > 0) return;
  ++order_;
  if (state->getFillOpacity() < kMinOpacity || content_.images.size() > limits_.images) return;
  const double* m = state->getCTM();
  PaintedImage image;
  // PDF's unit square has its origin at the bottom: (u, v) with v down is (u, 1 - v).
  image.unit_to_page = {m[0], m[1], -m[2], -m[3], m[4] + m[2], m[5] + m[3]};
  const Box whole = image.unit_to_page.Map(Box{0, 0, 1, 1});
  if (!Finite(whole)) return;
  image.box = Intersection(whole, ClipBox(state));
  if (image.box.x1 < image.box.x0 || image.box.y1 < image.box.y0) return;
  const double thin = std::min(image.box.width(), image.box.height());
  if (thin <= kMaxEdgePt && std::max(image.box.width(), image.box.height()) > 10) {
    AddBox(state, image.box, {0, true});  // a line drawn with a stretched picture
    return;
  }
  image.width_px = width;
  image.height_px = height;
  if (ref != nullptr && ref->isRef()) {
    image.object_number = ref->getRefNum();
    image.object_generation = ref->getRefGen();
  }
  image.masked = masked || state->getFillOpacity() < 0.9 || state->getBlendMode() != gfxBlendNormal;
  image.jpeg = stream != nullptr && stream->getKind() == strDCT;
  image.order = order_;
  image.annotation = annotation_;
  content_.images.push_back(image);
  if (!image.masked && annotation_ < 0 && content_.areas.size() < limits_.areas)
    content_.areas.push_back({image.box, 0xFFFFFF, order_, false});
}

void PageCollector::drawImageMask(GfxState* state, Object* ref, Stream* stream, int width, int height,
                                  bool invert, bool interpolate, bool inline_image) {
  AddImage(state, ref, stream, width, height, true);
  OutputDev::drawImageMask(state, ref, stream, width, height, invert, interpolate, inline_image);
}

void PageCollector::drawImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                              GfxImageColorMap* colours, bool interpolate, const int* mask_colours,
                              bool inline_image) {
  AddImage(state, ref, stream, width, height, mask_colours != nullptr);
  OutputDev::drawImage(state, ref, stream, width, height, colours, interpolate, mask_colours, inline_image);
}

void PageCollector::drawMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                                    GfxImageColorMap*, bool, Stream*, int mask_width, int mask_height, bool,
                                    bool) {
  content_.image_pixels += static_cast<std::int64_t>(std::max(mask_width, 0)) * std::max(mask_height, 0);
  AddImage(state, ref, stream, width, height, true);
}

void PageCollector::drawSoftMaskedImage(GfxState* state, Object* ref, Stream* stream, int width, int height,
                                        GfxImageColorMap*, bool, Stream*, int mask_width, int mask_height,
                                        GfxImageColorMap*, bool) {
  content_.image_pixels += static_cast<std::int64_t>(std::max(mask_width, 0)) * std::max(mask_height, 0);
  AddImage(state, ref, stream, width, height, true);
}

void PageCollector::beginTransparencyGroup(GfxState*, const double*, GfxColorSpace*, bool, bool,
                                           bool for_soft_mask) {
  groups_.push_back(for_soft_mask);
  if (for_soft_mask) ++soft_mask_depth_;
  font_stale_ = colour_stale_ = true;
}

void PageCollector::endTransparencyGroup(GfxState*) {
  if (groups_.empty()) return;
  if (groups_.back()) --soft_mask_depth_;
  groups_.pop_back();
  font_stale_ = colour_stale_ = true;
}

}  // namespace vanthu::intake
