// SL139 nested-map
//
// A map where the values of a field must stand.
//
// Sigma does not nest fields: `a.b` is a name like any other. A value with a colon and a blank in
// it becomes a map when it has no quotes.
//
//   CommandLine|contains:
//     - user: admin        # 'user: admin'
//
// Fix: quote a value that has a colon in it; write the field's full name as key.
//
// Source: Sigma specification 2.1.0, "Maps".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL139;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL139, IrregularityKind::kSigmaNestedMap, kMeansNothing,
              "quote a value with ': ' in it, or write the full name of the field as key",
              [](const Irregularity& i) {
                return Cat("a map stands where values of ", Quoted(i.detail), " must stand");
              });
}

}  // namespace

const Rule kSL139 = {{"SL139", "nested-map", Severity::kError, Category::kInvalid,
                      "a map where the values of a field must stand", kSigmaFiles},
                     Check};

}  // namespace sluice
