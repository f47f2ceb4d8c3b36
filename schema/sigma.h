// What rules about Sigma content share.

#ifndef SLUICE_SCHEMA_SIGMA_H_
#define SLUICE_SCHEMA_SIGMA_H_

#include <string_view>

#include "schema/content.h"
#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

// Their effects. What leaves a rule incomplete means nothing to any reader.
inline constexpr std::string_view kMeansNothing = "the rule means nothing";
inline constexpr std::string_view kRefusedByTools = "is refused by Sigma tools";

// Sigma rules themselves: with attributes, selections, and how each criterion was written.
inline bool IsSigmaFile(const Content& content) {
  return content.dialect() == Dialect::kSigma && !IsOwnForm(content);
}

// Calls `visit(instance)` for every rule of a Sigma file that means something.
template <typename Visit>
void ForEachCompleteRule(const Content& content, Visit visit) {
  if (!IsSigmaFile(content)) return;
  for (const Instance& instance : content.instances()) {
    if (instance.role == InstanceRole::kRule && !instance.incomplete) visit(instance);
  }
}

// Calls `visit(instance)` for every document of a Sigma file that has metadata of its own: rules,
// correlations and filters, be they incomplete.
template <typename Visit>
void ForEachDocument(const Content& content, Visit visit) {
  if (!IsSigmaFile(content)) return;
  for (const Instance& instance : content.instances()) {
    if (instance.role != InstanceRole::kFragment && instance.role != InstanceRole::kOther) {
      visit(instance);
    }
  }
}

// Where a finding about something that a document has not stands: its first key.
inline Place DocumentPlace(const Content& content, const Instance& instance) {
  const auto attributes = content.attributes(instance);
  return attributes.empty() ? instance.place : attributes.front().key_place;
}

// Calls `visit(attribute)` for the items of the list under `key`.
template <typename Visit>
void ForEachItem(const Content& content, const Instance& instance, std::string_view key,
                 Visit visit) {
  for (const Attribute& attribute : content.attributes(instance)) {
    if (attribute.item && attribute.key == key) visit(attribute);
  }
}

// Reports irregularities of one kind, each with the same effect and help. `message` makes the
// sentence of an irregularity.
template <typename Message>
void ReportSigma(const RuleInput& in, Reporter& out, const Rule& rule, IrregularityKind kind,
                 std::string_view effect, std::string_view help, Message message) {
  ReportIrregularities(in, out, rule, kind, [&](Finding& f, const Irregularity& irregularity) {
    Say(f, effect, message(irregularity), help);
  });
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_SIGMA_H_
