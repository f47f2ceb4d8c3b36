// SL584 wildcard-doubled
//
// Two `*` in a row. One is any run of characters, so the second adds nothing; some tools refuse
// both, or take the second as text.
//
//   TargetFilename|contains: '\Temp\**\evil'
//
// Fix: write one. `lint --fix` does. There is no wildcard for "any folder": `*` goes across
// backslashes.
//
// Source: Sigma specification 2.1.0, "Wildcards".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL584;

namespace {

// All but the first of a run of wildcards; empty when there is none.
std::string_view Doubled(std::string_view value) {
  for (size_t at = value.find("**"); at != std::string_view::npos;) {
    if (IsEscaped(value, at)) ++at;
    const size_t end = std::min(value.find_first_not_of('*', at), value.size());
    if (end - at > 1) return value.substr(at + 1, end - at - 1);
    at = value.find("**", end);
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content,
               [&](const Instance& instance, const Criterion& criterion, const Written& written) {
                 if (!TestsText(criterion.op)) return;
                 const std::string_view doubled = Doubled(written.value);
                 if (doubled.empty()) return;
                 const Place place = PartPlace(in.content, criterion, doubled);
                 Finding* f = out.Report(kSL584, place, &instance, &criterion);
                 if (f == nullptr) return;
                 SayValue(in, criterion, *f, kAddsNothing,
                          Cat(ValueLabel(in.content, criterion), " has several wildcards in a row"),
                          "write one '*'");
                 if (InQuotes(in.content, written.value)) f->fix.push_back({place, ""});
               });
}

}  // namespace

const Rule kSL584 = {{"SL584", "wildcard-doubled", Severity::kWarning, Category::kHygiene,
                      "two '*' stand in a row", kSigmaFiles},
                     Check};

}  // namespace sluice
