#include "pipeline/extract/tasks.h"

namespace vanthu::extract {

std::vector<Task> FindTasks(const DocumentLayout&, const std::vector<Table>&, const Outline&, const Rules&,
                            const Mapper&, Notes*) {
  return {};
}

Result<TaskRules> ReadTaskRules(const std::filesystem::path&) {
  return TaskRules{};
}

}  // namespace vanthu::extract
