// SL587 value-case-only
//
// Two values of a list differ in the case of letters only, where case does not matter.
//
// Text matches without regard to case unless `cased` follows, so the second adds nothing. In
// regular expressions without `i` and in encoded values case matters.
//
//   CommandLine|contains:
//     - 'whoami'
//     - 'WhoAmI'
//
// Fix: remove one, or ask for the case with `cased`. `lint --fix` removes the second where it
// stands alone on its line.
//
// Source: Sigma specification 2.1.0, "Values".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_twins.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL587;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  ForEachKey(content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    const Criterion& first = criteria.front();
    if ((first.flags & kCased) != 0 || Encodes(first)) return;
    ForEachTwin(content, criteria, [&](const Criterion& criterion, const Criterion& earlier) {
      const Written& written = *content.written(criterion);
      if (written.value == content.written(earlier)->value) return;
      if (!TestsText(criterion.op)) return;
      const Place place = ValuePlace(content, criterion);
      Finding* f = out.Report(kSL587, place, &instance, &criterion);
      if (f == nullptr) return;
      SayValue(in, criterion, *f, kAddsNothing,
               Cat(ValueLabel(content, criterion), " differs from ",
                   Quoted(content.written(earlier)->value), " in the case of letters only"),
               "remove one of them, or add the modifier 'cased'");
      RemoveLine(content, place, *f);
    });
  });
}

}  // namespace

const Rule kSL587 = {{"SL587", "value-case-only", Severity::kWarning, Category::kHygiene,
                      "two values of a list differ in the case of letters only", kSigmaFiles},
                     Check};

}  // namespace sluice
