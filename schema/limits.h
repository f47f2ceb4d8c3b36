// Every limit of Sluice, in one place. docs/limits.md says what each protects.

#ifndef SLUICE_SCHEMA_LIMITS_H_
#define SLUICE_SCHEMA_LIMITS_H_

#include <cstdint>

namespace sluice {

// Files.
inline constexpr uint64_t kMaxFileBytes = uint64_t{256} << 20;  // refused from their size
inline constexpr uint64_t kMaxConfigBytes = uint64_t{8} << 20;  // fleets, contracts, settings
inline constexpr uint32_t kMaxFolderDepth = 64;
inline constexpr uint32_t kMaxFolderEntries = 1'000'000;

// Sysmon rule blobs.
inline constexpr uint32_t kMaxBlobEvents = 65'534;  // records; Sysmon's own limit for one class
inline constexpr uint32_t kMaxBlobGaps = 1000;      // hidden byte ranges that are reported

// XML.
inline constexpr uint32_t kMaxXmlDepth = 64;
inline constexpr uint32_t kMaxXmlNameBytes = 1024;  // an element's or attribute's name
inline constexpr uint32_t kMaxXmlTags = 1'000'000;  // '<' characters: at least one an element

// YAML.
inline constexpr uint64_t kMaxYamlBytes = uint64_t{16} << 20;  // of UTF-8 text
inline constexpr uint32_t kMaxYamlDepth = 64;
inline constexpr uint32_t kMaxYamlNodes = 1'000'000;  // scalars, collections and aliases
inline constexpr uint32_t kMaxYamlDocuments = 100'000;
inline constexpr uint32_t kMaxYamlAnchors = 10'000;
inline constexpr uint32_t kMaxYamlAliases = 100'000;
inline constexpr uint32_t kMaxYamlSpaceRun = 4096;  // bytes of blanks and line breaks in a row
inline constexpr uint32_t kMaxYamlTagBytes = 256;   // of all %TAG lines

// Protobuf text.
inline constexpr int kMaxTextFormDepth = 32;
// Of one top-level field of content, which is parsed at once, or of one configuration file.
inline constexpr uint64_t kMaxTextFormFieldBytes = uint64_t{32} << 20;
inline constexpr uint32_t kMaxTextFormMessages = 500'000;  // '{' and '<' outside of strings

// Sigma. Conditions: `kMaxConditionTokens` words and parentheses.
inline constexpr uint32_t kMaxSigmaConditionDepth = 1000;  // open parentheses
inline constexpr uint32_t kMaxSigmaNameBytes = 256;    // a selection's name, or a pattern of names
inline constexpr uint32_t kMaxSigmaPathBytes = 128;    // an attribute's key with those above it
inline constexpr uint32_t kMaxSigmaSteps = 1'000'000;  // YAML nodes visited, through aliases too
inline constexpr uint64_t kMaxSigmaBytes = uint64_t{64} << 20;  // of the scalars among them
// Bytes compared to find the selections that the conditions of one file cover.
inline constexpr uint64_t kMaxSigmaMatchBytes = uint64_t{64} << 20;
inline constexpr uint64_t kMaxSigmaRegexCost = 4'000'000;  // RE2 instructions in one file
inline constexpr uint32_t kMaxSigmaModifiers = 16;         // of one field
inline constexpr uint32_t kMaxSigmaExpansions = 3125;      // texts that one value stands for: 5^5
inline constexpr uint64_t kMaxSigmaExpandedBytes = uint64_t{32} << 20;  // in one file
inline constexpr uint32_t kMaxSigmaRegexBytes = 65'536;
inline constexpr uint32_t kMaxSigmaRegexDepth = 250;  // open groups; PCRE2's own limit

// Contracts.
inline constexpr int kMaxContractTypes = 4096;       // template types of one sensor version
inline constexpr int kMaxContractFields = 1024;      // of one template type
inline constexpr int kMaxTaxonomyLogSources = 4096;  // of one sensor
inline constexpr int kMaxLogSourceEvents = 256;
inline constexpr int kMaxContractFiles = 4096;  // in one folder

// Events that a contract is drafted from.
inline constexpr uint64_t kMaxEventBytes = uint64_t{1} << 20;  // one event's text
inline constexpr uint32_t kMaxEventDepth = 32;
inline constexpr uint32_t kMaxEventValues = 10'000;    // with objects, lists and members of both
inline constexpr uint32_t kMaxEventNameBytes = 256;    // of a field or a channel
inline constexpr uint32_t kMaxUnknownChannels = 1000;  // that are listed; more are counted

// What says nothing in a Sysmon file, of each kind: event records without a condition, conditions
// without a value, things that the sensor drops, different names of events and fields.
inline constexpr uint32_t kMaxIdle = 10'000;
// Conditions of a configuration: this many, and one more for each kBytesPerCondition bytes.
inline constexpr uint32_t kMinConditions = 10'000;
inline constexpr uint32_t kBytesPerCondition = 32;

// Findings.
// Of one rule in one file: this many, and one more for each kBytesPerFinding bytes of the file.
// More are counted.
inline constexpr uint32_t kMinFindingsPerRule = 1000;
inline constexpr uint32_t kBytesPerFinding = 4096;
constexpr uint64_t MaxFindingsPerRule(uint64_t file_bytes) {
  return kMinFindingsPerRule + file_bytes / kBytesPerFinding;
}
inline constexpr uint32_t kMaxConditionTokens = 1'000'000;
inline constexpr uint32_t kMaxSuppressions = 10'000;  // of one file: rules that comments name
inline constexpr int kMaxFixRounds = 8;               // how often a file is linted and fixed again

// Rules that are compared with one another.
inline constexpr uint32_t kMaxShapeTests = 65'536;  // tests that are kept of one detection
// Tests compared for one rule, and for all rules of a run.
inline constexpr uint64_t kMaxComparedTests = 262'144;
inline constexpr uint64_t kMaxComparedTestsOfRun = 268'435'456;

}  // namespace sluice

#endif  // SLUICE_SCHEMA_LIMITS_H_
