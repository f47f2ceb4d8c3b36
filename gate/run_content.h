// Content to run: from paths to engines.

#ifndef SLUICE_GATE_RUN_CONTENT_H_
#define SLUICE_GATE_RUN_CONTENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/engine.h"
#include "gate/run.h"
#include "schema/results.h"

namespace sluice {

// Contents that run together, and the files that they are from.
struct RunGroup {
  Engine engine;
  std::vector<uint32_t> inputs;  // by content of the engine, in Results::inputs

  Dialect dialect() const { return engine.content().dialect(); }
};

struct RunContent {
  // Sigma, channel, then each Sysmon content by itself.
  std::vector<RunGroup> groups;
  Results results;
};

// Errors (kInvalidArgument): a kind that there is not.
absl::StatusOr<RunContent> LoadRunContent(const std::vector<std::string>& paths,
                                          const RunOptions& options);

}  // namespace sluice

#endif  // SLUICE_GATE_RUN_CONTENT_H_
