// SL154 expansions-too-many
//
// A value that stands for more texts than are read: over 3,125 by `windash` or placeholders, or
// all values of the file together over the budget of docs/limits.md.
//
// Each dash or slash under `windash` multiplies them by five. Five of them are 3,125 already.
//
//   CommandLine|windash|contains: ' -a -b -c -d -e -f '
//
// Fix: split the value into parts under `windash|contains|all`.
//
// Source: docs/limits.md; Sigma specification 2.1.0, "Value modifiers".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL154;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL154, IrregularityKind::kSigmaTooManyExpansions, kMeansNothing,
              "split the value into parts under 'windash|contains|all'", [](const Irregularity& i) {
                return Cat("the value stands for too many texts under ", Quoted(i.detail));
              });
}

}  // namespace

const Rule kSL154 = {{"SL154", "expansions-too-many", Severity::kError, Category::kInvalid,
                      "a value that stands for more texts than are read", kSigmaFiles},
                     Check};

}  // namespace sluice
