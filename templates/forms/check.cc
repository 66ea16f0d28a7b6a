#include "templates/forms/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "templates/engine/document.h"
#include "templates/forms/format.h"
#include "templates/forms/nearest.h"
#include "templates/forms/row_placer.h"
#include "templates/forms/shape.h"

namespace vanthu::templates {
namespace {

using Scope = std::map<std::string, const Shape*, std::less<>>;  // names given by as="…"

// What a path leads to.
struct Target {
  const Shape* shape = nullptr;
  bool through_list = false;  // of each item of a list on the way
};

const Shape& PositionShape() {
  static const Shape shape{ShapeKind::kNumber, {}, nullptr, nullptr, {}};
  return shape;
}

const char* KindInVietnamese(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::kText:
      return "chữ";
    case ShapeKind::kDate:
      return "ngày tháng";
    case ShapeKind::kNumber:
      return "số";
    case ShapeKind::kObject:
      return "nhóm giá trị";
    case ShapeKind::kList:
      return "danh sách";
    case ShapeKind::kTable:
      return "bảng";
  }
  return "";
}

const char* KindInEnglish(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::kText:
      return "a text";
    case ShapeKind::kDate:
      return "a date";
    case ShapeKind::kNumber:
      return "a number";
    case ShapeKind::kObject:
      return "a group of values";
    case ShapeKind::kList:
      return "a list";
    case ShapeKind::kTable:
      return "a table";
  }
  return "";
}

class Checker {
 public:
  explicit Checker(std::vector<FormFault>* faults) : faults_(*faults) {}

  void Check(const FormElement& element) {
    switch (element.kind) {
      case ElementKind::kValue:
        CheckValue(element);
        break;
      case ElementKind::kEach:
        CheckEach(element);
        return;  // its children have a scope of their own
      case ElementKind::kIf:
        CheckIf(element);
        break;
      case ElementKind::kTable:
        CheckTable(element);
        break;
      case ElementKind::kRow:
        CheckRow(element);
        break;
      case ElementKind::kBlock:
        CheckBlock(element);
        break;
      case ElementKind::kChart:
        CheckChart(element);
        break;
      case ElementKind::kBar:
        CheckBar(element);
        return;  // its values were looked at
      default:
        break;
    }
    for (const FormElement& child : element.children) Check(child);
    if (element.kind == ElementKind::kChart) series_.reset();
  }

 private:
  void Fault(const FormElement& element, std::string vi, std::string en) {
    faults_.push_back({element.line, NameOf(element.kind), {std::move(vi), std::move(en)}});
  }

  void FaultUnknown(const FormElement& element, const std::string& path, const std::string& step,
                    const std::vector<std::string>& names) {
    std::string vi = fmt::format("đường dẫn «{}»: không có «{}»", path, step);
    std::string en = fmt::format("path \"{}\": there is no \"{}\"", path, step);
    if (const std::string nearest = NearestName(step, names); !nearest.empty()) {
      vi += fmt::format("; có phải là «{}»?", nearest);
      en += fmt::format("; did you mean \"{}\"?", nearest);
    } else {
      vi += fmt::format("; ở đây chỉ có: {}", fmt::join(names, ", "));
      en += fmt::format("; there is only: {}", fmt::join(names, ", "));
    }
    Fault(element, std::move(vi), std::move(en));
  }

  // The names that a path may begin with.
  std::vector<std::string> FirstNames() const {
    std::vector<std::string> names = FieldNames(RecordShape());
    for (const auto& [name, shape] : scope_) names.push_back(name);
    return names;
  }

