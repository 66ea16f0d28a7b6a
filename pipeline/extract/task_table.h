// Tasks from the rows of a table whose columns are understood.
//
// Input: a table of Record::tables and its columns. Output: a task a row, in order, with evidence for each
// value. Method: group rows (one cell over most columns, Roman and letter ordinals, a heading above numbered
// rows) become the path of groups, by levels A > I > 1 > 1.1 > a); values of spanning cells go to every row
// they span; a row without content of its own goes on with the row above; rows that number columns, repeat
// the heading, give totals or remarks are no tasks. Accuracy: on the five sample plans every row; fails where
// a row cut by a page break was not joined and both parts hold content.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/extract/deadline.h"
#include "pipeline/extract/task_columns.h"
#include "pipeline/extract/task_rules.h"
#include "pipeline/model/record.h"

namespace vanthu::extract {

// A task with what supports it, before it has its number in the record.
struct TracedTask {
  Task task;
  std::map<std::string, Evidence> evidence;  // by member: "deadline"
  std::vector<Finding> findings;             // the message without the task's number
};

// `caption`: the numbered line above the table, which is the outermost group; empty if there is none.
std::vector<TracedTask> TasksOfTable(const Table& table, int table_index, const TaskColumns& columns,
                                     const std::string& caption,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules);

// Puts a deadline as written into a task, with its evidence and findings.
void SetDeadline(const std::string& text, const Evidence& evidence,
                 const std::optional<DefaultYear>& default_year, const std::string& unit,
                 const TaskRules& rules, TracedTask* out);

// Adds the organisations that `text` names to lead or coordinate.
void AddOrganisations(const std::string& text, const Evidence& evidence, Role role, const TaskRules& rules,
                      TracedTask* out);

}  // namespace vanthu::extract
