// SL162 date-impossible
//
// `date` or `modified` has the right form, and there is no such day.
//
// YAML and most Sigma tools refuse to read it.
//
//   date: 2024-02-30
//
// Fix: write the day that is meant.
//
// Source: Sigma specification 2.1.0, Sigma rules, "date".

#include <optional>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL162;

namespace {

void CheckOne(const RuleInput& in, Reporter& out, const Instance& instance, std::string_view key) {
  const Attribute* written = ScalarOf(in.content, instance, key);
  if (written == nullptr) return;
  const std::optional<SigmaDate> date = ReadSigmaDate(written->value);
  if (!date || Exists(*date)) return;
  if (Finding* f = out.Report(kSL162, written->place, &instance)) {
    Say(*f, kRefusedByTools, Cat("there is no day ", Quoted(written->value)),
        "write a day that exists");
  }
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    CheckOne(in, out, instance, "date");
    CheckOne(in, out, instance, "modified");
  });
}

}  // namespace

const Rule kSL162 = {{"SL162", "date-impossible", Severity::kWarning, Category::kInvalid,
                      "a date that the calendar does not have", kSigmaFiles},
                     Check};

}  // namespace sluice