  // Null shape where a fault was noted, or where there is no such attribute.
  Target Resolve(const FormElement& element, const char* attribute = "path") {
    const std::string path = element.Attribute(attribute);
    if (path.empty()) return {};
    const std::vector<std::string> steps = PathSteps(path);
    Target at;
    std::size_t next = 1;
    if (const auto named = scope_.find(steps[0]); named != scope_.end()) {
      at.shape = named->second;
      if (steps.size() == 2 && steps[1] == "position") return {&PositionShape(), false};
    } else if (const auto field = RecordShape().fields.find(steps[0]); field != RecordShape().fields.end()) {
      at.shape = field->second;
    } else {
      FaultUnknown(element, path, steps[0], FirstNames());
      return {};
    }
    for (; next < steps.size(); ++next) {
      if (at.shape->kind == ShapeKind::kList) {
        at.through_list = true;
        at.shape = at.shape->item;
      }
      if (at.shape->kind != ShapeKind::kObject) {
        Fault(element,
              fmt::format("đường dẫn «{}»: «{}» là {}, không có gì bên trong", path, steps[next - 1],
                          KindInVietnamese(at.shape->kind)),
              fmt::format("path \"{}\": \"{}\" is {}, with nothing inside", path, steps[next - 1],
                          KindInEnglish(at.shape->kind)));
        return {};
      }
      const auto field = at.shape->fields.find(steps[next]);
      if (field == at.shape->fields.end()) {
        FaultUnknown(element, path, steps[next], FieldNames(*at.shape));
        return {};
      }
      at.shape = field->second;
    }
    return at;
  }

  void FaultKind(const FormElement& element, const Shape& is, const char* wanted_vi, const char* wanted_en) {
    const std::string path = element.Attribute("path");
    Fault(element,
          fmt::format("đường dẫn «{}» là {}; ở đây cần {}", path, KindInVietnamese(is.kind), wanted_vi),
          fmt::format("path \"{}\" is {}; {} is needed here", path, KindInEnglish(is.kind), wanted_en));
  }

  void CheckValue(const FormElement& element) {
    const Target target = Resolve(element);
    if (target.shape == nullptr) return;
    const Shape* shape = target.shape;
    if (target.through_list) {
      Fault(
          element,
          fmt::format("đường dẫn «{}» đi qua một danh sách; hãy đặt trong <each>", element.Attribute("path")),
          fmt::format("path \"{}\" goes through a list; put it into <each>", element.Attribute("path")));
      return;
    }
    if (shape->kind == ShapeKind::kList && shape->item->kind == ShapeKind::kText) shape = shape->item;
    if (shape->kind == ShapeKind::kObject || shape->kind == ShapeKind::kList ||
        shape->kind == ShapeKind::kTable)
      return FaultKind(element, *shape, "một giá trị viết ra được", "a value that can be written");
    const std::string format = element.Attribute("format");
    if (!FormatFits(format, shape->kind))
      Fault(element, fmt::format("dạng viết «{}» không dùng cho {}", format, KindInVietnamese(shape->kind)),
            fmt::format("the format \"{}\" is not for {}", format, KindInEnglish(shape->kind)));
  }

  void CheckEach(const FormElement& element) {
    const std::string name = element.Attribute("as");
    const Target target = Resolve(element);
    const Shape* item = nullptr;
    if (target.shape != nullptr && target.shape->kind != ShapeKind::kList)
      FaultKind(element, *target.shape, "một danh sách", "a list");
    else if (target.shape != nullptr)
      item = target.shape->item;
    if (item != nullptr && element.Says("deep", "yes") && item->deep == nullptr)
      Fault(element, "deep=\"yes\" chỉ dùng cho danh sách có các mục con cùng loại (sections)",
            "deep=\"yes\" is only for lists whose items hold items of their own kind (sections)");
    if (scope_.contains(name) || RecordShape().fields.contains(name))
      Fault(element, fmt::format("tên «{}» đã được dùng; hãy đặt tên khác cho as", name),
            fmt::format("the name \"{}\" is taken; choose another for as", name));
    if (item == nullptr) return;  // what stands inside cannot be judged before this is mended
    const Scope outer = scope_;
    if (!name.empty()) scope_[name] = item;
    for (const FormElement& child : element.children) Check(child);
    scope_ = outer;
  }

