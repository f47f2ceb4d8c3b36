// SL560 attack-tag-old
//
// A tag names a technique that ATT&CK has withdrawn, or a tactic with `_` in place of `-`.
//
// Views of what is covered show the names of today.
//
//   tags:
//     - attack.t1086                  # attack.t1059.001 since 2020
//     - attack.defense_evasion        # attack.defense-evasion since Sigma 2
//
// Fix: write the name of today.
//
// Source: MITRE ATT&CK, revoked and deprecated techniques up to v18; Sigma specification 2.1.0,
// appendix on tags.

#include "schema/attack.h"
#include "schema/byte_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL560;

namespace {

constexpr ByteSet kOldGaps("_ ");

void ReportTactic(const RuleInput& in, Reporter& out, const Instance& instance,
                  const Attribute& tag, std::string_view tactic) {
  Finding* f = out.Report(kSL560, tag.place, &instance);
  if (f == nullptr) return;
  const std::string today = Cat("attack.", tactic);
  f->fix = ReplaceValue(in.content, tag, today);
  Say(*f, "is in no view of what is covered", Cat(Quoted(tag.value), " is spelt the old way"),
      Cat("write ", Quoted(today)));
}

void ReportTechnique(Reporter& out, const Instance& instance, const Attribute& tag,
                     std::string_view successor) {
  Finding* f = out.Report(kSL560, tag.place, &instance);
  if (f == nullptr) return;
  Say(*f, "is in no view of what is covered",
      Cat("ATT&CK has withdrawn the technique of ", Quoted(tag.value)),
      successor.empty() ? std::string("write the technique that fits today")
                        : Cat("write 'attack.", successor, "'"));
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view name = InNamespace(tag.value, "attack");
    if (name.empty()) return;
    const AttackAnswer answer = FindAttackTechnique(name);
    if (answer.state == AttackState::kWithdrawn) {
      return ReportTechnique(out, instance, tag, answer.successor);
    }
    if (!kOldGaps.HasAnyOf(name)) return;
    const std::string_view tactic = FindAttackTactic(name);
    if (!tactic.empty()) ReportTactic(in, out, instance, tag, tactic);
  });
}

}  // namespace

const Rule kSL560 = {{"SL560", "attack-tag-old", Severity::kNote, Category::kHygiene,
                      "an ATT&CK tag that has another name today", kSigmaFiles},
                     Check};

}  // namespace sluice
