// Input: a PDF's bytes. Output: what departs from Decree 30/2020, Annex I. Method: words to lines by
// baseline, lines apart at wide gaps; each element is known by its words ("Số:", "Kính gửi:") and then
// measured. Tolerances: 0.5 pt for places, since intake gives advance boxes and the engine rounds to
// thousandths. Where it fails: pages set in columns of prose.
#include "decree_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <regex>
#include <stdexcept>

#include "pipeline/base/unicode.h"
#include "pipeline/intake/intake.h"

namespace vanthu::templates {
namespace {

constexpr double kMm = 72 / 25.4;
constexpr double kNear = 0.6;          // pt: one place
constexpr double kLineHeight = 1.149;  // of Times New Roman and its metric equals, in em
constexpr double kColumnGap = 16;      // pt between words: two columns of a head
constexpr double kLeftShare = 0.42;    // of the text's width: about where the head's second column begins
constexpr char kMotto[] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";

struct TextLine {
  std::string text;
  Box box;
  double baseline = 0, size = 0;
  bool bold = false, italic = false;  // of all its words
  bool mixed = false;                 // its words differ
  bool in_table = false;
  std::uint32_t rgb = 0;

  double centre() const { return box.centre_x(); }
  bool starts(const char* with) const { return text.starts_with(with); }
};

bool Near(double a, double b, double tolerance = kNear) {
  return std::abs(a - b) <= tolerance;
}

struct PageLines {
  int number = 0;  // of the page, from 1
  double width = 0, height = 0;
  std::vector<TextLine> lines;
  std::vector<Ruling> rules;
};

TextLine LineOf(const std::vector<const Word*>& words) {
  TextLine line;
  line.baseline = words[0]->baseline_pt;
  line.size = words[0]->font_size_pt;
  line.bold = words[0]->bold.value_or(false);
  line.italic = words[0]->italic.value_or(false);
  line.rgb = words[0]->rgb;
  for (const Word* word : words) {
    line.text += (line.text.empty() ? "" : " ") + word->text;
    line.box = line.box.empty() ? word->box : Union(line.box, word->box);
    line.mixed =
        line.mixed || word->bold.value_or(false) != line.bold || !Near(word->font_size_pt, line.size, 0.1);
    line.bold = line.bold && word->bold.value_or(false);
    line.italic = line.italic && word->italic.value_or(false);
  }
  return line;
}

// A number or a part of a date may be left blank after these.
bool OpensBlank(const std::string& word) {
  return word == "Số:" || word == "số" || word == "ngày" || word == "tháng" || word == "năm";
}

PageLines LinesOf(const Page& page) {
  PageLines out{page.index + 1, page.width_pt, page.height_pt, {}, page.rulings};
  std::vector<const Word*> words;
  for (const Word& word : page.words) words.push_back(&word);
  std::stable_sort(words.begin(), words.end(), [](const Word* a, const Word* b) {
    return Near(a->baseline_pt, b->baseline_pt, 0.3) ? a->box.x0 < b->box.x0
                                                     : a->baseline_pt < b->baseline_pt;
  });
  double top = 1e9, bottom = -1e9;  // of the page's tables
  for (const Ruling& rule : page.rulings)
    if (!rule.horizontal && rule.end_pt - rule.start_pt < 600) {
      top = std::min(top, rule.start_pt);
      bottom = std::max(bottom, rule.end_pt);
    }
  const double border = 30 * kMm + kLeftShare * (page.width_pt - 48 * kMm);
  std::vector<const Word*> run;
  const auto close = [&] {
    if (run.empty()) return;
    out.lines.push_back(LineOf(run));
    TextLine& line = out.lines.back();
    line.in_table = line.box.centre_y() > top && line.box.centre_y() < bottom;
    run.clear();
  };
  for (const Word* word : words) {
    // Blanks for numbers and dates are as wide as what parts two columns, but do not lie between them.
    const bool apart = !run.empty() && word->box.x0 - run.back()->box.x1 >= kColumnGap &&
                       run.front()->box.x0 < border && word->box.x0 >= border &&
                       !OpensBlank(run.back()->text);
    if (!run.empty() && (apart || !Near(run.back()->baseline_pt, word->baseline_pt, 0.3))) close();
    run.push_back(word);
  }
  close();
  return out;
}

class Checker {
 public:
  explicit Checker(std::vector<PageLines> pages) : pages_(std::move(pages)) {}

