// What Sysmon's compiler makes of a configuration, as far as it can be said before records are
// written; and everything in it that is refused.

#ifndef SLUICE_PARSER_SYSMON_BLOB_WRITE_PLAN_H_
#define SLUICE_PARSER_SYSMON_BLOB_WRITE_PLAN_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parser/sysmon/blob_write_causes.h"
#include "parser/sysmon/blob_write_target.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice::blob {

// An option whose value is a list of programs: conditions on Image of the event of its name (Sysmon
// rule blob, section 5.2, step 8).
struct ListOption {
  uint32_t series = kNone;         // in BlobEvents::series()
  uint32_t setting = 0;            // in Content::settings()
  std::vector<std::string> items;  // UTF-8
};

struct Plan {
  uint32_t schema_word = 0;
  std::vector<ListOption> options;
  // By instance: records that the compiler leaves out, with nothing else lost by it.
  std::vector<bool> skipped;

  // The option that has conditions for the series; nullptr without one.
  const ListOption* OptionOf(uint32_t series) const;
};

// Whether a condition is known to the target and its name fits: others are left out, and in a
// `<Rule>` all that follow it there.
bool IsCompiled(const Criterion& criterion, const Contract& contract);

// What happens to an event that a record of this series does not match.
bool DefaultIncludes(const Instance& instance, const Series& series);

// The schema version, what the reader found irregular, and the options; fills `plan`.
void PlanFile(const Content& content, const BlobTarget& target, const BlobEvents& events,
              Causes& causes, Plan& plan);

// The records; reads and completes `plan`.
void CheckRecords(const Content& content, const BlobTarget& target, const BlobEvents& events,
                  Causes& causes, Plan& plan);

}  // namespace sluice::blob

#endif  // SLUICE_PARSER_SYSMON_BLOB_WRITE_PLAN_H_
