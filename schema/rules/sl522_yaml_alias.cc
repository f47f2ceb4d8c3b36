// SL522 yaml-alias
//
// An alias: what an anchor elsewhere in the document stands for.
//
// It is read as if it were written out. Tools that show or rewrite rules lose it, and a change at
// the anchor changes what stands here.
//
//   selection:
//     Image|endswith: &shells ['\cmd.exe']
//   filter:
//     ParentImage|endswith: *shells
//
// Fix: write the values out.
//
// Source: YAML 1.1, section 7.1.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL522;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL522, IrregularityKind::kSigmaAlias,
              "is read as what the anchor stands for", "write out what the alias stands for",
              [](const Irregularity& i) {
                return Cat("the alias ", Quoted(i.detail), " stands for a value elsewhere");
              });
}

}  // namespace

const Rule kSL522 = {{"SL522", "yaml-alias", Severity::kNote, Category::kHygiene,
                      "an alias in place of a value", kSigmaFiles},
                     Check};

}  // namespace sluice
