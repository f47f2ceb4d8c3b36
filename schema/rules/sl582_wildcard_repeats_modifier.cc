// SL582 wildcard-repeats-modifier
//
// A value begins or ends with `*` where the modifier leaves that end open already; so it is with
// keywords, which stand anywhere.
//
//   CommandLine|contains: '*whoami*'     # contains: whoami
//   Image|endswith: '*\cmd.exe'          # endswith: \cmd.exe
//
// Some tools double the wildcard or escape it, so that the same rule means different things.
//
// Fix: remove the `*`. `lint --fix` does.
//
// Source: Sigma specification 2.1.0, "Modifiers".

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL582;

namespace {

// What of the value repeats the modifier: at its beginning and at its end, in bytes.
struct Repeats {
  size_t before = 0;
  size_t behind = 0;
};

Repeats RepeatsIn(const Content& content, const Criterion& criterion, std::string_view value) {
  const std::string_view modifiers = criterion.operator_text;
  const bool ends = HasModifier(modifiers, "endswith");
  const bool starts = HasModifier(modifiers, "startswith");
  const bool anywhere =
      HasModifier(modifiers, "contains") || (IsKeyword(content, criterion) && !ends && !starts);
  Repeats out;
  if (anywhere || ends) out.before = LeadingStars(value);
  if (anywhere || starts) out.behind = TrailingStars(value);
  return out;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content,
               [&](const Instance& instance, const Criterion& criterion, const Written& written) {
                 const std::string_view value = written.value;
                 if (!TestsText(criterion.op) || value.size() < 2) return;
                 if (value.front() != '*' && value.back() != '*') return;
                 if (LeadingStars(value) == value.size()) return;
                 const auto [before, behind] = RepeatsIn(in.content, criterion, value);
                 if (before + behind == 0) return;
                 const std::string_view head = value.substr(0, before);
                 const std::string_view tail = value.substr(value.size() - behind);
                 const Place place = PartPlace(in.content, criterion, before > 0 ? head : tail);
                 Finding* f = out.Report(kSL582, place, &instance, &criterion);
                 if (f == nullptr) return;
                 SayValue(in, criterion, *f, kAddsNothing,
                          Cat(ValueLabel(in.content, criterion),
                              " has a wildcard where its end is open already"),
                          "remove the wildcard");
                 if (!InQuotes(in.content, value)) return;
                 if (before > 0) f->fix.push_back({PartPlace(in.content, criterion, head), ""});
                 if (behind > 0) f->fix.push_back({PartPlace(in.content, criterion, tail), ""});
               });
}

}  // namespace

const Rule kSL582 = {{"SL582", "wildcard-repeats-modifier", Severity::kNote, Category::kHygiene,
                      "a wildcard stands where the modifier leaves the end open", kSigmaFiles},
                     Check};

}  // namespace sluice