  void CheckIf(const FormElement& element) {
    Resolve(element);
    if (element.Says("empty", "yes") && (element.Has("is") || element.Has("starts")))
      Fault(element, "empty=\"yes\" không đi cùng is hoặc starts",
            "empty=\"yes\" does not go with is or starts");
  }

  static int LeafColumns(const FormElement& element) {
    int count = 0;
    for (const FormElement& child : element.children) {
      if (child.kind == ElementKind::kColumn) ++count;
      if (child.kind == ElementKind::kColumnGroup) count += LeafColumns(child);
    }
    return count;
  }

  void CheckTable(const FormElement& element) {
    const bool own = element.Has("path");
    const int columns = LeafColumns(element);
    bool rows = false;
    for (const FormElement& child : element.children) {
      const bool column = child.kind == ElementKind::kColumn || child.kind == ElementKind::kColumnGroup;
      if (column && rows) Fault(child, "các cột đứng trước các hàng", "columns stand before rows");
      if (!column && child.kind != ElementKind::kText) rows = true;
      if (child.kind == ElementKind::kEach || child.kind == ElementKind::kIf) CheckNoColumns(child);
    }
    if (own && (columns > 0 || rows))
      Fault(element, "bảng lấy từ bản ghi (path) không có cột, hàng của biểu mẫu",
            "a table taken from the record (path) has no columns and rows of the form");
    if (!own && columns == 0)
      Fault(element, "bảng cần path hoặc các <column>", "a table needs path or some <column>");
    if (own) {
      const Target target = Resolve(element);
      if (target.shape != nullptr && (target.through_list || target.shape->kind != ShapeKind::kTable))
        FaultKind(element, *target.shape, "một bảng của bản ghi", "a table of the record");
    }
    if (columns > 0) CheckSpans(element, columns);
  }

  // A row of the form, and whether data may repeat it.
  struct WrittenRow {
    const FormElement* row;
    bool repeats;
  };

  // All rows in their order; `fixed` becomes false where it depends on data which of them there are.
  static void GatherRows(const FormElement& element, bool repeats, std::vector<WrittenRow>* out,
                         bool* fixed) {
    for (const FormElement& child : element.children) {
      if (child.kind == ElementKind::kRow) {
        out->push_back({&child, repeats});
        *fixed = *fixed && !child.Has("groups");
      } else if (child.kind != ElementKind::kText) {
        *fixed = *fixed && (child.kind == ElementKind::kColumn || child.kind == ElementKind::kColumnGroup);
        GatherRows(child, repeats || child.kind == ElementKind::kEach, out, fixed);
      }
    }
  }

  static bool SpansRows(const WrittenRow& row) {
    return std::ranges::any_of(row.row->children, [](const FormElement& cell) {
      return cell.kind == ElementKind::kCell && SpanOf(cell, "rows") > 1;
    });
  }

