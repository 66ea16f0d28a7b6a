// The rows of a progress file, JSON or CSV, as entries. Internal to the room.
#pragma once

#include <functional>
#include <string>

#include "pipeline/report/data.h"

namespace vanthu::report {

Error DataError(const std::string& file, Message message);

// `text` gives a column's text, empty where there is none. kNotAccepted naming `where`.
Result<ProgressEntry> ProgressEntryOf(const std::function<std::string(const char* column)>& text,
                                      const std::string& file, const Message& where,
                                      const ProgressWords& words);

// RFC 4180 with commas, semicolons or tabs, a head row, UTF-8.
Result<std::vector<ProgressEntry>> ParseProgressCsv(std::string_view bytes, const std::string& file,
                                                    const ProgressWords& words);

}  // namespace vanthu::report
