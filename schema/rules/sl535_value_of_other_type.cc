// SL535 value-of-other-type
//
// A number or truth value under a modifier that takes text, or text under one that takes a number
// or a truth value.
//
// It is read as what the modifier takes. Stricter tools refuse the rule, and YAML may have changed
// a number on the way: `010` is eight.
//
//   CommandLine|contains: 4688        # '4688'
//   DestinationPort|gt: '1023'        # 1023
//
// Fix: quote a number that is meant as text; take the quotes from one that is meant as a number.
//
// Source: Sigma specification 2.1.0, "Value modifiers".

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "schema/rule.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"

namespace sluice {

extern const Rule kSL535;

namespace {

bool IsNumber(std::string_view text) {
  if (text.empty() || (text.size() > 1 && text[0] == '0')) return false;
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Whether these modifiers take a number as the same text in quotes.
bool TakesItsText(std::string_view modifier) {
  constexpr std::string_view kTakeText[] = {"contains",     "startswith", "endswith", "windash",
                                            "base64",       "utf16le",    "utf16be",  "utf16",
                                            "base64offset", "re"};
  return std::ranges::find(kTakeText, modifier) != std::end(kTakeText);
}

// What stands at the place as the type that `modifier` takes; empty when that is not sure to mean
// the same.
std::string AsTaken(std::string_view written, std::string_view modifier) {
  if (written.find_first_of("\r\n") != std::string_view::npos || written.empty()) return "";
  const char first = written[0];
  if (first != '\'' && first != '"') {
    const bool quotable = written.find_first_of("'\"|>&*!") == std::string_view::npos;
    return quotable && TakesItsText(modifier) ? Cat("'", written, "'") : "";
  }
  if (written.size() < 3 || written.back() != first) return "";
  const std::string_view inner = written.substr(1, written.size() - 2);
  const bool truth = modifier == "exists" && (inner == "true" || inner == "false");
  return IsNumber(inner) || truth ? std::string(inner) : "";
}

void Check(const RuleInput& in, Reporter& out) {
  for (const Irregularity& i : in.content.irregularities()) {
    if (i.kind != IrregularityKind::kSigmaValueType || i.fatal) continue;
    Finding* f = out.Report(kSL535, i.place, InstanceOf(in.content, i));
    if (f == nullptr) continue;
    const std::string_view written = TextAt(in.content, i.place);
    Say(*f, "is read as what the modifier takes",
        Cat("the modifier ", Quoted(i.detail), " does not take ", Quoted(written), " as it is"),
        "quote what is meant as text, and take the quotes from a number");
    std::string taken = AsTaken(written, i.detail);
    if (!taken.empty()) Replace(in.content, i.place, written, std::move(taken), *f);
  }
}

}  // namespace

const Rule kSL535 = {{"SL535", "value-of-other-type", Severity::kNote, Category::kHygiene,
                      "a number where a modifier takes text, or the other way round", kSigmaFiles},
                     Check};

}  // namespace sluice
