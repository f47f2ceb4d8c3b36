// SL127 key-not-scalar
//
// A list or a map as the key of a map.
//
// YAML allows it, Sigma has nothing that it could mean. Braces that were to be quoted are the
// usual cause.
//
//   selection:
//     {host}: server      # '{host}'
//
// Fix: write a name as key, in quotes where it begins with a bracket or a brace.
//
// Source: Sigma specification 2.1.0, "Detection".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL127;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL127, IrregularityKind::kSigmaKeyNotScalar, kMeansNothing,
              "write a name as key; quote one that begins with a bracket or a brace",
              [](const Irregularity&) {
                return std::string("the key is a list or a map, and is left out with its value");
              });
}

}  // namespace

const Rule kSL127 = {{"SL127", "key-not-scalar", Severity::kError, Category::kInvalid,
                      "a list or map where a key must stand", kSigmaFiles},
                     Check};

}  // namespace sluice
