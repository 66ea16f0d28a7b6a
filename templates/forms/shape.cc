#include "templates/forms/shape.h"

#include <deque>
#include <span>

#include "pipeline/model/report.h"

namespace vanthu::templates {
namespace {

class RecordShapes {
 public:
  RecordShapes() {
    text_ = Make(ShapeKind::kText);
    date_ = Make(ShapeKind::kDate);
    number_ = Make(ShapeKind::kNumber);
    table_ = Make(ShapeKind::kTable);
    texts_ = ListOf(text_);
    tables_ = ListOf(Object({{"caption", text_}, {"cells", table_}}));
    const Shape* tasks = ListOf(Task());
    root_ = Object({{"header", Header()},
                    {"addressees", texts_},
                    {"signer", Signer()},
                    {"recipients", texts_},
                    {"citations", ListOf(Citation())},
                    {"sections", Sections()},
                    {"appendices", ListOf(Appendix())},
                    {"tables", tables_},
                    {"body_tables", tables_},
                    {"tasks", tasks},
                    {"unplaced_tasks", tasks},
                    {"targets", ListOf(Target())},
                    {"report", ReportShape()}});
  }
  const Shape& root() const { return *root_; }

 private:
  using Fields = std::map<std::string, const Shape*, std::less<>>;

  Shape* Make(ShapeKind kind) {
    shapes_.push_back(Shape{kind, {}, nullptr, nullptr, {}});
    return &shapes_.back();
  }
  Shape* Object(Fields fields) {
    Shape* shape = Make(ShapeKind::kObject);
    shape->fields = std::move(fields);
    return shape;
  }
  Shape* ListOf(const Shape* item) {
    Shape* shape = Make(ShapeKind::kList);
    shape->item = item;
    return shape;
  }

  const Shape* Header() {
    const Shape* issued_with = Object(
        {{"type_code", text_}, {"number", text_}, {"notation", text_}, {"date", date_}, {"agency", text_}});
    return Object({{"parent_agency", text_},
                   {"issuing_agency", text_},
                   {"number", text_},
                   {"notation", text_},
                   {"type_code", text_},
                   {"type_name", text_},
                   {"place", text_},
                   {"date", date_},
                   {"subject", text_},
                   {"urgency", text_},
                   {"secrecy", text_},
                   {"issued_with", issued_with}});
  }
  const Shape* Signer() {
    return Object({{"block", texts_},
                   {"authority", texts_},
                   {"on_behalf_of", text_},
                   {"position", text_},
                   {"name", text_}});
  }
  const Shape* Citation() {
    return Object({{"text", text_},
                   {"type_code", text_},
                   {"number", text_},
                   {"notation", text_},
                   {"date", date_},
                   {"agency", text_},
                   {"role", text_}});
  }
  const Shape* Sections() {
    Shape* section = Object({{"label", text_}, {"title", text_}, {"level", number_}, {"paragraphs", texts_}});
    const Shape* sections = ListOf(section);
    section->fields["sections"] = sections;
    section->deep = section;
    section->deep_field = "sections";
    return sections;
  }
  const Shape* Appendix() {
    const Shape* attached_to = Object({{"number", text_}, {"notation", text_}, {"date", date_}});
    return Object({{"label", text_},
                   {"title", text_},
                   {"attached_to", attached_to},
                   {"tables", tables_},
                   {"paragraphs", texts_},
                   {"footnotes", texts_}});
  }
  const Shape* Task() {
    const Shape* deadline =
        Object({{"text", text_}, {"kind", text_}, {"start", date_}, {"end", date_}, {"recurrence", text_}});
    return Object({{"group", texts_},
                   {"ordinal", text_},
                   {"goal", text_},
                   {"mission", text_},
                   {"content", text_},
                   {"lead", texts_},
                   {"coordinate", texts_},
                   {"deadline", deadline},
                   {"product", text_},
                   {"note", text_}});
  }
  const Shape* ReportShape() {
    Shape* report = Object(FieldsOf(kReportFigures));
    for (const ReportList& list : kReportLists)
      report->fields.emplace(list.name, ListOf(Object(FieldsOf(list.columns))));
    return report;
  }
  Fields FieldsOf(std::span<const FigureName> names) const {
    Fields fields;
    for (const FigureName& name : names)
      fields.emplace(name.name, name.kind == FigureKind::kNumber ? number_
                                : name.kind == FigureKind::kDate ? date_
                                                                 : text_);
    return fields;
  }
  const Shape* Target() {
    return Object({{"text", text_}, {"value", number_}, {"unit", text_}, {"comparison", text_}});
  }

  std::deque<Shape> shapes_;  // addresses stay
  const Shape *text_ = nullptr, *date_ = nullptr, *number_ = nullptr, *table_ = nullptr;
  const Shape *texts_ = nullptr, *tables_ = nullptr, *root_ = nullptr;
};

}  // namespace

const Shape& RecordShape() {
  static const RecordShapes shapes;
  return shapes.root();
}

std::vector<std::string> FieldNames(const Shape& shape) {
  std::vector<std::string> names;
  for (const auto& [name, field] : shape.fields) names.push_back(name);
  return names;
}

}  // namespace vanthu::templates
