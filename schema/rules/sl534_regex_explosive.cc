// SL534 regex-explosive
//
// A regular expression with a repeated part that can match one text in exponentially many ways.
//
// RE2 takes linear time. Backtracking engines, which most backends have, try every way before they
// give up: one long event can hold up all others. That took Cloudflare down for half an hour.
//
//   CommandLine|re: '(\w+\s?)+;'
//
// Fix: make the repeated part begin or end with something that the rest of it cannot match, or
// write `contains` for plain text.
//
// Source: Cloudflare, 2 July 2019 (`.*(?:.*=.*)` in a rule of its firewall).

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL534;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ReportSigma(
      in, out, kSL534, IrregularityKind::kSigmaRegexExplosive,
      "may never finish in a backtracking engine",
      "make it unambiguous where one repetition ends and the next begins", [](const Irregularity&) {
        return std::string("the repeated part can match the same text in exponentially many ways");
      });
}

}  // namespace

const Rule kSL534 = {
    {"SL534", "regex-explosive", Severity::kWarning, Category::kHygiene,
     "a regular expression that a backtracking engine may never finish", kSigmaFiles},
    Check};

}  // namespace sluice
