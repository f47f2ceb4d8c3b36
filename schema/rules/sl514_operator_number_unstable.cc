// SL514 operator-number-unstable
//
// A blob of an old binary version uses condition numbers that may mean something else to its
// sensor.
//
// Since binary version 14.0 each number has one meaning. Before, the number may have been the
// position in the sensor's own list, and that list changed: 4.21, 4.22, 4.23 and 4.31 share binary
// version 9 and have four different lists. Sluice reads the numbers by the stable table.
//
// Reported once a file, at the first such condition.
//
// Fix: compile the configuration again for the sensors that are to load it.
//
// Source: Sysmon rule blob, section 7.

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sysmon.h"

namespace sluice {

extern const Rule kSL514;

namespace {

constexpr uint32_t kStableSince = 14;

// Whether the number of `op` is its position in the contract's own list, too.
bool SamePosition(const Contract& contract, Operator op) {
  for (uint32_t i = static_cast<uint32_t>(Operator::kSysmonIs); i <= static_cast<uint32_t>(op);
       ++i) {
    if (!contract.Knows(static_cast<Operator>(i))) return false;
  }
  return true;
}

// By Operator: whether its number is unstable among the content's own sensors.
std::vector<bool> UnstableOperators(const Bound& self) {
  std::vector<bool> unstable(kOperatorCount);
  for (const Sensor& sensor : self.fleet().sensors()) {
    for (int op = static_cast<int>(Operator::kSysmonIs); op < kOperatorCount; ++op) {
      if (!SamePosition(*sensor.contract, static_cast<Operator>(op))) unstable[op] = true;
    }
  }
  return unstable;
}

void Check(const RuleInput& in, Reporter& out) {
  if (!IsBlob(in.content) || in.content.metadata().binary_major >= kStableSince) return;
  const std::vector<bool> unstable = UnstableOperators(in.self);
  const Instance* first_instance = nullptr;
  const Criterion* first = nullptr;
  size_t count = 0;
  ForEachCriterion(in.content, [&](const Instance& instance, const Criterion& criterion) {
    if (!IsSysmon(criterion.op) || !unstable[static_cast<size_t>(criterion.op)]) return;
    if (count++ > 0) return;
    first_instance = &instance;
    first = &criterion;
  });
  if (count == 0) return;
  if (Finding* f = out.Report(kSL514, first->operator_place, first_instance, first)) {
    f->field = FieldLabel(in.content, in.self, *first);
    Say(*f, "may use another condition",
        Cat(count, count == 1 ? " condition has a number" : " conditions have numbers",
            " that schemas of binary version ", in.content.metadata().binary_major,
            " do not agree about; the first is ", OperatorLabel(*first), " on ", f->field),
        "compile the configuration again for the sensors that are to load it");
  }
}

}  // namespace

const Rule kSL514 = {{"SL514", "operator-number-unstable", Severity::kWarning, Category::kHygiene,
                      "condition numbers of an old binary version may mean something else", kBlobs},
                     Check};

}  // namespace sluice
