// What `--log-level` shows on stderr, in the language of the messages.
#pragma once

#include "pipeline/app/verbs.h"
#include "pipeline/model/record.h"

namespace vanthu::app {

// Once, after the command line was read: sets the sink of pipeline/base/log.h.
void StartLog(const Common& common);

// A document that was read: its counts (info), and its findings. Those of severity error are told at
// warning, since the work was done; warnings at info, the rest at debug.
void LogDocument(const Record& record);

}  // namespace vanthu::app
