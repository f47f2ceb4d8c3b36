// SL563 tlp-tag-unknown
//
// A tag in `tlp` is no label of the Traffic Light Protocol.
//
// Whoever gets the rule cannot tell with whom it may be shared.
//
//   tags:
//     - tlp.yellow
//
// Fix: write tlp.red, tlp.amber, tlp.amber-strict, tlp.green, tlp.clear or tlp.white.
//
// Source: FIRST, Traffic Light Protocol 2.0; Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL563;

namespace {

constexpr std::string_view kWords[] = {"red",   "amber", "amber-strict", "amber+strict",
                                       "green", "clear", "white"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view name = InNamespace(tag.value, "tlp");
    if (name.empty()) return;
    if (std::ranges::any_of(kWords, [&](auto one) { return EqualsIgnoreCase(one, name); })) return;
    Finding* f = out.Report(kSL563, tag.place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(name, kWords);
    if (!near.empty()) f->fix = ReplaceValue(in.content, tag, Cat("tlp.", near));
    Say(*f, "is understood by nobody", Cat(Quoted(tag.value), " is no tag of Sigma's namespace"),
        Cat("write tlp. and ", near.empty() ? AnyOf(kWords) : Quoted(near)));
  });
}

}  // namespace

const Rule kSL563 = {{"SL563", "tlp-tag-unknown", Severity::kWarning, Category::kHygiene,
                      "a TLP tag that the Traffic Light Protocol does not have", kSigmaFiles},
                     Check};

}  // namespace sluice
