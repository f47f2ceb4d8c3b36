// SL209 format-refused
//
// This sensor refuses the whole file: it was built for another format, binary or schema version.
//
// A Sysmon driver takes a blob only when the major part of the binary version is its own. Nothing
// else is said about such a sensor, since it reads no further: `--assume-loaded` shows what would
// happen without that guard. A binary version that no contract knows is refused everywhere.
//
// Fix: compile the content for this sensor version.
//
// Source: Sysmon rule blob, sections 1.1 and 5.1; Azure Front Door, 29 October 2025 (content of two
// builder versions).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL209;

namespace {

constexpr std::string_view kHelp = "build the content for this sensor version";

Place VersionPlace(const Content& content) {
  const Metadata& metadata = content.metadata();
  if (IsBlob(content)) return metadata.binary_version_place;
  return IsConfiguration(content) ? metadata.schema_version_place : metadata.format_version_place;
}

std::string Version(const Content& content) {
  const Metadata& metadata = content.metadata();
  if (IsBlob(content)) {
    return Cat("binary version ", metadata.binary_major, ".", metadata.binary_minor);
  }
  return IsConfiguration(content) ? Cat("schema version ", Printable(metadata.schema_version))
                                  : Cat("format version ", metadata.format_version);
}

void Check(const RuleInput& in, Reporter& out) {
  const bool refused = in.fleet != nullptr && in.fleet->refusing().any();
  const bool unknown = IsBlob(in.content) && in.self.fleet().empty();
  if (!refused && !unknown) return;
  Finding* f = out.Report(kSL209, VersionPlace(in.content));
  if (f == nullptr) return;
  if (refused) f->sensors = in.fleet->refusing();
  Say(*f, kRefusesFile,
      Cat(unknown ? "no known sensor loads " : "the sensor does not load ", Version(in.content)),
      kHelp);
}

}  // namespace

const Rule kSL209 = {{"SL209",
                      "format-refused",
                      Severity::kError,
                      Category::kIncompatible,
                      "this sensor refuses the whole file",
                      {kLoadedContent, kBlobs}},
                     Check};

}  // namespace sluice
