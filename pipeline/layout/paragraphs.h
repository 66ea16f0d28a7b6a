// Lines of one column -> paragraphs.
//
// Signs of a new paragraph: the first word would have fitted on the line above; a first-line indent; a list
// marker; a larger gap; another alignment, weight or size. Centred lines of one style and pitch stay together
// (a title). Accuracy: all paragraphs of the sample plans. Fails: ragged text whose author broke the lines
// himself.
#pragma once

#include <vector>

#include "pipeline/layout/line_joins.h"
#include "pipeline/model/layout.h"

namespace vanthu::layout {

// The edges that lines are measured against.
struct ColumnEdges {
  double left_pt = 0;
  double right_pt = 0;
  double indent_pt = 0;  // the usual first-line indent; 0 = none seen
  double pitch_pt = 0;   // the usual distance of baselines inside a paragraph; 0 = unknown
};

// Fewer lines than this may all be centred or short: they do not show where the edges are.
inline constexpr std::size_t kEnoughLines = 8;

// Edges of a column of lines, from the lines that agree; from the outermost ones where there are few.
ColumnEdges MeasureColumn(const std::vector<Line>& lines, double text_pt);

Alignment AlignmentOf(const Line& line, const ColumnEdges& edges);

// `lines`: of one column on one page, top to bottom.
std::vector<Paragraph> BuildParagraphs(std::vector<Line> lines, Region region, const ColumnEdges& edges,
                                       const LineJoins& joins);

// Does the first paragraph of a page go on with the last of the page before?
bool GoesOnOverPage(const Paragraph& above, const ColumnEdges& above_edges, const Paragraph& below,
                    const ColumnEdges& below_edges);

// Joins `below` to `above`.
void JoinParagraphs(Paragraph& above, const Paragraph& below, double room_pt, const LineJoins& joins);

}  // namespace vanthu::layout
