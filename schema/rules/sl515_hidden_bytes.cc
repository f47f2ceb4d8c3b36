// SL515 hidden-bytes
//
// Bytes of a binary that no record covers.
//
// The sensor never reads them. Compilers leave such bytes where they take a record back, and so
// does someone who wants to keep something in a file that passes for content.
//
// Fix: compile the configuration again, and compare.
//
// Source: Sysmon rule blob, section 5.4.

#include "schema/rule.h"
#include "schema/rule_text.h"

namespace sluice {

extern const Rule kSL515;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL515, IrregularityKind::kHiddenBytes,
                       [](Finding& f, const Irregularity& irregularity) {
                         Say(f, "never reads them",
                             Cat(irregularity.place.length, " bytes belong to no record"),
                             "compile the content again, and compare");
                       });
}

}  // namespace

const Rule kSL515 = {{"SL515", "hidden-bytes", Severity::kWarning, Category::kHygiene,
                      "bytes of a binary that no record covers", kBlobFiles},
                     Check};

}  // namespace sluice
