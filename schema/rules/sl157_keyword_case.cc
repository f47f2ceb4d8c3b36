// SL157 keyword-case
//
// A keyword of a condition that is not in lower case: `AND`, `Or`, `1 OF`, `THEM`.
//
// Sluice takes it for the keyword. pySigma and others know lower case only, and take it for the
// name of a selection.
//
//   condition: selection AND NOT filter
//
// Fix: write it in lower case.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL157;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL157, IrregularityKind::kSigmaKeywordCase, [&](Finding& f, const Irregularity& i) {
        Say(f, kRefusedByTools, Cat("the keyword ", Quoted(i.detail), " is not in lower case"),
            "write it in lower case");
        Replace(in.content, i.place, i.detail, Lowercase(i.detail), f);
      });
}

}  // namespace

const Rule kSL157 = {{"SL157", "keyword-case", Severity::kWarning, Category::kInvalid,
                      "a keyword of a condition that is not in lower case", kSigmaFiles},
                     Check};

}  // namespace sluice
