// Input: a gold record and a result. Output: a tally per field. Method: members compared one by one; lists as
// sets with repetitions; citations matched by type, number and notation; appendices and targets by the
// likeness of their texts. An object with alternatives (issued_with, signer) takes the variant that scores
// best.
#include "pipeline/evaluate/field_score.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pipeline/evaluate/assignment.h"
#include "pipeline/evaluate/distance.h"
#include "pipeline/evaluate/told.h"

namespace vanthu::evaluate {
namespace {

struct FieldName {
  const char* name;
  bool list;
};

constexpr std::array<FieldName, 11> kHeader = {{{"parent_agency", false},
                                                {"issuing_agency", false},
                                                {"number", false},
                                                {"notation", false},
                                                {"type_code", false},
                                                {"type_name", false},
                                                {"place", false},
                                                {"date", false},
                                                {"subject", false},
                                                {"urgency", false},
                                                {"secrecy", false}}};
constexpr std::array<FieldName, 5> kIssuedWith = {
    {{"type_code", false}, {"number", false}, {"notation", false}, {"date", false}, {"agency", false}}};
constexpr std::array<FieldName, 5> kSigner = {
    {{"block", true}, {"authority", true}, {"on_behalf_of", false}, {"position", false}, {"name", false}}};

Tally Sum(const Fields& fields) {
  Tally sum;
  for (const auto& [name, tally] : fields) sum += tally;
  return sum;
}

// An object of the record and where it stands: in the gold (JSON pointer) and in the list of fields
// ("signer.").
struct Place {
  std::string pointer;
  std::string prefix;
};

class FieldScorer {
 public:
  FieldScorer(const Gold& gold, const Json& result, Mode mode, Fields& fields,
              std::vector<Message>* differences)
      : gold_(gold), result_(result), mode_(mode), fields_(fields), differences_(differences) {}

  void ScoreAll() {
    const Json& root = gold_.root();
    if (root.contains("header")) {
      ScoreObject({"/header", "header."}, Member(root, "header"), Member(result_, "header"), kHeader);
      const Json& header = Member(root, "header");
      if (header.is_object() && header.contains("issued_with"))
        ScoreObject({"/header/issued_with", "header.issued_with."}, Member(header, "issued_with"),
                    Member(Member(result_, "header"), "issued_with"), kIssuedWith);
    }
    if (root.contains("signer"))
      ScoreObject({"/signer", "signer."}, Member(root, "signer"), Member(result_, "signer"), kSigner);
    for (const char* name : {"addressees", "recipients"})
      if (root.contains(name)) ScoreListField(name);
    if (root.contains("citations")) ScoreCitations();
    if (root.contains("appendices")) ScoreAppendices();
    if (root.contains("targets")) ScoreTargets();
  }

 private:
  void Differ(const std::string& field, const Json& gold, const Json& result) {
    if (differences_ != nullptr)
      differences_->push_back(ToldAlike(fmt::format("{}: {} -> {}", field, Shown(gold), Shown(result))));
  }

  template <std::size_t N>
  void ScoreObject(const Place& place, const Json& gold, const Json& result,
                   const std::array<FieldName, N>& names) {
    Fields best;
    const Json* chosen = nullptr;
    for (const Json* variant : gold_.Accepted(place.pointer, gold)) {
      Fields fields;
      for (const FieldName& field : names) {
        if (variant->is_object() && !variant->contains(field.name)) continue;  // not looked at in the gold
        const std::string pointer = place.pointer + "/" + field.name;
        const Json& expected = Member(*variant, field.name);
        const Json& found = Member(result, field.name);
        fields[place.prefix + field.name] = field.list ? gold_.ScoreList(pointer, expected, found, mode_)
                                                       : gold_.ScoreValue(pointer, expected, found, mode_);
      }
      if (chosen == nullptr || Sum(fields).F1() > Sum(best).F1()) {
        best = std::move(fields);
        chosen = variant;
      }
    }
    for (const FieldName& field : names) {
      const auto tally = best.find(place.prefix + field.name);
      if (tally == best.end()) continue;
      fields_[tally->first] += tally->second;
      if (chosen != nullptr && !tally->second.Perfect())
        Differ(tally->first, Member(*chosen, field.name), Member(result, field.name));
    }
  }

  void ScoreListField(const std::string& name) {
    const Json& gold = Member(gold_.root(), name);
    const Json& result = Member(result_, name);
    const Tally tally = gold_.ScoreList("/" + name, gold, result, mode_);
    fields_[name] += tally;
    if (!tally.Perfect()) ListDifferences(name, gold, result);
  }

  // The items of one list that the other lacks.
  void ListDifferences(const std::string& name, const Json& gold, const Json& result) {
    std::vector<Json> missing, extra;
    if (gold.is_array()) missing = gold.get<std::vector<Json>>();
    if (result.is_array())
      for (const Json& item : result) {
        const auto same = std::find_if(missing.begin(), missing.end(), [&](const Json& other) {
          return Comparable(other, mode_) == Comparable(item, mode_);
        });
        if (same == missing.end()) {
          extra.push_back(item);
        } else {
          missing.erase(same);
        }
      }
    for (std::size_t i = 0; i < std::max(missing.size(), extra.size()); ++i)
      Differ(name, i < missing.size() ? missing[i] : Json(), i < extra.size() ? extra[i] : Json());
  }

  bool SameCitation(std::size_t index, const Json& gold, const Json& result) const {
    const std::string pointer = "/citations/" + std::to_string(index) + "/";
    for (const char* name : {"type_code", "number", "notation"})
      if (!gold_.IsRight(pointer + name, Member(gold, name), Member(result, name), mode_)) return false;
    return true;
  }

