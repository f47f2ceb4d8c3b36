#include "schema/rule.h"

#include <algorithm>

#include "schema/text.h"

namespace sluice {

std::string_view Name(Category category) {
  constexpr std::string_view kNames[] = {"malformed", "invalid", "incompatible",
                                         "cost",      "change",  "hygiene"};
  return kNames[static_cast<size_t>(category)];
}

const Rule* FindRule(std::string_view id_or_name) {
  const auto found = std::ranges::find_if(Rules(), [&](const Rule* rule) {
    return EqualsIgnoreCase(rule->info.id, id_or_name) ||
           EqualsIgnoreCase(rule->info.name, id_or_name);
  });
  return found == Rules().end() ? nullptr : *found;
}

void RunRules(std::span<const Rule* const> rules, const RuleInput& in, Reporter& out) {
  for (const Rule* rule : rules) {
    if (rule->check != nullptr) rule->check(in, out);
  }
}

}  // namespace sluice
