// SL564 detection-tag-unknown
//
// A tag in `detection` is none of the three kinds of rule that Sigma tells apart.
//
//   tags:
//     - detection.hunting
//
// Fix: write detection.threat-hunting, detection.emerging-threats or detection.dfir.
//
// Source: Sigma specification 2.1.0, appendix on tags.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL564;

namespace {

constexpr std::string_view kWords[] = {"dfir", "emerging-threats", "threat-hunting"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachTag(in.content, [&](const Attribute& tag, const Instance& instance) {
    const std::string_view name = InNamespace(tag.value, "detection");
    if (name.empty()) return;
    if (std::ranges::any_of(kWords, [&](auto one) { return EqualsIgnoreCase(one, name); })) return;
    Finding* f = out.Report(kSL564, tag.place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(name, kWords);
    if (!near.empty()) f->fix = ReplaceValue(in.content, tag, Cat("detection.", near));
    Say(*f, "is understood by nobody", Cat(Quoted(tag.value), " is no tag of Sigma's namespace"),
        Cat("write detection. and ", near.empty() ? AnyOf(kWords) : Quoted(near)));
  });
}

}  // namespace

const Rule kSL564 = {{"SL564", "detection-tag-unknown", Severity::kWarning, Category::kHygiene,
                      "a detection tag that Sigma does not have", kSigmaFiles},
                     Check};

}  // namespace sluice
