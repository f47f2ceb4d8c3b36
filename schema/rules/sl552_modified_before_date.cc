// SL552 modified-before-date
//
// `modified` is before `date`: the rule was changed before there was one.
//
//   date: 2024-05-01
//   modified: 2023-06-01
//
// Fix: write the later day under `modified`; most often the year is that of another rule.
//
// Source: Sigma specification 2.1.0, Sigma rules, "modified".

#include <optional>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL552;

namespace {

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    const Attribute* modified = ScalarOf(in.content, instance, "modified");
    if (modified == nullptr) return;
    const Attribute* date = ScalarOf(in.content, instance, "date");
    if (date == nullptr) return;
    const std::optional<SigmaDate> first = ReadSigmaDate(date->value);
    const std::optional<SigmaDate> last = ReadSigmaDate(modified->value);
    if (!first || !last || *last >= *first) return;
    if (Finding* f = out.Report(kSL552, modified->place, &instance)) {
      Say(*f, "contradicts its date",
          Cat("modified ", Quoted(modified->value), " before it was written, ",
              Quoted(date->value)),
          "correct the day that is wrong");
    }
  });
}

}  // namespace

const Rule kSL552 = {{"SL552", "modified-before-date", Severity::kWarning, Category::kHygiene,
                      "modified earlier than written", kSigmaFiles},
                     Check};

}  // namespace sluice
