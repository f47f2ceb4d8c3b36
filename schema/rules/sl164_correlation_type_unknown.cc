// SL164 correlation-type-unknown
//
// The type of a correlation is none that Sigma has.
//
// Nothing says what is to be counted, so no tool can convert it.
//
//   correlation:
//     type: count_events
//
// Fix: write event_count, value_count, value_sum, value_avg, value_percentile, value_median,
// temporal or temporal_ordered.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "Correlation types".

#include <algorithm>
#include <iterator>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL164;

namespace {

constexpr std::string_view kTypes[] = {"event_count",       "value_count",
                                       "value_sum",         "value_avg",
                                       "value_percentile",  "value_median",
                                       "temporal",          "temporal_ordered",
                                       "temporal_extended", "temporal_ordered_extended"};

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role != InstanceRole::kCorrelation) return;
    const Attribute* type = ScalarOf(in.content, instance, "correlation.type");
    if (type == nullptr || std::ranges::find(kTypes, type->value) != std::end(kTypes)) return;
    Finding* f = out.Report(kSL164, type->place, &instance);
    if (f == nullptr) return;
    const std::string_view near = NearWord(type->value, kTypes);
    if (!near.empty()) f->fix = ReplaceValue(in.content, *type, std::string(near));
    Say(*f, kMeansNothing, Cat(Quoted(type->value), " is no type of correlation"),
        near.empty() ? Cat("write ", AnyOf(kTypes)) : Cat("write ", Quoted(near)));
  });
}

}  // namespace

const Rule kSL164 = {{"SL164", "correlation-type-unknown", Severity::kError, Category::kInvalid,
                      "a type of correlation that Sigma does not know", kSigmaFiles},
                     Check};

}  // namespace sluice
