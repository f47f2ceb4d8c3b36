// SL151 null-in-list
//
// `null` in a list of values.
//
// It means that the field has no value, which is a test of its own and no value among others: the
// specification forbids it in lists. An item with nothing behind its dash is `null` too.
//
//   User:
//     - SYSTEM
//     - null
//
// Fix: write a selection of its own for `null`, and OR both in the condition; quote the text
// 'null'.
//
// Source: Sigma specification 2.1.0, "Special field values".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL151;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL151, IrregularityKind::kSigmaNullInList, kMeansNothing,
              "write a selection of its own with null, or quote the text 'null'",
              [](const Irregularity&) {
                return std::string("null stands in a list, where it is no value");
              });
}

}  // namespace

const Rule kSL151 = {{"SL151", "null-in-list", Severity::kError, Category::kInvalid,
                      "`null` beside other values", kSigmaFiles},
                     Check};

}  // namespace sluice
