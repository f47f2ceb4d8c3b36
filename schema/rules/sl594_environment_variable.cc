// SL594 environment-variable
//
// An environment variable in a value of a field that holds resolved paths.
//
// Sensors report `C:\Users\jo\AppData\Local\Temp\a.exe`, whatever the program was started by: in
// Image, ParentImage, ImageLoaded and TargetFilename there is no `%TEMP%`. A command line may hold
// it as it was typed. Sigma's placeholders are written like that, but under `expand` only.
//
//   Image|startswith: '%TEMP%\'      # Image|contains: '\AppData\Local\Temp\'
//
// Fix: write the path that the variable stands for, or add `expand` if it is a placeholder.
//
// Source: Sysmon's events 1, 7 and 11; Sigma specification 2.1.0, "expand".

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_fields.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL594;

namespace {

bool IsNameByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '(' || c == ')';
}

// The first "%NAME%"; empty when there is none.
std::string_view Variable(std::string_view value) {
  for (size_t at = value.find('%'); at != std::string_view::npos;) {
    const size_t end = value.find('%', at + 1);
    if (end == std::string_view::npos) return {};
    const std::string_view name = value.substr(at + 1, end - at - 1);
    if (!name.empty() && std::ranges::all_of(name, IsNameByte)) {
      return value.substr(at, end + 1 - at);
    }
    at = end;
  }
  return {};
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    if (!TestsText(criterion.op) || (criterion.flags & kNegated) != 0) return;
    const std::string_view variable = Variable(written.value);
    if (variable.empty() || !HoldsWindowsPath(in.content, criterion)) return;
    if (HasModifier(criterion.operator_text, "expand")) return;
    Finding* f =
        out.Report(kSL594, PartPlace(in.content, criterion, variable), &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, kNeverMatches,
             Cat(Quoted(variable), " is not replaced, and ",
                 Quoted(in.content.field(criterion).name), " holds the path that it stands for"),
             "write the path, or its part that is always the same");
  });
}

}  // namespace

const Rule kSL594 = {
    {"SL594", "environment-variable", Severity::kWarning, Category::kHygiene,
     "a field of resolved paths is compared with an environment variable", kSigmaFiles},
    Check};

}  // namespace sluice