  void ScoreCitations() {
    const Json& gold = Member(gold_.root(), "citations");
    const Json& result = Member(result_, "citations");
    std::vector<bool> used(result.is_array() ? result.size() : 0, false);
    Tally& tally = fields_["citations"];
    tally.found += static_cast<double>(used.size());
    for (std::size_t i = 0; gold.is_array() && i < gold.size(); ++i) {
      const std::string pointer = "/citations/" + std::to_string(i) + "/";
      int hit = -1;  // the first of the same kind and number, rather one of the same date
      for (std::size_t j = 0; j < used.size(); ++j) {
        if (used[j] || !SameCitation(i, gold[i], result[j])) continue;
        const bool same_date =
            gold_.IsRight(pointer + "date", Member(gold[i], "date"), Member(result[j], "date"), mode_);
        if (hit < 0 || same_date) hit = static_cast<int>(j);
        if (same_date) break;
      }
      if (hit >= 0) used[static_cast<std::size_t>(hit)] = true;
      if (Gold::IsOptional(gold[i])) {
        if (hit >= 0) --tally.found;
        continue;
      }
      ++tally.expected;
      if (hit < 0) {
        Differ("citations", Member(gold[i], "text"), Json());
        continue;
      }
      ++tally.matched;
      for (const char* name : {"date", "agency", "role"}) {
        const Json& found = Member(result[static_cast<std::size_t>(hit)], name);
        const Tally member = gold_.ScoreValue(pointer + name, Member(gold[i], name), found, mode_);
        fields_[std::string("citations.") + name] += member;
        if (!member.Perfect()) Differ("citations." + std::string(name), Member(gold[i], name), found);
      }
    }
    for (std::size_t j = 0; j < used.size(); ++j)
      if (!used[j]) Differ("citations", Json(), Member(result[j], "text"));
  }

  // For each gold item the result item that reads most like it; texts more than half different are no pair.
  std::vector<int> PairByText(const Json& gold, const Json& result, const char* member) const {
    constexpr double kHalf = 0.5;  // guess: titles of two appendices of one plan differ by more
    Symbols symbols;
    std::vector<std::vector<double>> cost(gold.is_array() ? gold.size() : 0);
    const auto sequence = [&](const Json& item) {
      return symbols.Clusters(Comparable(Member(item, member), Mode::kNormalised));
    };
    std::vector<Sequence> found;
    if (result.is_array())
      for (const Json& item : result) found.push_back(sequence(item));
    for (std::size_t i = 0; i < cost.size(); ++i) {
      const Sequence expected = sequence(gold[i]);
      for (std::size_t j = 0; j < found.size(); ++j) {
        const double order =
            1e-6 * std::abs(static_cast<double>(i) - static_cast<double>(j));  // of equals, the nearest
        cost[i].push_back(RelativeDistance(expected, found[j]) + order);
      }
    }
    return BestAssignment(cost, kHalf);
  }

  // Items are right when all `members` are; pairs by `text_member`.
  void ScoreItems(const std::string& name, const char* text_member, const std::vector<std::string>& members) {
    const Json& gold = Member(gold_.root(), name);
    const Json& result = Member(result_, name);
    const std::vector<int> pairs = PairByText(gold, result, text_member);
    Tally& tally = fields_[name];
    std::vector<bool> used(result.is_array() ? result.size() : 0, false);
    tally.found += static_cast<double>(used.size());
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      const bool paired = pairs[i] >= 0;
      if (paired) used[static_cast<std::size_t>(pairs[i])] = true;
      if (Gold::IsOptional(gold[i])) {
        if (paired) --tally.found;
        continue;
      }
      ++tally.expected;
      if (!paired) {
        Differ(name, Member(gold[i], text_member), Json());
        continue;
      }
      const Json& found = result[static_cast<std::size_t>(pairs[i])];
      bool right = true;
      for (const std::string& member : members) {
        const std::string pointer = fmt::format("/{}/{}/{}", name, i, member);
        if (gold_.IsRight(pointer, Member(gold[i], member), Member(found, member), mode_)) continue;
        right = false;
        Differ(fmt::format("{}.{}", name, member), Member(gold[i], member), Member(found, member));
      }
      if (right) ++tally.matched;
    }
    for (std::size_t j = 0; j < used.size(); ++j)
      if (!used[j]) Differ(name, Json(), Member(result[j], text_member));
  }

  void ScoreAppendices() { ScoreItems("appendices", "title", {"label", "title"}); }
  void ScoreTargets() { ScoreItems("targets", "text", {"value", "unit", "comparison"}); }

  const Gold& gold_;
  const Json& result_;
  Mode mode_;
  Fields& fields_;
  std::vector<Message>* differences_;
};

bool IsOfTheRecord(const std::string& field) {
  return field.starts_with("header.") || field.starts_with("signer.") || field == "addressees" ||
         field == "recipients";
}

}  // namespace

Tally HeaderAndSigner(const Fields& fields) {
  Tally sum;
  for (const auto& [name, tally] : fields)
    if (name.starts_with("header.") || name.starts_with("signer.")) sum += tally;
  return sum;
}

void ScoreFields(const Gold& gold, const Json& result, DocumentScore& score) {
  FieldScorer(gold, result, Mode::kExact, score.fields_exact, nullptr).ScoreAll();
  FieldScorer(gold, result, Mode::kNormalised, score.fields_normalised, &score.differences).ScoreAll();
  ++score.records;
  const bool whole =
      std::all_of(score.fields_normalised.begin(), score.fields_normalised.end(),
                  [](const auto& field) { return !IsOfTheRecord(field.first) || field.second.Perfect(); });
  if (whole) ++score.whole_records;
}

}  // namespace vanthu::evaluate
