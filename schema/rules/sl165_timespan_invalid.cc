// SL165 timespan-invalid
//
// The timespan of a correlation is not a number and one of s, m, h, d, w, M and y, or it is zero.
//
//   correlation:
//     timespan: 5 minutes
//
// Fix: write a number and a unit without a blank between: 30s, 5m, 1h, 7d.
//
// Source: Sigma specification 2.1.0, Sigma correlation rules, "Time span".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_metadata.h"

namespace sluice {

extern const Rule kSL165;

namespace {

bool IsTimespan(std::string_view text) {
  if (text.size() < 2 || text.size() > 10) return false;
  if (std::string_view("smhdwMy").find(text.back()) == std::string_view::npos) return false;
  const std::string_view number = text.substr(0, text.size() - 1);
  return number.find_first_not_of("0123456789") == std::string_view::npos &&
         number.find_first_not_of('0') != std::string_view::npos;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachDocument(in.content, [&](const Instance& instance) {
    if (instance.role != InstanceRole::kCorrelation) return;
    const Attribute* span = ScalarOf(in.content, instance, "correlation.timespan");
    if (span == nullptr || IsTimespan(span->value)) return;
    if (Finding* f = out.Report(kSL165, span->place, &instance)) {
      Say(*f, kMeansNothing, Cat(Quoted(span->value), " is no time"),
          "write a number and s, m, h, d, w, M or y, such as 5m");
    }
  });
}

}  // namespace

const Rule kSL165 = {{"SL165", "timespan-invalid", Severity::kError, Category::kInvalid,
                      "the timespan of a correlation is no time", kSigmaFiles},
                     Check};

}  // namespace sluice