  // Rows that fill the table, and no cell past the last one. Where the rows depend on data only what no data
  // can mend is a fault here; the rest is one when they are there.
  void CheckSpans(const FormElement& table, int columns) {
    std::vector<WrittenRow> rows;
    bool fixed = true;
    GatherRows(table, false, &rows, &fixed);
    const auto fault = [this](const FormElement& element, Message message) {
      Fault(element, std::move(message.vi), std::move(message.en));
    };
    if (fixed || std::ranges::none_of(rows, SpansRows)) {
      RowPlacer placer(columns, fault);
      for (const WrittenRow& row : rows) placer.Place(*row.row);
      placer.End();
      return;
    }
    bool endless = false;
    int left = 0;  // rows from the one in hand, at most
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      endless = endless || row->repeats;
      ++left;
      int covered = 0;
      for (const FormElement& cell : row->row->children) {
        if (cell.kind != ElementKind::kCell) continue;
        covered += SpanOf(cell, "span");
        if (const int down = SpanOf(cell, "rows"); !endless && down > left)
          fault(cell, PastLastRow(down, left));
      }
      if (covered > columns) RowPlacer(columns, fault).Place(*row->row);
    }
  }

  void CheckNoColumns(const FormElement& element) {
    for (const FormElement& child : element.children) {
      if (child.kind == ElementKind::kColumn || child.kind == ElementKind::kColumnGroup)
        Fault(child, "cột đứng ngay trong <table>", "columns stand directly in <table>");
      if (child.kind != ElementKind::kRow) CheckNoColumns(child);
    }
  }

  void CheckRow(const FormElement& element) {
    if (element.Has("groups")) {
      const Target target = Resolve(element, "groups");
      if (target.shape != nullptr &&
          (target.shape->kind != ShapeKind::kList || target.shape->item->kind != ShapeKind::kText))
        Fault(element, "groups cần một danh sách chữ", "groups needs a list of texts");
    }
    for (const FormElement& child : element.children)
      if (child.kind == ElementKind::kCell && child.Says("merge", "yes") && SpanOf(child, "rows") > 1)
        Fault(child, "merge=\"yes\" không đi cùng rows", "merge=\"yes\" does not go with rows");
  }

  void CheckChart(const FormElement& element) {
    std::size_t series = 0;
    bool bars = false;
    for (const FormElement& child : element.children) {
      if (child.kind != ElementKind::kSeries) {
        bars = bars || child.kind != ElementKind::kText;
        if (child.kind == ElementKind::kEach || child.kind == ElementKind::kIf) CheckNoSeries(child);
        continue;
      }
      ++series;
      if (bars) Fault(child, "các dãy số liệu đứng trước các thanh", "series stand before bars");
    }
    if (series == 0 || series > kMostSeries)
      Fault(element, fmt::format("biểu đồ cần từ 1 đến {} <series>", kMostSeries),
            fmt::format("a chart needs from 1 to {} <series>", kMostSeries));
    if (!bars) Fault(element, "biểu đồ không có <bar> nào", "the chart has no <bar>");
    series_ = series;
  }

  void CheckNoSeries(const FormElement& element) {
    for (const FormElement& child : element.children) {
      if (child.kind == ElementKind::kSeries)
        Fault(child, "<series> đứng ngay trong <chart>", "<series> stands directly in <chart>");
      if (child.kind != ElementKind::kBar) CheckNoSeries(child);
    }
  }

  // Its label is checked as any text; its values are one number a series.
  void CheckBar(const FormElement& element) {
    std::size_t values = 0;
    for (const FormElement& child : element.children) {
      if (child.kind != ElementKind::kValue) {
        Check(child);
        continue;
      }
      ++values;
      const Target target = Resolve(child);
      if (target.shape != nullptr && (target.through_list || target.shape->kind != ShapeKind::kNumber))
        FaultKind(child, *target.shape, "một số", "a number");
    }
    if (series_ && *series_ > 0 && values != *series_)
      Fault(element, fmt::format("thanh có {} giá trị, biểu đồ có {} dãy", values, *series_),
            fmt::format("the bar has {} values, the chart {} series", values, *series_));
  }

  void CheckBlock(const FormElement& element) {
    const bool inside = std::any_of(element.children.begin(), element.children.end(),
                                    [](const FormElement& c) { return c.kind == ElementKind::kParagraph; });
    if (inside && !element.Says("name", "quoc-hieu"))
      Fault(element, "chỉ khối quoc-hieu có đoạn bên trong (dưới số, ký hiệu)",
            "only the block quoc-hieu holds paragraphs (under the number)");
  }

  std::vector<FormFault>& faults_;
  Scope scope_;
  std::optional<std::size_t> series_;  // of the chart in hand
};

}  // namespace

void CheckForm(const Form& form, std::vector<FormFault>* faults) {
  Checker(faults).Check(form.root);
}

}  // namespace vanthu::templates
