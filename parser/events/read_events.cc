#include "parser/events/read_events.h"

#include <optional>

#include "parser/events/json_objects.h"
#include "parser/events/json_tree.h"
#include "parser/events/windows_event.h"
#include "schema/text.h"

namespace sluice {

absl::Status ReadEvents(std::istream& in, const std::string& path, ContractDraft& draft) {
  JsonObjects objects(in, path);
  while (true) {
    const absl::StatusOr<std::optional<JsonText>> next = objects.Next();
    if (!next.ok()) return next.status();
    if (!next->has_value()) return absl::OkStatus();
    const absl::StatusOr<JsonTree> tree = ParseJsonTree(path, **next);
    if (!tree.ok()) return tree.status();
    const absl::Status added = draft.Add(ReadWindowsEvent(*tree));
    if (!added.ok()) return JsonError(path, **next, 0, Standard(added.message()));
  }
}

}  // namespace sluice