  std::vector<std::string> Check() {
    for (page_ = 0; page_ < pages_.size(); ++page_) {
      CheckPage();
      CheckNumber();
      CheckHead();
      CheckTitle();
      CheckAnnex();
      CheckStamps();
      CheckBody();
      CheckBases();
      CheckAddressees();
      CheckClosing();
    }
    if (widest_ > 0 && prose_lines_ > 10 && right_gap_ > 20 * kMm + kNear)
      Fault("lề phải rộng hơn 20 mm: {:.1f}", right_gap_ / kMm);
    return std::move(faults_);
  }

 private:
  template <typename... T>
  void Fault(fmt::format_string<T...> text, T&&... values) {
    const int number = page_ < pages_.size() ? pages_[page_].number : 0;
    faults_.push_back(fmt::format("trang {}: {}", number, fmt::format(text, std::forward<T>(values)...)));
  }
  const PageLines& Here() const { return pages_[page_]; }
  const std::vector<TextLine>& Lines() const { return Here().lines; }

  // What an element must be; `name` for the message.
  void Expect(const TextLine& line, const char* name, double least, double most, bool bold, bool italic) {
    if (line.size < least - 0.05 || line.size > most + 0.05)
      Fault("{}: cỡ chữ {:.1f}, phải từ {} đến {}: «{}»", name, line.size, least, most, line.text);
    if (line.bold != bold || (bold && line.mixed))
      Fault("{}: {} đậm: «{}»", name, bold ? "phải" : "không", line.text);
    if (line.italic != italic) Fault("{}: {} nghiêng: «{}»", name, italic ? "phải" : "không", line.text);
  }
  void ExpectUpper(const TextLine& line, const char* name) {
    if (ToUpper(line.text) != line.text) Fault("{}: phải in hoa: «{}»", name, line.text);
  }
  void ExpectCentre(const TextLine& line, const char* name, double centre) {
    if (!Near(line.centre(), centre, 1))
      Fault("{}: không ở giữa ({:.1f}, phải {:.1f})", name, line.centre(), centre);
  }
  double Middle() const { return (30 * kMm + Here().width - right_margin_) / 2; }

  const TextLine* Find(const char* start, double below = 0) const {
    for (const TextLine& line : Lines())
      if (!line.in_table && line.starts(start) && line.baseline > below) return &line;
    return nullptr;
  }

  // The rule below a line: long enough to be meant, short of a table's.
  const Ruling* RuleBelow(const TextLine& line) const {
    for (const Ruling& rule : Here().rules)
      if (rule.horizontal && rule.position_pt > line.baseline && rule.position_pt < line.baseline + 12 &&
          std::abs((rule.start_pt + rule.end_pt) / 2 - line.centre()) < 3)
        return &rule;
    return nullptr;
  }
  void ExpectRule(const TextLine& line, const char* name, double widest, double least, double most) {
    const Ruling* rule = RuleBelow(line);
    if (rule == nullptr) return Fault("{}: không có đường kẻ bên dưới: «{}»", name, line.text);
    const double share = (rule->end_pt - rule->start_pt) / widest;
    if (share < least - 0.02 || share > most + 0.02)
      Fault("{}: đường kẻ dài {:.2f} dòng chữ, phải từ {:.2f} đến {:.2f}", name, share, least, most);
  }

