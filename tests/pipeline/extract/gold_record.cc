#include "gold_record.h"

#include <fstream>
#include <sstream>

namespace vanthu::extract {
namespace {

using nlohmann::json;

std::string Read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

Text TextOf(const json& value) {
  return value.is_string() ? Text(value.get<std::string>()) : Text();
}

json OrNull(const Text& text) {
  return text ? json(*text) : json();
}

json OrNull(const std::optional<Date>& date) {
  return date ? json(ToIso(*date)) : json();
}

const char* NameOf(DeadlineKind kind) {
  switch (kind) {
    case DeadlineKind::kBy:
      return "by";
    case DeadlineKind::kOn:
      return "on";
    case DeadlineKind::kBetween:
      return "between";
    case DeadlineKind::kQuarter:
      return "quarter";
    case DeadlineKind::kYear:
      return "year";
    case DeadlineKind::kOngoing:
      return "ongoing";
    case DeadlineKind::kPeriodic:
      return "periodic";
    case DeadlineKind::kRelative:
      return "relative";
    case DeadlineKind::kUnknown:
      return "unknown";
  }
  return "?";
}

bool Matches(const json& alternatives, const std::string& pointer, const json& expected, const json& found) {
  if (expected == found) return true;
  if (alternatives.contains(pointer))
    for (const json& other : alternatives[pointer])
      if (other == found) return true;
  if (expected.is_object() && found.is_object()) {
    for (const auto& [key, value] : expected.items())
      if (!Matches(alternatives, pointer + "/" + key, value, found.value(key, json()))) return false;
    return true;
  }
  return false;
}

json ToJson(const Task& task) {
  json out;
  out["group"] = task.group;
  out["ordinal"] = OrNull(task.ordinal);
  out["goal"] = OrNull(task.goal);
  out["mission"] = OrNull(task.mission);
  out["content"] = task.content;
  out["lead"] = task.lead;
  out["coordinate"] = task.coordinate;
  out["deadline"] = task.deadline ? extract::ToJson(*task.deadline) : json();
  out["product"] = OrNull(task.product);
  out["note"] = OrNull(task.note);
  if (task.table) out["table"] = *task.table;
  if (task.row) out["row"] = *task.row;
  return out;
}

}  // namespace

json ToJson(const Deadline& deadline) {
  return {{"text", deadline.text},
          {"kind", NameOf(deadline.kind)},
          {"start", OrNull(deadline.start)},
          {"end", OrNull(deadline.end)},
          {"recurrence", OrNull(deadline.recurrence)}};
}

json ReadGold(const std::string& name) {
  return json::parse(Read(std::string(VANTHU_SOURCE_DIR) + "/samples/" + name + ".json"));
}

std::vector<Table> GoldTables(const json& gold) {
  std::vector<Table> out;
  for (const json& entry : gold["tables"]) {
    Table table;
    table.pages = {static_cast<int>(out.size())};
    table.header_rows = entry["header_rows"];
    table.caption = entry.value("caption", "");
    for (const json& item : entry["cells"]) {
      Cell cell;
      cell.row = item["row"];
      cell.col = item["col"];
      cell.rowspan = item["rowspan"];
      cell.colspan = item["colspan"];
      cell.text = item["text"];
      cell.places = {{table.pages.front(),
                      Box{10.0 * cell.col, 10.0 * cell.row, 10.0 * cell.col + 9, 10.0 * cell.row + 9}}};
      table.rows = std::max(table.rows, cell.row + cell.rowspan);
      table.columns = std::max(table.columns, cell.col + cell.colspan);
      table.cells.push_back(cell);
    }
    out.push_back(std::move(table));
  }
  return out;
}

Header GoldHeader(const json& gold) {
  Header out;
  const json& header = gold["header"];
  out.subject = TextOf(header["subject"]);
  out.type_code = TextOf(header["type_code"]);
  if (header["date"].is_string()) out.date = ParseIsoDate(header["date"].get<std::string>());
  return out;
}

DocumentLayout GoldProse(const std::string& name) {
  std::istringstream in(Read(std::string(VANTHU_SOURCE_DIR) + "/samples/" + name + ".txt"));
  std::vector<std::string> lines;
  for (std::string text; std::getline(in, text);) lines.push_back(text);
  return ProseOf(lines);
}

DocumentLayout ProseOf(const std::vector<std::string>& lines) {
  DocumentLayout out;
  int row = 0;
  for (const std::string& text : lines) {
    ++row;
    if (text.empty()) continue;
    Paragraph paragraph;
    paragraph.text = text;
    Line line;
    line.page = row / 40;
    line.text = text;
    line.box = {80, 20.0 * (row % 40), 500, 20.0 * (row % 40) + 14};
    std::istringstream words(text);
    double x = 80;
    for (std::string word; words >> word; x += 20) {
      Word item;
      item.text = word;
      item.box = {x, line.box.y0, x + 18, line.box.y1};
      line.words.push_back(item);
    }
    paragraph.lines.push_back(line);
    out.flow.push_back({paragraph, std::nullopt});
  }
  return out;
}

std::vector<std::string> TaskDifferences(const json& gold, const std::vector<Task>& tasks) {
  std::vector<std::string> out;
  const json alternatives = gold.value("alternatives", json::object());
  std::size_t at = 0;
  const json& expected = gold["tasks"];
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string pointer = "/tasks/" + std::to_string(i);
    const bool matches = at < tasks.size() && Matches(alternatives, pointer + "/content",
                                                      expected[i]["content"], tasks[at].content);
    if (!matches && expected[i].value("optional", false)) continue;
    if (!matches) {
      out.push_back(pointer + " content: " + expected[i]["content"].dump() +
                    (at < tasks.size() ? " != " + json(tasks[at].content).dump() : " is missing"));
      ++at;
      continue;
    }
    const json found = ToJson(tasks[at++]);
    for (const auto& [key, value] : expected[i].items()) {
      if (key == "optional") continue;
      if (!Matches(alternatives, pointer + "/" + key, value, found.value(key, json())))
        out.push_back(pointer + " " + key + ": " + value.dump() + " != " + found.value(key, json()).dump());
    }
  }
  for (; at < tasks.size(); ++at) out.push_back("no task in the gold: " + tasks[at].content);
  return out;
}

}  // namespace vanthu::extract
