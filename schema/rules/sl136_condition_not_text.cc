// SL136 condition-not-text
//
// A condition that is neither text nor a list of texts.
//
// A colon in it makes a map of it, brackets make a list.
//
//   condition: selection and: filter
//
// Fix: write the condition as one text, in quotes if need be.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL136;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL136, IrregularityKind::kSigmaConditionNotText, kMeansNothing,
              "write the condition as one text", [](const Irregularity&) {
                return std::string("the condition is neither text nor a list of texts");
              });
}

}  // namespace

const Rule kSL136 = {{"SL136", "condition-not-text", Severity::kError, Category::kInvalid,
                      "a condition that is a map or a list of lists", kSigmaFiles},
                     Check};

}  // namespace sluice
