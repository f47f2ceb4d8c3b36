// SL581 value-matches-anything
//
// A value that every text fulfils: nothing under `contains`, `startswith` or `endswith`, a regular
// expression such as `.*`, or the network 0.0.0.0/0.
//
// Every text contains the empty one. What was meant may be the empty value, which stands without a
// modifier, or a text that got lost.
//
//   CommandLine|contains: ''      # any command line
//   SourceIp|cidr: 0.0.0.0/0      # any IPv4 address
//
// Fix: write what is looked for; for an empty field take the modifier away, for any value write
// `exists: true`.
//
// Source: Sigma specification 2.1.0, "Modifiers".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL581;

namespace {

constexpr std::string_view kAnyRegex[] = {"",     ".*",    "^.*",   ".*$",    "^.*$", ".*?",
                                          "(.*)", "^(.*)", "(.*)$", "^(.*)$", "^",    "$"};

bool MatchesAnything(const Content& content, const Criterion& criterion, const Written& written) {
  switch (criterion.op) {
    case Operator::kGlob:
      return written.value.empty();
    case Operator::kRegex:
      return written.value.size() <= 6 &&
             std::ranges::find(kAnyRegex, written.value) != std::end(kAnyRegex);
    case Operator::kIpNetwork:
      return std::ranges::any_of(content.operands(criterion),
                                 [](const Operand& one) { return one.text.ends_with("/0"); });
    default:
      return false;
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (!MatchesAnything(in.content, criterion, written)) return;
    if ((criterion.flags & kNegated) != 0) return;
    Finding* f = out.Report(kSL581, ValuePlace(in.content, criterion), &instance, &criterion);
    if (f == nullptr) return;
    const std::string_view effect =
        IsKeyword(in.content, criterion) ? kAlwaysMatches : kMatchesPresent;
    SayValue(in, criterion, *f, effect,
             Cat(ValueLabel(in.content, criterion), " under ", Quoted(criterion.operator_text),
                 " is fulfilled by every value"),
             "write what is looked for, or take the modifier away from an "
             "empty value");
  });
}

}  // namespace

const Rule kSL581 = {{"SL581", "value-matches-anything", Severity::kWarning, Category::kHygiene,
                      "a value is fulfilled by whatever the field holds", kSigmaFiles},
                     Check};

}  // namespace sluice
