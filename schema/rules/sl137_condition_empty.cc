// SL137 condition-empty
//
// A condition that is an empty text, a list without items, or has a pair of parentheses with
// nothing in it.
//
// One consumer reads such a thing as "all" and the next as "nothing".
//
//   condition: ''
//
// Fix: write what must hold.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL137;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL137, IrregularityKind::kSigmaConditionEmpty, kMeansNothing,
              "write what must hold", [](const Irregularity&) {
                return std::string("the condition, or a pair of parentheses in it, is empty");
              });
  ReportSigma(in, out, kSL137, IrregularityKind::kSigmaConditionListEmpty, kMeansNothing,
              "write what must hold",
              [](const Irregularity&) { return std::string("the list of conditions is empty"); });
}

}  // namespace

const Rule kSL137 = {{"SL137", "condition-empty", Severity::kError, Category::kInvalid,
                      "a condition with nothing in it", kSigmaFiles},
                     Check};

}  // namespace sluice
