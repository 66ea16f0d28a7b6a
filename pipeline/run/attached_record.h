// The record that a document carries (`vanthu render` puts it there), and whether it may be believed.
//
// Anybody can attach anything to a PDF; so an attached record is never taken at its word. Proof: where the
// form that it names is ours, and engine and fonts are today's, the document is set again from it; the same
// bytes mean that the pages show what it says. Else, and for values that no page shows, it must agree with
// what is read from the pages as they are drawn. Where it does not, the pages' values stand, with an error
// for each difference, and a batch puts the document into quarantine. docs/decisions/0005-attached-record.md.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "pipeline/base/error.h"
#include "pipeline/intake/intake.h"
#include "pipeline/model/record.h"
#include "pipeline/run/record_difference.h"
#include "pipeline/run/worker.h"

namespace vanthu::run {

class Setting;  // the form, fonts and conventions that the document is set again with

struct AttachedRecord {
  enum class State {
    kAbsent,    // none, or another program's
    kRefused,   // not to be looked at: `finding` says why
    kProven,    // the document set again has the same bytes, and what came later left its pages alone
    kUnproven,  // to be compared with the pages
  };
  State state = State::kAbsent;
  std::optional<Finding> finding;
  std::optional<Record> record;            // of kProven and kUnproven
  std::shared_ptr<const Setting> setting;  // of kProven

  bool NeedsShownPages() const { return state == State::kUnproven; }
};

// Takes the time of setting the document once (40 ms); of one that was signed or changed since, that of
// drawing its pages too. Calls `heartbeat` for each page drawn.
AttachedRecord FindAttachedRecord(intake::Document& document, const Heartbeat& heartbeat);

// The record to go on with, and what contradicts it.
struct SettledRecord {
  Record record;
  std::vector<Difference> differences;  // empty: nothing attached, or the attachment agrees
};

// `page`: the record as read from the pages, with its source.
SettledRecord SettleRecord(const AttachedRecord& attached, Record page);

// Why a document whose pages and attachment differ cannot be taken into a store: both versions of each value.
Error MismatchError(const std::vector<Difference>& differences);

}  // namespace vanthu::run
