// SL115 entity-unknown
//
// An entity that Sysmon does not decode: it stays in the value as it is written.
//
// Only &amp; &lt; &gt; &quot; &apos; and the numeric ones are decoded. Entities that a document
// type declares are not.
//
//   <CommandLine condition="contains">caf&eacute;</CommandLine>     <!-- looks for "caf&eacute;"
//   -->
//
// Fix: write the character itself, or its number: &#233;.
//
// Source: Sysmon rule blob, section 5.1.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL115;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL115, IrregularityKind::kUnknownEntity,
                       [](Finding& f, const Irregularity& irregularity) {
                         Say(f, "keeps it as written",
                             Cat("the entity ", Quoted(irregularity.detail), " is not decoded"),
                             "write the character itself, &amp; for '&', or a numeric entity");
                       });
}

}  // namespace

const Rule kSL115 = {{"SL115", "entity-unknown", Severity::kError, Category::kInvalid,
                      "an entity that the sensor leaves as it is written", kConfigurationFiles},
                     Check};

}  // namespace sluice
