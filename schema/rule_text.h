// The words that rules share, so that one thing has one name in every message.
//
// Rules write three texts: the effect (a short fixed phrase: what the sensor does), the message
// (one sentence about this place) and the help (what to change). All text from files goes through
// `Quoted` or one of the labels, which make it safe to print.

#ifndef SLUICE_SCHEMA_RULE_TEXT_H_
#define SLUICE_SCHEMA_RULE_TEXT_H_

#include <string>
#include <string_view>
#include <type_traits>

#include "absl/strings/str_cat.h"
#include "schema/binding.h"
#include "schema/content.h"
#include "schema/rule.h"
#include "schema/text.h"

namespace sluice {

// The place of `part`, a piece of the operand's text, where the file has the operand as it is up to
// there: not in a binary, not in the text form, and not behind an entity. Otherwise all of it.
Place PlaceOf(const Content& content, const Operand& operand, std::string_view part);

// The effects that several rules report.
inline constexpr std::string_view kReadsOutOfBounds = "reads out of bounds";
inline constexpr std::string_view kNeverMatches = "never matches";
inline constexpr std::string_view kAlwaysMatches = "always matches";
inline constexpr std::string_view kRefusesFile = "refuses the file";
inline constexpr std::string_view kIgnoresRecord = "ignores the record";
inline constexpr std::string_view kNeverEvaluates = "never evaluates the record";
inline constexpr std::string_view kAbandonsRecord = "abandons the record";

// What one part of a `Cat` becomes for absl::StrCat.
template <typename Part>
auto CatPart(const Part& part) {
  if constexpr (std::is_convertible_v<const Part&, std::string_view>) {
    return Abseil(std::string_view(part));
  } else {
    return part;
  }
}

// absl::StrCat for standard string views, strings and numbers.
template <typename... Parts>
std::string Cat(const Parts&... parts) {
  return absl::StrCat(CatPart(parts)...);
}

// `text` in quotes, printable and cut to one line.
std::string Quoted(std::string_view text);

// The field that a criterion reads: its name, otherwise "field 25", or "any field". `bound` knows
// the names of fields that content binds by index.
std::string FieldLabel(const Content& content, const Bound& bound, const Criterion& criterion);

// "ProcessCreate", or "event 255" where a binary gives a number only.
std::string TypeLabel(const Content& content, uint32_t type);

// The operator as the content has it: "contains any"; "is" where it is implied.
std::string OperatorLabel(const Criterion& criterion);

// What a sensor does that does not supply the criterion's field, by dialect and binding. Sources:
// Channel File 291; Sysmon rule blob, sections 5.2 (step 6) and 6.4.
std::string MissingFieldEffect(const Content& content, const Criterion& criterion);

// What a sensor does that does not know an operator. Source: Sysmon rule blob, sections 5.2 (step
// 7) and 6.4.
std::string_view UnknownOperatorEffect(const Content& content);

// Fills in the three texts of a finding.
void Say(Finding& finding, std::string_view effect, std::string message, std::string_view help);

// Calls `visit(instance, criterion)` for every criterion of the content. Those of a rule that is
// incomplete say nothing.
template <typename Visit>
void ForEachCriterion(const Content& content, Visit visit) {
  for (const Instance& instance : content.instances()) {
    if (instance.incomplete) continue;
    for (const Criterion& criterion : content.criteria(instance)) visit(instance, criterion);
  }
}

// The instance that an irregularity belongs to, otherwise nullptr.
const Instance* InstanceOf(const Content& content, const Irregularity& irregularity);

// Calls `fill(finding, irregularity)` for a new finding at each irregularity of this kind.
template <typename Fill>
void ReportIrregularities(const RuleInput& in, Reporter& out, const Rule& rule,
                          IrregularityKind kind, Fill fill) {
  for (const Irregularity& irregularity : in.content.irregularities()) {
    if (irregularity.kind != kind) continue;
    const Instance* instance = InstanceOf(in.content, irregularity);
    if (Finding* f = out.Report(rule, irregularity.place, instance)) fill(*f, irregularity);
  }
}

}  // namespace sluice

#endif  // SLUICE_SCHEMA_RULE_TEXT_H_