  void CheckPage() {
    const PageLines& page = Here();
    const double shorter = std::min(page.width, page.height), longer = std::max(page.width, page.height);
    if (!Near(shorter, 210 * kMm, 1) || !Near(longer, 297 * kMm, 1)) Fault("không phải khổ A4");
    double left = 1e9, right = 0, top = 1e9, bottom = 0;
    for (const TextLine& line : page.lines) {
      if (line.box.y1 < 20 * kMm - kNear) continue;  // the page's number
      left = std::min(left, line.box.x0);
      right = std::max(right, line.box.x1);
      top = std::min(top, line.box.y0);
      bottom = std::max(bottom, line.box.y1);
    }
    for (const Ruling& rule : page.rules) {
      left = std::min(left, rule.horizontal ? rule.start_pt : rule.position_pt);
      right = std::max(right, rule.horizontal ? rule.end_pt : rule.position_pt);
      bottom = std::max(bottom, rule.horizontal ? rule.position_pt : rule.end_pt);
    }
    if (left < 30 * kMm - kNear) Fault("lề trái hẹp hơn 30 mm: {:.1f}", left / kMm);
    if (left > 35 * kMm + kNear && left < 1e9 && Find("Nơi nhận"))
      Fault("lề trái rộng hơn 35 mm: {:.1f}", left / kMm);
    if (page.width - right < 15 * kMm - kNear)
      Fault("lề phải hẹp hơn 15 mm: {:.1f}", (page.width - right) / kMm);
    if (top < 20 * kMm - kNear) Fault("lề trên hẹp hơn 20 mm: {:.1f}", top / kMm);
    if (top > 25 * kMm + 4 && top < 1e9) Fault("lề trên rộng hơn 25 mm: {:.1f}", top / kMm);
    if (page.height - bottom < 20 * kMm - kNear)
      Fault("lề dưới hẹp hơn 20 mm: {:.1f}", (page.height - bottom) / kMm);
    right_gap_ = std::min(right_gap_, page.width - right);
    widest_ = std::max(widest_, right);
    for (const TextLine& line : page.lines) {
      if (line.rgb != 0 && line.rgb != 0xFF0000) Fault("chữ không phải màu đen: «{}»", line.text);
    }
  }

  // Hidden on the first page of a document and of each annex; else one more than on the page before.
  void CheckNumber() {
    std::vector<const TextLine*> above;
    for (const TextLine& line : Lines())
      if (line.box.y1 < 20 * kMm - kNear) above.push_back(&line);
    if (above.empty()) {
      if (page_ > 0 && !StartsPart()) Fault("thiếu số trang");
      number_ = 1;
      return;
    }
    const TextLine& line = *above[0];
    ++number_;
    if (above.size() > 1 || line.text.find_first_not_of("0123456789") != std::string::npos)
      return Fault("trong lề trên có chữ khác số trang: «{}»", line.text);
    if (page_ == 0) Fault("trang đầu không được hiện số");
    if (line.text != fmt::to_string(number_)) Fault("số trang {} phải là {}", line.text, number_);
    Expect(line, "số trang", 13, 14, false, false);
    ExpectCentre(line, "số trang", Middle());
  }

  bool StartsPart() const { return Find("Phụ lục") != nullptr || Find("Biểu số") != nullptr; }

  void CheckHead() {
    const TextLine* motto = Find(kMotto);
    if (motto == nullptr) {
      if (page_ == 0 && !StartsPart() && Find("MỤC LỤC") == nullptr) Fault("không có Quốc hiệu");
      return;
    }
    if (page_ != 0) Fault("Quốc hiệu không ở trang đầu");
    Expect(*motto, "Quốc hiệu", 12, 13, true, false);
    const TextLine* words = Find("Độc lập - Tự do - Hạnh phúc");
    if (words == nullptr) return Fault("không có Tiêu ngữ");
    Expect(*words, "Tiêu ngữ", 13, 14, true, false);
    if (!Near(words->size - motto->size, 1, 0.05)) Fault("cỡ chữ Tiêu ngữ phải hơn Quốc hiệu 1");
    ExpectCentre(*words, "Tiêu ngữ", motto->centre());
    ExpectRule(*words, "Tiêu ngữ", words->box.width(), 1, 1);
    CheckAgency(*motto);
    const TextLine* number = Find("Số:");
    if (number == nullptr) return;
    CheckNumberLine(*number);
    CheckDateLine(*number, *motto);
    if (const TextLine* about = Find("V/v")) {
      Expect(*about, "trích yếu công văn", 12, 13, false, false);
      ExpectCentre(*about, "trích yếu công văn", number->centre());
      const double gap = about->baseline - number->baseline - about->size * kLineHeight;
      if (!Near(gap, 6, 1)) Fault("trích yếu công văn cách Số {:.1f} pt, phải 6", gap);
    }
  }

