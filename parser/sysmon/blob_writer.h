// Compiles Sysmon configurations to the rule blob that Sysmon's own compiler makes of them, byte
// for byte. docs/sysmon-blob.md describes the blob; what becomes what is from the Sysmon rule blob,
// section 5.
//
//   absl::StatusOr<BlobWriteResult> written = WriteSysmonBlob(content, {.contract = target});
//   if (!written.ok()) ...                       // no layout is known for this target
//   for (const Refused& refused : written->refused) ...
//   if (written->ok()) Save(written->bytes);     // no bytes: a configuration without rules

#ifndef SLUICE_PARSER_SYSMON_BLOB_WRITER_H_
#define SLUICE_PARSER_SYSMON_BLOB_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "schema/content.h"
#include "schema/contract.h"
#include "schema/place.h"

namespace sluice {

// Signed 32 bits hold every offset of a blob.
inline constexpr uint32_t kMaxBlobBytes = 0x7FFFFFFF;

// How far it is known what the compiler of a sensor version writes.
enum class BlobLayout : uint8_t {
  kUnknown,
  kUnverified,  // as its neighbours, by the sources; nobody has compared bytes
  kVerified,    // compared with what the sensor's own compiler wrote
};

// Sysmon 4.70 and 4.90: verified. 4.60, 4.80, 4.81: unverified. Any other contract: unknown.
BlobLayout BlobLayoutOf(const Contract& contract);

// The sensor version to compile for: its events, fields and operators decide, and its binary
// version stands in the header. What schema version the configuration states does not matter.
struct BlobTarget {
  const Contract* contract = nullptr;
  uint32_t max_bytes = kMaxBlobBytes;  // a larger blob is refused
  // The versions that tell what no sensor knows (SL1xx) from what this one does not (SL2xx).
  // Without them all of it is the latter.
  const ContractSet* contracts = nullptr;
};

// What Sysmon's compiler drops or accepts without understanding it.
enum class BlobMode : uint8_t {
  kStrict,  // is refused
  // Is compiled as Sysmon for Linux compiles it. (Sysmon for Windows rejects a file with a
  // condition or a rule name that is refused here by SL102, SL205 and SL116.)
  kCompatible,
};

// One cause for which content is not compiled; or, if it is, for which the blob says less.
struct Refused {
  Place place;                // in the content
  uint32_t instance = kNone;  // in Content::instances(), where it belongs to one
  std::string_view rule;      // the rule that reports the same, "SL101"; empty without one
  std::string why;            // one clause, safe to print
};

struct BlobWriteResult {
  // The blob. Empty when something was refused, and for content that has no event record: Sysmon
  // then has no blob at all, and loaders take "no rules".
  std::string bytes;
  // Why there are no bytes, in the order of the places; each cause once, and no more than findings
  // of one rule are kept (`MaxFindingsPerRule`).
  std::vector<Refused> refused;
  uint64_t refused_count = 0;  // with those that were not kept
  // kCompatible: what kStrict would have refused, likewise.
  std::vector<Refused> tolerated;
  uint64_t tolerated_count = 0;

  bool ok() const { return refused_count == 0; }
};

// Compiles Sysmon content that is bound by name: a configuration, or its text form. XML has to be
// read with `ReadOptions::self_contracts`, without which the reader does not find events inside
// records.
//
// Refused in either mode: what Sysmon rejects; what would corrupt Sysmon's own output (a record
// that is dropped after its groups were linked, section 5.4 Q3) or that no sensor would load; what
// no configuration can say; and the few things of which it is not known what Sysmon makes of them.
//
// Errors: kInvalidArgument for content of another dialect or bound by index, and without a target;
// kUnimplemented when the layout of the target is not known.
//
// Time is linear in the content, memory in the blob.
absl::StatusOr<BlobWriteResult> WriteSysmonBlob(const Content& content, const BlobTarget& target,
                                                BlobMode mode = BlobMode::kStrict);

// Writes Sysmon content that is bound by index, a blob or its text form: the same records in the
// same order, with the binary version that the content states. A blob as compilers write it comes
// back byte by byte, unless list options gave it data longer than their text, or it holds what is
// left of records that were dropped (docs/sysmon-blob.md, "Quirks"). Where the group ids of the
// first record begin above 1, the header has no link to them, as after a record that was taken
// back.
//
// Refused is what a blob cannot hold. Errors: kInvalidArgument for content of another dialect or
// bound by name.
absl::StatusOr<BlobWriteResult> WriteIndexedSysmonBlob(const Content& content,
                                                       uint32_t max_bytes = kMaxBlobBytes);

}  // namespace sluice

#endif  // SLUICE_PARSER_SYSMON_BLOB_WRITER_H_
