#include "signing/appearance/appearance_rules.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "pipeline/base/data_file.h"
#include "pipeline/base/refusal.h"

namespace vanthu::signing {
namespace {

constexpr double kMostPoints = 2000;

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

// Seconds east of UTC of a pattern that ends "+07:00".
std::optional<int> ZoneOf(std::string_view pattern) {
  if (pattern.size() < 7) return std::nullopt;
  const std::string_view zone = pattern.substr(pattern.size() - 6);
  const bool form = (zone[0] == '+' || zone[0] == '-') && IsDigit(zone[1]) && IsDigit(zone[2]) &&
                    zone[3] == ':' && IsDigit(zone[4]) && IsDigit(zone[5]);
  if (!form) return std::nullopt;
  const int hours = (zone[1] - '0') * 10 + zone[2] - '0', minutes = (zone[4] - '0') * 10 + zone[5] - '0';
  if (hours > 14 || minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

BlockRules ReadBlock(DataReader block) {
  BlockRules rules;
  rules.size_pt = block.Number("size", 4, 30);
  rules.least_size_pt = block.Number("least_size", 3, 30);
  rules.top_pt = block.Number("top", 0, kMostPoints);
  rules.right_pt = block.Number("right", 0, kMostPoints);
  rules.most_width_pt = block.Number("most_width", 20, kMostPoints);
  rules.most_height_pt = block.Number("most_height", 10, kMostPoints);
  rules.copy = block.Texts("copy");
  rules.annex = block.Texts("annex");
  return rules;
}

SignatureRules ReadSignature(DataReader signature) {
  SignatureRules rules;
  rules.width_pt = signature.Number("width", 10, kMostPoints);
  rules.height_pt = signature.Number("height", 10, kMostPoints);
  rules.text_pt = signature.Number("text_size", 4, 30);
  rules.least_text_pt = signature.Number("least_text_size", 3, 30);
  rules.picture_share = signature.Number("picture_share", 0.2, 0.9);
  return rules;
}

SealRules ReadSeal(DataReader seal) {
  SealRules rules;
  rules.width_mm = seal.Number("width_mm", 5, 200);
  rules.least_mm = seal.Number("least_mm", 1, 200);
  rules.most_mm = seal.Number("most_mm", 5, 200);
  rules.overlap = seal.Number("overlap", 0, 1);
  return rules;
}

// The field of "Số: {number}"; empty: the line has none.
const std::string* FieldOf(std::string_view pattern, const BlockFields& fields, std::string* name) {
  const std::pair<const char*, const std::string*> all[] = {{"{form}", &fields.form},
                                                            {"{number}", &fields.number},
                                                            {"{agency}", &fields.agency},
                                                            {"{time}", &fields.time}};
  for (const auto& [key, value] : all) {
    if (pattern.find(key) == std::string_view::npos) continue;
    *name = key;
    return value;
  }
  return nullptr;
}

Result<AppearanceRules> RulesOf(DataFile file, const std::string& name) {
  DataReader root = file.root();
  root.OptionalText("$comment");
  AppearanceRules rules;
  rules.time = root.Text("time");
  rules.block = ReadBlock(root.Item("block"));
  for (DataReader& form : root.Items("copy_forms")) {
    const std::string key = form.Text("key");
    rules.copy_forms[key] = form.Text("text");
    rules.copy_codes[key] = form.Text("code");
  }
  rules.signature = ReadSignature(root.Item("signature"));
  rules.seal = ReadSeal(root.Item("seal"));
  DataReader names = root.Item("names");
  rules.signer_name = names.Text("signer");
  rules.agency_name = names.Text("agency");
  rules.annex_name = names.Text("annex");
  rules.copy_name = names.Text("copy");
  if (Status status = file.Check(); !status) return Fail(status.error());
  if (!ZoneOf(rules.time)) {
    Error error = Refusal(ErrorCode::kMissingResource,
                          {"mẫu thời gian ký phải kết thúc bằng múi giờ, như \"+07:00\"",
                           "the pattern of the signing time must end with a zone, as \"+07:00\""},
                          rules.time);
    error.file = name;
    return Fail(std::move(error));
  }
  return rules;
}

}  // namespace

Result<AppearanceRules> ParseAppearanceRules(std::string_view json, const std::string& name) {
  Result<DataFile> file = ParseDataFile(json, name);
  if (!file) return Fail(file.error());
  return RulesOf(std::move(*file), name);
}

Result<AppearanceRules> ReadAppearanceRules(const std::filesystem::path& rules_dir) {
  const std::filesystem::path path = rules_dir / "appearance.json";
  Result<DataFile> file = ReadDataFile(path);
  if (!file) return Fail(file.error());
  return RulesOf(std::move(*file), path.string());
}

std::string TimeText(std::int64_t unix_seconds, std::string_view pattern) {
  using namespace std::chrono;
  const sys_seconds local{seconds(unix_seconds + ZoneOf(pattern).value_or(0))};
  const sys_days day = floor<days>(local);
  const year_month_day date{day};
  const hh_mm_ss time{local - day};
  const std::pair<const char*, std::string> parts[] = {
      {"dd", fmt::format("{:02}", static_cast<unsigned>(date.day()))},
      {"MM", fmt::format("{:02}", static_cast<unsigned>(date.month()))},
      {"yyyy", fmt::format("{:04}", static_cast<int>(date.year()))},
      {"HH", fmt::format("{:02}", time.hours().count())},
      {"mm", fmt::format("{:02}", time.minutes().count())},
      {"ss", fmt::format("{:02}", time.seconds().count())}};
  std::string out;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto part = std::find_if(std::begin(parts), std::end(parts),
                                   [&](const auto& p) { return pattern.substr(at).starts_with(p.first); });
    if (part == std::end(parts)) {
      out += pattern[at++];
      continue;
    }
    out += part->second;
    at += std::string_view(part->first).size();
  }
  return out;
}

std::vector<std::string> BlockLines(const std::vector<std::string>& patterns, const BlockFields& fields) {
  std::vector<std::string> lines;
  for (const std::string& pattern : patterns) {
    std::string name;
    const std::string* value = FieldOf(pattern, fields, &name);
    if (value != nullptr && value->empty()) continue;
    std::string line = pattern;
    if (value != nullptr) line.replace(line.find(name), name.size(), *value);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace vanthu::signing
