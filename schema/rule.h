// What a rule is.
//
// A rule is one file in `schema/rules/`, named after its id and name. The comment at the top of
// that file is what `sluice explain` prints; the object at its end is its row in the catalogue,
// which the build gathers from the files, so the two cannot drift apart:
//
//   // SL106 empty-criteria
//   //
//   // An instance, or a group inside one, with nothing in it. ...
//
//   void Check(const RuleInput& in, Reporter& out) { ... }
//   const Rule kSL106{{"SL106", "empty-criteria", Severity::kError, Category::kInvalid, "...",
//                       kAnyContent},
//                      Check};

#ifndef SLUICE_SCHEMA_RULE_H_
#define SLUICE_SCHEMA_RULE_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "schema/binding.h"
#include "schema/content.h"
#include "schema/contract.h"
#include "schema/finding.h"
#include "schema/fleet.h"
#include "schema/rule_scope.h"

namespace sluice {

// The first digit of the rule's number.
enum class Category : uint8_t {
  kMalformed,     // SL0xx: the bytes do not parse
  kInvalid,       // SL1xx: it parses, and breaks its own template type
  kIncompatible,  // SL2xx: it is valid, and some sensor in the fleet cannot take it
  kCost,          // SL3xx
  kChange,        // SL4xx: against the previous release
  kHygiene,       // SL5xx: it does not do what its author meant, or does nothing
};
std::string_view Name(Category category);

struct RuleInfo {
  std::string_view id;    // "SL201"
  std::string_view name;  // "field-out-of-bounds"
  Severity severity;      // the highest it reports with
  Category category;
  std::string_view summary;  // one line
  RuleScope scope;           // what it can find anything in
  // The rule of lower id that says the same of every sensor, if there is one: where that one has
  // reported a place, a finding of this one there is left out.
  std::string_view yields_to = {};
};

// What a verdict is a function of.
struct RuleInput {
  const Content& content;
  // The contracts that say what the content itself may use. Sysmon configuration: all known ones.
  // Blob: those of its binary major version, or of `--as`. Channel: empty; its types declare it.
  const Bound& self;
  // The fleet that was asked for; nullptr when none was, and then SL2xx rules speak only
  // of what holds on every sensor.
  const Bound* fleet;
  // The file as it was named; empty where content is no file.
  std::string_view path = {};
};

class Reporter;
struct InstanceSummary;
class ReleaseReporter;

struct Rule {
  RuleInfo info;
  // Reports every place where `in.content` breaks the rule. nullptr for rules that readers or the
  // gate report (SL001, SL208).
  void (*check)(const RuleInput& in, Reporter& out);
  // Reports where instances of one or several files break the rule together, once all files of a
  // run have been read (schema/instance_summary.h). nullptr for most rules.
  void (*check_release)(std::span<const InstanceSummary> instances, ReleaseReporter& out) = nullptr;
};

// Collects what one file's rules find.
//
//   if (Finding* f = out.Report(kSL106, group.place, instance)) {
//     f->effect = "never matches";
//     f->message = "...";
//     f->help = "...";
//   }
class Reporter {
 public:
  virtual ~Reporter() = default;

  // Counts a finding and returns it to be filled in, with rule, severity, place and instance set.
  // Or nullptr when it is only counted, past `kMinFindingsPerRule` in one file; or left out, since
  // the rule that this one yields to has reported the place.
  virtual Finding* Report(const Rule& rule, Place place, const Instance* instance = nullptr,
                          const Criterion* criterion = nullptr) = 0;

  // Says that something in the content could not be checked, and why. Listed under `not_checked`;
  // `requested` makes the exit 2: a budget ran out.
  virtual void NotChecked(std::string_view what, std::string_view why, bool requested) = 0;
};

// All rules in order of id.
std::span<const Rule* const> Rules();

// By id or by name, in any case; nullptr when there is none.
const Rule* FindRule(std::string_view id_or_name);

// What `sluice explain` prints: the comment of the rule's file, unwrapped from its slashes.
std::string_view RuleDocumentation(const Rule& rule);

// Runs every rule of `rules` over `in`.
void RunRules(std::span<const Rule* const> rules, const RuleInput& in, Reporter& out);

}  // namespace sluice

#endif  // SLUICE_SCHEMA_RULE_H_
