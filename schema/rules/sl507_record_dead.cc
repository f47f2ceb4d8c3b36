// SL507 record-dead
//
// An include record that never decides, since an exclude record of the same event matches
// everything.
//
// Sysmon evaluates all records with onmatch="exclude" first, wherever they stand in the file. When
// one of them always matches, every event is dropped before an include record is asked.
//
//   <ImageLoad onmatch="include"><Image condition="is">a.exe</Image></ImageLoad>     <!-- dead -->
//   <ImageLoad onmatch="exclude"><Image condition="contains"></Image></ImageLoad>
//
// Fix: make the exclude record narrower, or remove the include record.
//
// Source: Sysmon rule blob, sections 6.1 and 6.2.

#include <algorithm>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL507;

namespace {

// Whether records match every event, as far as single conditions tell.
class AlwaysMatching {
 public:
  explicit AlwaysMatching(const RuleInput& in) : in_(in), series_(in.content, in.self) {}

  bool Record(const Instance& instance) const {
    const bool is_or = instance.combine == Combine::kOr;
    bool any = false;
    bool all = true;
    const auto count = [&](bool always) {
      any |= always;
      all &= always;
    };
    for (const Criterion& criterion : in_.content.criteria(instance)) {
      if (criterion.group == kNone) count(One(criterion));
    }
    for (const struct Group& group : in_.content.groups(instance)) {
      if (!group.criteria.empty()) count(Group(group));
    }
    return is_or ? any : any && all;
  }

 private:
  bool One(const Criterion& criterion) const {
    const std::string_view operand = in_.content.operand_text(criterion);
    // A field that the event has not, or has elsewhere, never matches.
    return ConditionVerdict(criterion.op, operand) == Verdict::kAlways &&
           in_.self.field(criterion).missing.none() && series_.Split(criterion.field).none();
  }

  bool Group(const struct Group& group) const {
    const auto one = [&](const Criterion& criterion) { return One(criterion); };
    const std::span<const Criterion> criteria = in_.content.criteria(group);
    return group.combine == Combine::kOr ? std::ranges::any_of(criteria, one)
                                         : std::ranges::all_of(criteria, one);
  }

  const RuleInput& in_;
  SeriesBinding series_;
};

// True when some condition always matches: otherwise no record does.
bool AnyAlways(const Content& content) {
  return std::ranges::any_of(content.criteria(), [&](const Criterion& criterion) {
    return ConditionVerdict(criterion.op, content.operand_text(criterion)) == Verdict::kAlways;
  });
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || !AnyAlways(content)) return;
  const std::vector<uint32_t> classes = RecordClasses(content);
  const AlwaysMatching always(in);
  std::vector<bool> drops_all(content.types().size());
  for (const Instance& instance : content.instances()) {
    if (DefaultIncludes(content, in.self, instance) && always.Record(instance)) {
      drops_all[classes[instance.type]] = true;
    }
  }
  for (const Instance& instance : content.instances()) {
    if (!drops_all[classes[instance.type]] || DefaultIncludes(content, in.self, instance)) continue;
    if (Finding* f = out.Report(kSL507, instance.place, &instance)) {
      Say(*f, kNeverMatches,
          Cat("a record of ", TypeLabel(content, instance.type),
              " with onmatch=\"exclude\" matches every event before this one is asked"),
          "make the exclude record narrower, or remove this one");
    }
  }
}

}  // namespace

const Rule kSL507 = {{"SL507", "record-dead", Severity::kWarning, Category::kHygiene,
                      "an exclude record of the same event matches everything"},
                     Check};

}  // namespace sluice
