// SL106 empty-criteria
//
// An instance, or a group inside one, with nothing in it.
//
// An empty selector is read as "all" by one consumer and as "nothing" by the next. A Sysmon <Rule>
// without conditions never takes part in the decision. A Sysmon event without conditions is a
// common idiom and only a note: it never matches, so onmatch="exclude" alone logs every event of
// the type and onmatch="include" alone logs none. A Sigma rule with a selection, a map or a list of
// values that is empty means nothing.
//
//   <RuleGroup groupRelation="or">
//     <ProcessCreate onmatch="include"><Rule groupRelation="and"></Rule></ProcessCreate>
//   </RuleGroup>
//
// Fix: write the criteria, or remove the empty part.
//
// Source: Sysmon rule blob, sections 5.2 (step 5) and 6.2; Cloudflare, 20 February 2026 (an empty
// parameter read as "all").

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_reading.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL106;

namespace {

void ReportGroup(const RuleInput& in, Reporter& out, const Group& group, const Instance& instance) {
  Finding* f = out.Report(kSL106, group.place, &instance);
  if (f == nullptr) return;
  Say(*f, "ignores the group",
      Cat("a <Rule> of ", TypeLabel(in.content, instance.type), " has no conditions"),
      "write its conditions, or remove it");
}

void ReportRecord(const RuleInput& in, Reporter& out, const Instance& instance) {
  Finding* f = out.Report(kSL106, instance.place, &instance);
  if (f == nullptr) return;
  f->severity = Severity::kNote;
  const bool includes = DefaultIncludes(in.content, in.self, instance);
  const std::string_view effect =
      includes ? "logs every event of the type" : "logs no event of the type";
  Say(*f, effect,
      Cat(TypeLabel(in.content, instance.type), " has no conditions: alone it ", effect),
      "nothing to change if that is what is meant");
}

void CheckSysmon(const RuleInput& in, Reporter& out) {
  for (const Instance& instance : in.content.instances()) {
    for (const Group& group : in.content.groups(instance)) {
      if (group.criteria.empty()) ReportGroup(in, out, group, instance);
    }
    if (instance.criteria.empty() && instance.groups.empty()) ReportRecord(in, out, instance);
  }
}

void ReportEmpty(const RuleInput& in, Reporter& out, IrregularityKind kind, std::string_view what,
                 std::string_view help) {
  ReportIrregularities(in, out, kSL106, kind, [&](Finding& f, const Irregularity& i) {
    Say(f, kMeansNothing, Cat(what, Quoted(i.detail), " has nothing in it"), help);
  });
}

void CheckSigma(const RuleInput& in, Reporter& out) {
  using Kind = IrregularityKind;
  ReportEmpty(in, out, Kind::kSigmaSelectionEmpty, "the selection ",
              "write its criteria, or remove it");
  ReportEmpty(in, out, Kind::kSigmaEmptyMap, "a map in the selection ",
              "write its criteria, or remove it");
  ReportEmpty(in, out, Kind::kSigmaEmptyList, "the list of ", "write its values, or remove it");
}

void Check(const RuleInput& in, Reporter& out) {
  if (in.content.dialect() == Dialect::kSysmon) return CheckSysmon(in, out);
  if (IsSigmaFile(in.content)) return CheckSigma(in, out);
  for (const Instance& instance : in.content.instances()) {
    if (!instance.criteria.empty()) continue;
    if (Finding* f = out.Report(kSL106, instance.place, &instance)) {
      Say(*f, kAlwaysMatches,
          "the instance has no criteria, which some consumers read as all events",
          "write its criteria, or remove it");
    }
  }
}

}  // namespace

const Rule kSL106 = {{"SL106", "empty-criteria", Severity::kError, Category::kInvalid,
                      "an instance or a group with nothing in it", kAnyContent},
                     Check};

}  // namespace sluice
