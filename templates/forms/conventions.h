// How official documents are written and set: Decree 30/2020/NĐ-CP, Annex I, as data (conventions.json), and
// the kinds of document (rules/types.json). Nothing here knows a form.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/base/error.h"
#include "templates/engine/document.h"

namespace vanthu::templates {

struct Style {
  Paragraph paragraph;  // without runs
  bool bold = false, italic = false, red = false, upper = false;
};

struct TableSettings {
  double size_pt = 12;
  double rule_pt = 0.5;
  double padding_pt = 3;
  int landscape_columns = 6;      // a table of so many columns wants a landscape page
  double justified_share = 0.25;  // columns at least so wide are justified, narrower ones ragged
  // What the first words of a row of sums say, as match keys ("tổng cộng"): the row is bold.
  std::vector<std::string> sum_rows;
};

struct Conventions {
  std::string sha256;  // of conventions.json
  std::map<std::string, Style, std::less<>> styles;
  Margins margins;
  double page_number_pt = 13;
  TableSettings table;
  std::vector<std::string> motto;   // Quốc hiệu, Tiêu ngữ
  double head_left_share = 0.42;    // of the text width
  double signature_height_pt = 60;  // kept free for the signature's picture
  std::string number_label;         // "Số:"
  std::string recipients_label;     // "Nơi nhận:"
  struct Stamp {                    // of urgency or secrecy
    std::string text;
    double width_pt = 0, height_pt = 0;
  };
  std::vector<Stamp> stamps;
  std::vector<std::string> agencies;  // names of agencies as running text has them: "Sở Nội vụ"
  std::string number_blank, day_blank, month_blank, year_blank;
  std::vector<std::string> localities;  // words before a locality's name: "xã"
  std::vector<std::string> bodies;      // agencies whose name goes on with a locality: "ủy ban nhân dân"
  std::string addressees_label;         // "Kính gửi:"
  std::vector<std::string> article_words;   // a section so labelled is an article: "Điều"
  std::vector<std::string> division_words;  // so labelled stands centred over its title: "Chương"
  std::vector<std::string> basis_openings;  // a paragraph of the preamble that opens so is slanted: "Căn cứ"
  std::string deputy;                       // "PHÓ ": what a deputy's post has before the head's
  std::string collective_mark, deputy_mark, acting_mark;       // TM., KT., Q.
  std::map<std::string, std::string, std::less<>> type_names;  // by code: "KH" -> "Kế hoạch"

  const Style& StyleOf(std::string_view name) const;  // throws std::logic_error for an unknown name
};

// `forms`: the folder of conventions.json; `rules`: that of types.json. kMissingResource.
Result<Conventions> ReadConventions(const std::filesystem::path& forms, const std::filesystem::path& rules);

}  // namespace vanthu::templates
