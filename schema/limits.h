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

// Protobuf text.
inline constexpr int kMaxTextFormDepth = 32;
// Of one top-level field of content, which is parsed at once, or of one configuration file.
inline constexpr uint64_t kMaxTextFormFieldBytes = uint64_t{32} << 20;
inline constexpr uint32_t kMaxTextFormMessages = 500'000;  // '{' and '<' outside of strings

// Contracts.
inline constexpr int kMaxContractTypes = 4096;   // template types of one sensor version
inline constexpr int kMaxContractFields = 1024;  // of one template type
inline constexpr int kMaxContractFiles = 4096;   // in one folder

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

}  // namespace sluice

#endif  // SLUICE_SCHEMA_LIMITS_H_
