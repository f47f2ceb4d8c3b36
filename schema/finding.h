// Findings: one broken rule, at one place, with one effect, on a set of sensors.

#ifndef SLUICE_SCHEMA_FINDING_H_
#define SLUICE_SCHEMA_FINDING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/place.h"
#include "schema/sensor_set.h"

namespace sluice {

struct RuleInfo;

// The input of a finding that is not about one file: a sensor without a contract (SL208).
inline constexpr uint32_t kNoInput = 0xFFFFFFFF;

enum class Severity : uint8_t { kNote, kWarning, kError };
std::string_view Name(Severity severity);  // "note", "warning", "error"

// Where compiled content came from.
struct Source {
  std::string path;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string sha256;
};

// One line under a finding in the text output: the source line with a caret, or bytes with what
// they mean.
struct ExcerptLine {
  std::string gutter;  // "12" or "0x1a4"
  std::string text;
  // For the line that has the error: what to mark in `text`, in code points from 0.
  uint32_t mark_begin = 0;
  uint32_t mark_length = 0;  // 0: nothing is marked
};

// Text to put in place of another, as `lint --fix` does.
struct Edit {
  Place place;  // in the text of the content
  std::string replacement;
};

struct Finding {
  const RuleInfo* rule = nullptr;
  Severity severity = Severity::kError;
  uint32_t input = 0;   // in Results::inputs, or kNoInput
  bool binary = false;  // the place is a byte offset; otherwise line and column hold
  Place place;
  uint32_t line = 0;
  uint32_t column = 0;
  std::string instance;
  std::string field;
  std::string effect;   // what that sensor does: "never matches"
  std::string message;  // one sentence, without the rule id
  std::string help;     // how to fix it
  SensorSet sensors;    // of Results::fleet; empty when the finding is not about sensors
  std::optional<Source> source;
  std::string witness;       // path of an event that shows it
  uint64_t fingerprint = 0;  // stable across edits elsewhere in the file
  // What mends it without changing what the content means, or in the only way that it can be meant.
  // Empty when there is no such way.
  std::vector<Edit> fix;
  std::vector<ExcerptLine> excerpt;
};

// A hash over rule, path, instance, field, effect and the text at the place: no line numbers, so it
// survives edits elsewhere. `occurrence` (from 0) tells equal ones in a file apart.
uint64_t Fingerprint(const Finding& finding, std::string_view path, std::string_view text_at_place,
                     uint32_t occurrence);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_FINDING_H_