  void CheckAgency(const TextLine& motto) {
    std::vector<const TextLine*> left;
    const TextLine* number = Find("Số:");
    for (const TextLine& line : Lines())
      if (line.box.x1 < motto.box.x0 && line.baseline < motto.baseline + 60 && !line.starts("Số:") &&
          !line.starts("V/v") && (number == nullptr || line.baseline < number->baseline))
        left.push_back(&line);
    if (left.empty()) return Fault("không có tên cơ quan");
    if (!Near(left[0]->baseline, motto.baseline)) Fault("tên cơ quan không ngang Quốc hiệu");
    double widest = 0;
    bool issuer = false;
    for (const TextLine* line : left) {
      issuer = issuer || line->bold;
      Expect(*line, "tên cơ quan", 12, 13, issuer, false);
      ExpectUpper(*line, "tên cơ quan");
      ExpectCentre(*line, "tên cơ quan", left[0]->centre());
      if (line->bold) widest = std::max(widest, line->box.width());
    }
    if (!issuer) return Fault("tên cơ quan ban hành phải đậm");
    ExpectRule(*left.back(), "tên cơ quan", widest, 1.0 / 3, 0.5);
    if (number != nullptr) ExpectCentre(*number, "số, ký hiệu", left[0]->centre());
  }

  void CheckNumberLine(const TextLine& line) {
    Expect(line, "số, ký hiệu", 13, 13, false, false);
    static const std::regex shape(R"(Số: ?((\d\d+)?[[:space:]\xC2\xA0]*)/[^[:space:]/]+-[^[:space:]]+)");
    if (!std::regex_match(line.text, shape)) Fault("số, ký hiệu không đúng cách ghi: «{}»", line.text);
  }

  void CheckDateLine(const TextLine& number, const TextLine& motto) {
    static const std::regex shape(
        R"(.+, ngày ?(0[1-9]|[12]\d|3[01])? ?tháng ?(0[12]|[3-9]|1[0-2])? ?năm ?(\d{4})?)");
    for (const TextLine& line : Lines()) {
      if (line.box.x0 < number.box.x1 || !Near(line.baseline, number.baseline, 8)) continue;
      if (!Near(line.baseline, number.baseline)) Fault("ngày tháng không cùng dòng với Số");
      // A blank date has gaps as wide as those between columns.
      if (line.text.find(", ngày") == std::string::npos) continue;
      Expect(line, "địa danh, ngày tháng", 13, 14, false, true);
      std::string whole;
      for (const TextLine& part : Lines())
        if (Near(part.baseline, line.baseline) && part.box.x0 >= line.box.x0)
          whole += (whole.empty() ? "" : " ") + part.text;
      std::string plain;
      for (const char32_t c : ToCodePoints(whole))
        plain += FromCodePoints(std::u32string(1, c == 0xA0 ? U' ' : c));
      if (!std::regex_match(CollapseSpace(plain), shape))
        Fault("ngày tháng không đúng cách ghi: «{}»", whole);
      if (!line.text.ends_with("năm")) ExpectCentre(line, "địa danh, ngày tháng", motto.centre());
      return;
    }
    Fault("không có địa danh, ngày tháng cùng dòng với Số");
  }

