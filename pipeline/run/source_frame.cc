#include "pipeline/run/source_frame.h"

namespace vanthu::run {
namespace {

void Map(const DocumentLayout& document, Place* place) {
  if (place->page < 0 || place->page >= static_cast<int>(document.pages.size())) return;
  place->box = document.pages[static_cast<std::size_t>(place->page)].to_source.Map(place->box);
}

}  // namespace

void MapToSource(const DocumentLayout& document, Table* table) {
  for (Place& place : table->places) Map(document, &place);
  for (Cell& cell : table->cells)
    for (Place& place : cell.places) Map(document, &place);
}

}  // namespace vanthu::run
