// Lints the cases of rules.

#ifndef SLUICE_TESTS_SCHEMA_RULES_LINT_CASE_H_
#define SLUICE_TESTS_SCHEMA_RULES_LINT_CASE_H_

#include <string>
#include <vector>

#include "gate/lint.h"
#include "schema/contract.h"
#include "schema/fleet.h"
#include "tests/schema/rules/rule_case.h"

namespace sluice {

std::vector<RuleCase> AllCases();

// The built-in contracts and those of acme.
const ContractSet& Contracts();

// "sysmon@4.22", "sysmon@4.90/linux"; without a contract when there is none.
Sensor SensorNamed(const std::string& name);

// With the fleet of the case, all rules but those of `ignore`.
Results LintCase(const RuleCase& one, std::vector<std::string> ignore = {});

}  // namespace sluice

#endif  // SLUICE_TESTS_SCHEMA_RULES_LINT_CASE_H_
