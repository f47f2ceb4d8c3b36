// Tries what was printed: nothing is given out that would not come back.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_VERIFY_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_VERIFY_H_

#include <span>
#include <string>

#include "parser/reader.h"
#include "parser/sysmon/config_print_check.h"
#include "parser/sysmon/config_print_traces.h"
#include "schema/content.h"
#include "schema/contract.h"

namespace sluice {

// Refuses unless the configuration `text` reads back with the records and options of `content`,
// which is bound by name.
void VerifyNamed(const Content& content, std::string text, const ReadOptions& options,
                 Refusals& out);

// Refuses unless the compiler of `target` makes `content`, which is bound by index, of the
// configuration `text`: of a blob the same bytes. `traces` are those that it was printed with.
void VerifyIndexed(const Content& content, std::string text, const Contract& target,
                   std::span<const RecordTrace> traces, const ReadOptions& options, Refusals& out);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_VERIFY_H_
