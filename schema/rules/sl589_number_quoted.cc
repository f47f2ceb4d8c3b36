// SL589 number-quoted
//
// A number in quotes, for a field that holds a number on every sensor.
//
// Sigma takes what is in quotes for text. Backends with typed fields then compare a number with a
// text, and find nothing or refuse the query.
//
//   DestinationPort: '445'       # DestinationPort: 445
//
// Fix: write the number without quotes. `lint --fix` does.
//
// Source: Sigma specification 2.1.0, "Numbers"; Sysmon's manifests (types of fields).

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL589;

namespace {

// Digits that YAML reads as this very number: no leading zero, which would make it octal.
bool IsNumber(std::string_view value) {
  if (value.empty() || value.size() > 18 || (value[0] == '0' && value.size() > 1)) return false;
  return std::ranges::all_of(value, [](char c) { return c >= '0' && c <= '9'; });
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (criterion.op != Operator::kEquals || written.type != ScalarType::kText) return;
    if (!written.quoted || !IsNumber(written.value)) return;
    const ValueType type = in.self.field(criterion).type;
    if (type < ValueType::kUint16 || type > ValueType::kInt64) return;
    const Place place = ValuePlace(in.content, criterion);
    Finding* f = out.Report(kSL589, place, &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, "compares as text",
             Cat(ValueLabel(in.content, criterion), " is text, and the field holds a number"),
             "write the number without quotes");
    if (InQuotes(in.content, written.value)) f->fix.push_back({place, std::string(written.value)});
  });
}

}  // namespace

const Rule kSL589 = {{"SL589", "number-quoted", Severity::kNote, Category::kHygiene,
                      "a number stands in quotes where the field holds a number", kSigmaFiles},
                     Check};

}  // namespace sluice
