// SL597 regex-as-text
//
// A value that is written like a regular expression, without `re`.
//
// Without `re`, everything but `*`, `?` and the backslash before them is text: `\d+` is looked for
// as it stands, and no command line has it.
//
//   CommandLine|contains: 'port=[0-9]+'      # CommandLine|re: 'port=[0-9]+'
//
// Fix: add `re` in place of `contains`; escape what is text in a regular expression.
//
// Source: Sigma specification 2.1.0, "re".

#include "schema/byte_set.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL597;

namespace {

constexpr std::string_view kSigns[] = {"\\d+",  "\\d{",  "\\d*",  "\\w+",    "\\s+",
                                       "[0-9]", "[a-z]", "[A-Z]", "[0-9a-f", "[a-zA-Z",
                                       "(?i)",  "(.*)",  "[^\\\\"};
constexpr ByteSet kMayBeSign("[({+*");

// The first of the signs; "" when there is none.
std::string_view Sign(std::string_view value) {
  if (value.size() > 2 && value.starts_with(".*") && value.ends_with(".*")) return ".*";
  if (value.size() > 2 && value.front() == '^' && value.back() == '$') return "^";
  // Paths have backslashes, and none of what every sign has.
  if (!kMayBeSign.HasAnyOf(value)) return {};
  for (const std::string_view sign : kSigns) {
    if (value.find(sign) != std::string_view::npos) return sign;
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (!TestsText(criterion.op)) return;
    const std::string_view sign = Sign(written.value);
    if (sign.empty()) return;
    const std::string_view part = written.value.substr(written.value.find(sign), sign.size());
    const Place place = PartPlace(in.content, criterion, part);
    Finding* f = out.Report(kSL597, place, &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, "compares as text",
             Cat(ValueLabel(in.content, criterion), " is written like a regular expression (",
                 Quoted(sign), "), and is taken as text"),
             "add the modifier 're', or write what the text really is");
  });
}

}  // namespace

const Rule kSL597 = {{"SL597", "regex-as-text", Severity::kNote, Category::kHygiene,
                      "a regular expression stands without the modifier 're'", kSigmaFiles},
                     Check};

}  // namespace sluice
