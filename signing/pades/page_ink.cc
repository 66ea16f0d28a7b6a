#include "signing/pades/page_ink.h"

#include <algorithm>
#include <cmath>

#include "signing/pades/content_tokens.h"

namespace vanthu::signing {
namespace {

using Kind = InkMark::Kind;

constexpr int kMostOperators = 400'000;  // guesses: a dense map has some ten thousand of each
constexpr std::size_t kMostMarks = 20'000;
constexpr std::size_t kMostBytes = 32U << 20U;  // of all content streams together
constexpr int kDeepestForm = 12;
constexpr std::size_t kDeepestState = 256;
constexpr double kCharacterWidth = 0.5;           // em; the mean of Latin text in Times is 0.44
constexpr double kDescent = 0.2, kAscent = 0.75;  // em
constexpr double kLeastInk = 0.1;                 // points: thinner is widened, so that a line has an area

struct State {
  Affine matrix;
  Box clip;
  double size = 0, spacing = 0, word_spacing = 0, scale = 1, leading = 0, rise = 0;
  int mode = 0;
  bool composite = false;
  bool see_through = false;
};

class InkReader {
 public:
  InkReader(const pdf::File& file, std::size_t revision, Box clip) : file_(file), revision_(revision) {
    state_.clip = clip;
  }

  void Run(const std::string& content, const pdf::Object& resources, int depth) {
    const std::size_t floor = saved_.size();
    ContentTokens tokens(content);
    while (ink_.complete) {
      const auto next = tokens.Next();
      if (!next) break;
      if (--operators_left_ < 0 || ink_.marks.size() >= kMostMarks) {
        ink_.complete = false;
        break;
      }
      if (!Graphics(*next, resources, depth, floor) && !Path(*next)) Text(*next, resources);
    }
    if (saved_.size() > floor) {
      state_ = saved_[floor];
      saved_.resize(floor);
    }
  }

  std::string Decoded(const pdf::Object& contents) {
    std::string all;
    const auto add = [&](const pdf::Object& part) {
      const pdf::Object resolved = file_.Resolve(part, revision_);
      if (resolved.AsStream() == nullptr || !ink_.complete) return;
      const auto data = file_.Decode(*resolved.AsStream(), revision_);
      if (!data || bytes_ + data->size() > kMostBytes) {
        ink_.complete = false;
        return;
      }
      bytes_ += data->size();
      all += *data + "\n";
    };
    const pdf::Object resolved = file_.Resolve(contents, revision_);
    if (const pdf::Array* parts = resolved.AsArray())
      for (const pdf::Object& part : *parts) add(part);
    else
      add(resolved);
    return all;
  }

  Ink Take() { return std::move(ink_); }

 private:
  bool Graphics(const ContentOperator& op, const pdf::Object& resources, int depth, std::size_t floor) {
    if (op.name == "q") {
      if (saved_.size() < kDeepestState)
        saved_.push_back(state_);
      else
        ink_.complete = false;
    } else if (op.name == "Q") {
      if (saved_.size() > floor) {
        state_ = saved_.back();
        saved_.pop_back();
      }
    } else if (op.name == "cm") {
      state_.matrix = MatrixOf(op).Then(state_.matrix);
    } else if (op.name == "gs") {
      SetBlending(Lookup(resources, "ExtGState", op));
    } else if (op.name == "Do") {
      Draw(Lookup(resources, "XObject", op), resources, depth);
    } else if (op.name == "BI") {
      Mark(Kind::kPicture, state_.matrix.Map(Box{0, 0, 1, 1}));
    } else if (op.name == "sh") {
      Mark(Kind::kSurface, state_.clip);
    } else {
      return false;
    }
    return true;
  }

  static Affine MatrixOf(const ContentOperator& op) {
    return {op.FromEnd(5), op.FromEnd(4), op.FromEnd(3), op.FromEnd(2), op.FromEnd(1), op.FromEnd(0)};
  }

  pdf::Object Lookup(const pdf::Object& resources, std::string_view category, const ContentOperator& op) {
    for (const ContentOperand& operand : op.operands)
      if (operand.kind == ContentOperand::Kind::kName)
        return file_.Get(file_.Get(resources, category, revision_), operand.text, revision_);
    return {};
  }

  void SetBlending(const pdf::Object& state) {
    if (state.AsDictionary() == nullptr) return;
    const pdf::Object opacity = file_.Get(state, "ca", revision_);
    const pdf::Object mode = file_.Get(state, "BM", revision_);
    if (!opacity.IsNull() || !mode.IsNull())
      state_.see_through =
          opacity.Number(1) < 0.5 || !(mode.IsNull() || mode.IsName("Normal") || mode.IsName("Compatible"));
  }

