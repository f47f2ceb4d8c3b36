// SL606 path-slash
//
// A `/` in a value of a field that holds a Windows path.
//
// Windows writes paths with `\`; what Sysmon reports has no `/` in it, whatever was typed on the
// command line. Mostly the value was copied from a rule for another system.
//
//   Image|endswith: '/powershell.exe'
//
// Fix: write `\`.
//
// Source: Windows naming of files, paths and namespaces; Sysmon's events 1, 7, 8, 10, 11, 15, 23.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"

namespace sluice {

extern const Rule kSL606;

namespace {

bool HasSlash(const Content& content, const Criterion& criterion) {
  const auto operands = content.operands(criterion);
  return !operands.empty() && std::ranges::all_of(operands, [](const Operand& operand) {
    return operand.text.find('/') != std::string_view::npos;
  });
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (!IsPathText(criterion) || !HoldsPath(in.content.field(criterion).name)) continue;
      if (!HasSlash(in.content, criterion)) continue;
      const Place place = in.content.operands(criterion)[0].place;
      Finding* f = out.Report(kSL606, place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(in.content, in.self, criterion);
      Say(*f, kNeverMatches,
          Cat(f->field, " holds a Windows path, and ", Quoted(in.content.written(criterion)->value),
              " has a '/' in it"),
          "write '\\' between folders");
    }
  });
}

}  // namespace

const Rule kSL606 = {{"SL606", "path-slash", Severity::kWarning, Category::kHygiene,
                      "a '/' where the field holds a Windows path", kSigmaFiles},
                     Check};

}  // namespace sluice
