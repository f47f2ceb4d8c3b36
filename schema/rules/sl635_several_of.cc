// SL635 several-of
//
// A condition asks for a number of selections other than one or all. Sigma has `1 of`, `any of` and
// `all of`; the tools that convert rules refuse any other number, so the rule reaches no sensor.
//
//   condition: 2 of selection_*
//
// Fix: write out which selections go together, or use a correlation.
//
// Source: Sigma specification 2.1.0, "Condition".

#include "schema/sigma.h"

namespace sluice {

extern const Rule kSL635;

namespace {

// `all of` is held as the number that it stands for.
bool IsNumber(const Content& content, Place place) {
  const std::string_view text = content.text();
  return place.offset < text.size() && text[place.offset] >= '0' && text[place.offset] <= '9';
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    for (const ConditionToken& token : in.content.condition(instance)) {
      if (token.kind != ConditionToken::Kind::kAtLeast || token.n < 2) continue;
      if (!IsNumber(in.content, token.place)) continue;
      if (Finding* f = out.Report(kSL635, token.place, &instance)) {
        Say(*f, kRefusedByTools,
            Cat("the condition asks for ", token.n, " of ", token.value,
                " selections, which Sigma has not"),
            "write out which selections go together");
      }
    }
  });
}

}  // namespace

const Rule kSL635 = {
    {"SL635", "several-of", Severity::kWarning, Category::kHygiene,
     "a condition asks for another number of selections than one or all", kSigmaFiles},
    Check};

}  // namespace sluice