  void Draw(const pdf::Object& object, const pdf::Object& outer, int depth) {
    if (object.AsStream() == nullptr) return;
    if (object["Subtype"].IsName("Image")) {
      const bool masked = !object["SMask"].IsNull() || !object["Mask"].IsNull();
      const bool outside = state_.see_through;
      state_.see_through = outside || masked;
      Mark(Kind::kPicture, state_.matrix.Map(Box{0, 0, 1, 1}));
      state_.see_through = outside;
    } else if (depth < kDeepestForm) {
      DrawForm(object, outer, depth);
    } else {
      ink_.complete = false;
    }
  }

 public:
  void DrawForm(const pdf::Object& form, const pdf::Object& outer, int depth) {
    const State before = state_;
    const pdf::Object matrix = file_.Get(form, "Matrix", revision_);
    if (const pdf::Array* m = matrix.AsArray(); m != nullptr && m->size() == 6) {
      const auto at = [&](std::size_t i) { return file_.Resolve((*m)[i], revision_).Number(); };
      state_.matrix = Affine{at(0), at(1), at(2), at(3), at(4), at(5)}.Then(state_.matrix);
    }
    const Box box = ReadRectangle(file_, revision_, form["BBox"]);
    state_.clip = Intersection(state_.clip, state_.matrix.Map(box));
    const pdf::Object own = file_.Get(form, "Resources", revision_);
    Run(Decoded(form), own.IsNull() ? outer : own, depth + 1);
    state_ = before;
  }

 private:
  bool Path(const ContentOperator& op) {
    const std::string& name = op.name;
    if (name == "m" || name == "l") {
      AddPoint(op.FromEnd(1), op.FromEnd(0));
    } else if (name == "c" || name == "v" || name == "y") {
      for (std::size_t i = 0; i + 1 < op.operands.size() && i < 6; i += 2)
        AddPoint(op.FromEnd(i + 1), op.FromEnd(i));
    } else if (name == "re") {
      AddPoint(op.FromEnd(3), op.FromEnd(2));
      AddPoint(op.FromEnd(3) + op.FromEnd(1), op.FromEnd(2) + op.FromEnd(0));
    } else if (name == "W" || name == "W*") {
      clips_ = true;
    } else if (name == "f" || name == "F" || name == "f*" || name == "B" || name == "B*" || name == "b" ||
               name == "b*") {
      EndPath(Kind::kSurface, true);
    } else if (name == "S" || name == "s") {
      EndPath(Kind::kLine, true);
    } else if (name == "n") {
      EndPath(Kind::kLine, false);
    } else {
      return name == "h";
    }
    return true;
  }

  void AddPoint(double x, double y) {
    const Point p = state_.matrix.Map(Point{x, y});
    if (!has_path_) path_ = {p.x, p.y, p.x, p.y};
    has_path_ = true;
    path_ = {std::min(path_.x0, p.x), std::min(path_.y0, p.y), std::max(path_.x1, p.x),
             std::max(path_.y1, p.y)};
  }

  void EndPath(Kind kind, bool painted) {
    if (has_path_ && painted) Mark(kind, path_);
    if (clips_) state_.clip = has_path_ ? Intersection(state_.clip, path_) : Box{};
    has_path_ = clips_ = false;
  }

  void Text(const ContentOperator& op, const pdf::Object& resources) {
    const std::string& name = op.name;
    if (name == "BT") {
      line_ = text_ = {};
    } else if (name == "Tf") {
      state_.size = op.FromEnd(0);
      state_.composite = file_.Get(Lookup(resources, "Font", op), "Subtype", revision_).IsName("Type0");
    } else if (name == "Td" || name == "TD") {
      if (name == "TD") state_.leading = -op.FromEnd(0);
      NextLine(op.FromEnd(1), op.FromEnd(0));
    } else if (name == "Tm") {
      line_ = text_ = MatrixOf(op);
    } else if (name == "T*") {
      NextLine(0, -state_.leading);
    } else if (name == "Tc") {
      state_.spacing = op.FromEnd(0);
    } else if (name == "Tw") {
      state_.word_spacing = op.FromEnd(0);
    } else if (name == "Tz") {
      state_.scale = op.FromEnd(0) / 100;
    } else if (name == "TL") {
      state_.leading = op.FromEnd(0);
    } else if (name == "Ts") {
      state_.rise = op.FromEnd(0);
    } else if (name == "Tr") {
      state_.mode = static_cast<int>(std::clamp(op.FromEnd(0), 0.0, 7.0));
    } else if (name == "Tj" || name == "TJ") {
      Show(op);
    } else if (name == "'" || name == "\"") {
      NextLine(0, -state_.leading);
      Show(op);
    }
  }

