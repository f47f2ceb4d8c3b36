#include "gate/unchecked.h"

#include <string>
#include <vector>

#include "schema/rule_text.h"

namespace sluice {
namespace {

// By instance, whether a placeholder without values is all that leaves it incomplete. Empty where
// there is no such placeholder.
std::vector<bool> WaitingForValues(const Content& content) {
  std::vector<bool> waiting;
  const auto mark = [&](bool placeholder) {
    for (const Irregularity& one : content.irregularities()) {
      if (!one.fatal || one.instance == kNone) continue;
      if ((one.kind == IrregularityKind::kSigmaPlaceholderUndefined) != placeholder) continue;
      if (placeholder) waiting.resize(content.instances().size());
      if (one.instance < waiting.size()) waiting[one.instance] = placeholder;
    }
  };
  mark(true);
  if (!waiting.empty()) mark(false);
  return waiting;
}

std::string_view WhyNot(const Content& content, const Bound& known, const Instance& instance,
                        bool waiting) {
  if (instance.role != InstanceRole::kRule) return "sensors are asked about rules only";
  if (waiting) return "a placeholder in it has no values; give them with --placeholders";
  if (instance.incomplete) return "something in the rule has no meaning, see its findings";
  const TypeBinding& type = known.type(instance.type);
  const bool anywhere =
      (type.supported | type.unsupported | type.undescribed | type.inactive).any();
  if (anywhere || content.dialect() != Dialect::kSigma) return {};
  return "no contract says which sensor has this log source";
}

}  // namespace

void ReportUnchecked(const Content& content, const Bound& known, Reporter& out) {
  if (content.dialect() != Dialect::kSigma) return;
  const std::vector<bool> waiting = WaitingForValues(content);
  for (size_t i = 0; i < content.instances().size(); ++i) {
    const Instance& instance = content.instances()[i];
    const std::string_view why = WhyNot(content, known, instance, !waiting.empty() && waiting[i]);
    if (why.empty()) continue;
    const bool rule = instance.role == InstanceRole::kRule;
    const std::string name = InstanceName(content, instance);
    const std::string what = rule && !instance.incomplete
                                 ? Cat("log source ", TypeLabel(content, instance.type))
                                 : Cat(Name(instance.role), name.empty() ? "" : " ", name);
    out.NotChecked(what, why, /*requested=*/false);
  }
}

}  // namespace sluice
