// SL580 value-only-wildcard
//
// A value that is nothing but a wildcard: it asks whether the field is there at all, and as a
// keyword it matches every event.
//
// Some tools write it as a comparison with a star, some as a test for the field, and some refuse
// it. In a list it makes the other values useless.
//
//   ContextInfo|contains: '*'     # is there a ContextInfo?
//
// Fix: write `ContextInfo|exists: true`; remove a keyword like that.
//
// Source: Sigma specification 2.1.0, "Wildcards" and "exists".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL580;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (criterion.op != Operator::kGlob || !written.value.starts_with('*')) return;
    if (LeadingStars(written.value) != written.value.size()) return;
    if ((criterion.flags & kNegated) != 0) return;
    Finding* f = out.Report(kSL580, ValuePlace(in.content, criterion), &instance, &criterion);
    if (f == nullptr) return;
    if (IsKeyword(in.content, criterion)) {
      return SayValue(in, criterion, *f, kAlwaysMatches,
                      Cat("the keyword ", Quoted(written.value), " is in every event"),
                      "write the text that is looked for");
    }
    f->severity = Severity::kNote;
    SayValue(in, criterion, *f, kMatchesPresent,
             Cat(ValueLabel(in.content, criterion), " is nothing but a wildcard"),
             "write the modifier 'exists' with the value true");
  });
}

}  // namespace

const Rule kSL580 = {{"SL580", "value-only-wildcard", Severity::kWarning, Category::kHygiene,
                      "a value is nothing but a wildcard", kSigmaFiles},
                     Check};

}  // namespace sluice
