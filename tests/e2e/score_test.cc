// The bars that the program is held to, measured by `vanthu evaluate` on the five plans (docs/benchmarks.md).
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "program.h"

namespace vanthu::e2e {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const char* const kPlans[] = {"an-thanh-2026", "hung-thinh-2025", "kien-an-2023", "thanh-mien-2024",
                              "thanh-xa-2023"};

struct Bars {
  double fields, task_rows, whole_tasks, whole_tasks_tolerant, deadlines, adjacency, adjacency_tolerant, cer;
};

// Extracts every plan (suffix "" or "-scan") and holds the totals against the bars.
void ExpectAtLeast(const std::string& suffix, const Bars& bars) {
  const Scratch scratch;
  std::vector<pid_t> running;
  for (const char* plan : kPlans) {
    const std::string pdf = Sample(std::string(plan) + suffix + ".pdf").string();
    const std::string out = (scratch / plan).string();
    running.push_back(StartVanthu({"extract", pdf, "-o", out + ".json"}, scratch / "out", scratch / "err"));
    running.push_back(StartVanthu({"text", pdf, "-o", out + ".txt"}, scratch / "out", scratch / "err"));
    if (running.size() < 2) continue;
    for (const pid_t pid : running) EXPECT_LE(WaitFor(pid), 1) << plan;
    running.clear();
  }
  fs::remove(scratch / "out");
  fs::remove(scratch / "err");
  const Outcome scored = RunVanthu(
      {"evaluate", "--truth", Sample("").string(), "--result", scratch.path().string(), "--format", "json"});
  ASSERT_EQ(scored.exit_code, 0) << scored.err;
  const json total = json::parse(scored.out).at("total");
  std::printf("%s\n",
              RunVanthu({"evaluate", "--truth", Sample("").string(), "--result", scratch.path().string()})
                  .out.c_str());
  const json& tasks = total.at("tasks");
  EXPECT_GE(total.at("header_signer").at("normalised").at("f1").get<double>(), bars.fields);
  EXPECT_GE(tasks.at("rows").at("recall").get<double>(), bars.task_rows);
  EXPECT_GE(tasks.at("whole").at("recall").get<double>(), bars.whole_tasks);
  EXPECT_GE(tasks.at("whole_tolerant").at("recall").get<double>(), bars.whole_tasks_tolerant);
  EXPECT_GE(tasks.at("deadlines").at("f1").get<double>(), bars.deadlines);
  EXPECT_GE(total.at("tables").at("adjacency").at("f1").get<double>(), bars.adjacency);
  EXPECT_GE(total.at("tables").at("adjacency_tolerant").at("f1").get<double>(), bars.adjacency_tolerant);
  EXPECT_LE(total.at("text").at("cer_tone_folded").get<double>(), bars.cer);
}

TEST(Score, BornDigital) {
  ExpectAtLeast("", {1.00, 1.00, 0.98, 0.98, 0.98, 0.99, 0.99, 0.001});
}

TEST(Score, Scans) {
  ExpectAtLeast("-scan", {0.95, 1.00, 0.85, 0.95, 0.95, 0.95, 0.97, 0.010});
}

}  // namespace
}  // namespace vanthu::e2e
