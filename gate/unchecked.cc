#include "gate/unchecked.h"

#include <string>

#include "schema/rule_text.h"

namespace sluice {
namespace {

std::string_view WhyNot(const Content& content, const Bound& known, const Instance& instance) {
  if (instance.role != InstanceRole::kRule) return "sensors are asked about rules only";
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
  for (const Instance& instance : content.instances()) {
    const std::string_view why = WhyNot(content, known, instance);
    if (why.empty()) continue;
    const bool rule = instance.role == InstanceRole::kRule;
    const std::string what =
        rule && !instance.incomplete
            ? Cat("log source ", TypeLabel(content, instance.type))
            : Cat(Name(instance.role), " ", InstanceName(content, instance));
    out.NotChecked(what, why, /*requested=*/false);
  }
}

}  // namespace sluice