  // The kind of document in capitals, then its subject.
  void CheckTitle() {
    static const std::vector<std::string> kinds = {"KẾ HOẠCH",
                                                   "BÁO CÁO",
                                                   "QUYẾT ĐỊNH",
                                                   "TỜ TRÌNH",
                                                   "THÔNG BÁO",
                                                   "BẢNG ĐIỂM",
                                                   "MỤC LỤC VĂN BẢN, TÀI LIỆU"};
    if (page_ != 0) return;
    const auto& lines = Lines();
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (std::find(kinds.begin(), kinds.end(), ToUpper(lines[i].text)) == kinds.end()) continue;
      Expect(lines[i], "tên loại", 13, 14, true, false);
      ExpectUpper(lines[i], "tên loại");
      ExpectCentre(lines[i], "tên loại", Middle());
      double widest = 0;
      std::size_t last = i;
      for (std::size_t j = i + 1;
           j < lines.size() && lines[j].baseline - lines[last].baseline < 20 &&
           Near(lines[j].centre(), Middle(), 1) && !lines[j].starts("(") && !lines[j].starts("Kính");
           last = j++) {
        Expect(lines[j], "trích yếu", 13, 14, true, false);
        widest = std::max(widest, lines[j].box.width());
        if (RuleBelow(lines[j]) != nullptr) {
          last = j;
          break;
        }
      }
      if (last == i) return Fault("không có trích yếu");
      const bool attached = last + 1 < lines.size() && lines[last + 1].starts("(");
      if (!attached) ExpectRule(lines[last], "trích yếu", widest, 1.0 / 3, 0.5);
      return;
    }
    if (Find("V/v") == nullptr && !StartsPart()) Fault("không có tên loại, cũng không có V/v");
  }

  void CheckAnnex() {
    const TextLine* annex = Find("Phụ lục");
    if (annex == nullptr || annex->centre() < Middle() - 2 || annex->baseline > 90) return;
    Expect(*annex, "Phụ lục", 14, 14, true, false);
    ExpectCentre(*annex, "Phụ lục", Middle());
    static const std::regex label("Phụ lục( [IVXLC]+)?");
    if (!std::regex_match(annex->text, label)) Fault("số phụ lục phải là số La Mã: «{}»", annex->text);
    bool slanted = false;
    for (const TextLine& line : Lines()) {
      if (line.baseline <= annex->baseline || line.in_table) continue;
      slanted = slanted || line.starts("(Kèm theo");
      if (!slanted) {
        Expect(line, "tên phụ lục", 13, 14, true, false);
        ExpectUpper(line, "tên phụ lục");
        ExpectCentre(line, "tên phụ lục", Middle());
        continue;
      }
      Expect(line, "kèm theo", 13, 14, false, true);
      if (line.text.ends_with(")")) break;
    }
    if (!slanted) Fault("phụ lục không ghi (Kèm theo ...)");
  }

  void CheckStamps() {
    static const std::vector<std::pair<std::string, double>> stamps = {
        {"HỎA TỐC", 30}, {"HOẢ TỐC", 30}, {"THƯỢNG KHẨN", 40}, {"KHẨN", 20}};
    for (const TextLine& line : Lines())
      for (const auto& [text, width] : stamps) {
        if (line.text != text) continue;
        Expect(line, "độ khẩn", 13, 14, true, false);
        if (line.rgb != 0xFF0000) Fault("độ khẩn phải màu đỏ tươi");
        std::vector<double> sides;
        double top = 0, bottom = 0;
        for (const Ruling& rule : Here().rules) {
          const double at = rule.position_pt;
          if (!rule.horizontal && rule.start_pt < line.baseline && rule.end_pt > line.baseline)
            sides.push_back(at);
          if (!rule.horizontal || rule.start_pt > line.centre() || rule.end_pt < line.centre()) continue;
          if (at < line.baseline && line.baseline - at < 30) top = at;
          if (at > line.baseline && at - line.baseline < 30) bottom = bottom == 0 ? at : std::min(bottom, at);
        }
        if (sides.size() != 2) return Fault("độ khẩn không có khung");
        if (!Near(std::abs(sides[1] - sides[0]), width * kMm, 1) || !Near(bottom - top, 8 * kMm, 1))
          Fault("khung độ khẩn {:.1f}x{:.1f} mm, phải {}x8", std::abs(sides[1] - sides[0]) / kMm,
                (bottom - top) / kMm, width);
      }
  }

