#include "gate/unchecked.h"

#include <string>
#include <vector>

#include "schema/rule_text.h"
#include "schema/unchecked.h"

namespace sluice {

void ReportUnchecked(const Content& content, const Bound& known, Reporter& out) {
  const std::vector<std::string_view> unchecked = WhyUnchecked(content, &known);
  for (size_t i = 0; i < unchecked.size(); ++i) {
    const Instance& instance = content.instances()[i];
    const std::string_view why = unchecked[i];
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