  void NextLine(double x, double y) {
    line_ = Affine{1, 0, 0, 1, x, y}.Then(line_);
    text_ = line_;
  }

  void Show(const ContentOperator& op) {
    for (const ContentOperand& operand : op.operands) {
      if (operand.kind == ContentOperand::Kind::kNumber && op.name == "TJ")
        text_ = Affine{1, 0, 0, 1, -operand.number / 1000 * state_.size * state_.scale, 0}.Then(text_);
      if (operand.kind != ContentOperand::Kind::kString || operand.text.empty()) continue;
      const auto characters =
          static_cast<double>(state_.composite ? (operand.text.size() + 1) / 2 : operand.text.size());
      const double width = characters * (kCharacterWidth * state_.size + state_.spacing) * state_.scale;
      const Box box = {std::min(0.0, width), state_.rise - kDescent * state_.size, std::max(0.0, width),
                       state_.rise + kAscent * state_.size};
      if (state_.mode != 3 && state_.mode != 7)
        Mark(Kind::kText, text_.Then(state_.matrix).Map(box), operand.text);
      text_ = Affine{1, 0, 0, 1, width, 0}.Then(text_);
    }
  }

  void Mark(Kind kind, Box box, std::string_view bytes = {}) {
    if (kind == Kind::kLine || kind == Kind::kSurface) {
      box.x1 = std::max(box.x1, box.x0 + kLeastInk);
      box.y1 = std::max(box.y1, box.y0 + kLeastInk);
    }
    box = Intersection(box, state_.clip);
    const bool finite =
        std::isfinite(box.x0) && std::isfinite(box.y0) && std::isfinite(box.x1) && std::isfinite(box.y1);
    if (!finite || box.empty()) return;
    ink_.marks.push_back(
        {kind, box, state_.see_through, std::string(bytes.substr(0, 200)), state_.composite});
  }

  const pdf::File& file_;
  std::size_t revision_;
  State state_;
  std::vector<State> saved_;
  Affine line_, text_;
  Box path_;
  bool has_path_ = false, clips_ = false;
  int operators_left_ = kMostOperators;
  std::size_t bytes_ = 0;
  Ink ink_;
};

constexpr Box kEverywhere = {-1e7, -1e7, 1e7, 1e7};

}  // namespace

Box Ink::Bounds() const {
  Box bounds;
  for (const InkMark& mark : marks) bounds = Union(bounds, mark.box);
  return bounds;
}

bool Ink::Has(InkMark::Kind kind) const {
  return std::any_of(marks.begin(), marks.end(), [&](const InkMark& mark) { return mark.kind == kind; });
}

Ink ReadPageInk(const pdf::File& file, std::size_t revision, const pdf::Dictionary& page) {
  const pdf::Object object{page};
  Box clip = ReadRectangle(file, revision, object["CropBox"]);
  if (clip.empty()) clip = ReadRectangle(file, revision, object["MediaBox"]);
  InkReader reader(file, revision, clip.empty() ? kEverywhere : clip);
  reader.Run(reader.Decoded(object["Contents"]), file.Get(object, "Resources", revision), 0);
  return reader.Take();
}

Ink ReadFormInk(const pdf::File& file, std::size_t revision, const pdf::Object& form) {
  InkReader reader(file, revision, kEverywhere);
  if (form.AsStream() != nullptr) reader.DrawForm(form, {}, 0);
  return reader.Take();
}

Box ReadRectangle(const pdf::File& file, std::size_t revision, const pdf::Object& rectangle) {
  const pdf::Object resolved = file.Resolve(rectangle, revision);
  const pdf::Array* corners = resolved.AsArray();
  if (corners == nullptr || corners->size() < 4) return {};
  double at[4] = {};
  for (std::size_t i = 0; i < 4; ++i) at[i] = file.Resolve((*corners)[i], revision).Number();
  return {std::min(at[0], at[2]), std::min(at[1], at[3]), std::max(at[0], at[2]), std::max(at[1], at[3])};
}

}  // namespace vanthu::signing
