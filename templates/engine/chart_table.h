// A chart as a table of the same values: for the writers that draw nothing (text, DOCX).
#pragma once

#include "templates/engine/document.h"

namespace vanthu::templates {

// One head row with the series, one row a group; the chart's alternative text is its summary.
Table ChartTable(const Chart& chart);

}  // namespace vanthu::templates
