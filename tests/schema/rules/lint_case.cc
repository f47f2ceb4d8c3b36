#include "tests/schema/rules/lint_case.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <memory>

#include "parser/config/contract_reader.h"

namespace sluice {
std::vector<RuleCase> AllCases() {
  std::vector<RuleCase> all;
  for (auto cases : {InvalidCases(), FleetCases(), HygieneCases(), SigmaFleetCases(),
                     SigmaReadingCases(), SigmaMetadataCases(), SigmaDetectionCases(),
                     SigmaLogicCases(), SigmaReleaseCases(), SigmaSuppressionCases()}) {
    std::ranges::move(cases, std::back_inserter(all));
  }
  return all;
}

const ContractSet& Contracts() {
  static const ContractSet& contracts = *[] {
    auto* set = new ContractSet(ContractSet::BuiltIn());
    for (const std::string& text : AcmeContracts()) {
      auto owned = ReadContract(text, "acme.textproto");
      EXPECT_TRUE(owned.ok()) << owned.status().message();
      // They live as long as the set, which is never deleted.
      if (owned.ok()) set->Add(&owned->release()->contract());
    }
    return set;
  }();
  return contracts;
}

Sensor SensorNamed(const std::string& name) {
  const size_t slash = name.find('/');
  const std::string at_version = name.substr(0, slash);
  const size_t at = at_version.find('@');
  Sensor sensor{.name = at_version.substr(0, at), .version = at_version.substr(at + 1)};
  sensor.contract = Contracts().Find(at_version);
  if (slash != std::string::npos) {
    sensor.platform = name.substr(slash + 1) == "linux" ? Platform::kLinux : Platform::kWindows;
  }
  return sensor;
}

Results LintCase(const RuleCase& one, std::vector<std::string> ignore) {
  LintOptions options;
  options.ignore = std::move(ignore);
  options.contracts = &Contracts();
  options.fleet_requested = !one.fleet.empty();
  options.assume_loaded = one.assume_loaded;
  for (const std::string& name : one.fleet) options.fleet.Add(SensorNamed(name));
  auto results = LintBytes(one.path, std::make_shared<const std::string>(one.text), options);
  EXPECT_TRUE(results.ok()) << results.status().message();
  return results.ok() ? *std::move(results) : Results();
}

}  // namespace sluice
