// SL559 attack-tag-unknown
//
// A tag in `attack` is no tactic, no technique, and has not the form of a group or a software.
//
// The rule is missing from every view of what is covered. A sub-technique that the technique has
// not is a note: it may be newer than the table, v18. Techniques newer than the table are not
// judged.
//
//   tags:
//     - attack.t1000
//     - attack.lateral-move
//
// Fix: write the tactic (attack.lateral-movement), the technique (attack.t1059.001), the group
// (attack.g0016) or the software (attack.s0154).
//
// Source: MITRE ATT&CK, v15 to v18; Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/attack.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL559;

namespace {

void ReportOne(Reporter& out, const Instance& instance, const Attribute& tag, bool sub) {
  Finding* f = out.Report(kSL559, tag.place, &instance);
  if (f == nullptr) return;
  if (sub) f->severity = Severity::kNote;
  Say(*f, "is in no view of what is covered",
      sub ? Cat("ATT&CK has the technique of ", Quoted(tag.value), ", and no such sub-technique")
          : Cat("ATT&CK has nothing called ", Quoted(tag.value)),
      "write a tactic, a technique, a group or a software of ATT&CK");
}

void CheckName(Reporter& out, const Instance& instance, const Attribute& tag,
               std::string_view name) {
  if (!FindAttackTactic(name).empty() || IsAttackGroupOrSoftware(name)) return;
  const AttackState state = FindAttackTechnique(name).state;
  if (state == AttackState::kKnown || state == AttackState::kWithdrawn) return;
  ReportOne(out, instance, tag, state == AttackState::kUnknownSubTechnique);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view name = InNamespace(tag.value, "attack");
    if (name.empty()) return;
    const bool capitals = std::ranges::any_of(name, [](char c) { return c != AsciiLower(c); });
    CheckName(out, instance, tag, capitals ? std::string_view(Lowercase(name)) : name);
  });
}

}  // namespace

const Rule kSL559 = {{"SL559", "attack-tag-unknown", Severity::kWarning, Category::kHygiene,
                      "an ATT&CK tag that names nothing in ATT&CK", kSigmaFiles},
                     Check};

}  // namespace sluice
