// SL123 not-a-sigma-rule
//
// A document that is none of what Sigma knows: no mapping, or one with neither `detection`,
// `logsource`, `correlation` nor `filter`.
//
// A file of rules is recognised by one of its documents; whatever stands beside it is loaded by
// nobody, and a rule whose `detection:` was misspelt looks like this.
//
//   title: Shell started by an office program
//   detections:            # detection
//     selection: ...
//
// Fix: name the keys as the specification does, or move the document to another file.
//
// Source: Sigma specification 2.1.0, "Rules".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL123;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL123, IrregularityKind::kSigmaNotARule, kMeansNothing,
      "write a rule with logsource and detection, or move this out of the file",
      [](const Irregularity&) {
        return std::string(
            "the document is no rule: it has neither detection, logsource, correlation nor filter");
      });
}

}  // namespace

const Rule kSL123 = {{"SL123", "not-a-sigma-rule", Severity::kError, Category::kInvalid,
                      "a document in a file of rules that is no rule", kSigmaFiles},
                     Check};

}  // namespace sluice