  // Prose: lines that begin at the left margin or at a first line's indent.
  void CheckBody() {
    const double left = 30 * kMm, right = Here().width - right_margin_;
    const TextLine* closing = Find("Nơi nhận:");
    const TextLine* before = nullptr;
    for (const TextLine& line : Lines()) {
      const double indent = line.box.x0 - left;
      const bool prose = !line.in_table && line.size >= 12.9 && line.box.width() > 40 && indent > -1 &&
                         indent < 60 && !Near(line.centre(), Middle(), 1.5) && line.rgb == 0 &&
                         !line.starts("Kính gửi") &&
                         (closing == nullptr || line.baseline < closing->baseline - 1) && !InHead(line);
      if (!prose) {
        before =
            Near(line.centre(), Middle(), 1.5) && before != nullptr && indent < 1 && line.box.x1 > right - 1
                ? &line
                : nullptr;
        continue;
      }
      ++prose_lines_;
      const bool first = indent > 1;
      if (line.size > 14.05) Fault("nội dung: cỡ chữ {:.1f}", line.size);
      if (first && (indent < 10 * kMm - kNear || indent > 12.7 * kMm + kNear))
        Fault("dòng đầu đoạn lùi {:.1f} mm, phải từ 10 đến 12,7: «{}»", indent / kMm, line.text);
      if (before != nullptr) {
        const double step = line.baseline - before->baseline, single = line.size * kLineHeight;
        if (!first && (step < single - 0.2 || step > 1.5 * single + 0.2))
          Fault("cách dòng {:.2f}, phải từ đơn đến 1,5: «{}»", step / single, line.text);
        if (first && step < single + 6 - 0.2)
          Fault("cách đoạn {:.1f} pt, phải từ 6: «{}»", step - single, line.text);
        if (!first && !Near(before->box.x1, right, 1)) Fault("không canh đều hai lề: «{}»", before->text);
      }
      before = &line;
    }
  }
  bool InHead(const TextLine& line) const {
    const TextLine* motto = Find(kMotto);
    const TextLine* number = Find("Số:");
    const double end = number != nullptr  ? number->baseline + 60
                       : motto != nullptr ? motto->baseline + 30
                                          : 0;
    return page_ == 0 && motto != nullptr && line.baseline < end && line.box.x1 < motto->box.x0;
  }

  // Căn cứ ... of a decision: slanted, each ";", the last ".".
  void CheckBases() {
    std::vector<std::string> bases;
    const TextLine* decides = Find("QUYẾT ĐỊNH:");
    const bool decision = decides != nullptr;
    double end = decision ? decides->baseline : 0;
    if (!decision)
      for (const TextLine& line : Lines())
        if (line.starts("Căn cứ") && line.italic) end = std::max(end, line.baseline + 1);
    bool any = false;
    for (const TextLine& line : Lines()) {
      if (line.in_table || line.baseline >= end) continue;
      const bool opens = line.starts("Căn cứ") || line.starts("Theo đề nghị") || line.starts("Xét đề nghị");
      any = any || opens;
      if (!any) continue;
      Expect(line, "căn cứ", 13, 14, false, true);
      if (opens)
        bases.push_back(line.text);
      else
        bases.back() += " " + line.text;
    }
    if (!decision) return;
    if (bases.empty()) Fault("quyết định không có căn cứ");
    for (std::size_t i = 0; i < bases.size(); ++i)
      if (bases[i].back() != (i + 1 < bases.size() ? ';' : '.'))
        Fault("căn cứ phải kết thúc bằng dấu {}: «{}»", i + 1 < bases.size() ? ";" : ".", bases[i]);
    Expect(*decides, "QUYẾT ĐỊNH:", 13, 14, true, false);
    ExpectCentre(*decides, "QUYẾT ĐỊNH:", Middle());
  }

