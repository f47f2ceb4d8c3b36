// SL519 encoding-unusual
//
// The file is UTF-16, or UTF-8 with a byte order mark.
//
// Sluice reads both. Tools that open rules as UTF-8, pySigma among them, refuse the first. A byte
// order mark is a note: YAML skips it, but whatever looks at the lines of the file takes it for a
// part of the first key.
//
//   (bytes EF BB BF) title: Shell started by an office program
//
// Fix: save the file as UTF-8 without a byte order mark.
//
// Source: YAML 1.1, section 5.2.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL519;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(in, out, kSL519, IrregularityKind::kSigmaEncoding,
                       [](Finding& f, const Irregularity& i) {
                         const bool utf16 = i.detail.starts_with("UTF-16");
                         if (!utf16) f.severity = Severity::kNote;
                         Say(f, utf16 ? kRefusedByTools : "hides the first key from some tools",
                             Cat("the file is not plain UTF-8: ", i.detail),
                             "save the file as UTF-8 without a byte order mark");
                       });
}

}  // namespace

const Rule kSL519 = {{"SL519", "encoding-unusual", Severity::kWarning, Category::kHygiene,
                      "a file in UTF-16, or with a byte order mark", kSigmaFiles},
                     Check};

}  // namespace sluice
