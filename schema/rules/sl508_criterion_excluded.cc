// SL508 criterion-excluded
//
// A condition of an include record holds for no event that an exclude record of the same event
// leaves: the same condition stands there, or a wider one.
//
// Sysmon evaluates exclude records first, wherever they stand. An event that meets the condition is
// dropped before the include record is asked, so this condition never decides. Where all have to
// hold, in a <Rule groupRelation="and"> or with another field, the whole is never met.
//
//   <ProcessCreate onmatch="exclude"><Image condition="end with">\cmd.exe</Image></ProcessCreate>
//   <ProcessCreate onmatch="include">
//     <Image condition="is">C:\Windows\System32\cmd.exe</Image>     <!-- never -->
//   </ProcessCreate>
//
// Only conditions that exclude on their own are taken for it. Wider ones are `contains`, `begin
// with` and `end with` with at least four letters; a list, a negation or an operand with '%', which
// the sensor replaces, is compared as a whole.
//
// Fix: remove the condition, or make the exclude record narrower.
//
// Source: Sysmon rule blob, sections 6.2 and 6.3.

#include <algorithm>
#include <optional>
#include <vector>

#include "schema/criterion_key.h"
#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/subsumption.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL508;

namespace {

// The criteria of exclude records that drop an event on their own, of fields that include records
// ask for too.
class Excluding {
 public:
  explicit Excluding(const RuleInput& in)
      : in_(in), included_(in.content.fields().size()), excluded_(in.content.fields().size()) {
    for (const Instance& instance : in.content.instances()) {
      if (DefaultIncludes(in.content, in.self, instance)) continue;
      for (const Criterion& c : in.content.criteria(instance)) included_[c.field] = true;
    }
    for (const Instance& instance : in.content.instances()) {
      if (DefaultIncludes(in.content, in.self, instance)) Add(instance);
    }
  }

  const std::vector<uint32_t>& criteria() const { return criteria_; }
  // Whether one of them is of the field.
  bool HasField(uint32_t field) const { return excluded_[field]; }

 private:
  void Add(const Instance& instance) {
    const bool asked = std::ranges::any_of(in_.content.criteria(instance),
                                           [&](const Criterion& c) { return included_[c.field]; });
    if (!asked || !Loads(instance)) return;
    if (instance.combine == Combine::kAnd && !IsOneUnit(instance)) return;
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      const Criterion& criterion = in_.content.criteria()[i];
      if (!included_[criterion.field]) continue;
      if (criterion.group != kNone && !EachDecides(in_.content.groups()[criterion.group])) continue;
      criteria_.push_back(i);
      excluded_[criterion.field] = true;
    }
  }

  // A condition or field that no sensor knows drops or abandons the record.
  bool Loads(const Instance& instance) const {
    const bool undescribed = in_.self.type(instance.type).undescribed.any();
    return std::ranges::all_of(in_.content.criteria(instance), [&](const Criterion& criterion) {
      const bool has_field = undescribed || in_.self.field(criterion).supplied.any();
      return criterion.op != Operator::kUnknown && has_field;
    });
  }

  // Conditions on one field outside of groups, which are ORed, or one group.
  bool IsOneUnit(const Instance& instance) const {
    const std::span<const Criterion> criteria = in_.content.criteria(instance);
    return std::ranges::all_of(criteria, [&](const Criterion& criterion) {
      const Criterion& first = criteria.front();
      return criterion.group == first.group &&
             (criterion.group != kNone || criterion.field == first.field);
    });
  }

  static bool EachDecides(const Group& group) {
    return group.combine == Combine::kOr || group.criteria.size() == 1;
  }

  const RuleInput& in_;
  std::vector<bool> included_;  // by field
  std::vector<bool> excluded_;
  std::vector<uint32_t> criteria_;
};

// Finds the criterion that excludes whatever another one matches.
class Excluder {
 public:
  Excluder(const RuleInput& in, const std::vector<uint32_t>& excluding)
      : in_(in), table_(excluding.size()), wider_(in.content, excluding) {
    for (const uint32_t i : excluding) {
      table_.FindOrAdd(TestHash(in.content, in.content.criteria()[i]), i);
    }
  }

  // kNone when there is none.
  uint32_t Of(uint32_t instance, uint32_t index) {
    const Criterion& criterion = in_.content.criteria()[index];
    uint32_t other = table_.Find(TestHash(in_.content, criterion));
    if (other != kNone && !SameTest(in_.content, in_.content.criteria()[other], criterion)) {
      other = kNone;
    }
    if (other == kNone && !wider_.empty()) other = wider_.WiderThan(instance, index);
    return other == kNone || IsSplit(criterion.field) ? kNone : other;
  }

  bool exhausted() const { return wider_.exhausted(); }

 private:
  // Two records of a series may be compiled for different events; then they do not test the same
  // events where a field stands at different places.
  bool IsSplit(uint32_t field) {
    if (!series_) series_.emplace(in_.content, in_.self);
    return series_->Split(field).any();
  }

  const RuleInput& in_;
  KeyTable table_;
  Subsumption wider_;
  std::optional<SeriesBinding> series_;  // made when it is first needed
};

void ReportCriterion(const RuleInput& in, Reporter& out, const Instance& instance, uint32_t index,
                     uint32_t excluder) {
  const Content& content = in.content;
  const Criterion& criterion = content.criteria()[index];
  const Criterion& other = content.criteria()[excluder];
  Finding* f = out.Report(kSL508, criterion.place, &instance, &criterion);
  if (f == nullptr) return;
  f->field = FieldLabel(content, in.self, criterion);
  Say(*f, "never decides",
      Cat(OperatorLabel(criterion), " ", Quoted(content.operand_text(criterion)), " on ", f->field,
          ": a record of ", TypeLabel(content, instance.type),
          " with onmatch=\"exclude\" is asked first, and says ", OperatorLabel(other), " ",
          Quoted(content.operand_text(other))),
      "remove the condition, or make the exclude record narrower");
}

void Check(const RuleInput& in, Reporter& out) {
  const Content& content = in.content;
  if (content.dialect() != Dialect::kSysmon || content.instances().size() < 2) return;
  const Excluding excluding(in);
  if (excluding.criteria().empty()) return;
  Excluder excluder(in, excluding.criteria());
  for (uint32_t n = 0; n < content.instances().size(); ++n) {
    const Instance& instance = content.instances()[n];
    if (DefaultIncludes(content, in.self, instance)) continue;
    for (uint32_t i = instance.criteria.begin; i < instance.criteria.end; ++i) {
      if (!excluding.HasField(content.criteria()[i].field)) continue;
      const uint32_t other = excluder.Of(n, i);
      if (other != kNone) ReportCriterion(in, out, instance, i, other);
    }
  }
  if (excluder.exhausted()) {
    out.NotChecked("conditions that are excluded (SL508)",
                   "too many conditions begin alike to compare them all",
                   /*requested=*/false);
  }
}

}  // namespace

const Rule kSL508 = {
    {"SL508", "criterion-excluded", Severity::kWarning, Category::kHygiene,
     "an exclude record of the same event has the same condition, or a wider one", kSysmonContent},
    Check};

}  // namespace sluice