  void CheckAddressees() {
    const TextLine* label = Find("Kính gửi:");
    if (label == nullptr) {
      if (Find("V/v") != nullptr) Fault("công văn không có Kính gửi");
      return;
    }
    Expect(*label, "Kính gửi", 13, 14, false, false);
    if (label->text != "Kính gửi:") return;
    const double colon = label->box.x1 - label->size * 0.278;  // its width in Times New Roman
    std::vector<const TextLine*> items;
    double last = label->baseline;
    for (const TextLine& line : Lines())
      if (line.baseline > last && line.baseline < last + 30 && line.starts("- ") &&
          line.box.x0 > label->box.x0) {
        items.push_back(&line);
        last = line.baseline;
      }
    if (items.size() < 2) Fault("Kính gửi một nơi phải cùng dòng");
    for (std::size_t i = 0; i < items.size(); ++i) {
      Expect(*items[i], "nơi kính gửi", 13, 14, false, false);
      if (!Near(items[i]->box.x0, colon, 3))
        Fault("gạch đầu dòng không dưới dấu hai chấm: «{}»", items[i]->text);
      if (items[i]->text.back() != (i + 1 < items.size() ? ';' : '.'))
        Fault("nơi kính gửi: sai dấu: «{}»", items[i]->text);
    }
  }

  void CheckClosing() {
    const TextLine* label = Find("Nơi nhận:");
    if (label == nullptr) return;
    Expect(*label, "Nơi nhận", 12, 12, true, true);
    if (!Near(label->box.x0, 30 * kMm, 1)) Fault("Nơi nhận không sát lề trái");
    std::string recipients;
    const TextLine* post = nullptr;
    const TextLine* name = nullptr;
    for (const TextLine& line : Lines()) {
      if (line.baseline < label->baseline - 3 || &line == label) continue;
      if (line.box.x0 < Middle() - 20) {
        Expect(line, "nơi nhận", 11, 11, false, false);
        recipients += (recipients.empty() ? "" : " ") + line.text;
        continue;
      }
      if (post == nullptr) {
        post = &line;
        if (!Near(line.baseline, label->baseline, 2)) Fault("Nơi nhận không ngang hàng với chức vụ");
      }
      ExpectCentre(line, "chữ ký", post->centre());
      name = &line;
    }
    if (!std::regex_search(recipients, std::regex("(^|; )- Lưu:? [^;]+\\.$")))
      Fault("nơi nhận phải kết thúc bằng - Lưu: ...: «{}»", recipients);
    if (post == nullptr || name == post) return Fault("không có chức vụ và họ tên người ký");
    for (const TextLine& line : Lines())
      if (line.baseline >= post->baseline && line.box.x0 >= Middle() - 20 && &line != name) {
        Expect(line, "quyền hạn, chức vụ", 13, 14, true, false);
        ExpectUpper(line, "quyền hạn, chức vụ");
      }
    Expect(*name, "họ tên", 13, 14, true, false);
    if (ToUpper(name->text) == name->text) Fault("họ tên người ký phải in thường: «{}»", name->text);
  }

  std::vector<PageLines> pages_;
  std::vector<std::string> faults_;
  std::size_t page_ = 0;
  int number_ = 0;
  double right_margin_ = 51, right_gap_ = 1e9, widest_ = 0;
  int prose_lines_ = 0;

 public:
  // The margin that the text keeps: found from the widest line, since 15 to 20 mm are allowed.
  void FindRightMargin() {
    double gap = 1e9;
    for (const PageLines& page : pages_)
      for (const TextLine& line : page.lines) gap = std::min(gap, page.width - line.box.x1);
    for (const PageLines& page : pages_)
      for (const Ruling& rule : page.rules)
        gap = std::min(gap, page.width - (rule.horizontal ? rule.end_pt : rule.position_pt));
    right_margin_ = std::clamp(gap, 15 * kMm, 20 * kMm);
  }
};

}  // namespace

std::vector<std::string> CheckDecree(const std::string& pdf) {
  Result<std::unique_ptr<intake::Document>> document = intake::ParseDocument(pdf, "van-ban.pdf", {});
  if (!document) throw std::runtime_error(Describe(document.error(), Language::kEnglish));
  std::vector<PageLines> pages;
  for (int i = 0; i < (*document)->page_count(); ++i) {
    const Result<Page> page = (*document)->ReadPage(i);
    if (!page) throw std::runtime_error(Describe(page.error(), Language::kEnglish));
    pages.push_back(LinesOf(*page));
  }
  Checker checker(std::move(pages));
  checker.FindRightMargin();
  return checker.Check();
}

}  // namespace vanthu::templates
