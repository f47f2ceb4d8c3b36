// SL507 record-dead
//
// An include record that never decides, since an exclude record of the same event matches
// everything.
//
// Sysmon evaluates all records with onmatch="exclude" first, wherever they stand in the file. When
// one of them always matches, every event is dropped before an include record is asked. Conditions
// that always hold (SL503), alone or with another (SL502), make it so.
//
//   <ImageLoad onmatch="include"><Image condition="is">a.exe</Image></ImageLoad>     <!-- dead -->
//   <ImageLoad onmatch="exclude"><Image condition="contains"></Image></ImageLoad>
//
// Fix: make the exclude record narrower, or remove the include record.
//
// Source: Sysmon rule blob, sections 6.1 to 6.3.

#include <algorithm>
#include <unordered_set>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL507;

namespace {

// Whether records match every event, as far as single conditions and pairs of them tell.
class AlwaysMatching {
 public:
  explicit AlwaysMatching(const RuleInput& in) : in_(in), series_(in.content, in.self) {}

  bool Record(const Instance& instance) const {
    const Holding holding = Find(instance);
    bool any = false;
    bool all = true;
    const auto count = [&](bool always) {
      any |= always;
      all &= always;
    };
    for (const Criterion& criterion : in_.content.criteria(instance)) {
      if (criterion.group == kNone) count(holding.fields.contains(criterion.field));
    }
    for (uint32_t g = instance.groups.begin; g < instance.groups.end; ++g) {
      const Group& group = in_.content.groups()[g];
      if (!group.criteria.empty()) count(holding.groups.contains(g) || EachHolds(group));
    }
    return instance.combine == Combine::kOr ? any : any && all;
  }

 private:
  // Where one condition, or a pair of ORed ones, always holds.
  struct Holding {
    std::unordered_set<uint32_t> fields;  // of plain conditions, which are ORed on each field
    std::unordered_set<uint32_t> groups;  // OR groups
  };

  Holding Find(const Instance& instance) const {
    Holding holding;
    const auto add = [&](const Criterion& criterion) {
      if (criterion.group == kNone) {
        holding.fields.insert(criterion.field);
      } else if (in_.content.groups()[criterion.group].combine == Combine::kOr) {
        holding.groups.insert(criterion.group);
      }
    };
    for (const Criterion& criterion : in_.content.criteria(instance)) {
      if (One(criterion)) add(criterion);
    }
    for (const Settled& settled : FindSettled(in_.content, instance)) {
      const Criterion& criterion = in_.content.criteria()[settled.criterion];
      if (settled.always && Reads(criterion)) add(criterion);
    }
    return holding;
  }

  bool One(const Criterion& criterion) const {
    const std::string_view operand = in_.content.operand_text(criterion);
    return ConditionVerdict(criterion.op, operand) == Verdict::kAlways && Reads(criterion);
  }

  // A field that the event has not, or has elsewhere, never matches.
  bool Reads(const Criterion& criterion) const {
    return in_.self.field(criterion).missing.none() && series_.Split(criterion.field).none();
  }

  bool EachHolds(const Group& group) const {
    return group.combine == Combine::kAnd &&
           std::ranges::all_of(in_.content.criteria(group),
                               [&](const Criterion& criterion) { return One(criterion); });
  }

  const RuleInput& in_;
  SeriesBinding series_;
};

// False when no condition always matches and none can with another: then no record does.
bool MayMatchAll(const Content& content) {
  return std::ranges::any_of(content.criteria(), [&](const Criterion& criterion) {
    return IsNegative(criterion.op) ||
           ConditionVerdict(criterion.op, content.operand_text(criterion)) == Verdict::kAlways;
  });
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || !MayMatchAll(content)) return;
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
                      "an exclude record of the same event matches everything", kSysmonContent},
                     Check};

}  // namespace sluice
