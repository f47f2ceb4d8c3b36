// Events from a stream into a draft.

#ifndef SLUICE_PARSER_EVENTS_READ_EVENTS_H_
#define SLUICE_PARSER_EVENTS_READ_EVENTS_H_

#include <istream>
#include <string>

#include "absl/status/status.h"
#include "parser/events/contract_draft.h"

namespace sluice {

// Adds every event of `in`, which `path` names in errors, and holds one at a time. Errors: those of
// `JsonObjects` and `ParseJsonTree`, and those of `ContractDraft::Add` with the place of the event.
absl::Status ReadEvents(std::istream& in, const std::string& path, ContractDraft& draft);

}  // namespace sluice

#endif  // SLUICE_PARSER_EVENTS_READ_EVENTS_H_
