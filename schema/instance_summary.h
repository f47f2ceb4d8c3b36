// What is kept of a Sigma document once its file has been checked, so that documents of different
// files can be compared: no content and no text but its names, some hundred bytes for most rules.
//
// The gate makes these while it reads, and runs `Rule::check_release` when all files have been
// read:
//
//   void CheckRelease(std::span<const InstanceSummary> instances, ReleaseReporter& out) {
//     ...
//     if (Finding* f = out.Report(kSL620, later, later.title_at, later.title)) {
//       Say(*f, "...", Cat("... in ", out.Where(later, earlier, earlier.title_at)), "...");
//     }

#ifndef SLUICE_SCHEMA_INSTANCE_SUMMARY_H_
#define SLUICE_SCHEMA_INSTANCE_SUMMARY_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "schema/content.h"
#include "schema/detection_shape.h"
#include "schema/finding.h"
#include "schema/place.h"
#include "schema/rule.h"
#include "schema/text.h"

namespace sluice {

// A place whose file may be gone.
struct Located {
  Place place;
  uint32_t line = 0;
  uint32_t column = 0;
};

// Another document that one names.
struct Reference {
  // Sigma's `related` types, and the rules that a correlation or a filter is about.
  enum class Kind : uint8_t { kDerived, kObsolete, kMerged, kRenamed, kSimilar, kUnknown, kRule };
  std::string text;  // an id; of a kRule an id or a name
  Kind kind = Kind::kUnknown;
  Located at;
};

// Sigma's `level`; kUnsaid where there is none, or another word.
enum class Level : uint8_t { kUnsaid, kInformational, kLow, kMedium, kHigh, kCritical };

struct InstanceSummary {
  uint32_t input = 0;  // the file, in the order of their paths
  InstanceRole role = InstanceRole::kRule;
  Level level = Level::kUnsaid;
  bool retired = false;     // its status is "deprecated" or "unsupported"
  uint64_t log_source = 0;  // a hash of the template type's name
  std::string id;           // empty without one
  std::string title;        // the same
  std::string name;         // what correlations may call it; the same
  // Of the values, and of the key; where there is none, as `DocumentPlace`.
  Located id_at;
  Located title_at;
  Located name_at;
  Located detection_at;
  std::vector<Reference> references;
  DetectionShape detection;
};

// The documents of a Sigma file, added to `out`, with `input` 0: rules, correlations and filters.
// Of other content none. Linear in the content.
// `lines` is the table of the content's text.
void Summarise(const Content& content, const LineTable& lines, std::vector<InstanceSummary>& out);

// What a finding calls it, as `InstanceName` does.
std::string InstanceName(const InstanceSummary& instance);

// A text as key of a table, the same for ASCII letters in any case. What it views must outlive it.
struct AnyCase {
  std::string_view text;

  bool empty() const { return text.empty(); }
  friend bool operator==(AnyCase a, AnyCase b) { return EqualsIgnoreCase(a.text, b.text); }
  template <typename H>
  friend H AbslHashValue(H h, AnyCase key) {
    char lower[64];
    for (std::string_view rest = key.text; !rest.empty();) {
      const size_t count = std::min(rest.size(), sizeof lower);
      std::transform(rest.begin(), rest.begin() + count, lower, AsciiLower);
      h = H::combine_contiguous(std::move(h), lower, count);
      rest.remove_prefix(count);
    }
    return H::combine(std::move(h), key.text.size());
  }
};

// Calls `visit(first, later)` for every instance with a key that an earlier one has too. What has
// an empty key is left out. Keys may view what is in the instances.
template <typename KeyOf, typename Visit>
void ForEachRepeated(std::span<const InstanceSummary> instances, KeyOf key_of, Visit visit) {
  using Key = std::invoke_result_t<KeyOf, const InstanceSummary&>;
  absl::flat_hash_map<Key, const InstanceSummary*> first;
  first.reserve(instances.size());
  for (const InstanceSummary& instance : instances) {
    const Key key = key_of(instance);
    if (key.empty()) continue;
    const auto [found, is_first] = first.try_emplace(key, &instance);
    if (!is_first) visit(*found->second, instance);
  }
}

// Collects what rules find in several files together.
class ReleaseReporter {
 public:
  virtual ~ReleaseReporter() = default;

  // As `Reporter::Report`: the finding to be filled in, with rule, severity, place and instance
  // set; or nullptr when it is only counted. `text` is what stands there, for the fingerprint.
  virtual Finding* Report(const Rule& rule, const InstanceSummary& instance, const Located& at,
                          std::string_view text) = 0;

  // Where something stands, for a message about `seen_from`: "line 3", or "rules/a.yml, line 3" in
  // another file. Safe to print.
  virtual std::string Where(const InstanceSummary& seen_from, const InstanceSummary& instance,
                            const Located& at) const = 0;

  // As `Reporter::NotChecked`, of something of `instance`.
  virtual void NotChecked(const InstanceSummary& instance, std::string_view what,
                          std::string_view why, bool requested) = 0;
};

}  // namespace sluice

#endif  // SLUICE_SCHEMA_INSTANCE_SUMMARY_H_
