// The block noi-dung: a record's sections as Decree 30/2020 lays them out (Annex I, II.6, and the table of
// styles).
#include <fmt/format.h>

#include <algorithm>

#include "pipeline/base/unicode.h"
#include "templates/forms/inline_text.h"
#include "templates/forms/official_blocks.h"

namespace vanthu::templates {
namespace {

std::string TextIn(const Value& value, const char* name) {
  const Value* found = value.Find(name);
  const std::string* text = found == nullptr || found->Empty() ? nullptr : found->As<std::string>();
  return text == nullptr ? std::string() : *text;
}

bool OpensWith(const std::string& text, const std::vector<std::string>& openings) {
  return std::ranges::any_of(openings, [&](const std::string& opening) {
    return text.starts_with(opening) && (text.size() == opening.size() || text[opening.size()] == ' ');
  });
}

// "I" -> "I."; "Điều 1." and "a)" stay.
std::string WithStop(const std::string& label) {
  const bool stopped = label.ends_with('.') || label.ends_with(')') || label.ends_with(':');
  return stopped ? label : label + ".";
}

Run Bold(std::string text) {
  return {std::move(text), true, false, false, std::nullopt};
}
Run Plain(std::string text) {
  return {std::move(text), false, false, false, std::nullopt};
}

class ContentBuilder {
 public:
  explicit ContentBuilder(const Conventions& rules) : rules_(rules) {}

  // Sections before the first that has a heading are the preamble.
  void AddTop(const ValueList& sections, const std::string& which) {
    bool preamble = true;
    for (const Value& section : sections) {
      preamble = preamble && TextIn(section, "title").empty() && TextIn(section, "label").empty();
      if (which.empty() || which == (preamble ? "preamble" : "rest")) Add(section, 1, preamble);
    }
    EndBases(which == "preamble");
  }

  std::vector<Paragraph> Take() { return std::move(out_); }

 private:
  // Each basis ends with ";", the last with ".": Annex I, II.5.b. Where bases stand alone, as in a decision,
  // the mark that is there gives way; elsewhere only a missing one is set.
  void EndBases(bool alone) {
    for (std::size_t i = 0; i < bases_.size(); ++i) {
      std::string& text = out_[bases_[i]].runs.back().text;
      while (!text.empty() && text.back() == ' ') text.pop_back();
      const bool marked =
          text.ends_with(';') || text.ends_with('.') || text.ends_with(',') || text.ends_with(':');
      if (marked && alone) text.pop_back();
      if (!marked || alone) text += i + 1 < bases_.size() ? ';' : '.';
    }
  }

  void Put(const char* style, std::vector<Run> runs, int level = 1) {
    out_.push_back(StyledParagraph(rules_.StyleOf(style), std::move(runs)));
    out_.back().level = level;
  }

  // Depth is bounded by the record's readers.
  void Add(const Value& section, int level, bool preamble) {
    constexpr int kDeepestHeading = 6;
    const std::string label = TextIn(section, "label"), title = TextIn(section, "title");
    const bool article = OpensWith(label, rules_.article_words);
    // An article without a title goes on with its text on the same line.
    const bool runs_in = !label.empty() && title.empty();
    if (!title.empty()) AddHeading(label, title, std::min(level, kDeepestHeading), article);
    bool first = true;
    const Value* paragraphs = section.Find("paragraphs");
    if (const ValueList* list = paragraphs == nullptr ? nullptr : paragraphs->As<ValueList>())
      for (const Value& paragraph : *list) {
        const std::string* text = paragraph.As<std::string>();
        if (text == nullptr) continue;
        if (first && runs_in)
          Put("noi-dung",
              {article ? Bold(WithStop(label)) : Plain(WithStop(label)), Plain(fmt::format(" {}", *text))});
        else if (preamble && OpensWith(*text, rules_.basis_openings)) {
          bases_.push_back(out_.size());
          Put("can-cu", {Plain(*text)});
        } else {
          Put("noi-dung", {Plain(*text)});
          if (OpensAsItem(*text)) out_.back().role = Role::kListItem;
        }
        first = false;
      }
    if (first && runs_in) Put(article ? "dieu" : "muc", {Plain(WithStop(label))}, level);
    const Value* inner = section.Find("sections");
    if (const ValueList* list = inner == nullptr ? nullptr : inner->As<ValueList>())
      for (const Value& one : *list) Add(one, level + 1, false);
  }

  void AddHeading(const std::string& label, const std::string& title, int level, bool article) {
    if (OpensWith(label, rules_.division_words)) {
      Put("chuong", {Plain(label + "\n" + ToUpper(title))}, level);
      return;
    }
    // In a layout without articles the first level is in capitals: "I. MỤC ĐÍCH, YÊU CẦU".
    const std::string shown = level == 1 && !article ? ToUpper(title) : title;
    Put(article ? "dieu" : "muc", {Plain(label.empty() ? shown : WithStop(label) + " " + shown)}, level);
  }

  const Conventions& rules_;
  std::vector<Paragraph> out_;
  std::vector<std::size_t> bases_;  // which of out_ are
};

}  // namespace

std::vector<Paragraph> BuildContent(const FormElement& block, Binding& binding) {
  ContentBuilder builder(binding.conventions());
  for (const Value* found : binding.Lookup("sections"))
    if (const ValueList* sections = found->As<ValueList>())
      builder.AddTop(*sections, block.Attribute("sections"));
  return builder.Take();
}

}  // namespace vanthu::templates
