// SL611 event-id-elsewhere
//
// An EventID that no event of the log source has.
//
// The category of the log source picks the events: `process_creation` is Sysmon's event 1. A rule
// that asks for another id there, or for one of another log, matches nothing.
//
//   logsource: {product: windows, category: process_creation}
//   detection:
//     selection:
//       EventID: 3
//
// Fix: correct the id or the log source; the category alone is enough.
//
// Source: Sigma specification 2.1.0, taxonomy appendix.

#include <algorithm>
#include <charconv>

#include "schema/rule.h"
#include "schema/rule_text.h"
#include "schema/sigma.h"
#include "schema/sigma_fields.h"

namespace sluice {

extern const Rule kSL611;

namespace {

// Whether a sensor of the log source has the event; true when nobody knows the log source.
bool HasEvent(const Bound& self, uint32_t type, uint32_t id) {
  bool known = false;
  for (size_t s = 0; s < self.fleet().sensors().size(); ++s) {
    const LogSource* source = self.LogSourceOn(s, type);
    if (source == nullptr) continue;
    known = true;
    if (std::ranges::find(source->events, id) != source->events.end()) return true;
  }
  return !known;
}

bool IsEventId(const Content& content, const Criterion& criterion) {
  return content.field(criterion).name == "EventID" && criterion.op == Operator::kEquals &&
         (criterion.flags & kNegated) == 0 && criterion.operands.size() == 1;
}

void Check(const RuleInput& in, Reporter& out) {
  ForEachCompleteRule(in.content, [&](const Instance& instance) {
    if (!IsWindowsSensorRule(in, instance)) return;
    for (const Criterion& criterion : in.content.criteria(instance)) {
      if (!IsEventId(in.content, criterion)) continue;
      const Operand& operand = in.content.operands(criterion)[0];
      uint32_t id = 0;
      const char* const last = operand.text.data() + operand.text.size();
      const auto [end, error] = std::from_chars(operand.text.data(), last, id);
      if (error != std::errc() || end != last || HasEvent(in.self, instance.type, id)) continue;
      Finding* f = out.Report(kSL611, operand.place, &instance, &criterion);
      if (f == nullptr) continue;
      f->field = FieldLabel(in.content, in.self, criterion);
      Say(*f, kNeverMatches,
          Cat("no event of the log source ", Quoted(in.content.type(instance).name), " has the id ",
              id),
          "correct the id or the log source; the category alone is enough");
    }
  });
}

}  // namespace

const Rule kSL611 = {{"SL611", "event-id-elsewhere", Severity::kWarning, Category::kHygiene,
                      "an EventID that no event of the log source has", kSigmaFiles},
                     Check};

}  // namespace sluice
