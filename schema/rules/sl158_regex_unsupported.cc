// SL158 regex-unsupported
//
// A regular expression that uses what PCRE has and Sigma's subset has not: look-around, back
// references, possessive quantifiers, named groups, flags in the pattern and the like.
//
// It works in the engines that know it. Others refuse the query, and some take the characters as
// they stand. An expression that cannot be compiled here is listed as not checked.
//
//   CommandLine|re: 'curl(?!.*--silent)'
//
// Fix: write it with `.`, `^`, `$`, quantifiers, classes, alternation and groups; use the
// modifiers `i`, `m` and `s` for flags, and `not` in the condition for what must not follow.
//
// Source: Sigma specification 2.1.0, appendix "Modifiers", `re`.

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL158;

namespace {

// Each rule once: its irregularities stand together.
void ListUnchecked(const RuleInput& in, Reporter& out) {
  uint32_t listed = kNone;
  for (const Irregularity& i : in.content.irregularities()) {
    if (i.kind != IrregularityKind::kSigmaRegexNotCompiled || i.instance == listed) continue;
    listed = i.instance;
    const Instance* instance = InstanceOf(in.content, i);
    if (instance == nullptr) continue;
    out.NotChecked(Cat("regular expressions of rule ", InstanceName(in.content, *instance)),
                   "one uses what cannot be compiled here, or is too large for it",
                   /*requested=*/false);
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ReportIrregularities(
      in, out, kSL158, IrregularityKind::kSigmaRegexUnsupported,
      [](Finding& f, const Irregularity& i) {
        Say(f, "works in some engines only",
            Cat("the regular expression uses a feature that Sigma's have not: ", i.detail),
            "write it with classes, groups, alternation and quantifiers");
      });
  ListUnchecked(in, out);
}

}  // namespace

const Rule kSL158 = {{"SL158", "regex-unsupported", Severity::kWarning, Category::kInvalid,
                      "a regular expression that goes beyond Sigma's subset", kSigmaFiles},
                     Check};

}  // namespace sluice
