// SL558 tag-namespace-unknown
//
// A tag stands in a namespace that Sigma does not define.
//
// Namespaces of your own are allowed, and known to your own tools only; most often it is a slip.
//
//   tags:
//     - atack.execution
//
// Fix: write attack, car, cve, d3fend, detection, stp or tlp; or turn this rule off for your
// namespace.
//
// Source: Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL558;

namespace {

constexpr std::string_view kNamespaces[] = {"attack",    "car", "cve", "d3fend",
                                            "detection", "stp", "tlp"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view space = tag.value.substr(0, tag.value.find('.'));
    if (space.empty() || space.size() == tag.value.size()) return;
    if (std::ranges::any_of(kNamespaces, [&](auto one) { return EqualsIgnoreCase(one, space); })) {
      return;
    }
    Finding* f = out.Report(kSL558, tag.place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(space, kNamespaces);
    Say(*f, "is known to no other tool", Cat("Sigma has no namespace ", Quoted(space)),
        Cat("write ", near.empty() ? AnyOf(kNamespaces) : Quoted(near)));
  });
}

}  // namespace

const Rule kSL558 = {{"SL558", "tag-namespace-unknown", Severity::kNote, Category::kHygiene,
                      "a tag of a namespace that Sigma does not have", kSigmaFiles},
                     Check};

}  // namespace sluice
