#include <utility>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "schema/text.h"
#include "tools/contract_verbs.h"

namespace sluice {
namespace {

std::string NameAsAsked(const Contract& contract, const std::string& asked) {
  const std::string name = contract.Name();
  return asked == name ? name : absl::StrCat(name, " (", Printable(asked), ")");
}

}  // namespace

void DeclareContractPair(CLI::App& app, ContractPair& pair) {
  app.add_option("OLD", pair.before_asked, "The earlier sensor, by version or product version")
      ->required()
      ->option_text("SENSOR@VERSION");
  app.add_option("NEW", pair.after_asked, "The later one")
      ->required()
      ->option_text("SENSOR@VERSION");
  DeclareContractFolders(app, pair.folders);
}

absl::Status ContractPair::Find() {
  if (absl::Status status = contracts.Load(folders); !status.ok()) return status;
  for (const auto& [asked, found] : {std::pair(&before_asked, &before), {&after_asked, &after}}) {
    const absl::StatusOr<const Contract*> contract = contracts.Find(*asked);
    if (!contract.ok()) {
      return absl::Status(contract.status().code(),
                          absl::StrCat("sluice: ", contract.status().message()));
    }
    *found = *contract;
  }
  return absl::OkStatus();
}

std::string ContractPair::Title() const {
  return absl::StrCat(NameAsAsked(*before, before_asked), " -> ", NameAsAsked(*after, after_asked));
}

}  // namespace sluice
