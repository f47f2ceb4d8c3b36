// SL108 schema-version-invalid
//
// The configuration does not say which schema version it is for, or says it in a way that Sysmon
// reads differently or rejects.
//
// The version decides whether conditions on different fields are ANDed (above 4.10) or ORed. Sysmon
// reads it as a number and ignores what follows; without a number there is no version to load by,
// and sensors from 4.0 on reject versions below 4.00. With a fleet, SL209 says which sensors do.
//
//   <Sysmon schemaversion="v4.50">     <!-- 4.50 -->
//
// Fix: write the version as two numbers with a point: schemaversion="4.50".
//
// Source: Sysmon rule blob, sections 5.1 and 5.2 (step 3).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL108;

namespace {

constexpr uint32_t kLowestRank = 400;

// Digits, a point, digits.
bool IsPlain(std::string_view version) {
  const size_t point = version.find('.');
  const auto digits = [](std::string_view part) {
    return !part.empty() && part.find_first_not_of("0123456789") == std::string_view::npos;
  };
  return point != std::string_view::npos && digits(version.substr(0, point)) &&
         digits(version.substr(point + 1));
}

void Check(const RuleInput& in, Reporter& out) {
  // Sluice's own forms need not have one, since they say how each record combines.
  if (!IsConfiguration(in.content) || IsOwnForm(in.content)) return;
  const Metadata& metadata = in.content.metadata();
  const bool readable = metadata.has_schema_version && metadata.schema_rank != 0;
  // With a fleet SL209 says of each sensor whether it refuses the file.
  const bool too_low = metadata.schema_rank < kLowestRank && in.fleet == nullptr;
  if (readable && !too_low && IsPlain(metadata.schema_version)) return;
  Finding* f = out.Report(kSL108, metadata.schema_version_place);
  if (f == nullptr) return;
  constexpr std::string_view kHelp =
      "write the version as Sysmon prints it: schemaversion=\"4.50\"";
  const std::string version = Quoted(metadata.schema_version);
  if (!readable) {
    const bool missing = metadata.schema_version.empty();
    Say(*f, kRefusesFile,
        missing ? "the <Sysmon> element has no schemaversion"
                : Cat("schemaversion ", version, " is not a version number"),
        kHelp);
    return;
  }
  f->severity = Severity::kWarning;
  if (too_low) {
    Say(*f, "sensors from 4.0 on refuse it", Cat("schemaversion ", version, " is below 4.00"),
        kHelp);
  } else {
    Say(*f, "reads another version",
        Cat("schemaversion ", version,
            " is not plainly written: only the number at its start counts"),
        kHelp);
  }
}

}  // namespace

const Rule kSL108 = {{"SL108", "schema-version-invalid", Severity::kError, Category::kInvalid,
                      "the schema version is missing, not a number, or one that no sensor loads",
                      kConfigurationFiles},
                     Check};

}  // namespace sluice
