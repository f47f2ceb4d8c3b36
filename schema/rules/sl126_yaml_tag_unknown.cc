// SL126 yaml-tag-unknown
//
// A YAML tag that is none of YAML's own types.
//
// Loaders that are safe refuse it. One that is not safe makes an object of it, which is how a rule
// runs code on the machine that reads it.
//
//   selection:
//     Image|endswith: !path cmd.exe
//
// Fix: remove the tag; quote the value if the `!` belongs to it.
//
// Source: YAML 1.1, section 6.2 (tags); the documentation of PyYAML, `safe_load`.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL126;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL126, IrregularityKind::kSigmaTag, kMeansNothing,
              "remove the tag, or quote a value that begins with '!'", [](const Irregularity& i) {
                return Cat("the YAML tag ", Quoted(i.detail), " is none that safe loaders know");
              });
}

}  // namespace

const Rule kSL126 = {{"SL126", "yaml-tag-unknown", Severity::kError, Category::kInvalid,
                      "a YAML tag that Sigma has not", kSigmaFiles},
                     Check};

}  // namespace sluice
