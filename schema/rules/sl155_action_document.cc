// SL155 action-document
//
// A document with `action: global`, `repeat` or `reset`, or one that such a document changes.
//
// Sigma 2 has no `action`: today's tools refuse the file, or read each part as a rule of its own.
// Sluice merges nothing: the parts are kept, and not checked for sensors.
//
//   action: global
//   title: Shell started by an office program
//   ---
//   logsource: ...
//
// Fix: write each rule out as one document.
//
// Source: Sigma specification 2.1.0, "Rules"; version 1 of it, "Rule collections".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL155;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(in, out, kSL155, IrregularityKind::kSigmaAction, "is not checked for sensors",
              "write each rule out as one document", [](const Irregularity& i) {
                return Cat("the document is part of rules that 'action: ", Printable(i.detail),
                           "' puts together");
              });
}

}  // namespace

const Rule kSL155 = {{"SL155", "action-document", Severity::kWarning, Category::kInvalid,
                      "rules put together with `action`, which Sigma has no longer", kSigmaFiles},
                     Check};

}  // namespace sluice
