// Reads what a Sysmon build says about itself, and makes contracts of it.
//
// `sysmon -s` prints one <manifest schemaversion= binaryversion=> element behind a banner of plain
// lines; a shell may have stored that as UTF-16. SysmonCommon's manifest.xml holds a <manifests>
// element with one <manifest> for each schema version. Both are read.

#ifndef SLUICE_PARSER_CONFIG_SYSMON_MANIFEST_H_
#define SLUICE_PARSER_CONFIG_SYSMON_MANIFEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "parser/reader.h"
#include "schema/proto/contract.pb.h"

namespace sluice {

struct ImportedContract {
  v1::Contract contract;
  std::string comment;  // for the top of its file: how it was made, and the supplement's notice
};

struct ManifestImport {
  std::vector<ImportedContract> contracts;  // in the dump's order
  // What the dump says and Sluice does not know, "path:line:column: warning: what
  // became of it". Nothing is skipped without a word.
  std::vector<std::string> warnings;
};

// Reads `sluice.v1.ContractSupplement` in protobuf text form. Errors are kInvalidArgument,
// "path:line:column: what is wrong".
absl::StatusOr<v1::ContractSupplement> ReadSupplement(std::string_view text, std::string_view path);

// Reads a schema dump of the sensor called `sensor`; `supplement` may be nullptr. `path` names the
// dump in messages.
//
// The rank of a schema version is the version as a decimal number times 100: 4.2 is 420 and comes
// before 4.21, 3.10 is 310. Events keep their order, id and fields, those without a rule name the
// empty one. Options are those that a configuration can hold.
//
// Errors are kInvalidArgument, "path:line:column: what is wrong": broken XML, another root element,
// a version, event id or name that cannot be read, an event id or a field that stands twice, no
// events, no filters, two manifests of one version, a supplement for another sensor.
absl::StatusOr<ManifestImport> ReadSysmonManifest(Bytes bytes, std::string_view path,
                                                  std::string_view sensor,
                                                  const v1::ContractSupplement* supplement);

}  // namespace sluice

#endif  // SLUICE_PARSER_CONFIG_SYSMON_MANIFEST_H_
