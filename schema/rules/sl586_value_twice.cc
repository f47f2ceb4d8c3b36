// SL586 value-twice
//
// A list has the same value twice.
//
// It is tested twice for every event, and often one of the two was meant to be something else.
//
//   Image|endswith:
//     - '\cmd.exe'
//     - '\cmd.exe'      # \powershell.exe?
//
// Fix: remove one. `lint --fix` does where it stands alone on its line.
//
// Source: Sigma specification 2.1.0, "Lists".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_twins.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL586;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  ForEachKey(content, [&](const Instance& instance, std::span<const Criterion> criteria) {
    ForEachTwin(content, criteria, [&](const Criterion& criterion, const Criterion& earlier) {
      if (content.written(criterion)->value != content.written(earlier)->value) return;
      const Place place = ValuePlace(content, criterion);
      // An alias stands where its anchor stands.
      if (place == ValuePlace(content, earlier)) return;
      Finding* f = out.Report(kSL586, place, &instance, &criterion);
      if (f == nullptr) return;
      SayValue(in, criterion, *f, kAddsNothing,
               Cat(ValueLabel(content, criterion), " is in the list already"),
               "remove one of them");
      RemoveLine(content, place, *f);
    });
  });
}

}  // namespace

const Rule kSL586 = {{"SL586", "value-twice", Severity::kWarning, Category::kHygiene,
                      "a list has the same value twice", kSigmaFiles},
                     Check};

}  // namespace sluice
