#include "templates/forms/inline_text.h"

#include "pipeline/base/unicode.h"

namespace vanthu::templates {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

class RunBuilder {
 public:
  explicit RunBuilder(Binding& binding) : binding_(binding) {}

  void Add(const FormElement& parent, bool bold, bool italic) {
    binding_.Walk(parent, [&](const FormElement& child) {
      switch (child.kind) {
        case ElementKind::kText:
          AddLiteral(child.text, bold, italic);
          break;
        case ElementKind::kValue:
          AddValue(binding_.TextOf(child), bold, italic);
          break;
        case ElementKind::kBold:
          Add(child, true, italic);
          break;
        case ElementKind::kItalic:
          Add(child, bold, true);
          break;
        case ElementKind::kBreak:
          AddBreak();
          break;
        default:
          break;
      }
    });
  }

  std::vector<Run> Take() {
    TrimEnd();
    std::erase_if(runs_, [](const Run& run) { return run.text.empty(); });
    return std::move(runs_);
  }

 private:
  void Append(std::string_view text, bool bold, bool italic) {
    if (runs_.empty() || runs_.back().bold != bold || runs_.back().italic != italic)
      runs_.push_back({{}, bold, italic, false, std::nullopt});
    runs_.back().text += text;
  }

  void AddLiteral(std::string_view text, bool bold, bool italic) {
    for (const char c : text) {
      if (kSpace.find(c) != std::string_view::npos) {
        if (!at_space_) Append(" ", bold, italic);
        at_space_ = true;
      } else {
        Append({&c, 1}, bold, italic);
        at_space_ = false;
      }
    }
  }

  void AddValue(const std::string& text, bool bold, bool italic) {
    if (text.empty()) return;
    Append(text, bold, italic);
    at_space_ = false;
  }

  void AddBreak() {
    TrimEnd();
    Append("\n", false, false);
    at_space_ = true;
  }

  // The space that stands last, of the form's own.
  void TrimEnd() {
    if (!at_space_) return;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
      if (run->text.empty()) continue;
      if (run->text.back() == ' ') run->text.pop_back();
      return;
    }
  }

  Binding& binding_;
  std::vector<Run> runs_;
  bool at_space_ = true;  // white space here would be the line's first, or a second one
};

}  // namespace

std::vector<Run> BuildRuns(const FormElement& element, Binding& binding) {
  RunBuilder builder(binding);
  builder.Add(element, false, false);
  return builder.Take();
}

std::vector<std::vector<Run>> SplitLines(const std::vector<Run>& runs) {
  std::vector<std::vector<Run>> lines(1);
  for (const Run& run : runs) {
    std::string_view rest = run.text;
    while (true) {
      const std::size_t feed = rest.find('\n');
      if (const std::string_view line = rest.substr(0, feed); !line.empty()) {
        lines.back().push_back(run);
        lines.back().back().text = line;
      }
      if (feed == std::string_view::npos) break;
      lines.emplace_back();
      rest.remove_prefix(feed + 1);
    }
  }
  return lines;
}

bool OpensAsItem(std::string_view text) {
  return text.starts_with("- ") || text.starts_with("+ ");
}

void MarkItems(std::vector<Paragraph>* paragraphs) {
  if (paragraphs->size() < 2) return;
  for (Paragraph& paragraph : *paragraphs)
    if (!paragraph.runs.empty() && OpensAsItem(paragraph.runs.front().text)) paragraph.role = Role::kListItem;
}

std::string PlainText(const std::vector<Run>& runs) {
  std::string out;
  for (const Run& run : runs) out += run.text;
  return out;
}

Paragraph StyledParagraph(const Style& style, std::vector<Run> runs) {
  Paragraph paragraph = style.paragraph;
  for (Run& run : runs) {
    run.bold = run.bold || style.bold;
    // Slanted within slanted stands out upright, as in print.
    run.italic = run.italic != style.italic;
    run.red = run.red || style.red;
    if (style.upper) run.text = ToUpper(run.text);
  }
  paragraph.runs = std::move(runs);
  return paragraph;
}

Paragraph StyledParagraph(const Style& style, const std::string& text) {
  return StyledParagraph(style, std::vector<Run>{Run{text, false, false, false, std::nullopt}});
}

}  // namespace vanthu::templates
