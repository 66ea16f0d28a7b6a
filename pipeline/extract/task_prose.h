// Tasks from prose: numbered items with labelled lines, and sentences that give someone something to do by a
// date.
//
// Input: the body's paragraphs in reading order. Output: tasks in that order, with evidence. Method: numbered
// paragraphs become a tree with the bullets under them; an item whose lines are labelled ("Bộ phận chủ trì:
// …",
// "(Chủ trì: …; thời gian: …)") is one task: its content is the title and the lines without a label, its
// groups the headings above. Sentences ("Giao Sở X chủ trì, phối hợp với Y … trước ngày …") are read only
// where the caller found tasks in no other form, and only with a lead and a date in so many words: offices
// put their tasks in one form, and in a plan with a table the section on who does what names no further
// tasks. Fails on unnumbered items without labels.
#pragma once

#include <optional>
#include <vector>

#include "pipeline/extract/deadline.h"
#include "pipeline/extract/notes.h"
#include "pipeline/extract/task_rules.h"
#include "pipeline/extract/task_table.h"
#include "pipeline/model/layout.h"

namespace vanthu::extract {

// A task and the place in the flow where its item begins.
struct ProseTask {
  std::size_t flow_index = 0;
  TracedTask traced;
};

std::vector<ProseTask> LabelledTasks(const DocumentLayout& document,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules,
                                     const Mapper& mapper);

std::vector<ProseTask> SentenceTasks(const DocumentLayout& document,
                                     const std::optional<DefaultYear>& default_year, const TaskRules& rules,
                                     const Mapper& mapper);

}  // namespace vanthu::extract
