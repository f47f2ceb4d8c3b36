// SL570 related-to-itself
//
// An entry of `related` has the id of the rule itself. Most often it was copied with the rest of a
// rule when that one got a new id: the older rule is the one that is meant.
//
// Fix: write the id of the other rule, or remove the entry.
//
// Source: Sigma specification 2.1.0, Sigma rules, "related".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL570;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.id.empty()) return;
    for (const Attribute& attribute : in.content.attributes(instance)) {
      if (attribute.key != "related.id" || !EqualsIgnoreCase(attribute.value, instance.id))
        continue;
      if (Finding* f = out.Report(kSL570, attribute.place, &instance)) {
        Say(*f, "leads to no other rule",
            Cat(Quoted(attribute.value), " is the id of the rule itself"),
            "write the id of the other rule, or remove the entry");
      }
    }
  });
}

}  // namespace

const Rule kSL570 = {{"SL570", "related-to-itself", Severity::kWarning, Category::kHygiene,
                      "a rule that is related to itself", kSigmaFiles},
                     Check};

}  // namespace sluice
