// Writes Sysmon content as the XML that sensors compile: a configuration again, or the
// configuration that a rule blob was, or could have been, compiled from. docs/sysmon-config.md,
// "Printing", says how.

#ifndef SLUICE_PARSER_SYSMON_CONFIG_PRINT_H_
#define SLUICE_PARSER_SYSMON_CONFIG_PRINT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "parser/reader.h"
#include "schema/content.h"
#include "schema/place.h"

namespace sluice {

// Something that no configuration says.
struct ConfigUnprintable {
  uint32_t instance = kNone;  // in Content::instances(); kNone for what belongs to the file
  Place place;                // where places of the content count
  std::string why;            // "condition number 16 has no name"
};

struct ConfigPrint {
  std::string text;  // UTF-8 without a byte order mark; empty when something is refused
  // At most one for each instance, with the first thing that stands against it.
  std::vector<ConfigUnprintable> refused;

  bool ok() const { return refused.empty(); }
};

// Prints content of dialect `kSysmon`, from any reader. `options.self_contracts` must be set, to
// what the content was read with.
//
// Content bound by name prints as a configuration that reads back with the same meaning
// (`SameMeaning`, but for versions that only a binary has). What its file had beside that is gone:
// comments, what sensors ignore, its encoding.
//
// Content bound by index prints as a configuration that Sysmon's own compiler of that binary
// version makes the same file of, byte for byte (`WriteSysmonBlob` in kCompatible mode): its names
// are those of the newest sensor of that binary version. Of a text form it is the same content.
//
// Both are tried before anything is given out. Refused, with the place: what has no name on that
// sensor, texts that XML cannot hold, and whatever a compiler would have written otherwise. Linear
// in the content.
ConfigPrint PrintSysmonConfig(const Content& content, const ReadOptions& options);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_CONFIG_PRINT_H_
