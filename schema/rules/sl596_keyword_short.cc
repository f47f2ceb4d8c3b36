// SL596 keyword-short
//
// A keyword of one or two characters.
//
// Keywords are looked for anywhere in the event, file names, dates and identifiers included: so
// short a text is in nearly every event. Under `all` the other keywords narrow it, and it is not
// reported.
//
//   keywords:
//     - 'nc'
//
// Fix: write more of the text, or name the field that it stands in.
//
// Source: Sigma specification 2.1.0, "Keywords".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL596;

namespace {

size_t CountCharacters(std::string_view text) {
  return static_cast<size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

void Check(const RuleInput& in, Reporter& out) {
  constexpr size_t kShort = 2;
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    constexpr size_t kMaxBytes = 4;
    if (criterion.op != Operator::kContains || !IsKeyword(in.content, criterion)) return;
    if (HasModifier(criterion.operator_text, "all")) return;
    const std::string_view text = in.content.operand_text(criterion);
    if (text.size() > kShort * kMaxBytes || CountCharacters(text) > kShort) return;
    // A character that no identifier has is rare enough.
    if (std::ranges::any_of(text, [](char c) { return static_cast<uint8_t>(c) >= 0x80; })) return;
    Finding* f = out.Report(kSL596, ValuePlace(in.content, criterion), &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, "matches nearly every event",
             Cat("the keyword ", Quoted(written.value), " is so short that most events have it"),
             "write more of the text, or name the field");
  });
}

}  // namespace

const Rule kSL596 = {{"SL596", "keyword-short", Severity::kWarning, Category::kHygiene,
                      "a keyword has one or two characters", kSigmaFiles},
                     Check};

}  // namespace sluice
