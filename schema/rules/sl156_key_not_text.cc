// SL156 key-not-text
//
// A key that YAML takes for a number, a truth value or null: `4688`, `on`, `no`, `null`.
//
// Loaders in other languages get no text for it: pySigma fails on it, others look for a field
// called `True`.
//
//   selection:
//     on: monday         # 'on'
//
// Fix: quote the key.
//
// Source: YAML 1.1, "Boolean Language-Independent Type"; Sigma specification 2.1.0, "Maps".

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL156;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL156, IrregularityKind::kSigmaKeyNotText, [&](Finding& f, const Irregularity& i) {
        Say(f, kRefusedByTools,
            Cat("YAML takes the key ", Quoted(i.detail), " for a number, a truth value or null"),
            "quote the key");
        if (!i.detail.empty()) Replace(in.content, i.place, i.detail, Cat("'", i.detail, "'"), f);
      });
}

}  // namespace

const Rule kSL156 = {{"SL156", "key-not-text", Severity::kWarning, Category::kInvalid,
                      "a key that YAML takes for a number, a truth value or null", kSigmaFiles},
                     Check};

}  // namespace sluice
