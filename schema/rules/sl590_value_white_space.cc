// SL590 value-white-space
//
// A value begins or ends with white space that the field hardly has there.
//
// The white space is compared like any other character. At an open end, as with `contains: ' -e '`,
// it asks for a whole word and is not reported, unless it is a line break or a tab. At a closed end
// (the whole value, the beginning under `startswith`, the end under `endswith`) it is mostly what a
// copied text brought along. Blanks around what people or programs write freely, command lines and
// user agents, are not reported.
//
//   Image|endswith: '\cmd.exe '
//   CommandLine|contains: |           # ends with a line break: |-
//     whoami
//
// Fix: remove the white space; end a block with `|-` or `>-`.
//
// Source: Sigma specification 2.1.0, "Values"; YAML 1.1, section 9.2 (chomping).

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma_values.h"

namespace sluice {

extern const Rule kSL590;

namespace {

bool IsBreak(char c) { return c >= '\t' && c <= '\r'; }
bool IsWhite(char c) { return c == ' ' || IsBreak(c); }

// Whether a text of this field may well end in a blank: those that people or programs write.
bool IsProse(std::string_view field) {
  return field.empty() || field.find("ommand") != std::string_view::npos ||
         field.find("gent") != std::string_view::npos;
}

bool IsSuspicious(const Content& content, const Criterion& criterion, std::string_view value) {
  const std::string_view field = content.field(criterion).name;
  const bool before = IsWhite(value.front());
  const bool behind = IsWhite(value.back());
  if ((before && IsBreak(value.front())) || (behind && IsBreak(value.back()))) return true;
  if (IsProse(field)) return false;
  const bool closed_before =
      criterion.op == Operator::kEquals || criterion.op == Operator::kStartsWith;
  const bool closed_behind =
      criterion.op == Operator::kEquals || criterion.op == Operator::kEndsWith;
  return (before && closed_before) || (behind && closed_behind);
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachValue(in.content, [&](const Instance& instance, const Criterion& criterion,
                               const Written& written) {
    const std::string_view value = written.value;
    if (value.empty() || (!IsWhite(value.front()) && !IsWhite(value.back()))) return;
    if (!TestsText(criterion.op) || Encodes(criterion)) return;
    // Nothing but white space is what is looked for.
    if (value.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos) return;
    if (!IsSuspicious(in.content, criterion, value)) return;
    Finding* f = out.Report(kSL590, ValuePlace(in.content, criterion), &instance, &criterion);
    if (f == nullptr) return;
    SayValue(in, criterion, *f, "compares the white space too",
             Cat(ValueLabel(in.content, criterion), " has white space around it"),
             "remove the white space, unless it is meant");
  });
}

}  // namespace

const Rule kSL590 = {{"SL590", "value-white-space", Severity::kWarning, Category::kHygiene,
                      "a value begins or ends with white space", kSigmaFiles},
                     Check};

}  // namespace sluice
