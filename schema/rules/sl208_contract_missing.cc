// SL208 contract-missing
//
// A sensor version was asked for that has no contract, so nothing was checked against it.
//
// The exit is 2 then, whatever else is found to be fine: a check that could not be made is not a
// pass.
//
//   sluice lint --sensor sysmon@99.9 config.xml
//
// Fix: name a version that `sluice contract list` has, or import the sensor's own schema:
// `sluice contract import`, then `--contracts DIR`.

#include "schema/rule.h"

namespace sluice {

extern const Rule kSL208;
const Rule kSL208 = {
    {"SL208", "contract-missing", Severity::kNote, Category::kIncompatible,
     "a requested sensor version has no contract: not checked", WithFleet(kAnyContent)},
    nullptr};

}  // namespace sluice
