// SL168 status-unknown
//
// `status` is none of Sigma's words.
//
// Tools that choose rules by their status leave this one out, or refuse it.
//
//   status: testing
//
// Fix: write stable, test, experimental, deprecated or unsupported.
//
// Source: Sigma specification 2.1.0, Sigma rules, "status".

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL168;

namespace {

constexpr std::string_view kWords[] = {"stable", "test", "experimental", "deprecated",
                                       "unsupported"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* found = ScalarOf(in.content, instance, "status");
    if (found == nullptr || std::ranges::find(kWords, found->value) != std::end(kWords)) return;
    Finding* f = out.Report(kSL168, found->place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(found->value, kWords);
    if (!near.empty()) f->fix = ReplaceValue(in.content, *found, std::string(near));
    Say(*f, kRefusedByTools, Cat(Quoted(found->value), " is no status of Sigma"),
        Cat("write ", near.empty() ? AnyOf(kWords) : Quoted(near)));
  });
}

}  // namespace

const Rule kSL168 = {{"SL168", "status-unknown", Severity::kWarning, Category::kInvalid,
                      "a status that Sigma does not know", kSigmaFiles},
                     Check};

}  // namespace sluice
